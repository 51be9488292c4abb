"""Rounds of races between reviewers: what stands at the start, and what has to agree at the end."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

import pytest

from agent.desk import Desk
from agent.model import Decision, Review
from tests.faults.books import contradictions
from tests.faults.racers import Outcome, open_shifted_desk, person
from tests.faults.records import damaged_files

ROUNDS = [20, pytest.param(200, marks=pytest.mark.long), pytest.param(1000, marks=pytest.mark.exhaustive)]

SMALL = "refund of $7 please"
LARGE = "refund of $600 please"
APPROVE = Decision(action="approve")
DENY = Decision(action="deny", reason="not_refundable")

Rounds = Sequence[tuple[Outcome, ...]]
Stage = Literal["open", "held", "called back"]
Prepare = Callable[..., list[Review]]


def bring_to(desk: Desk, stage: Stage, review_id: str) -> None:
    """Approved by Robin and held, or called back after that; an open review stays as it is."""
    if stage != "open":
        desk.decide(review_id, APPROVE, person("Robin"), held=True)
    if stage == "called back":
        desk.workbench.call_back(review_id, person("Robin"))


@contextmanager
def opened(home: Path) -> Iterator[Desk]:
    """A desk for the time of the block."""
    with closing(open_shifted_desk(home)) as desk:
        yield desk


def seen(review: Review) -> Decision:
    """An approval of what was shown."""
    return APPROVE.model_copy(update={"seen_sha256": review.seen_sha256})


@contextmanager
def timed(what: str, count: int, capsys: pytest.CaptureFixture[str]) -> Iterator[Counter[str]]:
    """Say what was repeated how often, how long it took, and what came of it."""
    tally: Counter[str] = Counter()
    begun = time.perf_counter()
    yield tally
    with capsys.disabled():
        came = ", ".join(f"{name} {number}" for name, number in sorted(tally.items()))
        print(f"\n  {what}: {count} rounds in {time.perf_counter() - begun:.1f} s: {came}", end="")  # noqa: T201


def assert_books_agree(home: Path) -> None:
    """Everything that tells of the refunds tells the same, no file is damaged, and the desk finds nothing wrong."""
    assert contradictions(home) == []
    assert damaged_files(home) == []
    with opened(home) as desk:
        assert desk.verify_audit().ok
        assert [check for check in desk.checks() if not check.ok] == []


def wrong_rounds(outcomes: Rounds, is_right: Callable[[tuple[Outcome, ...]], bool]) -> list[tuple[Outcome, ...]]:
    """What came of the rounds that went wrong."""
    return [came for came in outcomes if not is_right(came)]


def exactly_one(came: tuple[Outcome, ...]) -> bool:
    """One deed counted, the others were refused."""
    return sorted(each.how for each in came) == ["done", *["refused"] * (len(came) - 1)]
