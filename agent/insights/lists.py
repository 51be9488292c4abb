"""The rows behind a figure, read again from the store: the columns in memory hold no ids and no words of customers."""

from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from agent.insights.rows import Rows, Slice
from agent.model import FactRow, Subject
from agent.store.database import Database
from agent.store.tables import reviews, threads, turn_facts


def read_rows(database: Database, subject: Subject, cut: Slice, places: npt.NDArray[np.int64]) -> list[FactRow]:
    """These rows in this order, each with its thread."""
    rows = cut.rows(subject)
    if subject == "reviews":
        return _reviews(database, [int(seq) for seq in rows.frame.seq.to_numpy()[places]])
    turns = _turns_of(rows, subject, places)
    values = rows.frame.rating.to_numpy()[places].tolist() if subject == "ratings" else [None] * len(places)
    return _turns(database, [int(seq) for seq in rows.turns.seq.to_numpy()[turns]], values)


def _turns_of(rows: Rows, subject: Subject, places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    if subject == "turns":
        return places
    name = "first" if subject == "conversations" else "turn"
    return rows.frame[name].to_numpy()[places]


def _turns(database: Database, seqs: list[int], values: list[float | None]) -> list[FactRow]:
    wanted = (
        select(
            turn_facts.c.seq,
            turn_facts.c.thread_id,
            turn_facts.c.turn_id,
            turn_facts.c.received_at,
            turn_facts.c.intent,
            turn_facts.c.outcome,
            threads.c.title,
        )
        .join(threads, threads.c.thread_id == turn_facts.c.thread_id)
        .where(turn_facts.c.seq.in_(seqs))
    )
    with database.read() as connection:
        found: dict[int, Any] = {row.seq: row for row in connection.execute(wanted)}
    return [
        FactRow(
            thread_id=found[seq].thread_id,
            turn_id=found[seq].turn_id,
            review_id=None,
            at=found[seq].received_at,
            title=found[seq].title,
            intent=found[seq].intent,
            outcome=found[seq].outcome,
            value=value,
        )
        for seq, value in zip(seqs, values, strict=True)
        if seq in found
    ]


def _reviews(database: Database, seqs: list[int]) -> list[FactRow]:
    wanted = (
        select(
            reviews.c.seq,
            reviews.c.thread_id,
            reviews.c.turn_id,
            reviews.c.review_id,
            reviews.c.created_at,
            reviews.c.kind,
            reviews.c.status,
            reviews.c.decided_action,
            threads.c.title,
        )
        .join(threads, threads.c.thread_id == reviews.c.thread_id)
        .where(reviews.c.seq.in_(seqs))
    )
    with database.read() as connection:
        found: dict[int, Any] = {row.seq: row for row in connection.execute(wanted)}
    return [
        FactRow(
            thread_id=found[seq].thread_id,
            turn_id=found[seq].turn_id,
            review_id=found[seq].review_id,
            at=found[seq].created_at,
            title=found[seq].title,
            intent=found[seq].kind,
            outcome=found[seq].decided_action or found[seq].status,
            value=None,
        )
        for seq in seqs
        if seq in found
    ]
