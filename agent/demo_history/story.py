"""A conversation of the made-up year from its first message to its last."""

from agent.demo_history.aftermath import label, rate
from agent.demo_history.chance import Weighted
from agent.demo_history.found import Finder, Topics
from agent.demo_history.judging import judge, stays_open
from agent.demo_history.kinds import (
    AFTER_ASKED,
    AFTER_HELP,
    AFTER_REVIEW,
    AFTER_THANKS,
    AFTER_TICKET,
    AFTER_WRONG,
    OPENING,
    OPENING_IN_JANUARY,
    OPENING_IN_OUTAGE,
    OPENING_IN_STRIKE,
)
from agent.demo_history.lanes import LANES
from agent.demo_history.recording import keep_turn
from agent.demo_history.timing import seconds_of
from agent.demo_history.turns import Scene, Talk, Turn, named_id
from agent.demo_history.year import END, V1, V2, V3
from agent.model import Outcome
from agent.protocols.facts import SHORTFALLS

LABELS = {policy.version: policy.label for policy in (V1, V2, V3)}
CHANNELS = Weighted({"chat": 0.62, "email": 0.27, "api": 0.11})
PAUSES = {"chat": (130.0, 0.9), "email": (9000.0, 1.0), "api": (300.0, 1.0)}
"""Median seconds until a customer writes again, and their spread."""
MOST_TURNS = 9
FIRST_NODES = ("intake", "classify", "gauge_sentiment", "retrieve", "route")
JANUARY = 1
TITLE = "Demo: "
TITLE_CHARS = 80
COMMON_LANGUAGE = "en"


def tell(scene: Scene, finder: Finder, *, name: str, customer_id: str, mind: Topics, begins: float) -> None:
    """Make up a conversation and keep its rows; `name` tells it from all others."""
    chance = scene.chance
    talk = Talk(
        thread_id=named_id(name),
        customer_id=customer_id,
        channel=chance.of(CHANNELS),
        begun=begins,
        mind=mind,
        at=begins,
    )
    kind = _possible(chance.of(_opening(scene, begins)), talk)
    title = ""
    received = begins
    while kind is not None and received < END - 60:
        turn = _turn(scene, finder, talk, kind, received, f"{name}-{talk.turns}")
        title = title or turn.found.text
        rate(scene, talk, turn)
        label(scene, turn)
        kind = _next_kind(scene, talk, turn) if talk.turns < MOST_TURNS else None
        talk.at = turn.settled
        received = turn.settled + chance.around(*PAUSES[talk.channel])
    _keep_thread(scene, talk, title)


def _opening(scene: Scene, moment: float) -> Weighted[str]:
    year = scene.year
    if year.in_outage(moment):
        return OPENING_IN_OUTAGE
    if year.in_strike(moment, days_after=1):
        return OPENING_IN_STRIKE
    return OPENING_IN_JANUARY if year.month(moment) == JANUARY else OPENING


def _turn(scene: Scene, finder: Finder, talk: Talk, kind: str, received: float, message_id: str) -> Turn:
    policy = scene.year.policy(received)
    talk.is_expired = False
    found = finder.find(kind, received, talk.mind, scene.chance)
    turn = Turn(
        turn_id=named_id(message_id),
        message_id=message_id,
        received=received,
        found=found,
        routing=judge(found, talk, policy),
        policy=policy,
        nodes=list(FIRST_NODES),
        is_remote=scene.year.is_remote(received),
    )
    LANES[turn.routing.lane](scene, talk, turn)
    scene.run(turn)
    if turn.review_id is None:
        turn.answered = turn.settled = min(received + seconds_of(turn.node_ms), END - 1)
    if not stays_open(talk.awaiting, turn.routing.lane, acted=turn.action_result is not None):
        talk.awaiting = None
    if turn.review_id is None:
        turn.outcome = _outcome(talk, turn)
    talk.turns += 1
    keep_turn(scene, talk, turn, LABELS)
    return turn


def _outcome(talk: Talk, turn: Turn) -> Outcome:
    if talk.awaiting not in {None, "objection"}:
        return "asked"
    return "uncertain" if SHORTFALLS & {rule.name for rule in turn.routing.rules} else "answered"


def _next_kind(scene: Scene, talk: Talk, turn: Turn) -> str | None:
    """What the customer writes next, if anything."""
    chance = scene.chance
    if talk.awaiting is not None and turn.found.kind != "thanks":
        asked = chance.of(AFTER_ASKED.get(talk.awaiting, AFTER_HELP))
        return _possible(asked, talk)
    if turn.found.kind == "thanks":
        return _possible(chance.of(AFTER_THANKS), talk)
    if turn.review_id is not None:
        return _possible(chance.of(AFTER_REVIEW), talk)
    if not turn.helped:
        return _possible(chance.of(AFTER_WRONG), talk)
    return _possible(chance.of(AFTER_TICKET if turn.routing.lane == "issue" else AFTER_HELP), talk)


def _possible(kind: str | None, talk: Talk) -> str | None:
    """The kind, if this customer can write it: gaps were only ever asked about in English."""
    if kind == "again" and talk.mind.source is None:
        return "question"
    return "question" if kind == "gap" and talk.mind.language != COMMON_LANGUAGE else kind


def _keep_thread(scene: Scene, talk: Talk, title: str) -> None:
    status = "DONE" if talk.awaiting in {None, "objection"} else "AWAITING_CUSTOMER"
    scene.batch.threads.append(
        {
            "thread_id": talk.thread_id,
            "status": "EXPIRED" if talk.is_expired else status,
            "customer_id": talk.customer_id,
            "channel": talk.channel,
            "title": (TITLE + title)[:TITLE_CHARS],
            "created_at": scene.year.text(talk.begun),
            "updated_at": scene.year.text(talk.at),
            "turns": talk.turns,
            "demo": 1,
        }
    )
