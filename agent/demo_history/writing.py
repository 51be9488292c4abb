"""Write the made-up year, some two thousand conversations a transaction."""

import os
import sys
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from operator import itemgetter
from threading import Thread
from time import perf_counter
from typing import Any

import numpy as np
from langgraph.checkpoint.memory import InMemorySaver
from sqlalchemy import Connection, Table, bindparam, func, insert, select

from agent.demo_history.chance import Chance, Weighted
from agent.demo_history.customers import Customers, draw_customers
from agent.demo_history.found import Finder, Topics
from agent.demo_history.rows import Batch, Rows
from agent.demo_history.story import tell
from agent.demo_history.texts import Texts, read_texts
from agent.demo_history.turns import Scene
from agent.demo_history.year import Year
from agent.errors import DeskError, TakenError
from agent.graph import build_graph, structure_of
from agent.ports.progress import Progress, ignore
from agent.store.database import Database
from agent.store.tables import metadata, threads, tickets

CONVERSATIONS = 2_000
"""Conversations in one transaction: some 5,000 turns."""
WHEN, WHO, WHAT = 1, 2, 3
"""Seeds of the three things that are drawn apart from each other."""
MOST_LABELS = 3_000
LABELLED = 0.06
TURNS_EACH = 2.5
PAID_MEDIAN, PAID_SPREAD = 5_400.0, 1.3
LEAST_PAID, MOST_PAID = 600, 400_000
GAPS_FALL_BY = 0.88
"""How much rarer each subject without an article is than the one before it."""


TICKETS = 5_000
"""Numbers of tickets that are kept free for one batch, so that batches can be made up side by side."""
WORTH_PROCESSES = 8
"""Batches from which other processes help: they take two seconds to start."""
PROCESSES = max(1, min(4, os.cpu_count() or 1))
AHEAD = PROCESSES + 2
"""Batches that are made up before the first of them is written; each takes some 30 MB."""
LAST_TICKET = select(func.coalesce(func.max(tickets.c.seq), 0))


@dataclass(frozen=True, kw_only=True)
class Written:
    """What was written, and how fast."""

    threads: int
    turns: int
    reviews: int
    seconds: float

    @property
    def turns_per_second(self) -> int:
        """Turns a second, from the first draw to the last row on the disk."""
        return round(self.turns / self.seconds) if self.seconds else 0


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Everything that is known before the first conversation is made up."""

    seed: int
    year: Year
    texts: Texts
    customers: Customers
    starts: list[float]
    graph_version: str

    def batch(self, first: int, last_ticket: int) -> Batch:
        """The conversations from this one on; the same whenever it is called with the same numbers."""
        chance = Chance(self.seed, WHAT, first)
        batch = Batch(last_ticket)
        scene = Scene(
            texts=self.texts,
            year=self.year,
            chance=chance,
            batch=batch,
            graph_version=self.graph_version,
            labelled=min(LABELLED, MOST_LABELS / (TURNS_EACH * len(self.starts))),
        )
        weights = {subject: GAPS_FALL_BY**place for place, subject in enumerate(self.texts.subjects)}
        finder = Finder(self.texts, self.year, Weighted(weights))
        for number in range(first, min(first + CONVERSATIONS, len(self.starts))):
            paid = min(MOST_PAID, max(LEAST_PAID, int(chance.around(PAID_MEDIAN, PAID_SPREAD))))
            mind = Topics(
                language=self.customers.language_of(number),
                number=f"LF-9{int(chance.share() * 1e6):06d}",
                paid=paid,
                temper=self.customers.temper_of(number),
            )
            tell(
                scene,
                finder,
                name=f"demo-{self.seed}-{number}",
                customer_id=self.customers.customer_id(number),
                mind=mind,
                begins=self.starts[number],
            )
        return batch


def write_history(
    database: Database, year: Year, *, conversations: int, seed: int, progress: Progress = ignore
) -> Written:
    """Make up the year and write it into the desk's tables.

    Raises DeskError, writing nothing, if there is demo data already or another process is at it, and StorageError if a
    batch cannot be written: what was written before it stays and can be removed.
    """
    begun = perf_counter()
    with alone(database):
        _refuse_second(database)
        plan = _plan(year, conversations, seed)
        turns = reviews = 0
        with closing(_batches(plan, _last_ticket(database))) as made_up:
            for first, batch in made_up:
                written = _write(database, plan, first, batch)
                turns += len(written["turn_facts"][1])
                reviews += len(written.get("reviews", ((), ()))[1])
                done = min(first + CONVERSATIONS, conversations)
                progress(done / conversations, f"{done:,} of {conversations:,} threads, {turns:,} turns")
    return Written(threads=conversations, turns=turns, reviews=reviews, seconds=perf_counter() - begun)


def _refuse_second(database: Database) -> None:
    with database.read() as connection:
        found = count_demo(connection)
    if found:
        message = (
            f"There is demo data already, {found:,} threads of it; nothing was written. "
            "Remove it first: python -m agent demo-history --remove"
        )
        raise DeskError(message)


def _plan(year: Year, conversations: int, seed: int) -> _Plan:
    return _Plan(
        seed=seed,
        year=year,
        texts=read_texts(),
        customers=draw_customers(conversations, np.random.default_rng((seed, WHO))),
        starts=year.starts(conversations, np.random.default_rng((seed, WHEN))).tolist(),
        graph_version=structure_of(build_graph(InMemorySaver())).version,
    )


def _batches(plan: _Plan, last_ticket: int) -> Generator[tuple[int, Rows], None, None]:
    """The batches in their order; large years are made up by other processes while this one writes."""
    jobs = [
        (first, last_ticket + place * TICKETS) for place, first in enumerate(range(0, len(plan.starts), CONVERSATIONS))
    ]
    if len(jobs) < WORTH_PROCESSES:
        for first, last in jobs:
            yield first, plan.batch(first, last).packed()
        return
    context = get_context("forkserver")
    with ProcessPoolExecutor(PROCESSES, context, initializer=_get_ready, initargs=(plan,)) as pool:
        waiting: deque[tuple[int, Future[Rows]]] = deque()
        try:
            for first, last in jobs:
                waiting.append((first, pool.submit(_make_up, first, last)))
                if len(waiting) > AHEAD:
                    begun, made_up = waiting.popleft()
                    yield begun, made_up.result()
            for begun, made_up in waiting:
                yield begun, made_up.result()
        finally:
            pool.shutdown(cancel_futures=True)


_PLAN: list[_Plan] = []
"""What a helping process works by."""


def _get_ready(plan: _Plan) -> None:
    _PLAN[:] = [plan]
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A helper whose parent was killed would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _make_up(first: int, last_ticket: int) -> Rows:
    return _PLAN[0].batch(first, last_ticket).packed()


def _write(database: Database, plan: _Plan, first: int, rows: Rows) -> Rows:
    """Write a batch in one transaction."""
    while True:
        with database.write() as connection:
            last = int(connection.execute(LAST_TICKET).scalar_one())
            # numbers of tickets stand in replies: if they were given out meanwhile, the batch is made up anew
            if last < _first_ticket(rows):
                for name, (columns, values) in rows.items():
                    _insert(connection, metadata.tables[name], columns, values)
                return rows
        rows = plan.batch(first, last).packed()


def _insert(connection: Connection, table: Table, columns: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    """The rows by one prepared statement; SQLAlchemy would look at each value of each row again."""
    names = dict.fromkeys(columns)
    statement = insert(table).values({name: bindparam(name) for name in names}).compile(connection)
    if statement.positiontup is None:  # a driver that takes values by name
        connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in values])
        return
    order = itemgetter(*(columns.index(name) for name in statement.positiontup))
    connection.exec_driver_sql(str(statement), [order(row) for row in values])


def _first_ticket(rows: Rows) -> int:
    columns, values = rows.get("tickets", (("seq",), ((sys.maxsize,),)))
    return min(int(row[columns.index("seq")]) for row in values)


def _last_ticket(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(LAST_TICKET).scalar_one())


def count_demo(connection: Connection) -> int:
    """How many made-up threads there are."""
    return int(connection.execute(select(func.count()).where(threads.c.demo == 1)).scalar_one())


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """While this process is the only one that writes or removes demo data; raises DeskError if there is another."""
    try:
        with database.alone("demo"):
            yield
    except TakenError as error:
        message = "Another process is writing or removing demo data; nothing was changed. Wait until it is done."
        raise DeskError(message) from error
