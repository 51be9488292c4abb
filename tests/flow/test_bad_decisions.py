"""Bad decisions are refused with who and why, pay nothing, and leave the review open for a proper one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from agent.errors import ConflictError, DeskError, ForbiddenError, UnknownReviewError
from agent.model import Decision, Money, Role
from agent.protocols.recover import expire_reviews
from tests.flow.bench import APPROVE, DENY, LARGE, LEE, ROBIN, SAM, Bench, edit_to, person

MALFORMED = ("\ud800", "a\x00b", "", "no-such-review", "x" * 100_000)


UNFIT: dict[str, tuple[Decision, str]] = {
    "less than nothing": (edit_to(-1), "above zero"),
    "minus a hundred dollars": (edit_to(-100_00), "above zero"),
    "nothing": (edit_to(0), "above zero"),
    "a cent more than was paid": (edit_to(240_01), r"at most \$240.00"),
    "more than a number holds": (edit_to(10**400), r"at most \$240.00"),
    "another currency": (edit_to(100_00, "EUR"), "was paid in USD"),
    "an unknown currency": (edit_to(100_00, ""), "was paid in USD"),
    "an approval of another amount": (Decision(action="approve", amount=Money(minor=1)), r"An approval pays \$240.00"),
    "an edit of nothing": (Decision(action="edit"), "another amount or a reply"),
    "a denial without a reason": (Decision(action="deny"), "needs a reason code"),
    "another reason without words": (Decision(action="deny", reason="other"), "needs a text"),
    "an answer without words": (Decision(action="respond"), "needs its text"),
    "a reply of 10 MB": (Decision(action="respond", reply="x" * 10_000_000), "8,000 are allowed"),
    "a note of 10 MB": (Decision(action="approve", note="x" * 10_000_000), "8,000 are allowed"),
    "a character too many": (Decision(action="respond", reply="x" * 8001), "8,000 are allowed"),
    "a lone surrogate": (Decision(action="respond", reply="bad \ud83d"), "not valid Unicode"),
    "a lone surrogate in the note": (Decision(action="approve", note="\udcff"), "not valid Unicode"),
    "null bytes only": (Decision(action="respond", reply="\x00\x00"), "empty"),
    "a note of blanks": (Decision(action="approve", note=" \t"), "empty"),
    "a changed digest": (Decision(action="approve", seen_sha256="0" * 64), "not what you were shown"),
    "a digest that is none": (Decision(action="approve", seen_sha256="\ud800"), "not what you were shown"),
    "an empty digest": (Decision(action="approve", seen_sha256=""), "not what you were shown"),
    "an unknown action": (Decision.model_construct(**{**dict(APPROVE), "action": "pay"}), "still open"),
}


@pytest.mark.parametrize("what", UNFIT)
def test_what_does_not_fit_is_refused_and_the_review_stays_usable(bench: Bench, what: str) -> None:
    review_id = bench.refund()
    decision, why = UNFIT[what]

    with pytest.raises(DeskError, match=why) as at_once:
        bench.desk.decide(review_id, decision, ROBIN)
    with pytest.raises(DeskError, match=why):
        bench.desk.decide(review_id, decision, ROBIN, held=True)

    assert any(word in str(at_once.value) for word in ("nothing was", "Nothing was", "was not stored"))
    bench.assert_still_usable(review_id)


@pytest.mark.parametrize(
    "minor", [float("nan"), float("inf"), -float("inf"), 1e309, 0.5, "1.234", "NaN", None, "\ud800"]
)
def test_an_amount_that_is_no_number_of_cents_cannot_even_be_said(minor: Any) -> None:
    with pytest.raises(ValidationError):
        Money(minor=minor)


@pytest.mark.parametrize("action", ["pay", "", "APPROVE", "approve ", "expire", None])
def test_an_unknown_action_cannot_even_be_said(action: Any) -> None:
    with pytest.raises(ValidationError):
        Decision(action=action)


def test_null_bytes_and_hidden_marks_are_taken_out_of_the_words(bench: Bench) -> None:
    review_id = bench.refund()

    result = bench.desk.decide(
        review_id, Decision(action="edit", amount=Money(minor=1), reply="A\x00 cent\u202e only\u200b."), ROBIN
    )

    assert (result.action_result, result.reply) == ("Refund issued: $0.01", "A cent only.")


@pytest.mark.parametrize("minor", [1, 239_99, 240_00])
def test_the_amounts_within_the_limits_are_paid(bench: Bench, minor: int) -> None:
    result = bench.desk.decide(bench.refund(), edit_to(minor), ROBIN)

    assert result.action_result == f"Refund issued: {Money(minor=minor)}"


LATE: dict[str, Decision] = {
    "the same": APPROVE,
    "the opposite": DENY,
    "another amount": edit_to(1),
    "a question": Decision(action="respond", reply="Which leg?"),
    "a take-over": Decision(action="take-over"),
    "nonsense": edit_to(-1),
}


@pytest.mark.parametrize("late", LATE)
@pytest.mark.parametrize("held", ["at once", "held"])
def test_what_was_decided_is_not_decided_again(bench: Bench, late: str, held: str) -> None:
    review_id = bench.refund()
    bench.desk.decide(review_id, APPROVE, ROBIN, held=held == "held")

    for identity in (SAM, ROBIN, LEE):
        with pytest.raises(
            ConflictError, match=r"already decided by Robin, at .*: approve. Your decision was not taken"
        ):
            bench.desk.decide(review_id, LATE[late], identity, held=True)
    bench.clock.advance(timedelta(seconds=11))
    bench.work()

    assert bench.desk.payments_made() == 1
    assert bench.desk.verify_audit().ok


@pytest.mark.parametrize(("is_closed", "why"), [(False, "expired at"), (True, "already decided by desk")])
def test_what_expired_is_not_decided(bench: Bench, is_closed: bool, why: str) -> None:  # noqa: FBT001  a case
    review_id = bench.refund()
    bench.clock.advance(timedelta(hours=72, minutes=1))
    if is_closed:
        expire_reviews(bench.office)

    with pytest.raises(ConflictError, match=why):
        bench.desk.decide(review_id, APPROVE, ROBIN)
    expire_reviews(bench.office)
    bench.work()

    assert (bench.desk.payments_made(), bench.desk.review(review_id).decided_action) == (0, "expire")
    assert bench.desk.verify_audit().ok


def test_a_confirmation_that_comes_too_late_pays_nothing(bench: Bench) -> None:
    review_id = bench.refund(LARGE, "guest")
    bench.desk.decide(review_id, APPROVE, ROBIN)
    bench.clock.advance(timedelta(hours=72, minutes=1))

    with pytest.raises(ConflictError, match="expired at"):
        bench.desk.decide(review_id, APPROVE, SAM)
    expire_reviews(bench.office)
    bench.work()

    assert (bench.desk.payments_made(), bench.desk.review(review_id).status) == (0, "applied")


def test_what_somebody_else_works_on_is_refused_with_their_name(bench: Bench) -> None:
    review_id = bench.refund()
    bench.tools.claim(review_id, LEE)

    with pytest.raises(ConflictError, match=r"claimed by Lee until .*nothing was decided"):
        bench.desk.decide(review_id, APPROVE, ROBIN)
    bench.tools.release(review_id, LEE)

    bench.assert_still_usable(review_id)


def test_what_expired_is_not_claimed(bench: Bench) -> None:
    review_id = bench.refund()
    bench.clock.advance(timedelta(hours=73))

    with pytest.raises(ConflictError, match="expired"):
        bench.tools.claim(review_id, ROBIN)

    assert bench.desk.review(review_id).claimed_by is None


@pytest.mark.parametrize("role", ["stakeholder", "analyst", "system"])
def test_other_roles_decide_nothing(bench: Bench, role: Role) -> None:
    review_id = bench.refund()
    visitor = person("Vera", role)

    deeds: tuple[Callable[[], object], ...] = (
        lambda: bench.desk.decide(review_id, APPROVE, visitor),
        lambda: bench.tools.claim(review_id, visitor),
        lambda: bench.tools.release(review_id, visitor),
        lambda: bench.tools.call_back(review_id, visitor),
        lambda: bench.tools.carry_out_now(review_id, visitor),
        lambda: bench.tools.next_second_look(visitor),
        lambda: bench.tools.give_second_look(review_id, "deny", "", visitor),
        lambda: bench.tools.seed_check_case("lamp-too-late", visitor),
        lambda: bench.tools.set_role("Vera", "admin", visitor),
    )
    for deed in deeds:
        with pytest.raises(ForbiddenError, match=f"The role {role} may not .*; nothing was changed"):
            deed()

    bench.assert_still_usable(review_id)


@pytest.mark.parametrize("review_id", MALFORMED, ids=ascii)
def test_an_unknown_review_is_refused_by_name(idle_bench: Bench, review_id: str) -> None:
    with pytest.raises(UnknownReviewError, match="nothing was decided"):
        idle_bench.desk.decide(review_id, APPROVE, ROBIN)
    with pytest.raises(UnknownReviewError, match="nothing was decided"):
        idle_bench.tools.decide_batch("a key", [(review_id, "0" * 64)], APPROVE, ROBIN)
    with pytest.raises(UnknownReviewError, match="nothing was decided"):
        idle_bench.tools.see(review_id, ROBIN)


@pytest.mark.parametrize("deed", ["claim", "release", "call_back", "carry_out_now"])
@pytest.mark.parametrize("review_id", MALFORMED, ids=ascii)
def test_an_unknown_review_is_refused_by_every_tool(idle_bench: Bench, review_id: str, deed: str) -> None:
    with pytest.raises(UnknownReviewError, match="nothing was decided"):
        getattr(idle_bench.tools, deed)(review_id, ROBIN)
