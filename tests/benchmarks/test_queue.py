import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from agent.backoffice import configuration
from agent.desk import Desk
from tests.benchmarks.figures import milliseconds, percentiles, show
from tests.benchmarks.plain_graph import PlainGraph
from tests.faults.records import query
from tests.stand_ins import open_test_desk, open_test_office

pytestmark = pytest.mark.benchmark

THREADS = 10_000
PAGE = 50
LOOKS = 50


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
