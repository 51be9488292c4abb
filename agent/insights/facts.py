"""The facts of a desk as columns in memory: read once, then only what is new or was still open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Row, Select, func, literal, select

from agent.insights.columns import Columns, Kind, unfolded
from agent.model import GUEST
from agent.store.database import Database
from agent.store.tables import decisions, ledger, ratings, reviews, turn_facts

PART = 50_000
"""Rows that are read at a time."""

FEW = 500
"""Values in one IN list."""

FINAL = ("applied",)
"""Statuses in which a review does not change any more."""

TURNS: dict[str, Kind] = {
    "seq": "count",
    "thread_id": "key",
    "customer_id": "key",
    "channel": "word",
    "received_at": "time",
    "answered_at": "time",
    "settled_at": "time",
    "outcome": "word",
    "lane": "word",
    "subject_rule": "word",
    "rules": "word",
    "rules_apply": "flag",
    "understood": "flag",
    "language": "word",
    "intent": "word",
    "confidence": "share",
    "topic": "word",
    "topic_confidence": "share",
    "category": "word",
    "category_confidence": "share",
    "asks_for_person": "flag",
    "sentiment": "word",
    "score": "share",
    "relevance": "share",
    "answer_confidence": "share",
    "priority": "word",
    "tone": "word",
    "best_article": "word",
    "engine": "word",
    "policy": "word",
    "input_tokens": "count",
    "output_tokens": "count",
    "cost_usd": "share",
    "demo": "flag",
}

REVIEWS: dict[str, Kind] = {
    "seq": "count",
    "turn_seq": "count",
    "thread_id": "key",
    "kind": "word",
    "status": "word",
    "priority": "word",
    "team": "word",
    "reason": "word",
    "recommendation": "word",
    "created_at": "time",
    "first_claimed_at": "time",
    "due_at": "time",
    "decided_at": "time",
    "decided_by": "word",
    "decided_action": "word",
    "amount_minor": "count",
    "currency": "word",
    "approved_minor": "count",
    "issued_minor": "count",
    "changed": "flag",
    "check_case": "word",
}

RATINGS: dict[str, Kind] = {"turn_seq": "count", "rating": "count", "at": "time"}


SETTLED_AT = list(TURNS).index("settled_at")
STATUS = list(REVIEWS).index("status")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What was known at one moment; nothing in it changes afterwards.

    turns: a row a turn in the order of arrival, named as in the table `turn_facts`, `thread` as a number from 0.
    reviews: a row a review, with `turn` as the row of its turn in `turns`, -1 if that is not known.
    ratings: a row a rating, with `turn` likewise. Amounts are minor units, -1 where there is none.
    node_ms: milliseconds, shape (turns, nodes), NaN where a node did not run; `nodes` names them.
    """

    turns: pd.DataFrame
    reviews: pd.DataFrame
    ratings: pd.DataFrame
    node_ms: npt.NDArray[np.float32]
    nodes: tuple[str, ...]
    read_at: datetime


class FactBook:
    """Keeps the facts of one desk at hand for a process; safe to use from several threads."""

    def __init__(self, database: Database, nodes: Sequence[str]) -> None:
        """Nothing is read yet; `nodes` are the graph's steps whose times are wanted."""
        self._database = database
        self._nodes = tuple(nodes)
        self._lock = Lock()
        self._made: Facts | None = None
        self._forget()

    def read(self, now: datetime) -> Facts:
        """Everything that is stored now; `now` only dates the result. Raises StorageError."""
        with self._lock:
            with self._database.read() as connection:
                if self._was_cut(connection):
                    self._forget()
                has_turns = self._read_turns(connection)
                has_more = [self._read_reviews(connection), self._read_ratings(connection)]
            if self._made is None or has_turns or any(has_more):
                turns = self._turn_frame() if self._made is None or has_turns else self._made.turns
                self._made = self._facts(turns, now)
            return replace(self._made, read_at=now)

    def _forget(self) -> None:
        self._turns = Columns(TURNS)
        self._reviews = Columns(REVIEWS)
        self._node_ms = np.empty((0, len(self._nodes)), dtype=np.float32)
        self._unsettled: list[int] = []
        self._open: dict[int, Row[*tuple[Any, ...]]] = {}
        self._ratings: dict[int, tuple[int, str]] = {}
        self._last_rated = ""
        self._made = None

    def _was_cut(self, connection: Connection) -> bool:
        """Whether rows that are known here are gone, as when demo data was removed."""
        known = len(self._turns)
        if not known:
            return False
        frame = self._turns.frame()
        marks = {int(frame.seq.iloc[-1]), *(int(seq) for seq in frame.seq[frame.demo].tail(1))}
        found = select(func.count()).select_from(turn_facts).where(turn_facts.c.seq.in_(marks))
        return connection.execute(found).scalar_one() < len(marks)

    def _read_turns(self, connection: Connection) -> bool:
        before = len(self._turns)
        columns = [turn_facts.c[name] for name in TURNS]
        wanted = select(*columns, turn_facts.c.node_ms).order_by(turn_facts.c.seq)
        changed = list(_among(connection, wanted, turn_facts.c.seq, self._unsettled))
        settled = [row for row in changed if row[SETTLED_AT] is not None]
        self._turns.replace([row[:-1] for row in settled])
        self._retime(settled)
        last = self._last(self._turns)
        for part in _parts(connection, wanted.where(turn_facts.c.seq > last)):
            self._turns.append(part)
            self._node_ms = np.concatenate([self._node_ms, unfolded([row[-1] for row in part], self._nodes)])
            self._unsettled += [row[0] for row in part if row[SETTLED_AT] is None]
        done = {row[0] for row in settled}
        self._unsettled = [seq for seq in self._unsettled if seq not in done]
        return bool(settled) or len(self._turns) > before

    def _retime(self, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            places = np.searchsorted(self._turns.frame().seq.to_numpy(), [row[0] for row in rows])
            self._node_ms = self._node_ms.copy()
            self._node_ms[places] = unfolded([row[-1] for row in rows], self._nodes)

    def _read_reviews(self, connection: Connection) -> bool:
        before = len(self._reviews)
        wanted = _reviews_with_money().order_by(reviews.c.seq)
        again = _among(connection, wanted, reviews.c.seq, list(self._open))
        changed = [row for row in again if row != self._open[row[0]]]
        self._reviews.replace(changed)
        self._note_open(changed)
        for part in _parts(connection, wanted.where(reviews.c.seq > self._last(self._reviews))):
            self._reviews.append(part)
            self._note_open(part)
        return bool(changed) or len(self._reviews) > before

    def _note_open(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
        for row in rows:
            self._open[row[0]] = row
            if row[STATUS] in FINAL:
                del self._open[row[0]]

    def _read_ratings(self, connection: Connection) -> bool:
        """Ratings may be changed, so those of the last moment are read once more."""
        wanted = (
            select(turn_facts.c.seq, ratings.c.rating, ratings.c.at)
            .join(turn_facts, turn_facts.c.turn_id == ratings.c.turn_id)
            .where(ratings.c.at >= self._last_rated)
        )
        found = {row[0]: (row[1], row[2]) for part in _parts(connection, wanted) for row in part}
        news = any(self._ratings.get(seq) != said for seq, said in found.items())
        self._ratings |= found
        self._last_rated = max((at for _, at in found.values()), default=self._last_rated)
        return news

    def _turn_frame(self) -> pd.DataFrame:
        turns = self._turns.frame()
        turns["is_guest"] = turns.customer_id.to_numpy() == hash(GUEST)
        turns["thread"] = pd.factorize(turns.pop("thread_id"))[0].astype(np.int32)
        return turns

    def _facts(self, turns: pd.DataFrame, now: datetime) -> Facts:
        seqs = turns.seq.to_numpy()
        seen = self._reviews.frame()
        seen["turn"] = _places(seqs, seen.pop("turn_seq").to_numpy())
        rated = Columns(RATINGS)
        rated.append([(seq, *self._ratings[seq]) for seq in sorted(self._ratings)])
        given = rated.frame()
        given["turn"] = _places(seqs, given.pop("turn_seq").to_numpy())
        return Facts(turns=turns, reviews=seen, ratings=given, node_ms=self._node_ms, nodes=self._nodes, read_at=now)

    @staticmethod
    def _last(columns: Columns) -> int:
        return int(columns.frame().seq.iloc[-1]) if len(columns) else 0


def _reviews_with_money() -> Select[Any]:
    """Reviews with what was approved, by the seat that counts, and what was issued."""
    first = (
        select(decisions.c.review_id, decisions.c.amount_minor, decisions.c.changes)
        .where(decisions.c.withdrawn_at.is_(None), decisions.c.seat == 1)
        .subquery()
    )
    paid = select(ledger.c.key, ledger.c.amount_minor).where(ledger.c.paid_at.is_not(None)).subquery()
    computed = {
        "turn_seq": turn_facts.c.seq,
        "approved_minor": first.c.amount_minor,
        "issued_minor": paid.c.amount_minor,
        "changed": first.c.changes != "[]",
    }
    columns = [computed[name].label(name) if name in computed else reviews.c[name] for name in REVIEWS]
    return (
        select(*columns)
        .outerjoin(turn_facts, turn_facts.c.turn_id == reviews.c.turn_id)
        .outerjoin(first, first.c.review_id == reviews.c.review_id)
        .outerjoin(paid, paid.c.key == literal("refund:").concat(reviews.c.review_id))
    )


def _parts(connection: Connection, wanted: Select[Any]) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    yield from connection.execution_options(yield_per=PART).execute(wanted).partitions(PART)


def _among(
    connection: Connection, wanted: Select[Any], key: ColumnElement[int], values: Sequence[int]
) -> Iterator[Row[*tuple[Any, ...]]]:
    for start in range(0, len(values), FEW):
        yield from connection.execute(wanted.where(key.in_(values[start : start + FEW])))


def _places(sorted_seqs: npt.NDArray[np.int64], wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Where each wanted number stands, -1 if nowhere."""
    places = np.searchsorted(sorted_seqs, wanted)
    known = places < len(sorted_seqs)
    known[known] = sorted_seqs[places[known]] == wanted[known]
    return np.where(known, places, -1)
