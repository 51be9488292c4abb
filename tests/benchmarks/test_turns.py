import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from agent import Decision
from agent.backoffice import Backoffice
from agent.bootstrap import Mind, open_backoffice
from agent.desk import Desk
from agent.workers import Workers
from tests.benchmarks.figures import bytes_on_disk, milliseconds, percentiles, show
from tests.benchmarks.plain_graph import PlainGraph
from tests.faults.records import query
from tests.stand_ins import REVIEWER, settings_for

pytestmark = pytest.mark.benchmark

MESSAGES = ("How long does standard delivery take?", "The app crashes every time I open my basket on my phone.")
TURNS_A_THREAD = 10
MEASURED_TURNS = 300
LONG_THREAD = 500
QUEUED = 300
DECISIONS = 150


@pytest.fixture
def office(tmp_path: Path, mind: Mind) -> Iterator[Backoffice]:
    """The stores and the graph with the embedded engine."""
    opened = open_backoffice(settings_for(tmp_path / "home"), mind)
    yield opened
    opened.checkpoints.close()
    opened.database.close()


@pytest.fixture
def desk(office: Backoffice, tmp_path: Path) -> Desk:
    """The desk on these stores."""
    return Desk(office, settings_for(tmp_path / "home"))


@pytest.fixture
def plain(tmp_path: Path, office: Backoffice) -> Iterator[PlainGraph]:
    """The same nodes without a desk."""
    graph = PlainGraph(tmp_path / "plain.sqlite", office)
    yield graph
    graph.close()


def test_a_turn(desk: Desk, plain: PlainGraph) -> None:
    ours, theirs = [], []
    for number in range(MEASURED_TURNS):
        if number % TURNS_A_THREAD == 0:
            thread_id, plain_id = desk.chat(MESSAGES[0]).thread_id, str(uuid4())
            plain.run(MESSAGES[0], plain_id)
        text = MESSAGES[number % len(MESSAGES)]
        ours.append(milliseconds(partial(desk.chat, text, thread_id=thread_id)))
        theirs.append(milliseconds(partial(plain.run, text, plain_id)))

    (p50, p95), (plain_p50, plain_p95) = percentiles(ours), percentiles(theirs)

    show("A turn", f"desk p50 {p50:.1f} p95 {p95:.1f} ms, plain graph p50 {plain_p50:.1f} p95 {plain_p95:.1f} ms")
    show("A turn, ratio of the medians", f"{p50 / plain_p50:.2f}")
    assert set(dict(query(desk.home / "desk.sqlite", "SELECT status, 1 FROM inbox"))) == {"done"}


def test_growth_of_a_long_thread(desk: Desk, plain: PlainGraph, tmp_path: Path) -> None:
    files = [desk.home / name for name in ("desk.sqlite", "checkpoints.sqlite", "payments.sqlite", "shop.sqlite")]
    thread_id, plain_id = desk.chat(MESSAGES[0]).thread_id, str(uuid4())
    plain.run(MESSAGES[0], plain_id)
    before, plain_before = bytes_on_disk(files), bytes_on_disk([tmp_path / "plain.sqlite"])

    for number in range(LONG_THREAD):
        desk.chat(MESSAGES[number % len(MESSAGES)], thread_id=thread_id)
        plain.run(MESSAGES[number % len(MESSAGES)], plain_id)
    grown = (bytes_on_disk(files) - before) / LONG_THREAD / 1000
    plain_grown = (bytes_on_disk([tmp_path / "plain.sqlite"]) - plain_before) / LONG_THREAD / 1000

    show(f"Growth a turn over {LONG_THREAD} turns", f"desk {grown:.1f} kB, plain graph {plain_grown:.1f} kB")


@pytest.mark.parametrize("workers", [1, 4])
def test_turns_of_workers(desk: Desk, office: Backoffice, workers: int) -> None:
    for number in range(QUEUED):
        desk.receive(MESSAGES[number % len(MESSAGES)])
    pool = Workers(office, workers)

    begun = time.perf_counter()
    pool.start()
    while query(desk.home / "desk.sqlite", "SELECT 1 FROM inbox WHERE status IN ('waiting', 'running') LIMIT 1"):
        time.sleep(0.02)
    seconds = time.perf_counter() - begun
    pool.close()

    show(f"Turns of {QUEUED} threads with {workers} workers", f"{QUEUED / seconds:.0f} a second")


def test_a_decision(desk: Desk) -> None:
    paused = [desk.chat(f"I want a refund of ${amount}.00 please") for amount in range(1, DECISIONS + 1)]

    taken = [
        milliseconds(partial(desk.decide, str(result.review_id), Decision(action="approve"), REVIEWER))
        for result in paused
    ]

    p50, p95 = percentiles(taken)
    show("A decision, from the click to the paid refund", f"p50 {p50:.1f} p95 {p95:.1f} ms")
    assert desk.payments_made() == DECISIONS
