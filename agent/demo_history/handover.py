"""Escalations of the made-up year: what a person got to see, and what they made of it."""

from agent.demo_history.cases import Case, Ruling, can_expire, close_case, open_case
from agent.demo_history.chance import Weighted
from agent.demo_history.timing import seconds_of
from agent.demo_history.turns import Scene, Talk, Turn
from agent.model import Action, Change, Evidence, Hit, ReviewKind, StoredDecision
from agent.names import name_for_customers

EXPIRES = 0.01
RULED = Weighted[Action]({"approve": 0.46, "edit": 0.17, "respond": 0.27, "take-over": 0.1})
RULED_DRAFT = Weighted[Action]({"approve": 0.74, "edit": 0.19, "respond": 0.07})
NEEDLESS = 0.27
"""How often a hand-over is denied whose answer would have been right."""
NEEDLESS_ELSE = 0.06
DRAFT_NEEDLESS = 0.06
FIRST_WORDS = 30


def hand_over(scene: Scene, talk: Talk, turn: Turn, *, unsent: str) -> None:
    """Pause the turn for a person; `unsent` is the answer that was held back, if one was tried."""
    turn.nodes.append("prepare_handoff")
    kind: ReviewKind = "draft" if any(rule.effect == "review" for rule in turn.routing.rules) else "escalation"
    due = scene.due_at(turn)
    if kind == "escalation":
        turn.ticket = _ticket(scene, talk, turn, due)
    voice = scene.voice(talk, turn)
    sentence = voice.phrases.draft_held if kind == "draft" else voice.phrases.handed_over
    turn.holding = voice.say(sentence, number=turn.ticket, due=due)
    scene.run(turn)
    turn.answered = turn.received + seconds_of(turn.node_ms)
    case = open_case(scene, talk, turn, kind=kind, evidence=_evidence(scene, talk, turn, unsent), amount=None)
    ruling = _ruling(scene, turn, case, unsent)
    final = close_case(scene, talk, turn, case, ruling)
    turn.decision = final
    turn.nodes += ["human_handoff", "deliver", "record"]
    talk.awaiting = None
    _speak(scene, talk, turn, final, case.evidence.draft)


def _ticket(scene: Scene, talk: Talk, turn: Turn, due: str) -> str:
    return scene.batch.add_ticket(
        {
            "key": f"{turn.turn_id}:escalation",
            "thread_id": talk.thread_id,
            "turn_id": turn.turn_id,
            "kind": "escalation",
            "priority": turn.routing.priority,
            "subject": turn.found.text[:80],
            "body": turn.found.text,
            "status": "solved",
            "due_at": due,
            "opened_at": scene.year.text(turn.received),
        }
    )


def _evidence(scene: Scene, talk: Talk, turn: Turn, unsent: str) -> Evidence:
    found, routing = turn.found, turn.routing
    citation = scene.cited(found.best)
    hit = Hit.model_construct(
        **citation.model_dump(),
        text=unsent or citation.title,
        similarity=similarity(found.relevance),
        relevance=found.relevance,
    )
    checked = "Check the draft against its sources, and send it as it is or mended."
    return Evidence.model_construct(
        request=found.text,
        summary=" ".join(found.text.split()[:FIRST_WORDS]),
        suggestion=checked if unsent else "Read the conversation and answer in your own words.",
        recommendation="look closer",
        reasons=tuple(rule.name.replace("_", " ") for rule in routing.rules if rule.effect in {"escalate", "review"})
        or (f"The {routing.lane} lane is handled by people",),
        ticket_number=turn.ticket,
        draft=unsent or scene.chance.one_of(scene.texts.replies["draft"]),
        emotional_state=f"{found.sentiment.label} ({found.sentiment.score:+.2f})",
        sentiment_scores=tuple(talk.mood),
        transcript=talk.lines(found.text),
        citations=(citation,) if unsent else (),
        hits=(hit,),
        rules=routing.rules,
    )


def similarity(relevance: float) -> float:
    """A cosine that would have been calibrated to this relevance."""
    return round(0.22 + 0.58 * relevance, 4)


def _ruling(scene: Scene, turn: Turn, case: Case, unsent: str) -> Ruling:
    chance, replies = scene.chance, scene.texts.replies
    if can_expire(turn) and chance.happens(EXPIRES):
        return Ruling(action="expire", reason="other", note="Nobody decided in time.")
    is_draft = case.kind == "draft"
    needless = NEEDLESS if unsent and turn.helped else NEEDLESS_ELSE
    if chance.happens(DRAFT_NEEDLESS if is_draft else needless):
        return Ruling(action="deny", note=chance.one_of(replies["notes"]["deny"]))
    action = chance.of(RULED_DRAFT if is_draft else RULED)
    draft = case.evidence.draft
    reply = None
    if action == "edit":
        reply = chance.one_of(replies["edited"]).format(draft=draft)
    elif action == "respond":
        reply = chance.one_of(replies["own_words"])
    changes = (Change(what="reply", before=draft, after=reply),) if action == "edit" and reply else ()
    return Ruling(action=action, note=chance.one_of(replies["notes"][action]), reply=reply, changes=changes)


def _speak(scene: Scene, talk: Talk, turn: Turn, final: StoredDecision, draft: str) -> None:
    """What the customer got in the end, and from whom."""
    voice = scene.voice(talk, turn)
    turn.helped = scene.chance.happens(0.9)
    if final.action == "take-over":
        turn.reply = voice.fill(voice.phrases.taken_over, name=name_for_customers(final.subject))
        turn.action_result = f"Taken over by {final.subject}"
    elif final.action == "deny":
        turn.reply = draft if turn.mark is not None else voice.say(voice.phrases.what_the_desk_can_do)
        turn.action_result = f"Escalation rejected: {final.reason or 'other'}"
        turn.helped = turn.mark is not None
    elif final.action == "expire":
        _expire(scene, talk, turn)
    else:
        turn.reply = final.reply or draft
        turn.action_result = f"Reply sent, decided by {final.subject}"
        if final.reply:
            turn.who, turn.author = "person", final.subject


def _expire(scene: Scene, talk: Talk, turn: Turn) -> None:
    voice = scene.voice(talk, turn)
    turn.ticket = turn.ticket or _ticket(scene, talk, turn, scene.due_at(turn))
    due = scene.year.text(turn.settled + 60 * turn.policy.sla_urgent_minutes)
    turn.reply = voice.fill(voice.phrases.handover_expired, number=turn.ticket, due=due)
    turn.action_result = "Hand-over not taken in time: the ticket stays open"
    turn.helped, talk.is_expired = False, True
