"""What people who decided, labelled or rated say about what the desk did."""

from typing import Any

import pytest

from agent.insights.verdicts import answer_right, needed
from tests.unit.past_turns import ESCALATED, frame, labelled, rated, reviewed


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
