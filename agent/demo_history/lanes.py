"""What the desk does on each lane of a made-up turn."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from agent.demo_history.handover import hand_over
from agent.demo_history.refunds import ask_or_assess
from agent.demo_history.texts import Question, Subject
from agent.demo_history.turns import Scene, Talk, Turn
from agent.demo_history.year import DAY_S, V2
from agent.model import Priority
from agent.rules import (
    answer_shortfalls,
    choose_answer_route,
    choose_priority,
    is_knowledge_gap,
    soft_review_rule,
)
from agent.wording import day

MARK_FLOOR, MARK_SLOPE, MARK_SPREAD = 4.6, 4.8, 0.72
"""An engine's mark for its own answer grows with relevance, and misses it by so much."""
DONE_WELL = 0.94
"""How often a ticket or an answer about an order is what the customer wanted, if it was understood."""
MISREAD_HELPS = 0.12
BAD_RELEASE = 0.82
"""By how much rarer the bad release's answers were right: it did not only lower a limit."""
ITEMS = ("1 × Linen shirt", "1 × Desk lamp", "2 × Mug", "1 × Wool sweater", "1 × Kettle")
CARRIERS = ("Parcelway", "Northline Express", "Bluebird Post")


def answer_question(scene: Scene, talk: Talk, turn: Turn) -> None:
    """An answer with its source, or what the limits make of it."""
    found, policy, chance = turn.found, turn.policy, scene.chance
    turn.nodes.append("handle_faq")
    mark = max(0.0, min(10.0, chance.normal(MARK_FLOOR + MARK_SLOPE * found.relevance, MARK_SPREAD)))
    turn.mark = round(mark, 2)
    likely = found.relevance if found.is_right else MISREAD_HELPS
    turn.helped = chance.happens(likely * (BAD_RELEASE if policy.version == V2.version else 1.0))
    shortfalls = answer_shortfalls(found.relevance, turn.mark, policy)
    route = choose_answer_route(found.relevance, turn.mark, shortfalls, policy)
    text = _from_article(scene, turn)
    if route in {"answered", "uncertain"}:
        turn.routing = replace(turn.routing, rules=(*turn.routing.rules, *shortfalls)) if shortfalls else turn.routing
        turn.citations = (scene.cited(found.best),)
        voice = scene.voice(talk, turn)
        turn.reply = f"{voice.opening}{voice.phrases.answer_in_english}{text}"
        turn.nodes.append("record")
        return
    held = (soft_review_rule(found.relevance, turn.mark, policy),) if route == "review" else shortfalls
    priority: Priority = choose_priority(
        found.sentiment,
        found.classification,
        knowledge_gap=is_knowledge_gap(found.relevance, policy),
        policy=policy,
    )
    turn.routing = replace(turn.routing, rules=(*turn.routing.rules, *held), priority=priority)
    hand_over(scene, talk, turn, unsent=text)


def _from_article(scene: Scene, turn: Turn) -> str:
    """What the desk says from the best article; where it was misread, something that is beside the point."""
    source = turn.found.source
    if isinstance(source, Question):
        return source.answer
    if isinstance(source, Subject) and turn.found.best == source.came:
        return source.answer
    return scene.chance.one_of(scene.texts.questions["en"]).answer


def take_issue(scene: Scene, talk: Talk, turn: Turn) -> None:
    """A ticket; it was solved long ago."""
    due = scene.due_at(turn)
    turn.ticket = scene.batch.add_ticket(
        {
            "key": f"{turn.turn_id}:issue",
            "thread_id": talk.thread_id,
            "turn_id": turn.turn_id,
            "kind": "issue",
            "priority": turn.routing.priority,
            "subject": turn.found.text[:80],
            "body": turn.found.text,
            "status": "solved",
            "due_at": due,
            "opened_at": scene.year.text(turn.received),
        }
    )
    voice = scene.voice(talk, turn)
    turn.reply = voice.say(voice.phrases.ticket_opened, number=turn.ticket, due=due)
    turn.nodes += ["create_ticket", "record"]
    turn.helped = scene.chance.happens(DONE_WELL if turn.found.is_right else MISREAD_HELPS)


def look_after_order(scene: Scene, talk: Talk, turn: Turn) -> None:
    """How an order stands, a change after a yes, or the question which order it is."""
    voice, number = scene.voice(talk, turn), talk.mind.number
    turn.helped = scene.chance.happens(DONE_WELL if turn.found.is_right else MISREAD_HELPS)
    standard, express = voice.phrases.deliveries["standard"], voice.phrases.deliveries["express"]
    if talk.awaiting == "order_yes":
        talk.awaiting = None
        turn.nodes += ["identify_order", "confirm_order", "resolve_order", "record"]
        turn.reply = voice.say(voice.phrases.delivery_changed, number=number, new=express)
        turn.action_result = f"Order {number} changed"
    elif turn.found.classification.entities.order_number is None:
        talk.awaiting = "order_number"
        turn.nodes += ["identify_order", "record"]
        turn.reply = voice.say(voice.phrases.ask_order)
    elif turn.found.kind == "order_change":
        talk.awaiting = "order_yes"
        turn.nodes += ["identify_order", "confirm_order", "record"]
        turn.reply = voice.say(voice.phrases.confirm_delivery, number=number, old=standard, new=express)
    else:
        talk.awaiting = None
        turn.nodes += ["identify_order", "resolve_order", "record"]
        turn.reply = _status(scene, talk, turn)


def _status(scene: Scene, talk: Talk, turn: Turn) -> str:
    voice, chance = scene.voice(talk, turn), scene.chance
    sentence = voice.phrases.statuses[chance.one_of(("processing", "shipped", "shipped", "delivered"))]
    shipped = _day(talk.mind.language, scene.year.text(turn.received - chance.between(1, 5) * DAY_S)[:10])
    return voice.say(
        sentence,
        number=talk.mind.number,
        items=chance.one_of(ITEMS),
        carrier=chance.one_of(CARRIERS),
        day=shipped,
        tracking=f"DM{int(chance.share() * 1e10):010d}",
    )


@lru_cache(maxsize=2_000)
def _day(language: str, date: str) -> str:
    return day(language, f"{date}T00:00:00.000Z")


def fall_back(scene: Scene, talk: Talk, turn: Turn) -> None:
    """A courtesy returned, or what the desk can do and a question."""
    turn.nodes += ["fallback", "record"]
    voice = scene.voice(talk, turn)
    still = None if talk.awaiting == "clarification" else talk.awaiting
    if turn.found.kind == "thanks":
        turn.reply, talk.awaiting = voice.phrases.courtesy, still
        return
    greeting = voice.phrases.greeting if turn.found.kind == "hello" else voice.opening
    turn.reply = greeting + voice.phrases.what_the_desk_can_do
    talk.awaiting = still or "clarification"
    turn.helped = turn.found.is_right


def escalate(scene: Scene, talk: Talk, turn: Turn) -> None:
    """Straight to a person."""
    hand_over(scene, talk, turn, unsent="")


LANES: Mapping[str, Callable[[Scene, Talk, Turn], None]] = MappingProxyType(
    {
        "faq": answer_question,
        "issue": take_issue,
        "order": look_after_order,
        "refund": ask_or_assess,
        "unknown": fall_back,
        "escalation": escalate,
    }
)
