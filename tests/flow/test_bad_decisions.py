"""Bad decisions are refused with who and why, pay nothing, and leave the review open for a proper one."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from pydantic import ValidationError

from agent.adapters.builtin.clock import SystemClock
from agent.bootstrap import World
from agent.desk import Desk
from agent.errors import ConflictError, DeskError, ForbiddenError, InvalidDecisionError, UnknownReviewError
from agent.model import Decision, Identity, Money, Role
from agent.protocols.recover import expire_reviews, waiting_threads
from agent.protocols.run import run_thread
from agent.settings import PROJECT
from tests.postgres import environment_for
from tests.stand_ins import REFUND_MESSAGE, HandClock, open_test_office, settings_for

APPROVE = Decision(action="approve")
DENY = Decision(action="deny", reason="not_refundable")
LARGE = "refund of $600 please"
MALFORMED = ("\ud800", "a\x00b", "", "no-such-review", "x" * 100_000)


def person(subject: str, role: Role = "reviewer") -> Identity:
    return Identity(subject=subject, role=role, source="command-line")


ROBIN, SAM, LEE = person("Robin"), person("Sam"), person("Lee", "lead")


class TiredClock(HandClock):
    """A clock that can be looked at so often and no more: what waits for ever ends after that."""

    looks_left: int | None = None

    def now(self) -> datetime:
        """The current time."""
        if self.looks_left is not None:
            self.looks_left -= 1
            if self.looks_left < 0:
                message = "still looking at the clock"
                raise ConflictError(message)
        return super().now()


class Bench:
    """A desk whose clock is moved by hand, and whose background work is done on demand."""

    def __init__(self, home: Path) -> None:
        self.clock = TiredClock()
        self.office = open_test_office(home, World(clock=self.clock))
        self.desk = Desk(self.office, settings_for(home))
        self.tools = self.desk.workbench

    def refund(self, text: str = REFUND_MESSAGE, customer: str = "C-1001") -> str:
        return str(self.desk.chat(text, customer_id=customer).review_id)

    def work(self) -> None:
        while waiting := waiting_threads(self.office):
            for thread_id in waiting:
                run_thread(self.office, thread_id)

    def assert_still_usable(self, review_id: str) -> None:
        """Nothing was paid, and the review is decided properly now and paid once."""
        paid_before = self.desk.payments_made()
        assert self.desk.review(review_id).is_open
        self.desk.decide(review_id, APPROVE, SAM)
        assert (paid_before, self.desk.payments_made()) == (0, 1)
        assert self.desk.verify_audit().ok
        assert [check for check in self.desk.checks() if not check.ok] == []


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "home")
    yield made
    made.desk.close()


def edit_to(minor: int, currency: str = "USD") -> Decision:
    return Decision(action="edit", amount=Money(minor=minor, currency=currency))


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


@pytest.mark.parametrize("found", ["before it was closed", "after it was closed"])
def test_what_expired_is_not_decided(bench: Bench, found: str) -> None:
    review_id = bench.refund()
    bench.clock.advance(timedelta(hours=72, minutes=1))
    if found == "after it was closed":
        expire_reviews(bench.office)

    with pytest.raises(ConflictError, match=r"expired at|already decided by desk"):
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
def test_an_unknown_review_is_refused_by_name(bench: Bench, review_id: str) -> None:
    with pytest.raises(UnknownReviewError, match="nothing was decided"):
        bench.desk.decide(review_id, APPROVE, ROBIN)
    with pytest.raises(UnknownReviewError, match="nothing was decided"):
        bench.tools.decide_batch("a key", [(review_id, "0" * 64)], APPROVE, ROBIN)
    with pytest.raises(UnknownReviewError, match="nothing was decided"):
        bench.tools.see(review_id, ROBIN)


@pytest.mark.parametrize("deed", ["claim", "release", "call_back", "carry_out_now"])
@pytest.mark.parametrize("review_id", MALFORMED, ids=ascii)
def test_an_unknown_review_is_refused_by_every_tool(bench: Bench, review_id: str, deed: str) -> None:
    with pytest.raises(UnknownReviewError, match="nothing was decided"):
        getattr(bench.tools, deed)(review_id, ROBIN)


def alike(bench: Bench, count: int) -> tuple[str, list[tuple[str, str]]]:
    """Refunds of the same kind, with the digests that were shown."""
    made = [bench.desk.review(bench.refund("refund of $7 for order LF-10482")) for _each in range(count)]
    assert len({each.look_alike for each in made}) == 1
    return made[0].look_alike, [(each.review_id, each.payload_sha256) for each in made]


def test_a_batch_has_one_to_twenty_different_reviews(bench: Bench) -> None:
    key, seen = alike(bench, 21)

    for wrong in ([], seen, [seen[0], seen[0]], [*seen[:5], (seen[0][0], "0" * 64)]):
        with pytest.raises(InvalidDecisionError, match=r"1 to 20 different reviews. Nothing was decided"):
            bench.tools.decide_batch(key, wrong, APPROVE, ROBIN)
    open_before = bench.desk.queue_counts().pending
    outcomes = bench.tools.decide_batch(key, seen[:20], APPROVE, ROBIN)
    bench.clock.advance(timedelta(seconds=11))
    bench.work()

    assert (open_before, {each.error for each in outcomes}) == (21, {None})
    assert (bench.desk.payments_made(), bench.desk.queue_counts().pending) == (20, 1)


def test_a_batch_of_unlike_reviews_or_of_another_group_decides_nothing(bench: Bench) -> None:
    key, seen = alike(bench, 2)
    other = bench.desk.review(bench.refund("refund of $60 for order LF-10482"))
    large = bench.desk.review(bench.refund(LARGE, "guest"))

    for group, wrong in (
        (key, [*seen, (other.review_id, other.payload_sha256)]),
        (other.look_alike, seen),
        ("", seen),
        ("", [(large.review_id, large.payload_sha256)]),
    ):
        with pytest.raises(InvalidDecisionError, match=r"not like the others. Nothing was decided"):
            bench.tools.decide_batch(group, wrong, APPROVE, ROBIN)

    assert (bench.desk.queue_counts().pending, bench.desk.payments_made()) == (4, 0)


@pytest.mark.parametrize(
    "decision", [edit_to(1), Decision(action="respond", reply="Why?"), Decision(action="take-over")]
)
def test_a_batch_is_only_approved_or_denied(bench: Bench, decision: Decision) -> None:
    key, seen = alike(bench, 2)

    with pytest.raises(InvalidDecisionError, match=r"as it stands. Nothing was decided"):
        bench.tools.decide_batch(key, seen, decision, ROBIN)

    assert bench.desk.queue_counts().pending == 2


def test_in_a_batch_each_refusal_is_told_and_the_others_go_through(bench: Bench) -> None:
    key, seen = alike(bench, 4)
    bench.desk.decide(seen[0][0], DENY, LEE)
    bench.tools.claim(seen[1][0], LEE)

    outcomes = bench.tools.decide_batch(key, [*seen[:2], (seen[2][0], "0" * 64), seen[3]], APPROVE, ROBIN)
    bench.clock.advance(timedelta(seconds=11))
    bench.work()

    errors = [each.error or "" for each in outcomes]
    assert ["already decided by Lee" in errors[0], "claimed by Lee" in errors[1]] == [True, True]
    assert ["not what you were shown" in errors[2], errors[3]] == [True, ""]
    assert bench.desk.payments_made() == 1


def test_a_batch_on_ones_own_requests_decides_none_of_them(bench: Bench) -> None:
    key, seen = alike(bench, 3)

    outcomes = bench.tools.decide_batch(key, seen, APPROVE, person("Maya.Chen@example.com"))

    assert ["own request" in (each.error or "") for each in outcomes] == [True] * 3
    assert bench.desk.queue_counts().pending == 3


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


@pytest.mark.parametrize("deed", ["call_back", "carry_out_now"])
def test_the_same_person_in_another_spelling_undoes_and_ends_the_wait(bench: Bench, deed: str) -> None:
    review_id = bench.refund()
    bench.desk.decide(review_id, APPROVE, ROBIN, held=True)

    getattr(bench.tools, deed)(review_id, person("robin"))


def test_the_same_person_in_another_spelling_keeps_the_claim(bench: Bench) -> None:
    review_id = bench.refund()
    bench.tools.claim(review_id, ROBIN)

    bench.desk.decide(review_id, APPROVE, person("robin"))


def test_who_approved_first_does_not_claim_the_confirmation(bench: Bench) -> None:
    review_id = bench.refund(LARGE, "guest")
    bench.desk.decide(review_id, APPROVE, ROBIN)

    with pytest.raises(ForbiddenError, match="a different person has to confirm"):
        bench.tools.claim(review_id, ROBIN)


def test_what_expired_is_not_claimed(bench: Bench) -> None:
    review_id = bench.refund()
    bench.clock.advance(timedelta(hours=73))

    with pytest.raises(ConflictError, match="expired"):
        bench.tools.claim(review_id, ROBIN)


def test_nobody_approves_a_refund_of_their_own_order_asked_for_as_a_guest(bench: Bench) -> None:
    review_id = bench.refund(REFUND_MESSAGE, "guest")

    with pytest.raises(ForbiddenError, match="own request"):
        bench.desk.decide(review_id, APPROVE, person("maya.chen@example.com"))


@pytest.mark.parametrize(
    "again", ["Robin\u200b", "Ro\u00adbin", "Robin\u2060", "Robin\ufe0f", "Robin\u034f", "Robin\u3164"]
)
def test_invisible_marks_do_not_make_a_second_person(bench: Bench, again: str) -> None:
    review_id = bench.refund(LARGE, "guest")
    bench.desk.decide(review_id, APPROVE, ROBIN)

    with pytest.raises(ForbiddenError, match=r"a different person has to confirm|nothing was changed"):
        bench.desk.decide(review_id, APPROVE, person(again))


@pytest.mark.parametrize("nobody", ["", "  ", "\x00", "\u200b"])
def test_who_has_no_name_decides_nothing(bench: Bench, nobody: str) -> None:
    with pytest.raises(ForbiddenError):
        bench.desk.decide(bench.refund(), APPROVE, person(nobody))


def test_a_name_that_is_not_unicode_is_refused(bench: Bench) -> None:
    with pytest.raises(DeskError):
        bench.desk.decide(bench.refund(), APPROVE, person("\ud800"))


def test_a_reviewer_with_the_desks_own_name_does_not_stop_reviews_from_expiring(bench: Bench) -> None:
    review_id = bench.refund(LARGE, "guest")
    try:
        bench.desk.decide(review_id, APPROVE, person("desk"))
    except DeskError:
        return  # a name that is the desk's own may be refused as well
    bench.clock.advance(timedelta(hours=73))

    expire_reviews(bench.office)

    assert bench.desk.review(review_id).status == "expired"


def test_nobody_gives_themselves_a_role(bench: Bench) -> None:
    with pytest.raises(ForbiddenError):
        bench.tools.set_role("kim", "reviewer", person("Kim", "admin"))


def run_agent(home: Path, *arguments: str | bytes) -> tuple[int, dict[str, Any], str]:
    """`python -m agent decide … --json`: its exit code, document, and what it complained about."""
    environment = environment_for(home)
    ran = subprocess.run(
        [sys.executable, "-m", "agent", "decide", *arguments, "--json"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        timeout=180,
        check=False,
    )
    return ran.returncode, json.loads(ran.stdout or b"{}"), ran.stderr.decode()


TYPED: dict[str, tuple[tuple[str | bytes, ...], int, str]] = {
    "no number": (("edit", "--as", "robin", "--amount", "NaN"), 2, "is not an amount"),
    "infinity": (("edit", "--as", "robin", "--amount", "1e309"), 2, "is not an amount"),
    "less than nothing": (("edit", "--as", "robin", "--amount", "-1"), 2, "above zero"),
    "nothing": (("edit", "--as", "robin", "--amount", "0"), 2, "above zero"),
    "too much": (("edit", "--as", "robin", "--amount", "240.01"), 2, "at most $240.00"),
    "three decimals": (("edit", "--as", "robin", "--amount", "1.234"), 2, "is not an amount"),
    "another currency": (("edit", "--as", "robin", "--amount", "100 EUR"), 2, "is not an amount"),
    "an unknown action": (("pay", "--as", "robin"), 2, "Unknown action 'pay'"),
    "an unknown reason": (("deny", "--as", "robin", "--reason", "mood"), 2, "Unknown reason code 'mood'"),
    "a long reply": (("respond", "--as", "robin", "--reply", "x" * 100_000), 2, "8,000 are allowed"),
    "a reply that is not text": (("respond", "--as", "robin", "--reply", b"bad\xff"), 2, "not valid Unicode"),
    "a note that is not text": (("approve", "--as", "robin", "--note", b"\xed\xa0\x80"), 2, "not valid Unicode"),
    "nobody": (("approve", "--as", " "), 2, "--as needs a name"),
    "a name that is not text": (("approve", "--as", b"\xff"), 2, "--as needs a name"),
    "the customer": (("approve", "--as", "Maya.Chen@example.com"), 5, "own request"),
}

IN_SHORT = {"infinity", "a reply that is not text"}
"""Each command starts a process of 2 to 5 seconds: two in the default run, all of them in the long one."""


@pytest.mark.parametrize(
    "what", [each if each in IN_SHORT else pytest.param(each, marks=pytest.mark.long) for each in TYPED]
)
def test_bad_decisions_on_the_command_line_are_refused_and_the_review_stays_usable(bench: Bench, what: str) -> None:
    bench.clock.moment = SystemClock().now()  # the command tells the machine's time
    review_id = bench.refund()
    arguments, code, why = TYPED[what]

    exit_code, document, complaint = run_agent(bench.desk.home, review_id, *arguments)

    assert (exit_code, why in document["message"], why in complaint) == (code, True, True)
    assert "Traceback" not in complaint
    bench.assert_still_usable(review_id)


@pytest.mark.long
def test_a_decided_claimed_or_unknown_review_is_refused_on_the_command_line(bench: Bench) -> None:
    bench.clock.moment = SystemClock().now()
    decided, claimed = bench.refund(), bench.refund("refund of $7 please", "guest")
    bench.desk.decide(decided, DENY, LEE)
    bench.tools.claim(claimed, LEE)

    refused = [
        run_agent(bench.desk.home, each, "approve", "--as", "robin") for each in (decided, claimed, "nope", b"\xff")
    ]

    assert [code for code, _document, _complaint in refused] == [4, 4, 3, 3]
    assert "already decided by Lee" in refused[0][1]["message"]
    assert "claimed by Lee" in refused[1][1]["message"]
    assert bench.desk.payments_made() == 0


def test_a_decision_that_was_undone_before_its_call_returned_is_not_waited_for(bench: Bench) -> None:
    review_id = bench.refund()
    ended = threading.Event()

    def decide() -> None:
        with suppress(DeskError):
            bench.desk.decide(review_id, APPROVE, ROBIN, held=True, wait_s=0.2)
            ended.set()

    deeds = [threading.Thread(target=deed) for deed in (decide, lambda: bench.tools.call_back(review_id, ROBIN))]
    with FileLock(f"{bench.office.audit._anchor}.lock"):  # noqa: SLF001  both wait here, after their transactions
        for deed, status in zip(deeds, ("approved", "pending"), strict=True):
            deed.start()
            while bench.desk.review(review_id).status != status:
                time.sleep(0.005)
        bench.clock.looks_left = 2000
    for deed in deeds:
        deed.join(20)

    assert ended.is_set()
