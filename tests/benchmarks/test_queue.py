import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from agent.backoffice import configuration
from agent.bootstrap import Mind
from agent.desk import Desk
from agent.model import Decision, QueueFilter
from agent.settings import PROJECT
from tests.benchmarks.figures import milliseconds, percentiles, show
from tests.benchmarks.plain_graph import PlainGraph
from tests.faults.records import query
from tests.stand_ins import REVIEWER, open_test_desk, open_test_office

pytestmark = pytest.mark.benchmark

THREADS = 10_000
PAGE = 50
LOOKS = 50
DECISIONS = 20
RUNS = 20


def multiply(path: Path, tables: Sequence[str], thread_id: str, copies: int, *, ids: str = "") -> None:
    """Copy the rows of a thread under new thread ids; `ids` names a column that is unique by itself."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TEMP TABLE new_threads (id TEXT)")
        connection.executemany("INSERT INTO new_threads VALUES (?)", [(str(uuid4()),) for _copy in range(copies)])
        for table in tables:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "seq"]
            values = ["new_threads.id" if column in {"thread_id", ids} else column for column in columns]
            connection.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608  our own names
                f"FROM {table} JOIN new_threads WHERE thread_id = ?",
                (thread_id,),
            )


@pytest.mark.parametrize("pending", [500, THREADS])
def test_a_page_of_the_queue(desk: Desk, pending: int) -> None:
    paused = desk.chat("refund of $7 please")
    answered = desk.chat("how long is delivery?")
    file = desk.home / "desk.sqlite"
    multiply(file, ("threads", "reviews"), paused.thread_id, pending - 1, ids="review_id")
    multiply(file, ("threads",), answered.thread_id, THREADS - pending)

    looks = [milliseconds(lambda: desk.queue(limit=PAGE)) for _look in range(LOOKS)]
    last_looks = [milliseconds(lambda: desk.queue(limit=PAGE, offset=pending - PAGE)) for _look in range(LOOKS)]

    (p50, p95), (last_p50, _) = percentiles(looks), percentiles(last_looks)
    show(
        f"A page of {PAGE} of {pending} pending reviews among {THREADS} threads",
        f"p50 {p50:.1f} p95 {p95:.1f} ms, the last page {last_p50:.1f} ms",
    )
    assert query(file, "SELECT count(*) FROM threads") == [(THREADS + 1,)]
    assert len(desk.queue(limit=PAGE)) == PAGE


def test_the_same_page_the_plain_way(tmp_path: Path) -> None:
    desk = open_test_desk(tmp_path / "home")
    plain = PlainGraph(tmp_path / "plain.sqlite", open_test_office(desk.home))
    paused, answered = str(uuid4()), str(uuid4())
    plain.run("refund of $7 please", paused)
    plain.run("how long is delivery?", answered)
    multiply(tmp_path / "plain.sqlite", ("checkpoints", "writes"), paused, 499)
    multiply(tmp_path / "plain.sqlite", ("checkpoints", "writes"), answered, THREADS - 500)

    def look() -> list[str]:
        threads = {saved.config["configurable"]["thread_id"] for saved in plain.saver.list(None)}
        return [thread_id for thread_id in threads if plain.graph.get_state(configuration(thread_id)).interrupts][:PAGE]

    taken = milliseconds(look)

    show(f"The same with list(None) and get_state, 500 pending among {THREADS} threads", f"{taken:,.0f} ms")
    plain.close()
    desk.close()


def test_what_a_look_at_the_queue_costs(desk: Desk) -> None:
    fill(desk, THREADS)
    looks: dict[str, Callable[[], object]] = {
        "queue_counts": desk.queue_counts,
        "queue, first page": lambda: desk.queue(limit=PAGE),
        "queue, last page": lambda: desk.queue(limit=PAGE, offset=THREADS - PAGE),
        "queue, one team": lambda: desk.queue(QueueFilter(teams=("trust",)), limit=PAGE),
        "queue, words that nobody wrote": lambda: desk.queue(QueueFilter(search="zzzz"), limit=PAGE),
        "look_alikes": desk.workbench.look_alikes,
    }

    taken = {name: [milliseconds(look) for _look in range(LOOKS)] for name, look in looks.items()}

    for name, sample in taken.items():
        p50, p95 = percentiles(sample)
        show(f"{name}, {THREADS} pending", f"p50 {p50:.1f} p95 {p95:.1f} ms")
    assert desk.queue_counts().pending == THREADS


def test_a_decision_at_a_long_queue(desk: Desk) -> None:
    fill(desk, THREADS - DECISIONS)
    ids = [desk.chat("refund of $9 please").review_id or "" for _number in range(DECISIONS)]

    def approve(review_id: str) -> object:
        return desk.decide(review_id, Decision(action="approve"), REVIEWER, held=True)

    held = [milliseconds(partial(approve, review_id)) for review_id in ids]

    p50, p95 = percentiles(held)
    show(f"A decision that waits for its undo, {THREADS} pending", f"p50 {p50:.1f} p95 {p95:.1f} ms")
    assert desk.queue_counts().pending == THREADS - DECISIONS


def test_a_run_of_the_page_at_a_long_queue(mind: Mind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del mind
    monkeypatch.setenv("TRIAGE_HOME", str(tmp_path))
    with closing(open_test_desk(tmp_path)) as desk:
        fill(desk, THREADS)
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=60).run()
    app.selectbox[0].select("Robin").run()
    app.switch_page("pages/approvals.py").run()

    runs = [milliseconds(app.run) for _run in range(RUNS)]

    p50, p95 = percentiles(runs)
    show(f"A run of the page Approvals without a browser, {THREADS} pending", f"p50 {p50:.0f} p95 {p95:.0f} ms")
    assert [each.value for each in app.metric if each.label == "Waiting"] == [str(THREADS)]


def fill(desk: Desk, pending: int) -> None:
    """So many open reviews: refunds of two bands of amounts, and escalations."""
    file = desk.home / "desk.sqlite"
    messages = ("refund of $7 for order LF-10482", "refund of $200 for order LF-10482", "a human please")
    for place, message in enumerate(messages):
        thread_id = desk.chat(message, customer_id="C-1001").thread_id
        copies = pending // len(messages) + (pending % len(messages) if place == 0 else 0) - 1
        multiply(file, ("threads", "reviews"), thread_id, copies, ids="review_id")
