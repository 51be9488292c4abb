"""Reviews: one row per pause of a thread. The queue reads this table and never the checkpoints."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, insert, or_, select, update

from agent.canonical import canonical_json
from agent.model import (
    Clause,
    Money,
    QueueCounts,
    QueueFilter,
    Review,
    ReviewStatus,
    ReviewSummary,
)
from agent.store.tables import audit, reviews
from agent.timestamps import seconds_between

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
        )
    )
    return True


def get_review(connection: Connection, review_id: str) -> Review | None:
    """The review, None if there is none of this id."""
    row = connection.execute(select(reviews).where(reviews.c.review_id == review_id)).mappings().first()
    return None if row is None else _review(row)


def is_applied(connection: Connection, review_id: str) -> bool:
    """Whether the review's decision has been carried out."""
    status = connection.execute(select(reviews.c.status).where(reviews.c.review_id == review_id)).scalar()
    return status == "applied"


def pending_review(connection: Connection, thread_id: str) -> str | None:
    """The id of the review that a thread waits for: undecided, or decided but not applied yet."""
    found = connection.execute(
        select(reviews.c.review_id).where(reviews.c.thread_id == thread_id, reviews.c.status.in_(("pending", *DECIDED)))
    ).scalar()
    return None if found is None else str(found)


def open_reviews(connection: Connection, statuses: Sequence[ReviewStatus]) -> list[OpenReview]:
    """All reviews in these statuses, without their evidence."""
    rows = connection.execute(
        select(reviews.c.review_id, reviews.c.thread_id, reviews.c.status).where(reviews.c.status.in_(statuses))
    )
    return [OpenReview(row.review_id, row.thread_id, row.status) for row in rows]


def unapplied_reviews(connection: Connection, thread_id: str) -> list[Review]:
    """Decided reviews of a thread whose decision has not reached the graph yet."""
    rows = connection.execute(
        select(reviews).where(reviews.c.thread_id == thread_id, reviews.c.status.in_(DECIDED)).order_by(reviews.c.seq)
    ).mappings()
    return [_review(row) for row in rows]


def expired_reviews(connection: Connection, *, now: str) -> list[str]:
    """Undecided reviews past their end."""
    rows = connection.execute(
        select(reviews.c.review_id).where(reviews.c.status == "pending", reviews.c.expires_at <= now)
    )
    return [row.review_id for row in rows]


def close_review(
    connection: Connection,
    review_id: str,
    *,
    status: ReviewStatus,
    payload_sha256: str,
    subject: str,
    action: str,
    at: str,
) -> bool:
    """Compare and set: decide the review if it is still pending, unchanged, and not asked for by the same person."""
    decided = connection.execute(
        update(reviews)
        .where(
            reviews.c.review_id == review_id,
            reviews.c.status == "pending",
            reviews.c.payload_sha256 == payload_sha256,
            reviews.c.requester != subject,
            (reviews.c.expires_at > at) if action != "expire" else (reviews.c.expires_at <= at),
        )
        .values(status=status, decided_at=at, decided_by=subject, decided_action=action)
    )
    return decided.rowcount == 1


def mark_applied(connection: Connection, review_id: str) -> None:
    """The decision has reached the graph."""
    connection.execute(update(reviews).where(reviews.c.review_id == review_id).values(status="applied"))


def _review(row: RowMapping) -> Review:
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
        amount=_money(row),
        recommendation=row["recommendation"],
        payload=json.loads(row["payload"]),
        payload_sha256=row["payload_sha256"],
        graph_version=row["graph_version"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        decided_action=row["decided_action"],
    )


def _money(row: RowMapping) -> Money | None:
    return None if row["amount_minor"] is None else Money(minor=row["amount_minor"], currency=row["currency"])


def _conditions(wanted: QueueFilter) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for column, values in (
        (reviews.c.status, wanted.statuses),
        (reviews.c.kind, wanted.kinds),
        (reviews.c.priority, wanted.priorities),
        (reviews.c.recommendation, wanted.recommendations),
    ):
        if values:
            conditions.append(column.in_(values))
    if wanted.min_minor is not None:
        conditions.append(reviews.c.amount_minor >= wanted.min_minor)
    if wanted.max_minor is not None:
        conditions.append(reviews.c.amount_minor <= wanted.max_minor)
    if wanted.search:
        looked_at = (reviews.c.request, reviews.c.requester, reviews.c.order_number)
        conditions.append(or_(*(column.icontains(wanted.search, autoescape=True) for column in looked_at)))
    return conditions


SUMMARY_COLUMNS = [column for column in reviews.c if column.name != "payload"]


def queue_page(
    connection: Connection, wanted: QueueFilter, *, limit: int, offset: int, now: str
) -> list[ReviewSummary]:
    """A page of the queue: what is due first comes first; equal due times by arrival."""
    query: Select[tuple[object, ...]] = (
        select(*SUMMARY_COLUMNS)
        .where(*_conditions(wanted))
        .order_by(reviews.c.due_at, reviews.c.seq)
        .limit(limit)
        .offset(offset)
    )
    return [_summary(row, now) for row in connection.execute(query).mappings()]


def _summary(row: RowMapping, now: str) -> ReviewSummary:
    return ReviewSummary(
        review_id=row["review_id"],
        thread_id=row["thread_id"],
        kind=row["kind"],
        status=row["status"],
        priority=row["priority"],
        amount=_money(row),
        recommendation=row["recommendation"],
        request=row["request"],
        requester=row["requester"],
        order_number=row["order_number"],
        due_at=row["due_at"],
        created_at=row["created_at"],
        due_in_s=round(seconds_between(now, row["due_at"])),
        age_s=round(seconds_between(row["created_at"], now)),
        clauses=tuple(Clause.model_validate(clause) for clause in json.loads(row["clauses"])),
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        decided_action=row["decided_action"],
    )


def queue_counts(connection: Connection, *, now: str) -> QueueCounts:
    """Figures over the pending reviews; amounts in other currencies than USD are left out of the sum."""
    row = connection.execute(
        select(
            func.count().label("pending"),
            func.coalesce(func.sum(reviews.c.amount_minor).filter(reviews.c.currency == "USD"), 0).label("minor"),
            func.min(reviews.c.created_at).label("oldest"),
            func.count().filter(reviews.c.due_at < now).label("overdue"),
        ).where(reviews.c.status == "pending")
    ).one()
    newest = connection.execute(select(func.coalesce(func.max(audit.c.seq), 0))).scalar_one()
    return QueueCounts(
        pending=row.pending,
        overdue=row.overdue,
        amount=Money(minor=row.minor),
        oldest_s=round(seconds_between(row.oldest, now)) if row.oldest else 0,
        latest_seq=newest,
    )
