"""Bad decisions on the command line are refused with who and why, and leave the review open for a proper one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.adapters.builtin.clock import SystemClock
from tests.command_line.conftest import Run
from tests.flow.bench import DENY, LEE, Bench
from tests.postgres import variables_of
from tests.stand_ins import HandClock


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A desk on the home of the commands, which tell the machine's time."""
    made = Bench(tmp_path / "home", HandClock(SystemClock().now()))
    yield made
    made.desk.close()


TYPED: dict[str, tuple[tuple[str, ...], int, str]] = {
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
    "a reply that is not text": (("respond", "--as", "robin", "--reply", "bad\udcff"), 2, "not valid Unicode"),
    "a note that is not text": (("approve", "--as", "robin", "--note", "\udced\udca0\udc80"), 2, "not valid Unicode"),
    "nobody": (("approve", "--as", " "), 2, "--as needs a name"),
    "a name that is not text": (("approve", "--as", "\udcff"), 2, "--as needs a name"),
    "the customer": (("approve", "--as", "Maya.Chen@example.com"), 5, "own request"),
}
"""Bytes that are no text arrive as lone surrogates."""


@pytest.mark.parametrize("what", TYPED)
def test_bad_decisions_are_refused_and_the_review_stays_usable(bench: Bench, run: Run, what: str) -> None:
    review_id = bench.refund()
    arguments, code, why = TYPED[what]

    refused = run("decide", review_id, *arguments, "--json", **variables_of(bench.desk.home))

    assert (refused.code, why in refused.document["message"], why in refused.err) == (code, True, True)
    bench.assert_still_usable(review_id)


def test_what_is_no_text_is_refused_as_a_shell_hands_it_over(bench: Bench, run_process: Run) -> None:
    review_id = bench.refund()
    variables = variables_of(bench.desk.home)

    refused = run_process("decide", review_id, "respond", "--as", "robin", "--reply", b"bad\xff", "--json", **variables)

    assert (refused.code, "not valid Unicode" in refused.document["message"]) == (2, True)
    assert "Traceback" not in refused.err
    bench.assert_still_usable(review_id)


def test_a_decided_claimed_or_unknown_review_is_refused(bench: Bench, run: Run) -> None:
    decided, claimed = bench.refund(), bench.refund("refund of $7 please", "guest")
    bench.desk.decide(decided, DENY, LEE)
    bench.tools.claim(claimed, LEE)
    variables = variables_of(bench.desk.home)

    refused = [
        run("decide", each, "approve", "--as", "robin", "--json", **variables)
        for each in (decided, claimed, "nope", "\udcff")
    ]

    assert [each.code for each in refused] == [4, 4, 3, 3]
    assert "already decided by Lee" in refused[0].document["message"]
    assert "claimed by Lee" in refused[1].document["message"]
    assert bench.desk.payments_made() == 0
