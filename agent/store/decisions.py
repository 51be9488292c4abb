"""Decisions: what people decided. Payments read this table and never a checkpoint."""

from sqlalchemy import Connection, insert, select

from agent.errors import AlarmError
from agent.model import Decision, Identity, Money, StoredDecision
from agent.store.database import Database
from agent.store.tables import decisions


def add_decision(connection: Connection, decision: StoredDecision) -> None:
    """Keep a decision; a second one for the same review is refused by the primary key."""
    connection.execute(
        insert(decisions).values(
            review_id=decision.review_id,
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


class DecisionBook:
    """Reads decisions for the graph's nodes."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    def read(self, review_id: str) -> StoredDecision:
        """The decision on a review; raises AlarmError if there is none, because nobody should have asked then."""
        with self._database.read() as connection:
            row = connection.execute(select(decisions).where(decisions.c.review_id == review_id)).mappings().first()
        if row is None:
            message = f"Review {review_id} has no decision; nothing was paid and the thread stays paused."
            raise AlarmError(message)
        amount = None if row["amount_minor"] is None else Money(minor=row["amount_minor"], currency=row["currency"])
        return StoredDecision(
            review_id=row["review_id"],
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
        )
