"""The queue of reviews: pages of it, what it adds up to, and cases that look alike."""

import json
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, or_, select

from agent.forecast import clear_in_s
from agent.model import Clause, LookAlikes, Money, QueueCounts, QueueFilter, ReviewSummary
from agent.model.reviews import OPEN
from agent.store.reviews import money_of
from agent.store.tables import audit, reviews
from agent.timestamps import later, seconds_between


def _conditions(wanted: QueueFilter, now: str) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        column.in_(values)
        for column, values in (
            (reviews.c.status, wanted.statuses),
            (reviews.c.kind, wanted.kinds),
            (reviews.c.priority, wanted.priorities),
            (reviews.c.recommendation, wanted.recommendations),
            (reviews.c.team, wanted.teams),
            (reviews.c.reason, wanted.reasons),
        )
        if values
    ]
    for limit, holds in (
        (wanted.min_minor, lambda least: reviews.c.amount_minor >= least),
        (wanted.max_minor, lambda most: reviews.c.amount_minor <= most),
        (wanted.look_alike, lambda key: reviews.c.look_alike == key),
        (wanted.claimed_by, lambda name: and_(reviews.c.claimed_by == name, reviews.c.claimed_until > now)),
        (wanted.min_age_h, lambda hours: reviews.c.created_at <= later(now, timedelta(hours=-hours))),
        (wanted.max_age_h, lambda hours: reviews.c.created_at > later(now, timedelta(hours=-hours))),
    ):
        if limit is not None:
            conditions.append(holds(limit))
    if wanted.search:
        looked_at = (reviews.c.request, reviews.c.requester, reviews.c.order_number, reviews.c.review_id)
        conditions.append(or_(*(column.icontains(wanted.search, autoescape=True) for column in looked_at)))
    return conditions


SUMMARY_COLUMNS = [column for column in reviews.c if column.name != "payload"]


def queue_page(
    connection: Connection, wanted: QueueFilter, *, limit: int, offset: int, now: str
) -> list[ReviewSummary]:
    """A page of the queue: what is due first comes first; equal due times by arrival."""
    # a late page first finds its rows in the index alone, and then reads only those
    page = (
        select(reviews.c.seq)
        .where(*_conditions(wanted, now))
        .order_by(reviews.c.due_at, reviews.c.seq)
        .limit(limit)
        .offset(offset)
    )
    query: Select[tuple[object, ...]] = (
        select(*SUMMARY_COLUMNS)
        .where(reviews.c.seq.in_(page.scalar_subquery()))
        .order_by(reviews.c.due_at, reviews.c.seq)
    )
    return [_summary(row, now) for row in connection.execute(query).mappings()]


def _summary(row: RowMapping, now: str) -> ReviewSummary:
    claimed = row["claimed_until"] is not None and row["claimed_until"] > now
    return ReviewSummary(
        review_id=row["review_id"],
        thread_id=row["thread_id"],
        kind=row["kind"],
        status=row["status"],
        priority=row["priority"],
        amount=money_of(row),
        recommendation=row["recommendation"],
        request=row["request"],
        requester=row["requester"],
        order_number=row["order_number"],
        due_at=row["due_at"],
        expires_at=row["expires_at"],
        created_at=row["created_at"],
        due_in_s=round(seconds_between(now, row["due_at"])),
        age_s=round(seconds_between(row["created_at"], now)),
        clauses=tuple(Clause.model_validate(clause) for clause in json.loads(row["clauses"])),
        team=row["team"],
        reason=row["reason"],
        look_alike=row["look_alike"],
        payload_sha256=row["payload_sha256"],
        claimed_by=row["claimed_by"] if claimed else None,
        claimed_until=row["claimed_until"] if claimed else None,
        held_until=row["held_until"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
        decided_action=row["decided_action"],
    )


AGES_H = (1, 4, 8, 24)
LATELY_H = 2.0
"""Over how many hours the pace of deciding is measured."""


def queue_counts(connection: Connection, *, now: str) -> QueueCounts:
    """Figures over the open reviews; amounts in other currencies than USD are left out of the sum."""
    created = reviews.c.created_at
    younger = [
        func.count().filter(created > later(now, timedelta(hours=-hours))).label(f"younger_{hours}") for hours in AGES_H
    ]
    row = connection.execute(
        select(
            func.count().label("pending"),
            func.coalesce(func.sum(reviews.c.amount_minor).filter(reviews.c.currency == "USD"), 0).label("minor"),
            func.min(created).label("oldest"),
            func.count().filter(reviews.c.due_at < now).label("overdue"),
            *younger,
        ).where(reviews.c.status.in_(OPEN))
    ).one()
    up_to = [0, *(getattr(row, f"younger_{hours}") for hours in AGES_H), row.pending]
    one, four, eight, day, older = (after - before for before, after in pairwise(up_to))
    since = later(now, timedelta(hours=-LATELY_H))
    decided = connection.execute(select(func.count()).where(reviews.c.decided_at > since)).scalar_one()
    opened = connection.execute(select(func.count()).where(created > since)).scalar_one()
    newest = connection.execute(select(func.coalesce(func.max(audit.c.seq), 0))).scalar_one()
    return QueueCounts(
        pending=row.pending,
        overdue=row.overdue,
        amount=Money(minor=row.minor),
        oldest_s=round(seconds_between(row.oldest, now)) if row.oldest else 0,
        ageing=(one, four, eight, day, older),
        decided_lately=decided,
        opened_lately=opened,
        lately_h=LATELY_H,
        clear_in_s=clear_in_s(row.pending, decided, opened, LATELY_H),
        latest_seq=newest,
    )


def look_alikes(connection: Connection, *, now: str, limit: int, rows: int) -> list[LookAlikes]:
    """Groups of at least two open refunds that the rules judge alike, the largest first, each with its first rows."""
    count = func.count().label("count")
    groups = connection.execute(
        select(
            reviews.c.look_alike,
            reviews.c.recommendation,
            reviews.c.currency,
            count,
            func.sum(reviews.c.amount_minor).label("minor"),
        )
        .where(reviews.c.status == "pending", reviews.c.look_alike != "", reviews.c.expires_at > now)
        .group_by(reviews.c.look_alike, reviews.c.recommendation, reviews.c.currency)
        .having(count > 1)
        .order_by(count.desc(), reviews.c.look_alike)
        .limit(limit)
    ).all()
    found = []
    for group in groups:
        wanted = QueueFilter(statuses=("pending",), look_alike=group.look_alike)
        found.append(
            LookAlikes(
                key=group.look_alike,
                recommendation=group.recommendation,
                count=group.count,
                amount=Money(minor=group.minor, currency=group.currency),
                rows=tuple(queue_page(connection, wanted, limit=rows, offset=0, now=now)),
            )
        )
    return found
