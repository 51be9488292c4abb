"""Reviews: one row per pause of a thread. The queue reads this table and never the checkpoints."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, insert, or_, select, update

from agent.canonical import canonical_json
from agent.model import (
    Money,
    Review,
    ReviewStatus,
)
from agent.model.reviews import OPEN
from agent.names import subject_key
from agent.store.decisions import standing_decisions
from agent.store.tables import reviews

DECIDED: tuple[ReviewStatus, ...] = (
    "approved",
    "edited",
    "denied",
    "responded",
    "taken_over",
    "rejected",
    "expired",
)
"""Statuses of a review that is decided and waits for its thread to be resumed."""

REQUEST_CHARS = 300


class OpenReview(NamedTuple):
    """A review that is not applied yet, as the reconciler needs it."""

    review_id: str
    thread_id: str
    status: ReviewStatus
    is_under_way: bool = False
    """Approved by one person, on its way to the gate where it waits for the other."""


def add_review(connection: Connection, review: Review) -> bool:
    """Write the row of a pause; False if this interrupt has its row already."""
    known = connection.execute(
        select(reviews.c.seq).where(
            reviews.c.thread_id == review.thread_id, reviews.c.interrupt_id == review.interrupt_id
        )
    ).first()
    if known is not None:
        return False
    evidence = review.evidence
    refund = evidence.refund
    connection.execute(
        insert(reviews).values(
            review_id=review.review_id,
            thread_id=review.thread_id,
            turn_id=review.turn_id,
            interrupt_id=review.interrupt_id,
            kind=review.kind,
            status=review.status,
            priority=review.priority,
            due_at=review.due_at,
            expires_at=review.expires_at,
            created_at=review.created_at,
            requester=review.requester,
            request=evidence.request[:REQUEST_CHARS],
            order_number=refund.order_number if refund else None,
            amount_minor=review.amount.minor if review.amount else None,
            currency=review.amount.currency if review.amount else None,
            recommendation=review.recommendation,
            clauses=canonical_json([clause.model_dump() for clause in evidence.clauses]),
            payload=canonical_json(review.payload),
            payload_sha256=review.payload_sha256,
            graph_version=review.graph_version,
            team=review.team,
            reason=review.reason,
            look_alike=review.look_alike,
            check_case=review.check_case,
        )
    )
    return True


def get_review(connection: Connection, review_id: str) -> Review | None:
    """The review, None if there is none of this id."""
    row = connection.execute(select(reviews).where(reviews.c.review_id == review_id)).mappings().first()
    return None if row is None else _review(connection, row)


def is_applied(connection: Connection, review_id: str) -> bool:
    """Whether the review's decision has been carried out, as far as it can be before a second person confirms it."""
    row = connection.execute(
        select(reviews.c.status, reviews.c.second_interrupt_id, reviews.c.held_until).where(
            reviews.c.review_id == review_id
        )
    ).one()
    reopened_or_held = row.status == "pending" or row.held_until is not None
    parked = row.status == "awaiting_second" and row.second_interrupt_id is not None
    return row.status == "applied" or parked or reopened_or_held


def pending_review(connection: Connection, thread_id: str) -> str | None:
    """The id of the review that a thread waits for: undecided, or decided but not applied yet."""
    found = connection.execute(
        select(reviews.c.review_id).where(reviews.c.thread_id == thread_id, reviews.c.status.in_((*OPEN, *DECIDED)))
    ).scalar()
    return None if found is None else str(found)


def open_reviews(connection: Connection, statuses: Sequence[ReviewStatus]) -> list[OpenReview]:
    """All reviews in these statuses, without their evidence."""
    rows = connection.execute(
        select(reviews.c.review_id, reviews.c.thread_id, reviews.c.status, reviews.c.second_interrupt_id).where(
            reviews.c.status.in_(statuses)
        )
    )
    return [
        OpenReview(
            row.review_id,
            row.thread_id,
            row.status,
            row.status == "awaiting_second" and row.second_interrupt_id is None,
        )
        for row in rows
    ]


def to_be_applied(now: str) -> ColumnElement[bool]:
    """Decisions that have not reached the graph yet and may: those that can still be called back are left alone."""
    behind = or_(
        reviews.c.status.in_(DECIDED),
        and_(reviews.c.status == "awaiting_second", reviews.c.second_interrupt_id.is_(None)),
    )
    return and_(behind, or_(reviews.c.held_until.is_(None), reviews.c.held_until <= now))


def release_due(connection: Connection, thread_id: str, *, now: str) -> list[Review]:
    """Decisions of a thread that are to be carried out now; from here on nobody can call them back."""
    due = [reviews.c.thread_id == thread_id, to_be_applied(now)]
    connection.execute(update(reviews).where(*due, reviews.c.held_until.is_not(None)).values(held_until=None))
    rows = connection.execute(select(reviews).where(*due).order_by(reviews.c.seq)).mappings().all()
    return [_review(connection, row) for row in rows]


def expired_reviews(connection: Connection, *, now: str) -> list[str]:
    """Undecided reviews past their end."""
    rows = connection.execute(
        select(reviews.c.review_id).where(reviews.c.status.in_(OPEN), reviews.c.expires_at <= now)
    )
    return [row.review_id for row in rows]


def close_review(  # noqa: PLR0913  one keyword per column
    connection: Connection,
    review: Review,
    *,
    status: ReviewStatus,
    subject: str,
    action: str,
    at: str,
    claimant: str = "",
    held_until: str | None = None,
) -> bool:
    """Compare and set: decide the review if it is still as it was read.

    It must be open in the same way, unchanged, not past its end, not asked for by the same person, and not worked on
    by somebody else.
    """
    claims = or_(reviews.c.claimed_by.is_(None), reviews.c.claimed_until <= at, reviews.c.claimed_by == claimant)
    in_time = and_(reviews.c.expires_at > at, claims)
    decided = connection.execute(
        update(reviews)
        .where(
            reviews.c.review_id == review.review_id,
            reviews.c.status == review.status,
            reviews.c.payload_sha256 == review.payload_sha256,
            func.lower(func.trim(reviews.c.requester)) != subject_key(subject),
            (reviews.c.expires_at <= at) if action == "expire" else in_time,
        )
        .values(
            status=status,
            decided_at=at,
            decided_by=subject,
            decided_action=action,
            held_until=held_until,
            claimed_by=None,
            claimed_until=None,
        )
    )
    return decided.rowcount == 1


def reopen_review(connection: Connection, review: Review, *, subject: str) -> bool:
    """Compare and set: take a decision back that has not been carried out; False if it is too late."""
    first = review.first if review.status != "awaiting_second" else None
    reopened = connection.execute(
        update(reviews)
        .where(
            reviews.c.review_id == review.review_id,
            reviews.c.status == review.status,
            reviews.c.held_until.is_not(None),
            reviews.c.decided_by == subject,
        )
        .values(
            status="awaiting_second" if first else "pending",
            held_until=None,
            decided_at=first.decided_at if first else None,
            decided_by=first.subject if first else None,
            decided_action=first.action if first else None,
        )
    )
    return reopened.rowcount == 1


def hold_no_longer(connection: Connection, review_id: str, *, subject: str, at: str) -> bool:
    """End the time in which a decision can be called back; False if it has ended or is somebody else's."""
    ended = connection.execute(
        update(reviews)
        .where(reviews.c.review_id == review_id, reviews.c.held_until.is_not(None), reviews.c.decided_by == subject)
        .values(held_until=at)
    )
    return ended.rowcount == 1


def set_second_gate(connection: Connection, review_id: str, interrupt_id: str) -> None:
    """The thread has passed its first gate and waits at the second one."""
    connection.execute(update(reviews).where(reviews.c.review_id == review_id).values(second_interrupt_id=interrupt_id))


def mark_applied(connection: Connection, review_id: str) -> None:
    """The decision has reached the graph."""
    connection.execute(update(reviews).where(reviews.c.review_id == review_id).values(status="applied"))


def _review(connection: Connection, row: RowMapping) -> Review:
    seats = [] if row["status"] == "pending" else standing_decisions(connection, row["review_id"])
    of_two = row["status"] == "awaiting_second" or len(seats) > 1
    return Review(
        review_id=row["review_id"],
        thread_id=row["thread_id"],
        turn_id=row["turn_id"],
        interrupt_id=row["interrupt_id"],
        kind=row["kind"],
        status=row["status"],
        priority=row["priority"],
        due_at=row["due_at"],
        expires_at=row["expires_at"],
        created_at=row["created_at"],
        requester=row["requester"],
        amount=money_of(row),
        recommendation=row["recommendation"],
        payload=json.loads(row["payload"]),
        payload_sha256=row["payload_sha256"],
        graph_version=row["graph_version"],
        team=row["team"],
        reason=row["reason"],
        look_alike=row["look_alike"],
        check_case=row["check_case"],
        claimed_by=row["claimed_by"],
        claimed_until=row["claimed_until"],
        held_until=row["held_until"],
        second_interrupt_id=row["second_interrupt_id"],
        first=seats[0] if of_two and seats else None,
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        decided_action=row["decided_action"],
    )


def money_of(row: RowMapping) -> Money | None:
    """The amount of a review's row, None if it is about none."""
    return None if row["amount_minor"] is None else Money(minor=row["amount_minor"], currency=row["currency"])
