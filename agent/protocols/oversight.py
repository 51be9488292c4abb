"""Oversight: how carefully people decide, without anybody being able to tell which case was a test."""

from agent.backoffice import Backoffice
from agent.errors import ConflictError, InvalidDecisionError
from agent.model import Action, CheckCase, Identity, Review, SecondLook
from agent.names import subject_key
from agent.protocols.authority import DECIDERS, LEADERS, authorise
from agent.protocols.decide import get_review
from agent.protocols.park import CHECK_CHANNEL
from agent.protocols.receive import Message, clean_text, receive
from agent.store import decisions, history, reviews


def seed_check_case(office: Backoffice, case: CheckCase, identity: Identity) -> str:
    """Send a request that has to be denied, through the same door as any other; the id of its thread.

    Raises ForbiddenError unless a lead asks for it.
    """
    with office.database.read() as connection:
        who = authorise(office, connection, identity, LEADERS, "seed check cases")
    message = Message(text=case.message, customer_id=case.customer_id, channel=f"{CHECK_CHANNEL}{case.id}")
    receipt = receive(office, message)
    with office.database.write() as connection:
        office.audit.append(
            connection,
            identity=who,
            action="check_case_seeded",
            at=office.now(),
            thread_id=receipt.thread_id,
            review_id=None,
            detail={"case": case.id},
        )
    office.audit.anchor_head()
    return receipt.thread_id


def next_second_look(office: Backoffice, identity: Identity) -> Review | None:
    """A decided refund to judge again without knowing how it was decided; None if there is none for this person.

    What tells the outcome is left out of it.
    """
    with office.database.read() as connection:
        who = authorise(office, connection, identity, DECIDERS, "give second looks")
        review = history.next_second_look(connection, who.subject)
    if review is None:
        return None
    blank = {"status": "pending", "decided_at": None, "decided_by": None, "decided_action": None, "first": None}
    return review.model_copy(update=blank)


def give_second_look(office: Backoffice, review_id: str, verdict: Action, note: str, identity: Identity) -> SecondLook:
    """Keep what this person would have decided.

    Raises InvalidDecisionError, ForbiddenError or ConflictError; nothing is kept then.
    """
    if verdict not in {"approve", "deny"}:
        message = f"A second look approves or denies, it does not {verdict}; nothing was kept."
        raise InvalidDecisionError(message)
    cleaned = clean_text(note, office.policy().max_message_chars) if note.strip() else ""
    get_review(office, review_id)
    with office.database.write() as connection:
        who = authorise(office, connection, identity, DECIDERS, "give second looks")
        review = reviews.get_review(connection, review_id)
        key = subject_key(who.subject)
        own = key in {subject_key(each.subject) for each in decisions.standing_decisions(connection, review_id)}
        if review is None or review.status != "applied" or own:
            message = f"Review {review_id} is not open to a second look by {who.subject}; nothing was kept."
            raise ConflictError(message)
        look = SecondLook(review_id=review_id, subject=who.subject, verdict=verdict, note=cleaned, at=office.now())
        if not history.add_second_look(connection, look):
            message = f"{who.subject} gave a second look on review {review_id} already; nothing was kept."
            raise ConflictError(message)
        office.audit.append(
            connection,
            identity=who,
            action="second_look",
            at=look.at,
            thread_id=review.thread_id,
            review_id=review_id,
            detail={"verdict": verdict, "note": cleaned, "payload_sha256": review.payload_sha256},
        )
    office.audit.anchor_head()
    return look
