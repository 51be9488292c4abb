"""Large refunds need two different people; the database holds it, whatever a page says."""

from pathlib import Path

import pytest

from agent.desk import Desk
from agent.errors import ConflictError, ForbiddenError, InvalidDecisionError
from agent.model import Decision, Identity, Money
from tests.stand_ins import open_test_desk

LARGE = "I want a refund for order LF-10495, the espresso machine leaks."
ROBIN = Identity(subject="Robin", role="reviewer", source="command-line")
SAM = Identity(subject="Sam", role="reviewer", source="command-line")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_test_desk(tmp_path)


def large_refund(desk: Desk) -> str:
    paused = desk.chat(LARGE, customer_id="C-1026")
    assert paused.review_id is not None
    return paused.review_id


def test_a_large_refund_is_paid_once_two_people_approved(desk: Desk) -> None:
    review_id = large_refund(desk)

    first = desk.decide(review_id, Decision(action="approve", note="Leak shown in the photo."), ROBIN)
    paid_after_one = desk.payments_made()
    second = desk.decide(review_id, Decision(action="approve"), SAM)

    assert (first.status, first.review_status, paid_after_one) == ("AWAITING_SECOND_REVIEWER", "awaiting_second", 0)
    assert (second.status, second.action_result) == ("DONE", "Refund issued: $1,250.00")
    assert desk.payments_made() == 1
    assert desk.verify_audit().ok
    assert all(check.ok for check in desk.checks())


def test_the_second_person_sees_the_first_ones_reason(desk: Desk) -> None:
    review_id = large_refund(desk)
    desk.decide(review_id, Decision(action="approve", note="Leak shown in the photo."), ROBIN)

    review = desk.review(review_id)

    assert review.first is not None
    assert (review.first.subject, review.first.note) == ("Robin", "Leak shown in the photo.")
    assert "edit" not in review.allowed_actions


@pytest.mark.parametrize("again", ["Robin", " robin ", "ROBIN", "\uff32obin"])
def test_nobody_fills_both_seats(desk: Desk, again: str) -> None:
    review_id = large_refund(desk)
    desk.decide(review_id, Decision(action="approve"), ROBIN)

    with pytest.raises(ForbiddenError, match="a different person has to confirm"):
        desk.decide(review_id, Decision(action="approve"), ROBIN.model_copy(update={"subject": again}))

    assert desk.payments_made() == 0


def test_the_second_person_can_deny(desk: Desk) -> None:
    review_id = large_refund(desk)
    desk.decide(review_id, Decision(action="approve"), ROBIN)

    denied = desk.decide(review_id, Decision(action="deny", reason="suspected_fraud"), SAM)

    assert (denied.status, denied.action_result) == ("DONE", "Refund denied: suspected_fraud")
    assert desk.payments_made() == 0


def test_the_second_person_confirms_exactly_what_the_first_decided(desk: Desk) -> None:
    review_id = large_refund(desk)
    edited = Decision(action="edit", amount=Money(minor=60_000), reply="Half of it, as agreed.")
    desk.decide(review_id, edited, ROBIN)

    with pytest.raises(InvalidDecisionError, match="exactly as Robin decided"):
        desk.decide(review_id, Decision(action="approve", amount=Money(minor=125_000)), SAM)
    with pytest.raises(InvalidDecisionError, match="A second person confirms"):
        desk.decide(review_id, Decision(action="edit", amount=Money(minor=125_000)), SAM)
    paid = desk.decide(review_id, Decision(action="approve"), SAM)

    assert (paid.action_result, paid.reply) == ("Refund issued: $600.00", "Half of it, as agreed.")
    assert desk.thread(paid.thread_id).transcript[-1].author == "Robin"


def test_lowering_the_amount_does_not_get_around_the_second_person(desk: Desk) -> None:
    review_id = large_refund(desk)

    first = desk.decide(review_id, Decision(action="edit", amount=Money(minor=40_000)), ROBIN)

    assert first.status == "AWAITING_SECOND_REVIEWER"
    assert desk.payments_made() == 0


def test_what_the_first_person_decided_is_part_of_what_the_second_saw(desk: Desk) -> None:
    review_id = large_refund(desk)
    desk.decide(review_id, Decision(action="approve"), ROBIN, held=True)
    seen = desk.review(review_id).seen_sha256
    desk.workbench.call_back(review_id, ROBIN)
    desk.decide(review_id, Decision(action="edit", amount=Money(minor=90_000)), ROBIN)

    with pytest.raises(ConflictError, match="not what you were shown"):
        desk.decide(review_id, Decision(action="approve", seen_sha256=seen), SAM)

    assert desk.payments_made() == 0


def test_a_denial_of_a_large_refund_needs_one_person(desk: Desk) -> None:
    review_id = large_refund(desk)

    denied = desk.decide(review_id, Decision(action="deny", reason="other", note="Sold twice."), ROBIN)

    assert (denied.status, denied.action_result) == ("DONE", "Refund denied: other")


def test_messages_stay_behind_both_gates(desk: Desk) -> None:
    review_id = large_refund(desk)
    desk.decide(review_id, Decision(action="approve"), ROBIN)
    thread_id = desk.review(review_id).thread_id

    held = desk.chat("any news?", thread_id=thread_id)
    paid = desk.decide(review_id, Decision(action="approve"), SAM)

    assert (held.queued, held.status) == (True, "AWAITING_SECOND_REVIEWER")
    assert paid.review_status == "applied"
    assert desk.payments_made() == 1
    assert [turn.status for turn in desk.thread(thread_id).turns] == ["done", "done"]
