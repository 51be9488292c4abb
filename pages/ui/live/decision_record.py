"""The decision record of a turn, written out: what was understood, which rules fired, how long each step took."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent import Policy, TurnView
from pages.ui.blocks import Block, facts, figures, fold, heading, note, table
from pages.ui.clock import milliseconds
from pages.ui.words import LANGUAGE, MOOD_TONE, in_words

Json = Mapping[str, Any]

LEFT_OUT = "There was no room for everything: the oldest articles go first, then the summary, then the oldest messages."


def record_blocks(turn: TurnView, policy: Policy | None = None) -> list[Block]:
    """A fold whose title says the decision in one line, with everything behind it.

    `policy` is the one in force: it tells how much an engine may be told, if the turn ran under it.
    """
    record = turn.record
    routing = record.get("routing") or {}
    title = f"Why: {routing.get('lane', 'no lane')}, {_count(routing.get('rules', ()), 'rule')}, {_total(record)}"
    parts = (
        _understood(record),
        _rules(routing),
        _hits(record),
        _tools(record),
        _memory(record, policy),
        _engine_calls(record),
        _timings(record),
        _made_by(record),
    )
    return [fold(title, [block for part in parts for block in part])]


def rule_table(rules: Sequence[Json]) -> Block:
    """Each rule with what it does, what it looked at and the limit it compared with."""
    rows = [
        (in_words(rule["name"]), rule["effect"], _inputs(rule["inputs"]), _threshold(rule.get("threshold")))
        for rule in rules
    ]
    return table("Rules that fired", ("Rule", "Effect", "Looked at", "Limit"), rows, numeric=(3,))


def hit_table(hits: Sequence[Json]) -> Block:
    """The articles that were found, the best first."""
    rows = [(hit["title"], f"{hit['relevance']:.2f}", f"{hit['similarity']:.2f}") for hit in hits]
    return table("Articles found", ("Article", "Relevance", "Similarity"), rows, numeric=(1, 2))


def classification_facts(seen: Json) -> Block:
    """Intent, topic and category with their confidences, and what could be read out of the message."""
    scores = sorted(seen["scores"].items(), key=lambda item: -item[1])
    return facts(
        [
            ("Intent", f"{seen['intent']}, {seen['confidence']:.0%} sure"),
            ("Also possible", ", ".join(f"{name} {score:.0%}" for name, score in scores[1:4])),
            ("Topic", f"{in_words(seen['topic'])}, {seen['topic_confidence']:.0%}"),
            ("Category", f"{in_words(seen['category'])}, {seen['category_confidence']:.0%}"),
            ("Asks for a person", f"{'yes' if seen['asks_for_person'] else 'no'}, {seen['person_confidence']:.0%}"),
            *_entities(seen.get("entities") or {}),
        ]
    )


def sentiment_facts(mood: Json) -> Block:
    """The mood, its score and the signals it rests on."""
    return facts(
        [
            ("Sentiment", mood["label"], MOOD_TONE.get(mood["label"], "")),
            ("Score", f"{mood['score']:+.2f} on a scale from -1 to +1"),
            ("Signals", ", ".join(mood.get("signals") or ()) or "none"),
        ]
    )


def timing_table(timings: Mapping[str, float]) -> Block:
    """Milliseconds per step, in the order in which they ended."""
    return table(
        "Time per step", ("Step", "Time"), [(in_words(n), milliseconds(ms)) for n, ms in timings.items()], (1,)
    )


def _understood(record: Json) -> list[Block]:
    blocks: list[Block] = []
    if record.get("classification"):
        blocks.append(classification_facts(record["classification"]))
    if record.get("sentiment"):
        blocks.append(sentiment_facts(record["sentiment"]))
    return blocks


def _entities(found: Json) -> list[tuple[str, str]]:
    amount = found.get("amount")
    address = found.get("address") or {}
    rows = [
        ("Order", found.get("order_number")),
        ("E-mail", found.get("email")),
        ("Address", ", ".join(filter(None, address.values()))),
        ("Delivery", found.get("delivery")),
    ]
    if amount:
        rows.append(("Amount", f"{amount['minor'] / 100:,.2f} {amount['currency']}"))
    return [(label, value) for label, value in rows if value]


def _rules(routing: Json) -> list[Block]:
    if not routing:
        return []
    decision = figures(
        [("Lane", routing["lane"]), ("Priority", routing["priority"]), ("Tone", routing["tone"])], strong="Lane"
    )
    fired = routing.get("rules") or ()
    return [decision, heading("Rules that fired", 2), rule_table(fired) if fired else note("None", "soft")]


def _hits(record: Json) -> list[Block]:
    hits = record.get("hits") or ()
    return [heading("Articles found", 2), hit_table(hits)] if hits else []


def tool_table(calls: Sequence[Json]) -> Block:
    """What was asked of the order store, and what came of it."""
    rows = [
        (
            in_words(call["tool"]),
            ", ".join(f"{in_words(name)} {value}" for name, value in call["arguments"].items()),
            " ".join(filter(None, (call["outcome"], in_words(call["detail"])))),
        )
        for call in calls
    ]
    return table("Order store", ("Tool", "Asked with", "Outcome"), rows)


def _tools(record: Json) -> list[Block]:
    calls = record.get("tool_calls") or ()
    return [heading("Order store", 2), tool_table(calls)] if calls else []


def _memory(record: Json, policy: Policy | None) -> list[Block]:
    memory = record.get("memory")
    if not memory:
        return []
    dropped = memory.get("dropped") or ()
    # another policy may have given more room, or less
    room = f" of {policy.memory_tokens:,}" if policy and record.get("policy") == policy.label else ""
    told = facts(
        [
            ("Told to the engine", f"{memory['tokens']:,}{room} tokens"),
            ("Left out", _count(dropped, "part") if dropped else "nothing, all of it fitted"),
        ]
    )
    rows = [(one["what"], f"{one['tokens']:,}") for one in dropped]
    return [heading("Memory", 2), told, *([note(LEFT_OUT, "soft"), _left_out(rows)] if rows else [])]


def _left_out(rows: Sequence[tuple[str, str]]) -> Block:
    return table("Left out", ("What", "Tokens"), rows, numeric=(1,))


def _engine_calls(record: Json) -> list[Block]:
    calls = record.get("engine_calls") or ()
    if not calls:
        return []
    rows = [(in_words(call["step"]), _told(call)) for call in calls]
    return [heading("Calls to engines", 2), table("Calls to engines", ("Step", "Asked, and what came of it"), rows)]


def _told(call: Json) -> str:
    """On lines below each other, because the record stands in a narrow column."""
    lines = [f"{call['model'] or call['engine']}, {milliseconds(call['ms'])}"]
    if call["model"]:  # others run on this computer and are not counted
        cost = "no price is set" if call["cost_usd"] is None else f"${call['cost_usd']:.5f}"
        lines.append(f"{call['input_tokens']:,} / {call['output_tokens']:,} tokens in and out, {cost}")
    if call["trouble"]:
        # the spare engine tells why it had to step in
        lines.append(f"{'Failed' if call['model'] else 'Stepped in'}: {call['trouble']}")
    return "\n".join(lines)


def _timings(record: Json) -> list[Block]:
    timings = record.get("timings") or {}
    return [heading("Time per step", 2), timing_table(timings)] if timings else []


def _made_by(record: Json) -> list[Block]:
    language = record.get("language") or ""
    rows = [
        ("Ticket", record.get("ticket")),
        ("Outcome", record.get("action_result")),
        ("Language", LANGUAGE.get(language, language)),
        ("Engine", record.get("engine")),
        ("Policy", record.get("policy")),
    ]
    return [facts([(label, str(value)) for label, value in rows if value])]


def _inputs(inputs: Json) -> str:
    return ", ".join(f"{in_words(name)} {_figure(value)}" for name, value in inputs.items())


def _threshold(value: float | str | None) -> str:
    return "" if value is None else _figure(value)


def _figure(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    if value is None:
        return "nothing"
    return ", ".join(map(_figure, value)) if isinstance(value, list | tuple) else str(value)


def _count(things: Sequence[object], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _total(record: Json) -> str:
    return milliseconds(sum((record.get("timings") or {}).values()))
