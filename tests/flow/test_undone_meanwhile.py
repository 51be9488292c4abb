"""A decision that is called back while its own call still runs."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock

from agent.bootstrap import anchor_of
from agent.errors import ConflictError, DeskError
from tests.flow.bench import APPROVE, ROBIN, Bench
from tests.stand_ins import HandClock, settings_for
from tests.waiting import PATIENCE_S, eventually


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


@pytest.fixture
def clock() -> TiredClock:
    return TiredClock()


@pytest.fixture
def bench(tmp_path: Path, clock: TiredClock) -> Iterator[Bench]:
    made = Bench(tmp_path / "home", clock)
    yield made
    made.desk.close()


def test_a_decision_that_was_undone_before_its_call_returned_is_not_waited_for(bench: Bench, clock: TiredClock) -> None:
    review_id = bench.refund()
    ended = threading.Event()

    def decide() -> None:
        with suppress(DeskError):
            bench.desk.decide(review_id, APPROVE, ROBIN, held=True, wait_s=0.2)
            ended.set()

    deeds = [threading.Thread(target=deed) for deed in (decide, lambda: bench.tools.call_back(review_id, ROBIN))]
    with FileLock(f"{anchor_of(settings_for(bench.desk.home))}.lock"):  # both wait here, after their transactions
        for deed, status in zip(deeds, ("approved", "pending"), strict=True):
            deed.start()
            assert eventually(partial(has_status, bench, review_id, status))
        clock.looks_left = 2000
    for deed in deeds:
        deed.join(PATIENCE_S)

    assert ended.is_set()


def has_status(bench: Bench, review_id: str, status: str) -> bool:
    return bench.desk.review(review_id).status == status
