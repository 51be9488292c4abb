"""Replicas of one desk, each with customers and a reviewer of its own, who send again what was not acknowledged."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from random import Random
from typing import Self
from uuid import NAMESPACE_URL, uuid5

from agent import ConflictError, Decision, StorageError
from agent.desk import Desk
from agent.errors import UnknownThreadError
from agent.model import Identity
from tests.faults.processes import CONTEXT, PATIENCE_S, kill, start
from tests.faults.records import append_line, query
from tests.postgres import SERVER
from tests.stand_ins import open_test_desk

CUSTOMERS = 2
"""Of one replica."""

AGAIN_S = 0.1
"""After a refusal."""

IN_A_TURN_S = 2.0
"""How long to look for a replica that is at work on a thread."""

HOLDERS = "SELECT lease_owner FROM threads WHERE lease_owner IS NOT NULL"


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one replica is told: which messages its customers write, and where it notes what was acknowledged."""

    home: Path
    log: Path
    number: int
    replicas: int
    messages: int
    pause_s: float = 0.0
    server: str = ""
    """Address of a server of its own; else the one that the tests run on."""

    @property
    def enough(self) -> Path:
        """A file that is there once it is enough; a killed process could hold the lock of an Event for ever."""
        return self.log.with_suffix(".enough")

    def of_customer(self, customer: int) -> range:
        """The numbers of the messages that one customer writes, those that other replicas write left out."""
        return range(self.number + customer * self.replicas, self.messages, CUSTOMERS * self.replicas)


def shares_of(home: Path, replicas: int, messages: int, *, server: str = "", lasts_s: float = 0.0) -> list[Share]:
    """The shares of so many replicas; their customers write for about `lasts_s` seconds."""
    pause_s = lasts_s / messages * CUSTOMERS * replicas
    return [
        Share(
            home=home,
            log=home.with_name(f"replica-{number}"),
            number=number,
            replicas=replicas,
            messages=messages,
            pause_s=pause_s,
            server=server,
        )
        for number in range(replicas)
    ]


class Fleet:
    """Each share's replica in a process of its own, as long as the block runs."""

    def __init__(self, shares: Sequence[Share]) -> None:
        """Nothing runs before the block."""
        self._shares = shares
        self._serving: list[Event] = []
        self._killed: list[Event] = []  # kept: a process that still starts looks for its own
        self._replicas: list[BaseProcess] = []

    def __enter__(self) -> Self:
        """Start all and wait until their desks are open."""
        for share in self._shares:
            share.log.touch()
            self._serving.append(CONTEXT.Event())
            self._replicas.append(start(serve, share, self._serving[-1]))
        assert all(serving.wait(PATIENCE_S) for serving in self._serving)
        return self

    def one_in_a_turn(self) -> int | None:
        """The number of a replica that holds a thread at this moment; None if none does for a while."""
        deadline = time.monotonic() + IN_A_TURN_S
        while time.monotonic() < deadline:
            for (owner,) in query(self._shares[0].home / "desk.sqlite", HOLDERS):
                numbers = [number for number, one in enumerate(self._replicas) if owner.startswith(f"{one.pid}-")]
                if numbers:
                    return numbers[0]
        return None

    def wait_until_open(self, number: int) -> None:
        """Until the desk of this replica is open."""
        assert self._serving[number].wait(PATIENCE_S)

    def kill_and_replace(self, number: int) -> None:
        """SIGKILL, wherever it is, and start it again as whatever runs containers does."""
        kill(self._replicas[number])
        self._killed.append(self._serving[number])
        self._serving[number] = CONTEXT.Event()
        self._replicas[number] = start(serve, self._shares[number], self._serving[number])

    def __exit__(self, *_error: object) -> None:
        """Let them end; whichever does not is killed."""
        for share in self._shares:
            share.enough.touch()
        for replica in self._replicas:
            replica.join(PATIENCE_S)
            kill(replica)


def message_id(number: int) -> str:
    """The id of a message by its number."""
    return f"message-{number}"


def opens_refund(number: int) -> bool:
    """Whether it asks for a refund in a thread of its own; every third one asks something in the thread before it."""
    return number % 3 != 2


def text_of(number: int) -> str:
    """What is written."""
    return f"refund of ${1 + number % 400} please" if opens_refund(number) else f"how long is delivery? ({number})"


def refunds_in(messages: int) -> int:
    """How many refunds so many messages ask for."""
    return sum(map(opens_refund, range(messages)))


def serve(share: Share, serving: Event) -> None:
    """Work until it is enough, or until killed; `serving` is set once the desk is open."""
    if share.server:
        os.environ[SERVER] = share.server  # noqa: TID251  for this process alone
    logging.basicConfig(filename=share.log.with_suffix(".log"), level=logging.WARNING)
    desk = open_until_open(share)
    desk.start()
    serving.set()
    parts: list[Callable[[], None]] = [lambda: approve(desk, share)]
    parts += [lambda customer=customer: write(desk, share, customer) for customer in range(CUSTOMERS)]  # type: ignore[misc]  # a default binds the loop's value
    for part in parts:
        threading.Thread(target=part, daemon=True).start()
    while not share.enough.exists():
        time.sleep(AGAIN_S)
    desk.close()


def open_until_open(share: Share) -> Desk:
    """As whatever runs containers does: start it again until it stays."""
    while True:
        try:
            return open_test_desk(share.home)
        except StorageError as refusal:
            append_line(share.log, {"refused": str(refusal), "what": "open", "at": time.time(), "s": 0.0})
            time.sleep(AGAIN_S)


def write(desk: Desk, share: Share, customer: int) -> None:
    """Send each message until it is acknowledged, now and then twice, as a client does that heard nothing."""
    for number in share.of_customer(customer):
        for _time in range(2 if number % 10 == 0 else 1):
            until_taken(share, "message", lambda number=number: send(desk, share, number))  # type: ignore[misc]  # a default binds the loop's value
        time.sleep(share.pause_s)


def send(desk: Desk, share: Share, number: int) -> None:
    """Send one message and note that it was acknowledged."""
    thread_id = None
    if not opens_refund(number):
        thread_id = desk.following.thread_of_turn(str(uuid5(NAMESPACE_URL, message_id(number - 2)))).thread_id
    receipt = desk.receive(text_of(number), thread_id=thread_id, message_id=message_id(number))
    noted = {"message": receipt.message_id, "thread": receipt.thread_id, "text": text_of(number)}
    append_line(share.log, {**noted, "at": time.time()})


def approve(desk: Desk, share: Share) -> None:
    """Approve whatever is pending, beside the reviewers of the other replicas."""
    chance = Random(f"{share.number} {os.getpid()}")  # noqa: S311  not secret
    while True:
        until_taken(share, "decision", lambda: approve_one(desk, share, chance))
        time.sleep(share.pause_s or 0.02)


def approve_one(desk: Desk, share: Share, chance: Random) -> None:
    """Approve one review and note that it was acknowledged; somebody else may be faster."""
    pending = [review for review in desk.queue(limit=20) if review.status == "pending"]
    if pending:
        review_id = chance.choice(pending).review_id
        reviewer = Identity(subject=f"reviewer-{share.number}", role="reviewer", source="command-line")
        with suppress(ConflictError):
            desk.decide(review_id, Decision(action="approve"), reviewer)
            append_line(share.log, {"review": review_id, "action": "approve", "at": time.time()})


def until_taken(share: Share, what: str, deed: Callable[[], None]) -> None:
    """Try again while the database is away, or the thread that is written to is not there yet."""
    while True:
        begun = time.time()
        try:
            deed()
        except StorageError as refusal:
            said = {"refused": str(refusal), "what": what, "at": time.time(), "s": time.time() - begun}
            append_line(share.log, said)
        except UnknownThreadError:
            pass
        else:
            return
        time.sleep(AGAIN_S)
