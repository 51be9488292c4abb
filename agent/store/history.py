"""What was decided, by whom, when and on what: read from the decisions and their reviews."""

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, insert, or_, select

from agent.model import HistoryFilter, Money, PastDecision, Review, SecondLook
from agent.names import subject_key
from agent.store.decisions import from_row
from agent.store.reviews import get_review
from agent.store.tables import decisions, reviews, second_looks
from agent.timestamps import seconds_between

REVIEW_COLUMNS = [
    column.label(f"review_{column.name}")
    for column in (
        reviews.c.thread_id,
        reviews.c.kind,
        reviews.c.requester,
        reviews.c.order_number,
        reviews.c.request,
        reviews.c.amount_minor,
        reviews.c.currency,
        reviews.c.recommendation,
        reviews.c.status,
        reviews.c.created_at,
        reviews.c.check_case,
    )
]


def past_decisions(connection: Connection, wanted: HistoryFilter, *, limit: int, offset: int) -> list[PastDecision]:
    """The decisions that match, the latest first."""
    rows = connection.execute(
        select(decisions, *REVIEW_COLUMNS)
        .join(reviews, reviews.c.review_id == decisions.c.review_id)
        .where(*_conditions(wanted))
        .order_by(decisions.c.decided_at.desc(), decisions.c.decision_id.desc())
        .limit(limit)
        .offset(offset)
    ).mappings()
    return [_past(row) for row in rows]


def count_decisions(connection: Connection, wanted: HistoryFilter) -> int:
    """How many decisions match."""
    found = (
        select(func.count())
        .select_from(decisions.join(reviews, reviews.c.review_id == decisions.c.review_id))
        .where(*_conditions(wanted))
    )
    return int(connection.execute(found).scalar_one())


def _conditions(wanted: HistoryFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.subject:
        conditions.append(decisions.c.subject_key == subject_key(wanted.subject))
    if wanted.actions:
        conditions.append(decisions.c.action.in_(wanted.actions))
    if wanted.kinds:
        conditions.append(reviews.c.kind.in_(wanted.kinds))
    if wanted.since is not None:
        conditions.append(decisions.c.decided_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(decisions.c.decided_at < wanted.until)
    if wanted.search:
        looked_at = (
            reviews.c.request,
            reviews.c.requester,
            reviews.c.order_number,
            reviews.c.review_id,
            decisions.c.note,
            decisions.c.subject,
        )
        conditions.append(or_(*(column.icontains(wanted.search, autoescape=True) for column in looked_at)))
    return conditions


def _past(row: RowMapping) -> PastDecision:
    decision = from_row(row)
    minor = row["review_amount_minor"]
    return PastDecision(
        decision=decision,
        thread_id=row["review_thread_id"],
        kind=row["review_kind"],
        requester=row["review_requester"],
        order_number=row["review_order_number"],
        request=row["review_request"],
        proposed=None if minor is None else Money(minor=minor, currency=row["review_currency"]),
        recommendation=row["review_recommendation"],
        review_status=row["review_status"],
        withdrawn_at=row["withdrawn_at"],
        waited_s=round(seconds_between(row["review_created_at"], decision.decided_at), 1),
        looked_s=round(seconds_between(decision.seen_at, decision.decided_at), 1) if decision.seen_at else None,
        is_check_case=row["review_check_case"] is not None,
    )


def add_second_look(connection: Connection, look: SecondLook) -> bool:
    """Keep a second look; False if this person has given one on this review already."""
    known = connection.execute(
        select(second_looks.c.at).where(
            second_looks.c.review_id == look.review_id, second_looks.c.subject_key == subject_key(look.subject)
        )
    ).first()
    if known is None:
        connection.execute(insert(second_looks).values(**look.model_dump(), subject_key=subject_key(look.subject)))
    return known is None


def next_second_look(connection: Connection, subject: str) -> Review | None:
    """A decided refund for this person to look at: neither decided nor looked at by them, those without a look first.

    Among the latest hundred, in an order that nobody can choose.
    """
    key = subject_key(subject)
    looked = select(second_looks.c.review_id).where(second_looks.c.subject_key == key)
    decided = select(decisions.c.review_id).where(decisions.c.subject_key == key)
    others = select(func.count()).where(second_looks.c.review_id == reviews.c.review_id).scalar_subquery()
    latest = (
        select(reviews.c.review_id, reviews.c.payload_sha256, others.label("looks"))
        .where(
            reviews.c.kind == "refund",
            reviews.c.status == "applied",
            reviews.c.check_case.is_(None),
            reviews.c.decided_action.in_(("approve", "edit", "deny")),
            reviews.c.review_id.not_in(looked),
            reviews.c.review_id.not_in(decided),
        )
        .order_by(reviews.c.decided_at.desc())
        .limit(100)
        .subquery()
    )
    found = connection.execute(
        select(latest.c.review_id).order_by(latest.c.looks, latest.c.payload_sha256).limit(1)
    ).scalar()
    return None if found is None else get_review(connection, str(found))


def verdict_pairs(connection: Connection, since: str) -> list[tuple[str, bool, bool]]:
    """For each second look: key of who decided, whether they approved, whether the second look would have."""
    rows = connection.execute(
        select(decisions.c.subject_key, decisions.c.action, second_looks.c.verdict)
        .join(
            second_looks,
            and_(second_looks.c.review_id == decisions.c.review_id, decisions.c.withdrawn_at.is_(None)),
        )
        .where(decisions.c.seat == 1, decisions.c.decided_at >= since)
    )
    return [(row.subject_key, row.action in {"approve", "edit"}, row.verdict == "approve") for row in rows]
