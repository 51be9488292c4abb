"""Random messages and policies, and what the rules that decide live turns make of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import pandas as pd
from hypothesis import strategies as st

from agent.model import (
    Category,
    Classification,
    Entities,
    FiredRule,
    Intent,
    Lane,
    Sentiment,
    SentimentLabel,
    Topic,
)
from agent.policy import Policy
from agent.rules import (
    MOOD_TURNS,
    answer_instead,
    answer_shortfalls,
    choose_answer_route,
    choose_lane,
    count_streaks,
    escalation_rules,
)
from agent.state import Streaks
from tests.unit.past_turns import frame


@dataclass(frozen=True)
class Said:
    """A message as it really was: what the engine made of it, and what no record may tell."""

    thread: int
    classification: Classification
    sentiment: Sentiment
    relevance: float | None
    mark: float
    answers: Lane | None
    courtesy: bool
    bare_yes: bool
    refund_known: bool
    lane_calls_person: bool


@dataclass(frozen=True)
class Done:
    """What the rules make of it."""

    lane: Lane
    lane_rule: str
    escalations: tuple[FiredRule, ...]
    subject_rule: str
    understood: bool
    plain: bool


def fractions(parts: int, low: int = 0, high: int | None = None) -> st.SearchStrategy[float]:
    """Numbers that single and double precision tell alike, so that values equal limits often."""
    return st.integers(low, parts if high is None else high).map(lambda part: part / parts)


EIGHTHS, SIXTEENTHS = fractions(8), fractions(16)
MARKS = fractions(4, 0, 40)
SCORES, LOW_SCORES = fractions(8, -8, 8), fractions(8, -8, 0)


@st.composite
def messages(draw: st.DrawFn) -> Said:
    number = draw(st.booleans())
    return Said(
        thread=draw(st.integers(0, 2)),
        classification=Classification(
            intent=draw(st.sampled_from((*get_args(Intent), "faq", "faq", "faq"))),
            confidence=draw(EIGHTHS),
            scores={},
            topic=draw(st.sampled_from(get_args(Topic))),
            topic_confidence=draw(EIGHTHS),
            category=draw(st.sampled_from(get_args(Category))),
            category_confidence=draw(EIGHTHS),
            asks_for_person=draw(st.integers(0, 7)) == 0,
            person_confidence=0.5,
            entities=Entities(order_number="LF-10482" if number else None),
        ),
        sentiment=Sentiment(label=draw(st.sampled_from(get_args(SentimentLabel))), score=draw(SCORES), confidence=1.0),
        relevance=draw(st.none() | SIXTEENTHS),
        mark=draw(MARKS),
        answers=draw(st.sampled_from((None, None, None, "order", "refund", "escalation"))),
        courtesy=draw(st.integers(0, 5)) == 0,
        bare_yes=draw(st.integers(0, 5)) == 0,
        refund_known=draw(st.booleans()),
        lane_calls_person=draw(st.booleans()),
    )


@st.composite
def some_policies(draw: st.DrawFn) -> Policy:
    return Policy(
        angry_escalates=draw(st.booleans()),
        low_score=draw(LOW_SCORES),
        low_score_turns=draw(st.integers(1, 4)),
        escalating_topics=tuple(draw(st.sets(st.sampled_from(get_args(Topic)), max_size=2))),
        escalating_categories=tuple(draw(st.sets(st.sampled_from(get_args(Category)), max_size=1))),
        topic_confidence=draw(EIGHTHS),
        min_relevance=draw(SIXTEENTHS),
        min_answer_confidence=draw(MARKS),
        below_limits=draw(st.sampled_from(("hand over", "state uncertainty"))),
        uncertain_from=draw(SIXTEENTHS),
        soft_review_margin=draw(st.sampled_from((0.0, 0.0625, 0.125, 0.25))),
        unknown_answered_from=draw(SIXTEENTHS),
        low_confidence=draw(fractions(8, 0, 4)),
        low_confidence_turns=draw(st.integers(1, 3)),
        unknown_turns=draw(st.integers(1, 3)),
    )


def by_the_rules(said: Sequence[Said], policy: Policy) -> list[Done]:
    """What `agent.nodes.route` does, one message after the other."""
    done = []
    moods: dict[int, list[float]] = {}
    rows: dict[int, Streaks] = {}
    for each in said:
        mood = moods[each.thread] = [*moods.get(each.thread, []), each.sentiment.score][-MOOD_TURNS:]
        answers = None if each.courtesy else each.answers
        understood = each.courtesy or answers is not None
        before = rows.get(each.thread, {"low_confidence": 0, "unknown": 0})
        rows[each.thread] = count_streaks(each.classification, before, policy, understood_anyway=understood)
        plain = each.courtesy or each.bare_yes
        escalations = (
            () if plain else escalation_rules(each.classification, each.sentiment, mood, rows[each.thread], policy)
        )
        known = answers == "refund" and each.refund_known
        chosen = choose_lane(each.classification, escalations, answers, courtesy=each.courtesy, refund_known=known)
        lane, lane_rule = answer_instead(chosen, each.relevance or 0.0, policy)
        alone = choose_lane(each.classification, (), answers, courtesy=each.courtesy, refund_known=known)
        _, subject = answer_instead(alone, each.relevance or 0.0, policy)
        done.append(Done(lane, lane_rule.name, escalations, subject.name, understood, plain))
    return done


def person_and_rules(said: Said, done: Done, policy: Policy) -> tuple[bool, tuple[str, ...]]:
    """Whether the message goes to a person, and by which rules, as the lanes do it."""
    names = tuple(rule.name for rule in done.escalations)
    if done.lane_rule == "lane_refund_decided_by_a_person":
        return True, (*names, done.lane_rule)
    if done.lane == "escalation":
        return True, names or (done.lane_rule,)
    if done.lane in {"order", "refund"}:
        return said.lane_calls_person, ("as_it_was",) if said.lane_calls_person else ()
    if done.lane != "faq":
        return False, ()
    relevance = said.relevance or 0.0
    shortfalls = answer_shortfalls(relevance, said.mark, policy)
    route = choose_answer_route(relevance, said.mark, shortfalls, policy)
    if route == "review":
        return True, ("soft_review",)
    return (True, tuple(rule.name for rule in shortfalls)) if route == "escalate" else (False, ())


def kept(said: Sequence[Said], policy: Policy) -> pd.DataFrame:
    """The facts that the desk keeps of these messages when they run under this policy."""
    rows = []
    for each, done in zip(said, by_the_rules(said, policy), strict=True):
        person, _rules = person_and_rules(each, done, policy)
        about = each.classification
        rows.append(
            {
                "thread": each.thread,
                "outcome": "review" if person else "answered",
                "lane": done.lane,
                "subject_rule": done.subject_rule,
                "rules": ",".join((*(rule.name for rule in done.escalations), done.lane_rule)),
                "rules_apply": not done.plain,
                "understood": done.understood,
                "intent": about.intent,
                "confidence": about.confidence,
                "topic": about.topic,
                "topic_confidence": about.topic_confidence,
                "category": about.category,
                "category_confidence": about.category_confidence,
                "asks_for_person": about.asks_for_person,
                "sentiment": each.sentiment.label,
                "score": each.sentiment.score,
                "relevance": each.relevance,
                "answer_confidence": each.mark if done.lane == "faq" else None,
            }
        )
    return frame(rows)
