"""Deciding on the Approvals page: what becomes of every press, and what a refusal says."""

import math
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from agent import Decision, Desk, Identity, Review
from pages.ui.review.decision_form import field_key
from tests.pages.refunds import LARGE, LEE, REFUND, ROBIN, SAM, ask
from tests.pages.screen import a_while_later, labels, open_page, press
from tests.stand_ins import open_test_desk
from tests.waiting import eventually


def press_well(app: AppTest, label: str) -> None:
    press(app, label)
    assert not app.exception


def said(app: AppTest) -> str:
    return str(app.session_state["desk_said"].text) if "desk_said" in app.session_state else ""


def seed(home: Path, request: tuple[str, str] = REFUND) -> Review:
    home.mkdir(exist_ok=True)
    with closing(open_test_desk(home)) as desk:
        return ask(desk, request)


def approvals_as(app: AppTest, name: str) -> None:
    open_page(app, "approvals", name)
    assert not app.exception


def test_an_approval_is_held_and_can_be_called_back(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    approvals_as(app, "Robin")

    press_well(app, "Approve \\$240.00")
    a_while_later(app)
    press_well(app, "Pay \\$240.00")
    held = other.review(review.review_id)
    buttons = labels(app)
    press_well(app, "Undo")

    assert (held.status, held.held_until is not None) == ("approved", True)
    assert {"Undo", "Pay now"} <= buttons
    assert other.review(review.review_id).status == "pending"
    assert "Called back" in said(app)
    assert "Undo" not in labels(app)


def test_pay_now_ends_the_wait(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    other.decide(review.review_id, Decision(action="approve"), ROBIN, held=True)
    approvals_as(app, "Robin")
    app.query_params["review"] = review.review_id
    app.run()

    press_well(app, "Pay now")

    assert eventually(lambda: other.review(review.review_id).status == "applied")
    assert other.payments_made() == 1


def test_opening_a_form_claims_and_going_back_releases(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    approvals_as(app, "Robin")

    press_well(app, "Deny")
    during = other.review(review.review_id).claimed_by
    press_well(app, "Back")

    assert (during, other.review(review.review_id).claimed_by) == ("Robin", None)


def test_a_claim_made_on_purpose_survives_its_form(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    approvals_as(app, "Robin")

    press_well(app, "Claim")
    press_well(app, "Deny")
    press_well(app, "Back")

    assert other.review(review.review_id).claimed_by == "Robin"
    assert "Release" in labels(app)


def test_no_form_opens_on_what_somebody_else_works_on(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    other.workbench.claim(review.review_id, SAM)
    approvals_as(app, "Robin")

    press_well(app, "Deny")

    assert "claimed by Sam until" in said(app)
    assert "Deny the refund" not in labels(app)
    assert "Release" not in labels(app)


def test_leads_release_somebody_elses_claim(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    other.workbench.claim(review.review_id, SAM)
    approvals_as(app, "Lee")

    press_well(app, "Release")

    assert other.review(review.review_id).claimed_by is None


def test_the_form_says_that_a_second_person_will_have_to_confirm(app: AppTest, home: Path) -> None:
    seed(home, LARGE)
    approvals_as(app, "Robin")

    press_well(app, "Approve \\$1,250.00")

    assert any("second person will have to confirm" in info.value for info in app.info)


def test_the_first_person_cannot_confirm_and_a_second_one_can(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home, LARGE)
    other.decide(review.review_id, Decision(action="approve"), ROBIN)
    approvals_as(app, "Robin")
    for_robin = labels(app)
    approvals_as(app, "Sam")

    press_well(app, "Confirm \\$1,250.00")
    a_while_later(app)
    press_well(app, "Confirm \\$1,250.00")

    assert not any(label.startswith("Confirm") for label in for_robin)
    assert other.review(review.review_id).status == "approved"
    assert other.review(review.review_id).decided_by == "Sam"


def test_an_impossible_amount_is_refused_and_the_form_stays_usable(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    approvals_as(app, "Robin")
    press_well(app, "Change")
    a_while_later(app)

    for typed in (math.nan, math.inf, -1.0, 0.0, 1e300, 240.01, 0.001):
        app.session_state[field_key(review.review_id, "amount")] = typed
        press_well(app, "Pay the changed amount")

        assert len(app.error) == 1, typed
        assert "Nothing was decided" in app.error[0].value, typed
        assert other.review(review.review_id).is_open, typed
    app.number_input[0].set_value(100.0).run()
    press_well(app, "Pay the changed amount")

    decided = other.review(review.review_id)
    assert (decided.status, decided.decided_by) == ("edited", "Robin")


def decided_by_other(desk: Desk, review: Review) -> None:
    desk.workbench.release(review.review_id, LEE)
    desk.decide(review.review_id, Decision(action="deny", reason="not_refundable"), SAM)


def claimed_by_other(desk: Desk, review: Review) -> None:
    desk.workbench.release(review.review_id, LEE)
    desk.workbench.claim(review.review_id, SAM)


def role_taken_away(desk: Desk, review: Review) -> None:
    del review
    desk.workbench.set_role("Robin", "none", Identity(subject="Kim", role="admin", source="demo-switch"))


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (decided_by_other, "already decided by Sam"),
        (claimed_by_other, "claimed by Sam until"),
        (role_taken_away, "has no role at this desk any more"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_refusal_says_who_and_why_and_the_page_stays(
    app: AppTest, home: Path, other: Desk, happens: Any, why: str
) -> None:
    review = seed(home)
    approvals_as(app, "Robin")
    press_well(app, "Approve \\$240.00")
    a_while_later(app)

    happens(other, review)
    press_well(app, "Pay \\$240.00")

    told = " ".join([said(app), *(error.value for error in app.error)])
    assert why in told
    assert other.payments_made() == 0
    assert "Approvals" in [title.value for title in app.title]


def test_what_changed_is_shown_while_typing_and_kept_on_the_card(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    approvals_as(app, "Robin")
    press_well(app, "Change")
    a_while_later(app)

    app.number_input[0].set_value(100.0).run()
    press_well(app, "Pay the changed amount")

    decided = other.review(review.review_id)
    assert decided.status == "edited"
    assert "$240.00 to $100.00" in str(app.session_state["kept_changes"])
