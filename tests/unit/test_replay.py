"""Other thresholds tried on past turns, held against the rules that decide live ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.insights.compare import FRONTIERS, compare, frontier, grounds_of, side_by_side
from agent.insights.estimates import hourly, pooled, share
from agent.insights.reliability import intent_reliability, relevance_reliability
from agent.insights.replay import past_of, replay
from agent.insights.verdicts import answer_right, needed
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
from agent.policy import PRESETS, Policy
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

START = datetime(2026, 11, 2, 8, tzinfo=UTC)

WORDS = {
    "channel": (),
    "outcome": ("answered", "uncertain", "asked", "review", "failed"),
    "lane": get_args(Lane),
    "subject_rule": (),
    "rules": (),
    "intent": get_args(Intent),
    "topic": get_args(Topic),
    "category": get_args(Category),
    "sentiment": get_args(SentimentLabel),
}
QUIET: dict[str, Any] = {
    "thread": 0,
    "channel": "chat",
    "outcome": "answered",
    "lane": "faq",
    "subject_rule": "lane_faq",
    "rules": "lane_faq",
    "rules_apply": True,
    "understood": False,
    "intent": "faq",
    "confidence": 0.9,
    "topic": "general",
    "topic_confidence": 0.9,
    "category": "general",
    "category_confidence": 0.9,
    "asks_for_person": False,
    "sentiment": "neutral",
    "score": 0.0,
    "relevance": 0.9,
    "answer_confidence": 9.0,
}
"""A question that the desk answers by itself."""


def frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Turns as `agent.insights.facts` gives them, an hour after each other unless told otherwise."""
    filled = [{"received_at": START + timedelta(hours=place), **QUIET, **row} for place, row in enumerate(rows)]
    made = pd.DataFrame(filled, columns=["received_at", *QUIET])
    made["received_at"] = pd.to_datetime(made.received_at, utc=True).astype("datetime64[us, UTC]")
    for name, words in WORDS.items():
        known = sorted({*words, *made[name].dropna()})
        made[name] = pd.Categorical(made[name], categories=pd.Index(known, dtype="str"))
    shares = ("confidence", "topic_confidence", "category_confidence", "score", "relevance", "answer_confidence")
    kinds = dict.fromkeys(shares, np.float32) | {"thread": np.int32}
    flags = dict.fromkeys(("rules_apply", "understood", "asks_for_person"), bool)
    return made.astype({**kinds, **flags})


def reviewed(*rows: Mapping[str, Any]) -> pd.DataFrame:
    """Reviews of turns, of which nothing is said that is not told."""
    blank = {"turn": -1, "kind": "escalation", "decided_action": None, "amount_minor": -1, "currency": "USD"}
    made = pd.DataFrame([{**blank, "check_case": None, **row} for row in rows], columns=[*blank, "check_case"])
    return made.astype(dict.fromkeys(("kind", "decided_action", "currency", "check_case"), "category"))


def labelled(*rows: tuple[int, str, str]) -> pd.DataFrame:
    """Labels as turn, sample and verdict."""
    made = pd.DataFrame(rows, columns=["turn", "sample", "verdict"])
    return made.astype({"turn": np.int64, "sample": "category", "verdict": "category"})


def rated(*rows: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["turn", "rating"]).astype(np.int64)


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


@st.composite
def messages(draw: st.DrawFn) -> Said:
    number = draw(st.booleans())
    return Said(
        thread=draw(st.integers(0, 2)),
        classification=Classification(
            intent=draw(st.sampled_from((*get_args(Intent), "faq", "faq", "faq"))),
            confidence=draw(fractions(8)),
            scores={},
            topic=draw(st.sampled_from(get_args(Topic))),
            topic_confidence=draw(fractions(8)),
            category=draw(st.sampled_from(get_args(Category))),
            category_confidence=draw(fractions(8)),
            asks_for_person=draw(st.integers(0, 7)) == 0,
            person_confidence=0.5,
            entities=Entities(order_number="LF-10482" if number else None),
        ),
        sentiment=Sentiment(
            label=draw(st.sampled_from(get_args(SentimentLabel))), score=draw(fractions(8, -8, 8)), confidence=1.0
        ),
        relevance=draw(st.none() | fractions(16)),
        mark=draw(fractions(4, 0, 40)),
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
        low_score=draw(fractions(8, -8, 0)),
        low_score_turns=draw(st.integers(1, 4)),
        escalating_topics=tuple(draw(st.sets(st.sampled_from(get_args(Topic)), max_size=2))),
        escalating_categories=tuple(draw(st.sets(st.sampled_from(get_args(Category)), max_size=1))),
        topic_confidence=draw(fractions(8)),
        min_relevance=draw(fractions(16)),
        min_answer_confidence=draw(fractions(4, 0, 40)),
        below_limits=draw(st.sampled_from(("hand over", "state uncertainty"))),
        uncertain_from=draw(fractions(16)),
        soft_review_margin=draw(st.sampled_from((0.0, 0.0625, 0.125, 0.25))),
        unknown_answered_from=draw(fractions(16)),
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


@settings(max_examples=250, deadline=None)
@given(st.lists(messages(), min_size=1, max_size=12), some_policies(), some_policies())
def test_a_replay_says_what_the_rules_say_turn_by_turn(said: list[Said], then: Policy, now: Policy) -> None:
    turns = kept(said, then)

    replayed = replay(turns, now)

    before = by_the_rules(said, then)
    for row, (each, done) in enumerate(zip(said, by_the_rules(said, now), strict=True)):
        person, rules = person_and_rules(each, done, now)
        if replayed.known[row]:
            assert replayed.to_person[row] == person
        if before[row].lane == done.lane or done.lane not in {"faq", "order", "refund"} or done.escalations:
            assert replayed.known[row], "everything that decides it was kept"
            assert replayed.rules_of(row) == rules
        else:
            assert before[row].lane == "escalation" or done.lane_rule == "lane_faq_by_article"


@settings(max_examples=100, deadline=None)
@given(st.lists(messages(), min_size=1, max_size=12), some_policies())
def test_a_replay_of_the_policy_that_was_in_force_is_what_happened(said: list[Said], policy: Policy) -> None:
    turns = kept(said, policy)

    replayed = replay(turns, policy)

    assert replayed.known.all()
    assert replayed.to_person.tolist() == (turns.outcome == "review").tolist()


@pytest.mark.parametrize("relevance", [0.7, 0.1 + 0.6])
def test_a_value_at_its_limit_is_at_it_although_facts_are_kept_in_single_precision(relevance: float) -> None:
    assert not replay(frame([{"relevance": relevance}]), Policy(min_relevance=0.7)).to_person[0]


STATED = PRESETS["stated uncertainty"]


@pytest.mark.parametrize(
    ("row", "policy", "rules"),
    [
        ({"relevance": 0.35}, STATED, ()),
        ({"relevance": 0.34}, STATED, ("knowledge_gap",)),
        ({"relevance": 0.5, "answer_confidence": 0.0}, STATED, ("knowledge_gap", "unsure_answer")),
        ({"answer_confidence": 7.0}, Policy(), ()),
        ({"answer_confidence": 6.9}, Policy(), ("unsure_answer",)),
        ({"answer_confidence": 6.9}, Policy(soft_review_margin=0.1), ("unsure_answer",)),
        ({"answer_confidence": 7.9}, Policy(soft_review_margin=0.1), ("soft_review",)),
        ({"answer_confidence": 8.0, "relevance": 0.8}, Policy(soft_review_margin=0.1), ()),
        ({"topic": "legal_threat", "topic_confidence": 0.5}, Policy(), ("topic_legal_threat",)),
        ({"category": "complaint", "category_confidence": 0.49}, Policy(), ()),
        ({"relevance": None, "answer_confidence": 9.0}, Policy(), ("knowledge_gap",)),
    ],
)
def test_each_limit_is_where_the_rules_have_it(row: dict[str, Any], policy: Policy, rules: tuple[str, ...]) -> None:
    replayed = replay(frame([row]), policy)

    assert replayed.known[0]
    assert replayed.rules_of(0) == rules
    assert bool(replayed.to_person[0]) == bool(rules)


@pytest.mark.parametrize(
    ("relevance", "policy", "known_and_person"),
    [
        (0.9, Policy(), (False, False)),
        (0.6, Policy(), (True, True)),
        (0.6, STATED, (False, False)),
        (0.3, STATED, (True, True)),
        (0.9, Policy(min_answer_confidence=0), (True, False)),
        (0.75, Policy(soft_review_margin=0.1), (True, True)),
        (0.75, STATED.model_copy(update={"soft_review_margin": 0.1}), (False, False)),
        (None, Policy(), (False, False)),
    ],
)
def test_an_answer_that_was_never_written_is_known_only_where_any_would_do(
    relevance: float | None, policy: Policy, known_and_person: tuple[bool, bool]
) -> None:
    angry = {"lane": "escalation", "outcome": "review", "sentiment": "angry", "answer_confidence": None}
    turns = frame([{**angry, "relevance": relevance}])

    replayed = replay(turns, policy.model_copy(update={"angry_escalates": False}))

    assert (bool(replayed.known[0]), bool(replayed.to_person[0])) == known_and_person
    assert bool(replayed.rules_of(0)) == known_and_person[1]


def test_turns_that_failed_and_check_cases_do_not_count() -> None:
    nothing = dict.fromkeys(("intent", "confidence", "score", "lane", "subject_rule", "topic", "sentiment"))
    turns = frame([{**nothing, "outcome": "failed"}, {"channel": "check case lamp-too-late"}, {}])

    replayed = replay(turns, Policy())

    assert replayed.counted.tolist() == [False, False, True]
    assert replayed.known.tolist() == [False, False, True]


def test_a_failed_turn_does_not_break_a_row_of_low_moods() -> None:
    low = {"score": -0.7}
    failed = dict.fromkeys(("intent", "confidence", "score", "lane", "subject_rule"), None)

    replayed = replay(frame([low, {**failed, "outcome": "failed"}, low]), Policy())

    assert replayed.rules_of(2) == ("low_mood",)


@pytest.mark.parametrize(
    ("row", "person"),
    [
        ({"intent": "faq"}, False),
        ({"intent": "issue", "lane": "issue", "relevance": 0.1}, False),
        ({"intent": "refund", "lane": "refund", "rules": "lane_refund", "outcome": "asked"}, False),
        ({"intent": "refund", "lane": "refund", "rules": "angry,lane_refund_decided_by_a_person"}, True),
    ],
)
def test_turns_of_past_releases_go_by_their_intent(row: dict[str, Any], person: bool) -> None:  # noqa: FBT001  a case
    replayed = replay(frame([{**row, "subject_rule": None}]), Policy())

    assert (bool(replayed.known[0]), bool(replayed.to_person[0])) == (True, person)


def test_no_turns_at_all_are_no_trouble() -> None:
    found = compare(frame([]), reviewed(), labelled(), Policy(), PRESETS["strict"])

    assert (found.first.turns, found.first.escalation_rate.value, found.first.load.value) == (0, None, None)
    assert found.first.missed.why == "unknown: no turn would be left to the desk"


ESCALATED = {"lane": "escalation", "outcome": "review", "sentiment": "angry", "answer_confidence": None}


@pytest.mark.parametrize(
    ("action", "kind", "expected"),
    [
        ("deny", "escalation", 0),
        ("deny", "draft", 0),
        ("deny", "refund", 1),
        ("approve", "escalation", 1),
        ("edit", "draft", 1),
        ("respond", "escalation", 1),
        ("take-over", "escalation", 1),
        ("expire", "escalation", -1),
        (None, "escalation", -1),
        (None, "refund", 1),
    ],
)
def test_what_a_reviewer_did_says_whether_a_person_was_needed(action: str | None, kind: str, expected: int) -> None:
    reviews = reviewed({"turn": 0, "kind": kind, "decided_action": action})

    assert needed(frame([ESCALATED]), reviews, labelled()).tolist() == [expected]


@pytest.mark.parametrize(
    ("row", "verdicts", "expected"),
    [
        (ESCALATED, ["right"], 1),
        (ESCALATED, ["should_answer"], 0),
        ({}, ["right"], 0),
        ({}, ["should_escalate"], 1),
        ({}, ["should_escalate", "right"], -1),
        ({}, ["should_escalate", "right", "should_escalate"], 1),
        ({}, [], -1),
    ],
)
def test_labels_speak_by_majority(row: dict[str, Any], verdicts: list[str], expected: int) -> None:
    labels = labelled(*((0, "weekly", verdict) for verdict in verdicts))

    assert needed(frame([row]), reviewed(), labels).tolist() == [expected]


def test_a_review_counts_more_than_a_label() -> None:
    reviews = reviewed({"turn": 0, "decided_action": "deny"})

    assert needed(frame([ESCALATED]), reviews, labelled((0, "weekly", "right"))).tolist() == [0]


def test_a_missed_escalation_is_unknown_where_nobody_looked() -> None:
    missed = compare(frame([{}, {}]), reviewed(), labelled((0, "weekly", "right")), Policy(), Policy()).first.missed

    assert (missed.value, missed.low, missed.n) == (None, None, 0)
    assert missed.why == "unknown: nobody looked at a blind sample of what the desk answered"


def test_missed_escalations_are_estimated_from_the_blind_sample() -> None:
    turns = frame([{"thread": row} for row in range(100)])
    labels = labelled(*((row, "blind", "should_escalate" if row < 2 else "right") for row in range(20)))

    missed = compare(turns, reviewed(), labels, Policy(), Policy()).first.missed

    assert missed.value == pytest.approx(0.1)
    assert missed.n == 20
    assert missed.low is not None
    assert missed.high is not None
    assert 0.02 < missed.low < 0.1 < missed.high < 0.31


def test_a_looser_policy_misses_what_reviewers_found_worth_their_time() -> None:
    turns = frame([{**ESCALATED, "thread": row, "answer_confidence": 9.0} for row in range(4)])
    reviews = reviewed(*({"turn": row, "decided_action": "deny" if row else "respond"} for row in range(4)))
    calm = Policy(angry_escalates=False)

    found = compare(turns, reviews, labelled(), Policy(), calm)

    assert (found.to_desk, found.to_person) == (4, 0)
    assert (found.first.false_escalations.value, found.first.false_seen) == (0.75, 3)
    assert (found.second.missed.value, found.second.missed_seen) == (0.25, 1)
    assert found.second.missed.low == found.second.missed.high == 0.25, "all of them were looked at"
    assert found.second.false_escalations.why == "unknown: nobody looked at an escalation of this policy"


def test_refunds_always_go_to_a_person_and_are_no_false_escalations() -> None:
    refund = {
        "intent": "refund",
        "lane": "refund",
        "subject_rule": "lane_refund_decided_by_a_person",
        "outcome": "review",
    }
    reviews = reviewed({"turn": 0, "kind": "refund", "decided_action": "deny"})

    found = compare(frame([refund]), reviews, labelled(), Policy(), Policy(angry_escalates=False)).second

    assert (found.escalation_rate.value, found.false_escalations.n) == (1.0, 0)


def test_money_is_summed_by_the_limit_for_two_people() -> None:
    amounts = [(24_000, "USD"), (50_000, "USD"), (50_001, "USD"), (100, "EUR"), (-1, "USD")]
    reviews = reviewed(
        *({"turn": 0, "kind": "refund", "amount_minor": minor, "currency": each} for minor, each in amounts),
        {"turn": 0, "kind": "refund", "amount_minor": 9_900, "check_case": "lamp"},
    )

    found = compare(frame([{}]), reviews, labelled(), Policy(), Policy(four_eyes_above=100, undo_seconds=0))

    assert [(each.value, each.n, each.unit) for each in found.first.one_person] == [(1.0, 1, "EUR"), (740.0, 2, "USD")]
    assert [(each.value, each.n) for each in found.first.two_people] == [(0.0, 0), (500.01, 1)]
    assert [(each.value, each.n) for each in found.second.no_undo] == [(1.0, 1), (0.0, 0)]
    assert found.first.no_undo == ()


def test_presets_stand_side_by_side() -> None:
    turns = frame([{"score": -0.55}, {"relevance": 0.5}, {}])

    found = side_by_side(grounds_of(turns, reviewed(), labelled()), PRESETS)

    assert {name: each.to_person for name, each in found.items()} == {
        "default": 1,
        "strict": 2,
        "stated uncertainty": 0,
    }
    assert found["strict"].rules == {"low_mood": 1, "knowledge_gap": 1}
    assert found["stated uncertainty"].stated == 1


@pytest.mark.parametrize("field", FRONTIERS)
def test_the_frontier_is_what_each_threshold_alone_would_give(field: str) -> None:
    chance = np.random.default_rng(1)
    turns = frame(
        {"thread": row, "relevance": chance.random(), "answer_confidence": 10 * chance.random()} for row in range(60)
    )
    labels = labelled(*((row, "blind", "should_escalate" if row % 5 == 0 else "right") for row in range(60)))
    grounds = grounds_of(turns, reviewed(), labels)

    found = frontier(grounds, Policy(), field)

    assert len(found.points) == 40
    assert found.in_force == getattr(Policy(), field)
    rates = [point.escalation_rate.value or 0.0 for point in found.points]
    assert rates == sorted(rates)
    point = found.points[20]
    alone = compare(turns, reviewed(), labels, Policy(), Policy(**{field: point.threshold})).second
    assert (point.escalation_rate, point.missed) == (alone.escalation_rate, alone.missed)


def test_load_counts_the_hours_in_which_nothing_came() -> None:
    turns = frame([{"relevance": 0.1, "received_at": START + timedelta(hours=hours)} for hours in (0, 0, 3)])

    found = compare(turns, reviewed(), labelled(), Policy(), Policy()).first

    assert (found.load.value, found.load.n, found.load_p95.value) == (0.75, 4, 2.0)
    assert found.load.low is not None
    assert found.load.high is not None
    assert 0 <= found.load.low <= 0.75 <= found.load.high <= 2


def test_the_interval_of_the_load_draws_whole_days() -> None:
    busy_by_day = np.tile(np.repeat([0, 10], 12), 20)

    mean, _tail = hourly(busy_by_day)

    assert (mean.value, mean.low, mean.high) == (5.0, 5.0, 5.0), "every day is like the others"


def test_what_was_looked_at_counts_as_it_is_and_the_rest_by_its_share() -> None:
    half = pooled([(20, 10, 5)], "")
    whole = pooled([(20, 20, 10)], "")

    assert half.value == whole.value == 0.5
    assert (whole.low, whole.high) == (0.5, 0.5)
    assert half.low == pytest.approx((5 + 10 * (share(5, 10, "").low or 0)) / 20)


def test_shares_have_wilsons_interval() -> None:
    found = share(0, 20, "")

    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(0.1611, abs=1e-4)


def test_a_group_that_nobody_looked_at_makes_the_whole_unknown() -> None:
    assert pooled([(10, 10, 1), (5, 0, 0)], "unknown: nobody looked").why == "unknown: nobody looked"
    assert pooled([(10, 10, 1), (0, 0, 0)], "").value == 0.1


@pytest.mark.parametrize(
    ("row", "review", "stars", "label", "expected"),
    [
        ({}, None, None, None, -1),
        ({}, None, 5, None, 1),
        ({}, None, 3, None, -1),
        ({}, None, 1, None, 0),
        ({}, None, 5, "should_escalate", 0),
        ({}, None, 1, "right", 1),
        ({}, None, 5, "should_answer", 0),
        ({"outcome": "review"}, "approve", 1, None, 1),
        ({"outcome": "review"}, "respond", None, None, 0),
        ({"outcome": "review"}, "edit", 5, None, -1),
        ({"answer_confidence": None}, None, 5, None, -1),
        ({"lane": "issue"}, None, 5, None, -1),
    ],
)
def test_an_answer_is_right_by_who_checked_it_else_by_labels_else_by_stars(
    row: dict[str, Any], review: str | None, stars: int | None, label: str | None, expected: int
) -> None:
    reviews = reviewed({"turn": 0, "decided_action": review}) if review else reviewed()
    labels = labelled((0, "weekly", label)) if label else labelled()
    ratings = rated((0, stars)) if stars else rated()

    assert answer_right(frame([row]), reviews, ratings, labels).tolist() == [expected]


def test_few_cases_are_called_few_and_their_bins_are_wide() -> None:
    turns = frame([{"relevance": 0.85}, {"relevance": 0.85}, {"relevance": 0.15}])

    plot = relevance_reliability(turns, reviewed(), rated((0, 5), (1, 1), (2, 1)), labelled())

    low, high = plot.bins
    assert (plot.n, low.n, high.n, high.right.value) == (3, 1, 2, 0.5)
    assert high.predicted == pytest.approx(0.85)
    assert plot.error.value == pytest.approx((0.15 + 2 * 0.35) / 3)
    assert "Only 3 judged cases" in plot.note
    assert high.right.low is not None
    assert high.right.low < 0.1


def test_a_desk_that_is_as_right_as_it_is_sure_has_hardly_any_error() -> None:
    turns = frame({"thread": row, "confidence": 0.75} for row in range(400))
    labels = labelled(*((row, "weekly", "should_escalate" if row % 4 == 0 else "right") for row in range(400)))

    plot = intent_reliability(turns, labels)

    assert plot.error.value == pytest.approx(0.0, abs=1e-6)
    assert plot.error.high is not None
    assert plot.error.high < 0.1
    assert "guesses" not in plot.note


def test_where_nobody_judged_there_is_no_error_to_speak_of() -> None:
    plot = intent_reliability(frame([{}]), labelled())

    assert (plot.n, plot.bins, plot.error.value, plot.error.why) == (0, (), None, "unknown: nobody judged a case")


def test_rows_of_a_thread_may_lie_among_those_of_others() -> None:
    past = past_of(frame([{"thread": thread} for thread in (0, 1, 0, 2, 1)]))

    assert past.order.tolist() == [0, 2, 1, 4, 3]
    assert past.begins.tolist() == [True, False, True, False, True]
