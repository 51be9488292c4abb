"""The evidence card and its decision: what stands on it, and what becomes of every way to decide."""

import math
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from agent import Decision, Desk, Identity, Money, Review
from pages.ui.blocks import Block
from pages.ui.review.check_case import check_case_words
from pages.ui.review.choices import choices
from pages.ui.review.decision_form import ARMED_AFTER_S, field_key
from pages.ui.review.difference import LONGEST, changed_lines
from pages.ui.review.evidence import evidence_blocks, request_blocks
from pages.ui.review.outcome import outcome_of
from pages.ui.review.two_people import first_decision_blocks, needs_second_person
from tests.stand_ins import open_test_desk

ROBIN = Identity(subject="Robin", role="reviewer", source="demo-switch")
SAM = Identity(subject="Sam", role="reviewer", source="demo-switch")
LEE = Identity(subject="Lee", role="lead", source="demo-switch")
REFUND = ("refund of $240 for order LF-10482", "C-1001")
LARGE = ("I want a refund for order LF-10495, the espresso machine leaks.", "C-1026")
UNKNOWN_ORDER = ("refund me $12 please", "guest")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_test_desk(tmp_path / "desk")) as opened:
        yield opened


def ask(desk: Desk, request: tuple[str, str] = REFUND) -> Review:
    text, customer = request
    review_id = desk.chat(text, customer_id=customer).review_id
    assert review_id is not None
    return desk.review(review_id)


def blocks_within(blocks: list[Block], *, folds: bool) -> Iterator[Block]:
    """Every block, in columns too; those behind folds only if asked for."""
    for block in blocks:
        yield block
        if block["type"] == "columns":
            yield from blocks_within([*block["left"], *block["right"]], folds=folds)
        if block["type"] == "fold" and folds:
            yield from blocks_within(block["blocks"], folds=folds)


def card(review: Review) -> list[Block]:
    return [*request_blocks(review, []), *evidence_blocks(review)]


def rows(blocks: list[Block]) -> dict[str, str]:
    return {
        row["label"]: row["value"]
        for block in blocks_within(blocks, folds=True)
        if block["type"] in {"facts", "figures"}
        for row in block["rows"]
    }


def test_what_decides_stands_outside_the_folds(desk: Desk) -> None:
    shown = list(blocks_within(card(ask(desk)), folds=False))

    kinds = [block["type"] for block in shown]
    folded = [block["title"] for block in shown if block["type"] == "fold"]
    assert {"quote", "figures", "clauses", "points", "facts", "trend"} <= set(kinds)
    assert {"Items (1)", "Shipment and address"} <= set(folded)
    assert any(title.startswith("Transcript") for title in folded)


@pytest.mark.parametrize("request_", [REFUND, LARGE, UNKNOWN_ORDER], ids=["usual", "large", "unknown order"])
def test_every_clause_leads_to_a_fact_on_the_card(desk: Desk, request_: tuple[str, str]) -> None:
    shown = list(blocks_within(card(ask(desk, request_)), folds=False))

    named = [row for block in shown if block["type"] in {"facts", "figures"} for row in block["rows"]]
    there = {row["fact"] for row in named if row["fact"]}
    (clauses,) = [block["rows"] for block in shown if block["type"] == "clauses"]
    assert len(clauses) == 8
    assert all(there.intersection(clause["facts"]) for clause in clauses)


def test_what_is_unknown_is_called_unknown(desk: Desk) -> None:
    said = rows(card(ask(desk, UNKNOWN_ORDER)))

    assert (said["Paid"], said["Refunded before"], said["Left to refund"]) == ("unknown", "unknown", "unknown")
    assert (said["Order"], said["Earlier refunds"]) == ("unknown, none was named", "unknown")


def test_no_value_on_a_card_is_blank(desk: Desk) -> None:
    for request in (REFUND, LARGE, UNKNOWN_ORDER):
        assert all(rows(card(ask(desk, request))).values())


def test_a_question_and_its_answer_stand_beside_the_request(desk: Desk) -> None:
    review = ask(desk)
    desk.decide(review.review_id, Decision(action="respond", reply="Which leg?"), ROBIN)
    again = desk.chat("the left one", thread_id=review.thread_id).review_id
    assert again is not None

    written = str(request_blocks(desk.review(again), []))

    assert all(part in written for part in (REFUND[0], "We asked", "Which leg?", "Answer", "the left one"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("one\ntwo", "one\nthree", [("same", "one"), ("removed", "two"), ("added", "three")]),
        ("", "new", [("added", "new")]),
        ("old", "", [("removed", "old")]),
        ("same", "same", [("same", "same")]),
        ("", "", []),
    ],
)
def test_differences_are_told_line_by_line(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert changed_lines(before, after) == expected


@pytest.mark.parametrize(("lines", "compared"), [(LONGEST, True), (LONGEST + 1, False)])
def test_endless_texts_are_not_compared_line_by_line(lines: int, compared: bool) -> None:  # noqa: FBT001  a parameter
    text = "\n".join(map(str, range(lines)))

    assert (changed_lines(text, text)[0][0] == "same") is compared


def test_the_second_person_reads_what_the_first_decided(desk: Desk) -> None:
    review = ask(desk, LARGE)
    alone = needs_second_person(review)
    desk.decide(review.review_id, Decision(action="approve", note="Leak shown in the photo"), ROBIN)
    waiting = desk.review(review.review_id)

    for_sam, for_robin = (str(first_decision_blocks(waiting, who)) for who in (SAM, ROBIN))

    assert alone
    assert "Robin approved $1,250.00 at " in for_sam
    assert "Leak shown in the photo" in for_sam
    assert "you approved $1,250.00" in for_robin
    assert [choice.label for choice in choices(waiting)] == ["Confirm $1,250.00", "Deny", "Respond", "Take over"]


def test_the_second_person_sees_changed_amount_and_reply(desk: Desk) -> None:
    review = ask(desk, LARGE)
    changed = Decision(action="edit", amount=Money(minor=60_000), reply="Half of it, as agreed.")
    desk.decide(review.review_id, changed, ROBIN)

    written = str(first_decision_blocks(desk.review(review.review_id), SAM))

    assert "Amount changed from $1,250.00 to $600.00" in written
    assert "Half of it, as agreed." in written


@pytest.mark.parametrize(("minor", "two"), [(50_000, False), (50_001, True)])
def test_the_limit_for_two_people_is_met_on_both_sides(desk: Desk, minor: int, two: bool) -> None:  # noqa: FBT001
    review = ask(desk).model_copy(update={"amount": Money(minor=minor)})

    assert needs_second_person(review) is two


def test_a_held_decision_says_what_comes_and_when(desk: Desk) -> None:
    review_id = ask(desk).review_id
    desk.decide(review_id, Decision(action="approve"), ROBIN, held=True)
    review = desk.review(review_id)

    mine, others = (outcome_of(desk, review, who.subject) for who in (ROBIN, SAM))

    assert (mine.text, mine.running, mine.until) == ("Approved.", "Paid in", review.held_until)
    assert others.until is None
    assert "Robin, who can call it back" in others.text


def test_what_was_paid_is_said_with_what_the_customer_was_told(desk: Desk) -> None:
    review_id = ask(desk).review_id
    desk.decide(review_id, Decision(action="approve"), ROBIN)

    outcome = outcome_of(desk, desk.review(review_id), ROBIN.subject)

    assert outcome.text.startswith("Refund issued: $240.00. Approved by Robin")
    assert outcome.tone == "good"
    assert "The customer was told" in outcome.detail


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision(action="approve"), "slipped through"),
        (Decision(action="deny", reason="outside_window"), "You noticed"),
    ],
)
def test_a_check_case_is_explained_after_its_decision_and_never_before(
    desk: Desk, decision: Decision, said: str
) -> None:
    desk.workbench.seed_check_case("lamp-too-late", LEE)
    desk.start()
    deadline = time.monotonic() + 20
    while not desk.queue() and time.monotonic() < deadline:
        time.sleep(0.05)
    (row,) = desk.queue()
    before = check_case_words(desk, desk.review(row.review_id))
    desk.decide(row.review_id, decision, ROBIN, held=True)

    after = check_case_words(desk, desk.review(row.review_id))

    assert before is None
    assert after is not None
    assert "check case" in after
    assert "The return window closed weeks ago." in after
    assert said in after


# the page itself


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def said(app: AppTest) -> str:
    return str(app.session_state["desk_said"].text) if "desk_said" in app.session_state else ""


def seed(home: Path, request: tuple[str, str] = REFUND) -> Review:
    home.mkdir(exist_ok=True)
    with closing(open_test_desk(home)) as desk:
        return ask(desk, request)


def approvals_as(app: AppTest, name: str) -> None:
    app.run()
    app.selectbox[0].select(name).run()
    app.switch_page("pages/approvals.py").run()
    assert not app.exception


@pytest.fixture
def other(home: Path) -> Iterator[Desk]:
    """The same desk, as another process has it."""
    home.mkdir(exist_ok=True)
    with closing(open_test_desk(home)) as opened:
        yield opened


def test_an_approval_is_held_and_can_be_called_back(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    approvals_as(app, "Robin")

    press(app, "Approve \\$240.00")
    time.sleep(ARMED_AFTER_S)
    press(app, "Pay \\$240.00")
    held = other.review(review.review_id)
    buttons = labels(app)
    press(app, "Undo")

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

    press(app, "Pay now")
    deadline = time.monotonic() + 5
    while other.review(review.review_id).status != "applied" and time.monotonic() < deadline:
        time.sleep(0.05)

    assert other.review(review.review_id).status == "applied"
    assert other.payments_made() == 1


def test_opening_a_form_claims_and_going_back_releases(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    approvals_as(app, "Robin")

    press(app, "Deny")
    during = other.review(review.review_id).claimed_by
    press(app, "Back")

    assert (during, other.review(review.review_id).claimed_by) == ("Robin", None)


def test_a_claim_made_on_purpose_survives_its_form(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    approvals_as(app, "Robin")

    press(app, "Claim")
    press(app, "Deny")
    press(app, "Back")

    assert other.review(review.review_id).claimed_by == "Robin"
    assert "Release" in labels(app)


def test_no_form_opens_on_what_somebody_else_works_on(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    other.workbench.claim(review.review_id, SAM)
    approvals_as(app, "Robin")

    press(app, "Deny")

    assert "claimed by Sam until" in said(app)
    assert "Deny the refund" not in labels(app)
    assert "Release" not in labels(app)


def test_leads_release_somebody_elses_claim(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    other.workbench.claim(review.review_id, SAM)
    approvals_as(app, "Lee")

    press(app, "Release")

    assert other.review(review.review_id).claimed_by is None


def test_the_form_says_that_a_second_person_will_have_to_confirm(app: AppTest, home: Path) -> None:
    seed(home, LARGE)
    approvals_as(app, "Robin")

    press(app, "Approve \\$1,250.00")

    assert any("second person will have to confirm" in info.value for info in app.info)


def test_the_first_person_cannot_confirm_and_a_second_one_can(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home, LARGE)
    other.decide(review.review_id, Decision(action="approve"), ROBIN)
    approvals_as(app, "Robin")
    for_robin = labels(app)
    app.session_state["demo_person"] = "Sam"
    app.run()

    press(app, "Confirm \\$1,250.00")
    time.sleep(ARMED_AFTER_S)
    press(app, "Confirm \\$1,250.00")

    assert not any(label.startswith("Confirm") for label in for_robin)
    assert other.review(review.review_id).status == "approved"
    assert other.review(review.review_id).decided_by == "Sam"


@pytest.mark.parametrize("typed", [math.nan, math.inf, -1.0, 0.0, 1e300, 240.01, 0.001])
def test_an_impossible_amount_is_refused_and_the_form_stays_usable(
    app: AppTest, home: Path, other: Desk, typed: float
) -> None:
    review = seed(home)
    approvals_as(app, "Robin")
    press(app, "Change")
    time.sleep(ARMED_AFTER_S)

    app.session_state[field_key(review.review_id, "amount")] = typed
    press(app, "Pay the changed amount")
    refused = [error.value for error in app.error]
    app.number_input[0].set_value(100.0).run()
    press(app, "Pay the changed amount")

    assert len(refused) == 1
    assert "Nothing was decided" in refused[0]
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
    press(app, "Approve \\$240.00")
    time.sleep(ARMED_AFTER_S)

    happens(other, review)
    press(app, "Pay \\$240.00")

    told = " ".join([said(app), *(error.value for error in app.error)])
    assert why in told
    assert other.payments_made() == 0
    assert "Approvals" in [title.value for title in app.title]


def test_what_changed_is_shown_while_typing_and_kept_on_the_card(app: AppTest, home: Path, other: Desk) -> None:
    review = seed(home)
    approvals_as(app, "Robin")
    press(app, "Change")
    time.sleep(ARMED_AFTER_S)

    app.number_input[0].set_value(100.0).run()
    press(app, "Pay the changed amount")

    decided = other.review(review.review_id)
    assert decided.status == "edited"
    assert "$240.00 to $100.00" in str(app.session_state["kept_changes"])
