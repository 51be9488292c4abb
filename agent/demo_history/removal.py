"""Take the made-up year out again, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, update

from agent.demo_history.writing import alone, count_demo
from agent.ports.progress import Progress, ignore
from agent.store.database import Database
from agent.store.ledger import refund_key
from agent.store.tables import (
    asked_again,
    decisions,
    gap_questions,
    inbox,
    labels,
    ledger,
    ratings,
    replies,
    reviews,
    second_looks,
    threads,
    tickets,
    turn_facts,
    views,
)

THREADS = 500
"""Threads in one transaction."""
TICKET_KINDS = ("issue", "escalation", "refund")


@dataclass(frozen=True, kw_only=True)
class Removed:
    """What was removed. `kept` are threads in which somebody wrote since: they lost the made-up turns only."""

    threads: int
    turns: int
    kept: int


def remove_history(database: Database, progress: Progress = ignore) -> Removed:
    """Remove everything that `write_history` wrote, also where it was cut off; safe to repeat after a cut.

    Raises DeskError if another process is at it, StorageError if a part cannot be written: the rest can be removed
    later.
    """
    with alone(database):
        with database.read() as connection:
            total = count_demo(connection)
        removed = Removed(threads=0, turns=0, kept=0)
        while removed.threads + removed.kept < total:
            with database.write() as connection:
                part = _remove_some(connection)
            removed = Removed(
                threads=removed.threads + part.threads,
                turns=removed.turns + part.turns,
                kept=removed.kept + part.kept,
            )
            if not part.threads + part.kept:
                break
            done = removed.threads + removed.kept
            progress(done / total, f"{done:,} of {total:,} threads removed")
    return removed


def _remove_some(connection: Connection) -> Removed:
    chosen = list(connection.execute(select(threads.c.thread_id).where(threads.c.demo == 1).limit(THREADS)).scalars())
    made_up = turn_facts.c.thread_id.in_(chosen) & (turn_facts.c.demo == 1)
    turns = list(connection.execute(select(turn_facts.c.turn_id).where(made_up)).scalars())
    _remove_reviews(connection, chosen, turns)
    keys = [f"{turn_id}:{kind}" for turn_id in turns for kind in TICKET_KINDS]
    connection.execute(delete(tickets).where(tickets.c.key.in_(keys)))
    connection.execute(delete(replies).where(replies.c.thread_id.in_(chosen), replies.c.turn_id.in_(turns)))
    for table in (ratings, labels, asked_again, gap_questions, inbox):
        connection.execute(delete(table).where(table.c.turn_id.in_(turns)))
    connection.execute(delete(turn_facts).where(made_up))
    kept = list(connection.execute(select(inbox.c.thread_id).where(inbox.c.thread_id.in_(chosen)).distinct()).scalars())
    connection.execute(delete(threads).where(threads.c.thread_id.in_(set(chosen) - set(kept))))
    left = select(func.count()).where(inbox.c.thread_id == threads.c.thread_id).scalar_subquery()
    connection.execute(update(threads).where(threads.c.thread_id.in_(kept)).values(demo=0, turns=left))
    return Removed(threads=len(chosen) - len(kept), turns=len(turns), kept=len(kept))


def _remove_reviews(connection: Connection, chosen: Sequence[str], turns: Sequence[str]) -> None:
    theirs = reviews.c.thread_id.in_(chosen) & reviews.c.turn_id.in_(turns)
    found = list(connection.execute(select(reviews.c.review_id).where(theirs)).scalars())
    for table in (decisions, views, second_looks, reviews):
        connection.execute(delete(table).where(table.c.review_id.in_(found)))
    keys = [refund_key(review_id) for review_id in found]
    connection.execute(delete(ledger).where(ledger.c.key.in_(keys)))
