"""Processes that do one deed after another, each at the same moment as the others do theirs."""

import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random
from typing import NamedTuple, Protocol
from uuid import uuid4

from agent.bootstrap import World
from agent.desk import Desk
from agent.errors import ConflictError, ForbiddenError
from agent.model import Decision, GivenRole, Identity, Role
from agent.protocols.recover import waiting_threads
from agent.protocols.run import run_thread
from tests.faults.processes import CONTEXT, PATIENCE_S, running
from tests.faults.records import append_line, read_lines
from tests.stand_ins import open_test_office, settings_for

SEED = 20261121
JITTER_S = (0.0, 0.004, 0.05)
"""A deed begins up to one of these after the others' do, so that many interleavings are seen."""

WINDOW = timedelta(seconds=11)
"""A little more than the policy's time to call a decision back."""


def person(subject: str, role: Role = "reviewer") -> Identity:
    """Somebody who works at the desk."""
    return Identity(subject=subject, role=role, source="command-line")


@dataclass(frozen=True)
class ShiftedClock:
    """The machine's time and a bit: a process to which the undo window is over already."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        """The shifted time."""
        return datetime.now(UTC) + self.ahead  # noqa: TID251  this is a Clock


def open_shifted_desk(home: Path, ahead: timedelta = timedelta()) -> Desk:
    """A desk whose clock is ahead by this much."""
    office = open_test_office(home, World(clock=ShiftedClock(ahead)))
    return Desk(office, settings_for(home))


class Deed(Protocol):
    """What a racer does; says in a word what came of it, or raises what the desk raised."""

    def __call__(self, desk: Desk) -> str:
        """Do it."""
        ...


@dataclass(frozen=True)
class Decide:
    """Decide a review."""

    review_id: str
    subject: str
    decision: Decision
    held: bool = False
    role: Role = "reviewer"

    def __call__(self, desk: Desk) -> str:
        """The review's status after it."""
        result = desk.decide(self.review_id, self.decision, person(self.subject, self.role), held=self.held)
        return result.review_status


@dataclass(frozen=True)
class CallBack:
    """Undo a decision."""

    review_id: str
    subject: str

    def __call__(self, desk: Desk) -> str:
        """The review's status after it."""
        return desk.workbench.call_back(self.review_id, person(self.subject)).status


@dataclass(frozen=True)
class CarryOut:
    """End the wait of a decision and carry it out here."""

    review_id: str
    subject: str
    thread_id: str

    def __call__(self, desk: Desk) -> str:
        """Done, if nobody was in the way."""
        desk.workbench.carry_out_now(self.review_id, person(self.subject))
        return Work(self.thread_id)(desk)


@dataclass(frozen=True)
class Work:
    """Do as a background worker does that comes by."""

    thread_id: str

    def __call__(self, desk: Desk) -> str:
        """Whether the thread was free to be worked on."""
        return "worked" if run_thread(desk._office, self.thread_id) else "busy"  # noqa: SLF001  as the workers do


@dataclass(frozen=True)
class InOrder:
    """Do one thing after the other; what is refused ends it."""

    deeds: tuple[Deed, ...]

    def __call__(self, desk: Desk) -> str:
        """What came of the last one."""
        return [deed(desk) for deed in self.deeds][-1]


@dataclass(frozen=True)
class Claim:
    """Claim a review."""

    review_id: str
    subject: str

    def __call__(self, desk: Desk) -> str:
        """Who has it then."""
        return str(desk.workbench.claim(self.review_id, person(self.subject)).claimed_by)


@dataclass(frozen=True)
class Write:
    """Write as the customer."""

    thread_id: str
    text: str = "how long is delivery?"

    def __call__(self, desk: Desk) -> str:
        """Whether the message waits behind a review."""
        receipt = desk.receive(self.text, thread_id=self.thread_id, message_id=str(uuid4()))
        return "queued" if receipt.queued else "runs"


@dataclass(frozen=True)
class GiveRole:
    """Give somebody a role, or take it away."""

    subject: str
    role: GivenRole

    def __call__(self, desk: Desk) -> str:
        """The role."""
        desk.workbench.set_role(self.subject, self.role, person("kim", "admin"))
        return self.role


class Outcome(NamedTuple):
    """What came of a deed: done, refused by the desk for a good reason, or broken."""

    how: str
    said: str

    @property
    def done(self) -> bool:
        """Whether it counts."""
        return self.how == "done"


def race(home: Path, deeds: Sequence[Deed], ahead: timedelta, together: Barrier, log: Path) -> None:
    """Do every deed once all racers have come to it; one line in the log for each."""
    desk = open_shifted_desk(home, ahead)
    chance = Random(f"{SEED} {log.name}")  # noqa: S311  repeatable, not secret
    for deed in deeds:
        together.wait(PATIENCE_S)
        time.sleep(chance.uniform(0, chance.choice(JITTER_S)))
        append_line(log, outcome(desk, deed)._asdict())
    desk.close()


def outcome(desk: Desk, deed: Deed) -> Outcome:
    """Do it; whatever is neither done nor refused shows as broken and fails the test that counts."""
    try:
        return Outcome("done", deed(desk))
    except (ConflictError, ForbiddenError) as refusal:
        return Outcome("refused", str(refusal))
    except Exception as error:  # noqa: BLE001  counted as wrong by every test
        return Outcome("broken", f"{type(error).__name__}: {error}")


@dataclass(frozen=True)
class Lane:
    """The deeds of one racer, and how far its clock is ahead."""

    deeds: Sequence[Deed]
    ahead: timedelta = timedelta()


def run_race(home: Path, *lanes: Lane) -> list[tuple[Outcome, ...]]:
    """Run each lane in a process of its own; what came of each round, in the order of the lanes."""
    together = CONTEXT.Barrier(len(lanes))
    folder = home.parent / f"race-{uuid4()}"
    folder.mkdir()
    logs = [folder / str(number) for number in range(len(lanes))]
    with ExitStack() as stack:
        racers = [
            stack.enter_context(running(race, home, lane.deeds, lane.ahead, together, log))
            for lane, log in zip(lanes, logs, strict=True)
        ]
        rounds = len(lanes[0].deeds)
        for racer in racers:
            racer.join(PATIENCE_S + rounds)
        ends = [racer.exitcode for racer in racers]
    assert ends == [0] * len(lanes), f"a racer did not come to its end: {ends}"
    lines = [[Outcome(**line) for line in read_lines(log)] for log in logs]
    return list(zip(*lines, strict=True))


def finish_everything(home: Path, ahead: timedelta = WINDOW) -> None:
    """Do what waits, as a process that comes later: no time to call anything back is left."""
    with closing(open_test_office(home, World(clock=ShiftedClock(ahead)))) as office:
        while waiting := waiting_threads(office):
            for thread_id in waiting:
                run_thread(office, thread_id)
