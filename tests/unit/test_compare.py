"""What two policies would have made of the same past turns, held side by side."""

from datetime import timedelta

import numpy as np
import pytest

from agent.insights.compare import FRONTIERS, compare, frontier, grounds_of, side_by_side
from agent.policy import PRESETS, Policy
from tests.unit.past_turns import ESCALATED, START, frame, labelled, reviewed


def test_no_turns_at_all_are_no_trouble() -> None:
    found = compare(frame([]), reviewed(), labelled(), Policy(), PRESETS["strict"])

    assert (found.first.turns, found.first.escalation_rate.value, found.first.load.value) == (0, None, None)
    assert found.first.missed.why == "unknown: no turn would be left to the desk"


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
