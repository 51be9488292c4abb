"""One person in two spellings is one person, and who has no name of their own decides nothing."""

from datetime import timedelta

import pytest

from agent.errors import ConflictError, ForbiddenError, InvalidDecisionError
from tests.flow.bench import APPROVE, KIM, LARGE, ROBIN, SAM, Bench, person
from tests.stand_ins import REFUND_MESSAGE


def test_a_second_look_needs_an_applied_review_of_somebody_else(bench: Bench) -> None:
    review_id = bench.refund()

    with pytest.raises(ConflictError, match="not open to a second look by Sam; nothing was kept"):
        bench.tools.give_second_look(review_id, "deny", "", SAM)
    bench.desk.decide(review_id, APPROVE, ROBIN, held=True)
    with pytest.raises(ConflictError, match="not open to a second look by Sam; nothing was kept"):
        bench.tools.give_second_look(review_id, "deny", "", SAM)
    bench.clock.advance(timedelta(seconds=11))
    bench.work()
    with pytest.raises(ConflictError, match="not open to a second look by Robin; nothing was kept"):
        bench.tools.give_second_look(review_id, "deny", "", ROBIN)
    for verdict in ("edit", "respond", "take-over"):
        with pytest.raises(InvalidDecisionError, match="nothing was kept"):
            bench.tools.give_second_look(review_id, verdict, "", SAM)
    kept = bench.tools.give_second_look(review_id, "deny", "Seen.", SAM)

    assert kept.verdict == "deny"
    assert bench.desk.payments_made() == 1


@pytest.mark.parametrize("own", ["robin", " Robin "])
def test_nobody_looks_again_at_their_own_decision_in_another_spelling(bench: Bench, own: str) -> None:
    review_id = bench.refund()
    bench.desk.decide(review_id, APPROVE, ROBIN)

    with pytest.raises(ConflictError, match="not open to a second look"):
        bench.tools.give_second_look(review_id, "approve", "", person(own))


def test_nobody_looks_again_at_what_they_approved_first(bench: Bench) -> None:
    review_id = bench.refund(LARGE, "guest")
    bench.desk.decide(review_id, APPROVE, ROBIN)
    bench.desk.decide(review_id, APPROVE, SAM)

    with pytest.raises(ConflictError, match="not open to a second look"):
        bench.tools.give_second_look(review_id, "approve", "", ROBIN)


@pytest.mark.parametrize(("deed", "status", "paid"), [("call_back", "pending", 0), ("carry_out_now", "applied", 1)])
def test_the_same_person_in_another_spelling_undoes_and_ends_the_wait(
    bench: Bench, deed: str, status: str, paid: int
) -> None:
    review_id = bench.refund()
    bench.desk.decide(review_id, APPROVE, ROBIN, held=True)

    getattr(bench.tools, deed)(review_id, person("robin"))
    bench.work()

    assert (bench.desk.review(review_id).status, bench.desk.payments_made()) == (status, paid)


def test_the_same_person_in_another_spelling_keeps_the_claim(bench: Bench) -> None:
    review_id = bench.refund()
    bench.tools.claim(review_id, ROBIN)

    result = bench.desk.decide(review_id, APPROVE, person("robin"))

    assert result.review_status == "applied"


def test_who_approved_first_does_not_claim_the_confirmation(bench: Bench) -> None:
    review_id = bench.refund(LARGE, "guest")
    bench.desk.decide(review_id, APPROVE, ROBIN)

    with pytest.raises(ForbiddenError, match="a different person has to confirm"):
        bench.tools.claim(review_id, ROBIN)


def test_nobody_approves_a_refund_of_their_own_order_asked_for_as_a_guest(bench: Bench) -> None:
    review_id = bench.refund(REFUND_MESSAGE, "guest")

    with pytest.raises(ForbiddenError, match="own request"):
        bench.desk.decide(review_id, APPROVE, person("maya.chen@example.com"))

    bench.assert_still_usable(review_id)


@pytest.mark.parametrize("again", ["Robin\ufe0f", "Robin\u034f", "Robin\u3164"], ids=ascii)
def test_invisible_marks_do_not_make_a_second_person(bench: Bench, again: str) -> None:
    review_id = bench.refund(LARGE, "guest")
    bench.desk.decide(review_id, APPROVE, ROBIN)

    with pytest.raises(ForbiddenError, match="a different person has to confirm"):
        bench.desk.decide(review_id, APPROVE, person(again))

    assert bench.desk.review(review_id).status == "awaiting_second"


@pytest.mark.parametrize(
    "nobody",
    ["", "  ", "\x00", "\u200b", "\ud800", "Robin\u200b", "Ro\u00adbin", "Robin\u2060", "desk", "Desk "],
    ids=ascii,
)
def test_who_has_no_name_of_their_own_decides_nothing(bench: Bench, nobody: str) -> None:
    review_id = bench.refund()

    with pytest.raises(ForbiddenError, match=r"is nobody's name; nothing was changed"):
        bench.desk.decide(review_id, APPROVE, person(nobody))

    bench.assert_still_usable(review_id)


def test_nobody_gives_themselves_a_role(bench: Bench) -> None:
    with pytest.raises(ForbiddenError, match="Nobody changes their own role; nothing was changed"):
        bench.tools.set_role("kim", "reviewer", KIM)

    assert bench.tools.people(KIM) == []
