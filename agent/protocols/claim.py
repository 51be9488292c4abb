"""Claim: say that one works on a review, for a while, so that nobody else does the same work."""

from datetime import timedelta

from agent.backoffice import Backoffice
from agent.errors import ConflictError
from agent.model import Identity, Review
from agent.names import as_spelled
from agent.protocols.authority import DECIDERS, LEADERS, authorise
from agent.protocols.decide import get_review
from agent.protocols.refusals import refuse_closed
from agent.store import claims, reviews
from agent.timestamps import later


def claim(office: Backoffice, review_id: str, identity: Identity) -> Review:
    """Claim a review, or renew one's claim. Raises ConflictError if it is closed or somebody else works on it."""
    review = get_review(office, review_id)
    now = office.now()
    until = later(now, timedelta(minutes=office.policy().claim_minutes))
    with office.database.write_soon() as connection:
        who = authorise(office, connection, identity, DECIDERS, "claim reviews")
        review = reviews.get_review(connection, review_id) or review
        refuse_closed(office, review, who.subject, None)
        mine = as_spelled(review.claimed_by, who.subject)
        taken = claims.take_claim(connection, review_id, mine, now=now, until=until)
    review = get_review(office, review_id)
    if not taken:
        message = f"Review {review_id} changed at the same moment; it is not claimed. Try again."
        raise ConflictError(message)
    return review


def release(office: Backoffice, review_id: str, identity: Identity) -> Review:
    """Give a claim back; leads give back anybody's. Raises ConflictError if it is not this person's to give back."""
    review = get_review(office, review_id)
    with office.database.write_soon() as connection:
        who = authorise(office, connection, identity, DECIDERS, "release claims")
        mine = as_spelled((reviews.get_review(connection, review_id) or review).claimed_by, who.subject)
        released = claims.release_claim(connection, review_id, None if who.role in LEADERS else mine)
    review = get_review(office, review_id)
    if not released and review.claimed_by is not None:
        message = f"Review {review_id} is claimed by {review.claimed_by}; it was not released. Ask them, or a lead."
        raise ConflictError(message)
    return review
