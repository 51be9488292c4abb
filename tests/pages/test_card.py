"""The evidence card: what stands on it, for the first person and the second, before and after a decision."""

from collections.abc import Iterator

import pytest

from agent import Decision, Desk, Money, Review
from pages.ui.blocks import Block
from pages.ui.review.check_case import check_case_words
from pages.ui.review.choices import choices
from pages.ui.review.difference import LONGEST, changed_lines
from pages.ui.review.evidence import evidence_blocks, request_blocks
from pages.ui.review.outcome import outcome_of
from pages.ui.review.two_people import first_decision_blocks, needs_second_person
from tests.pages.refunds import LARGE, LEE, REFUND, ROBIN, SAM, UNKNOWN_ORDER, ask
from tests.waiting import eventually


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
    assert eventually(desk.queue)
    (row,) = desk.queue()
    before = check_case_words(desk, desk.review(row.review_id))
    desk.decide(row.review_id, decision, ROBIN, held=True)

    after = check_case_words(desk, desk.review(row.review_id))

    assert before is None
    assert after is not None
    assert "check case" in after
    assert "The return window closed weeks ago." in after
    assert said in after
