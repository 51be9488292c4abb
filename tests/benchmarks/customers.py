"""A process with a desk and the embedded engine, and the customers and the reviewers who wait for it."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

from agent import Decision
from agent.bootstrap import open_backoffice, open_mind
from agent.desk import Desk
from agent.model import Identity
from agent.settings import read_settings
from tests.benchmarks.figures import milliseconds
from tests.faults.records import append_line
from tests.stand_ins import settings_for

MESSAGES = ("How long does standard delivery take?", "The app crashes every time I open my basket on my phone.")
TURNS_A_THREAD = 5


@dataclass(frozen=True, kw_only=True)
class Load:
    """What the clients of one process do, and where they note how long each of it took."""

    home: Path
    log: Path
    clients: int
    turns: int
    decisions: int


def serve(load: Load, number: int, together: Barrier, enough: Event) -> None:
    """Begin each phase with all the others; one line for each turn and each decision."""
    mind = open_mind(read_settings().model_copy(update={"engine": "embedded"}))
    settings = settings_for(load.home)
    desk = Desk(open_backoffice(settings, mind), settings)
    desk.start()
    phase(load, together, "turn", lambda _client: turns(desk, load))
    phase(load, together, "decision", lambda client: decisions(desk, load, number * load.clients + client))
    enough.wait()
    desk.close()


def phase(load: Load, together: Barrier, name: str, deeds: Callable[[int], Iterator[Callable[[], object]]]) -> None:
    """Every client does its deeds one after the other."""
    prepared = [list(deeds(client)) for client in range(load.clients)]

    def work(mine: list[Callable[[], object]], took: list[float]) -> None:
        took.extend(milliseconds(deed) for deed in mine)

    taken: list[list[float]] = [[] for _client in prepared]
    clients = [threading.Thread(target=work, args=(mine, took)) for mine, took in zip(prepared, taken, strict=True)]
    together.wait(300)
    begun = time.time()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took = [each for one in taken for each in one]
    append_line(load.log, {"what": name, "begun": begun, "ended": time.time(), "ms": took})


def turns(desk: Desk, load: Load) -> Iterator[Callable[[], object]]:
    """A question and a problem in turn, in threads of five turns."""
    thread: dict[str, str] = {}

    def ask(turn: int) -> None:
        text = MESSAGES[turn % len(MESSAGES)]
        thread_id = thread.get("id") if turn % TURNS_A_THREAD else None
        result = desk.chat(text, thread_id=thread_id, customer_id="C-1001", wait_s=120)
        thread["id"] = result.thread_id

    for turn in range(load.turns):
        yield lambda turn=turn: ask(turn)  # type: ignore[misc]  # a default binds the loop's value


def decisions(desk: Desk, load: Load, client: int) -> Iterator[Callable[[], object]]:
    """Approvals of refunds that were asked for before."""
    reviewer = Identity(subject=f"reviewer-{client}", role="reviewer", source="command-line")
    for number in range(load.decisions):
        review_id = str(desk.chat(f"I want a refund of ${1 + number}.00 please", wait_s=120).review_id)
        yield lambda review_id=review_id: desk.decide(review_id, Decision(action="approve"), reviewer, wait_s=120)  # type: ignore[misc]  # as above
