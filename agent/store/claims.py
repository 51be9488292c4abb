"""Claims: who works on a review. A lease beside the review that others see, and that ends by itself."""

from sqlalchemy import Connection, func, insert, or_, select, update

from agent.model.reviews import OPEN
from agent.names import subject_key
from agent.store.tables import reviews, views


def take_claim(connection: Connection, review_id: str, subject: str, *, now: str, until: str) -> bool:
    """Claim an open review, or renew one's claim; False if it is closed or somebody else works on it."""
    free = or_(reviews.c.claimed_by.is_(None), reviews.c.claimed_until <= now, reviews.c.claimed_by == subject)
    taken = connection.execute(
        update(reviews)
        .where(reviews.c.review_id == review_id, reviews.c.status.in_(OPEN), free)
        .values(
            claimed_by=subject,
            claimed_until=until,
            first_claimed_at=func.coalesce(reviews.c.first_claimed_at, now),
        )
    )
    return taken.rowcount == 1


def release_claim(connection: Connection, review_id: str, subject: str | None) -> bool:
    """Give a claim back; with `subject` only that person's. False if there was none to give back."""
    mine = [reviews.c.claimed_by == subject] if subject is not None else [reviews.c.claimed_by.is_not(None)]
    released = connection.execute(
        update(reviews).where(reviews.c.review_id == review_id, *mine).values(claimed_by=None, claimed_until=None)
    )
    return released.rowcount == 1


def note_view(connection: Connection, review_id: str, subject: str, *, at: str) -> None:
    """Remember when this person first had the evidence on the screen."""
    if first_view(connection, review_id, subject) is None:
        connection.execute(insert(views).values(review_id=review_id, subject_key=subject_key(subject), seen_at=at))


def first_view(connection: Connection, review_id: str, subject: str) -> str | None:
    """When this person first saw the review, None if never on a page."""
    found = connection.execute(
        select(views.c.seen_at).where(views.c.review_id == review_id, views.c.subject_key == subject_key(subject))
    ).scalar()
    return None if found is None else str(found)
