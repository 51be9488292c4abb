"""A made-up turn as rows: the message with its decision record, the replies, the facts."""

from collections.abc import Sequence
from json.encoder import encode_basestring as quoted
from typing import Any, get_args

from agent.canonical import canonical_json
from agent.demo_history.handover import similarity
from agent.demo_history.rows import Row
from agent.demo_history.turns import Scene, Talk, Turn
from agent.model import Citation, EngineStep, Entities, FiredRule, Intent

INTENTS: tuple[Intent, ...] = tuple(sorted(get_args(Intent)))
EMBEDDED = "embedded demo"
REMOTE = "openai demo-small/demo-large (embedded demo as spare)"
SCORES = {
    intent: "{" + ",".join(f'"{name}":%({"sure" if name == intent else "rest"})r' for name in INTENTS) + "}"
    for intent in INTENTS
}
SMALL, LARGE = "demo-small", "demo-large"
PRICES = {SMALL: (0.15, 0.6), LARGE: (2.5, 10.0)}
"""Dollars per million tokens in and out."""
TOKENS_OF_PROMPT = {"classify": 640, "sentiment": 380, "answer": 1450, "hand-over": 1100}
STEPS: dict[str, tuple[EngineStep, str]] = {
    "classify": ("classify", SMALL),
    "gauge_sentiment": ("sentiment", SMALL),
    "handle_faq": ("answer", LARGE),
}
CHARS_A_TOKEN = 4


def keep_turn(scene: Scene, talk: Talk, turn: Turn, labels: dict[int, str]) -> None:
    """The rows of a turn that is over; `labels` name the policies by their version."""
    year, batch = scene.year, scene.batch
    label = labels[turn.policy.version]
    calls = _calls(scene, turn) if turn.is_remote else []
    node_ms = "{" + ",".join([f'"{name}":{ms}' for name, ms in sorted(turn.node_ms.items())]) + "}"
    received, answered = year.text(turn.received), year.text(turn.answered)
    settled = answered if turn.review_id is None else year.text(turn.settled)
    batch.inbox.append(
        {
            "message_id": turn.message_id,
            "turn_id": turn.turn_id,
            "thread_id": talk.thread_id,
            "text": turn.found.text,
            "status": "done",
            "received_at": received,
            "finished_at": settled,
            "attempts": 1,
            "review_id": turn.review_id,
            "record": _record(scene, talk, turn, label, canonical_json(calls) if calls else "[]", node_ms),
        }
    )
    common = {"thread_id": talk.thread_id, "turn_id": turn.turn_id}
    if turn.review_id is not None:
        batch.replies.append(
            {
                **common,
                "reply_id": f"{turn.turn_id}:holding",
                "who": "agent",
                "author": "agent",
                "text": turn.holding,
                "citations": "[]",
                "at": answered,
            }
        )
    batch.replies.append(
        {
            **common,
            "reply_id": f"{turn.turn_id}:final",
            "who": turn.who,
            "author": turn.author,
            "text": turn.reply,
            "citations": "[" + ",".join(_citation(one) for one in turn.citations) + "]",
            "at": settled,
        }
    )
    facts = _facts(talk, turn, calls)
    facts.update(received_at=received, answered_at=answered, settled_at=settled, policy=label, node_ms=node_ms)
    batch.turn_facts.append(facts)
    talk.said += (("customer", turn.found.text), ("agent", turn.reply))


def _record(scene: Scene, talk: Talk, turn: Turn, label: str, calls: str, node_ms: str) -> str:
    """The decision record, as finished turns have it, in canonical JSON; piece by piece, since that is fastest."""
    found, routing = turn.found, turn.routing
    seen, mood = found.classification, found.sentiment
    cited = ",".join(_citation(one) for one in turn.citations)
    person = "true" if seen.asks_for_person else "false"
    best, title = found.best, scene.cited(found.best).title
    return (
        f'{{"action_result":{_text(turn.action_result)},"answer_confidence":{_number(turn.mark)}'
        f',"awaiting":{_text(talk.awaiting)},"citations":[{cited}]'
        f',"classification":{{"asks_for_person":{person},"category":"{seen.category}"'
        f',"category_confidence":{seen.category_confidence},"confidence":{seen.confidence}'
        f',"entities":{_entities(seen.entities)},"intent":"{seen.intent}","language":"{seen.language}"'
        f',"order_action":"{seen.order_action}","person_confidence":{seen.person_confidence}'
        f',"scores":{_scores(seen.intent, seen.confidence)}'
        f',"topic":"{seen.topic}","topic_confidence":{seen.topic_confidence}}}'
        f',"engine":"{REMOTE if turn.is_remote else EMBEDDED}","engine_calls":{calls}'
        f',"hits":[{{"article_id":"{best}","chunk_id":"{best}#0","relevance":{found.relevance}'
        f',"similarity":{similarity(found.relevance)},"text":"","title":{quoted(title)}}}]'
        f',"language":"{talk.mind.language}","memory":null,"policy":"{label}","reply":{quoted(turn.reply)}'
        f',"review_id":{_text(turn.review_id)},"routing":{{"lane":"{routing.lane}","priority":"{routing.priority}"'
        f',"rules":{_rules(routing.rules)},"rules_apply":{_flag(routing.rules_apply)}'
        f',"subject_rule":"{routing.subject_rule}","tone":"{routing.tone}"'
        f',"understood":{_flag(routing.understood)}}}'
        f',"sentiment":{{"confidence":{mood.confidence},"label":"{mood.label}","score":{mood.score},"signals":[]}}'
        f',"summary":"","ticket":{_text(turn.ticket)},"timings":{node_ms},"tool_calls":[]}}'
    )


def _text(value: str | None) -> str:
    return "null" if value is None else quoted(value)


def _number(value: float | None) -> str:
    return "null" if value is None else repr(value)


def _flag(value: bool) -> str:  # noqa: FBT001  the flag is what is written
    return "true" if value else "false"


def _citation(one: Citation) -> str:
    return f'{{"article_id":"{one.article_id}","chunk_id":"{one.chunk_id}","title":{quoted(one.title)}}}'


def _entities(found: Entities) -> str:
    amount = "null"
    if found.amount is not None:
        amount = f'{{"currency":"{found.amount.currency}","minor":{found.amount.minor}}}'
    return f'{{"amount":{amount},"order_number":{_text(found.order_number)}}}'


def _scores(intent: Intent, sure: float) -> str:
    rest = round((1 - sure) / (len(INTENTS) - 1), 4)
    return SCORES[intent] % {"sure": sure, "rest": rest}


def _rules(rules: Sequence[FiredRule]) -> str:
    """The rules that fired; nearly always one, which chose the lane."""
    written = []
    for rule in rules:
        if rule.effect != "lane" or rule.threshold is not None:
            written.append(canonical_json(rule.model_dump(mode="json")))
            continue
        inputs = rule.inputs
        written.append(
            f'{{"effect":"lane","inputs":{{"answers":{_text(inputs["answers"])},"confidence":{inputs["confidence"]}'
            f',"intent":"{inputs["intent"]}"}},"name":"{rule.name}","threshold":null}}'
        )
    return f"[{','.join(written)}]"


def _calls(scene: Scene, turn: Turn) -> list[dict[str, Any]]:
    """What a remote engine was asked in this turn."""
    found = []
    for node, (step, model) in STEPS.items():
        if node not in turn.node_ms:
            continue
        told = TOKENS_OF_PROMPT[step] + len(turn.found.text) // CHARS_A_TOKEN + int(scene.chance.between(0, 90))
        said = len(turn.reply) // CHARS_A_TOKEN if step == "answer" else 42
        price_in, price_out = PRICES[model]
        found.append(
            {
                "step": step,
                "engine": REMOTE.partition(" (")[0],
                "model": model,
                "ms": turn.node_ms[node],
                "input_tokens": told,
                "output_tokens": said,
                "cost_usd": round((told * price_in + said * price_out) / 1e6, 7),
                "trouble": "",
            }
        )
    return found


def _facts(talk: Talk, turn: Turn, calls: list[dict[str, Any]]) -> Row:
    """What the desk keeps of a turn beside its times and its policy."""
    found, routing = turn.found, turn.routing
    seen = found.classification
    return {
        "turn_id": turn.turn_id,
        "thread_id": talk.thread_id,
        "customer_id": talk.customer_id,
        "channel": talk.channel,
        "outcome": turn.outcome,
        "lane": routing.lane,
        "subject_rule": routing.subject_rule,
        "rules": ",".join([rule.name for rule in routing.rules]),
        "rules_apply": routing.rules_apply,
        "understood": routing.understood,
        "language": talk.mind.language,
        "intent": seen.intent,
        "confidence": seen.confidence,
        "topic": seen.topic,
        "topic_confidence": seen.topic_confidence,
        "category": seen.category,
        "category_confidence": seen.category_confidence,
        "asks_for_person": seen.asks_for_person,
        "sentiment": found.sentiment.label,
        "score": found.sentiment.score,
        "relevance": found.relevance,
        "answer_confidence": turn.mark,
        "priority": routing.priority,
        "tone": routing.tone,
        "cited": ",".join([one.article_id for one in turn.citations]),
        "best_article": found.best,
        "engine": REMOTE if turn.is_remote else EMBEDDED,
        "input_tokens": sum([call["input_tokens"] for call in calls]),
        "output_tokens": sum([call["output_tokens"] for call in calls]),
        "cost_usd": sum([call["cost_usd"] for call in calls]) if calls else None,
        "demo": 1,
    }
