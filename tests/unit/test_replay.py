"""Other thresholds tried on past turns, held against the rules that decide live ones."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.insights.replay import past_of, replay
from agent.policy import PRESETS, Policy
from tests.unit.live_rules import Said, by_the_rules, kept, messages, person_and_rules, some_policies
from tests.unit.past_turns import frame


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


@pytest.mark.parametrize("limit", [0.7, 0.1])  # in single precision a little less, and a little more
def test_a_value_at_its_limit_is_at_it_although_facts_are_kept_in_single_precision(limit: float) -> None:
    assert not replay(frame([{"relevance": limit}]), Policy(min_relevance=limit)).to_person[0]


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


def test_rows_of_a_thread_may_lie_among_those_of_others() -> None:
    past = past_of(frame([{"thread": thread} for thread in (0, 1, 0, 2, 1)]))

    assert past.order.tolist() == [0, 2, 1, 4, 3]
    assert past.begins.tolist() == [True, False, True, False, True]
