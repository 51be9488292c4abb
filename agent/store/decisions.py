"""Decisions: what people decided. Payments read this table and never a checkpoint."""

import json

from sqlalchemy import Connection, RowMapping, insert, select, update

from agent.canonical import canonical_json
from agent.errors import AlarmError
from agent.model import Change, Decision, Identity, Money, StoredDecision
from agent.names import subject_key
from agent.store.database import Database
from agent.store.tables import decisions


def add_decision(connection: Connection, decision: StoredDecision) -> None:
    """Keep a decision; the database refuses a second one on the same seat, or by the same person on another."""
    connection.execute(
        insert(decisions).values(
            review_id=decision.review_id,
            seat=decision.seat,
            subject_key=subject_key(decision.subject),
            seen_at=decision.seen_at,
            changes=canonical_json([change.model_dump() for change in decision.changes]),
            action=decision.action,
            reason=decision.reason,
            note=decision.note,
            amount_minor=decision.amount.minor if decision.amount else None,
            currency=decision.amount.currency if decision.amount else None,
            reply=decision.reply,
            subject=decision.subject,
            role=decision.role,
            source=decision.source,
            payload_sha256=decision.payload_sha256,
            decided_at=decision.decided_at,
        )
    )


def stored(review_id: str, decision: Decision, identity: Identity, *, payload_sha256: str, at: str) -> StoredDecision:
    """The decision with who took it and when."""
    return StoredDecision(
        review_id=review_id,
        action=decision.action,
        reason=decision.reason,
        note=decision.note,
        amount=decision.amount,
        reply=decision.reply,
        subject=identity.subject,
        role=identity.role,
        source=identity.source,
        payload_sha256=payload_sha256,
        decided_at=at,
    )


def withdraw(connection: Connection, review_id: str, seat: int, *, at: str) -> None:
    """A decision that was called back stays on record and no longer counts."""
    connection.execute(
        update(decisions)
        .where(decisions.c.review_id == review_id, decisions.c.seat == seat, decisions.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )


def standing_decisions(connection: Connection, review_id: str) -> list[StoredDecision]:
    """The decisions on a review that count, by seat."""
    rows = connection.execute(
        select(decisions)
        .where(decisions.c.review_id == review_id, decisions.c.withdrawn_at.is_(None))
        .order_by(decisions.c.seat)
    ).mappings()
    return [from_row(row) for row in rows]


def from_row(row: RowMapping) -> StoredDecision:
    """A row of the table as a value."""
    amount = None if row["amount_minor"] is None else Money(minor=row["amount_minor"], currency=row["currency"])
    return StoredDecision(
        review_id=row["review_id"],
        seat=row["seat"],
        action=row["action"],
        reason=row["reason"],
        note=row["note"],
        amount=amount,
        reply=row["reply"],
        subject=row["subject"],
        role=row["role"],
        source=row["source"],
        payload_sha256=row["payload_sha256"],
        decided_at=row["decided_at"],
        seen_at=row["seen_at"],
        changes=tuple(Change.model_validate(change) for change in json.loads(row["changes"])),
    )


class DecisionBook:
    """Reads decisions for the graph's nodes."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    def read(self, review_id: str) -> StoredDecision:
        """The decision that counts: the second person's where there are two. Raises AlarmError if there is none."""
        return self.seats(review_id)[-1]

    def seats(self, review_id: str) -> tuple[StoredDecision, ...]:
        """Every decision that counts, by seat; raises AlarmError if there is none: nobody should have asked then."""
        with self._database.read() as connection:
            standing = standing_decisions(connection, review_id)
        if not standing:
            message = f"Review {review_id} has no decision; nothing was paid and the thread stays paused."
            raise AlarmError(message)
        return tuple(standing)
