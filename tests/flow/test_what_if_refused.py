"""What if: a decision that nobody could take, or on other evidence than was shown, is not tried."""

import math
from pathlib import Path
from typing import Any, cast

import pytest

from agent.desk import Desk
from agent.errors import AlarmError, ConflictError, InvalidDecisionError, UnknownReviewError
from agent.model import Decision, Money
from tests.faults.records import change
from tests.flow.hypothetical import APPROVE, ask, everything


def unchecked(**fields: Any) -> Decision:
    """A decision that went past the checks of its type."""
    return Decision.model_construct(**fields)


@pytest.mark.parametrize(
    "hypothetical",
    [
        Decision(action="edit", amount=Money(minor=24001)),
        Decision(action="edit", amount=Money(minor=0)),
        Decision(action="edit", amount=Money(minor=-1)),
        Decision(action="edit", amount=Money(minor=100, currency="EUR")),
        unchecked(action="edit", amount=Money.model_construct(minor=cast("int", math.nan), currency="USD")),
        unchecked(action="edit", amount=Money.model_construct(minor=cast("int", math.inf), currency="USD")),
        unchecked(action="pay everything"),
        Decision(action="approve", amount=Money(minor=100)),
        Decision(action="edit"),
        Decision(action="deny"),
        Decision(action="deny", reason="other"),
        Decision(action="respond"),
    ],
)
def test_what_no_decision_may_be_is_not_tried(home: Path, desk: Desk, hypothetical: Decision) -> None:
    paused, review_id = ask(desk)
    before = everything(home, desk, paused.thread_id)

    with pytest.raises(InvalidDecisionError, match=r"Nothing was tried"):
        desk.what_if(review_id, hypothetical)

    assert everything(home, desk, paused.thread_id) == before


def test_other_evidence_than_was_shown_is_not_tried(desk: Desk) -> None:
    _, review_id = ask(desk)

    with pytest.raises(ConflictError, match="not what you were shown"):
        desk.what_if(review_id, Decision(action="approve", seen_sha256="0" * 64))


def test_evidence_that_was_tampered_with_is_not_tried(home: Path, desk: Desk) -> None:
    _, review_id = ask(desk)
    change(home / "desk.sqlite", "UPDATE reviews SET payload = replace(payload, '240.00', '940.00')")

    with pytest.raises(AlarmError, match="not what its gate shows"):
        desk.what_if(review_id, APPROVE)


def test_an_unknown_review_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownReviewError):
        desk.what_if("no-such-review", APPROVE)
