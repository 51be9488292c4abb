"""Check cases: seeded refund requests that have to be denied. They look like any other and can never be paid."""

from contextlib import suppress

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.errors import StorageError
from agent.model import Review
from agent.store import inbox, reviews, threads


def close_check_case(connection: Connection, review: Review, *, at: str) -> None:
    """End the case with its decision, inside the decision's transaction: its thread is never resumed."""
    reviews.mark_applied(connection, review.review_id)
    inbox.move_messages(connection, review.thread_id, source="held", target="done")
    inbox.move_messages(connection, review.thread_id, source="paused", target="done")
    threads.set_status(connection, review.thread_id, "DONE", at=at)


def forget_checkpoints(office: Backoffice, thread_id: str) -> None:
    """Remove the paused thread, so that nothing is left that could be resumed; else recovery does it later."""
    with suppress(StorageError):  # the case is decided, and must not sound as if it were not
        office.checkpoints.delete_thread(thread_id)
