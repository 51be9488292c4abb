"""Recover: find what a dead process left behind. Runs at start and every 30 seconds; doing it twice changes nothing."""

from agent.backoffice import Backoffice, pending_interrupts
from agent.errors import AlarmError
from agent.model import ReviewStatus
from agent.model.reviews import OPEN
from agent.protocols.decide import expire
from agent.protocols.park import CHECK_CHANNEL, park
from agent.protocols.progress import Progress
from agent.protocols.run import leased
from agent.store import reviews, threads
from agent.store.reviews import OpenReview

BATCH = 100

UNAPPLIED: tuple[ReviewStatus, ...] = (*OPEN, *reviews.DECIDED)


def waiting_threads(office: Backoffice, *, limit: int = BATCH) -> list[str]:
    """Threads with something to do that no living process is working on.

    At most `limit` with a decision and as many with a message, the oldest: neither kind keeps the other waiting.
    """
    with office.database.read() as connection:
        dead = office.ended(threads.lease_owners(connection))
        return threads.runnable_threads(connection, now=office.now(), dead=dead, limit=limit)


def expire_reviews(office: Backoffice) -> int:
    """Close reviews past their end; their threads then go down the way on which nothing is paid."""
    with office.database.read() as connection:
        overdue = reviews.expired_reviews(connection, now=office.now())
    for review_id in overdue:
        expire(office, review_id)
    return len(overdue)


def reconcile(office: Backoffice) -> list[str]:
    """Compare the queue with the checkpoints' pending interrupts, both ways; returns what could not be put right.

    A pause without its row gets one. A row without its pause is reported: somebody has to look.
    """
    # the rows first: a pause is saved before its row is written, so a row that is seen has its pause already
    waiting = _open_reviews(office)
    paused = set(office.checkpoints.paused_threads())
    known = {review.thread_id for review in waiting}
    problems = [problem for thread_id in sorted(paused - known) for problem in _give_row(office, thread_id)]
    unpaused = [
        review
        for review in waiting
        if review.status in OPEN and not review.is_under_way and review.thread_id not in paused
    ]
    still_open = set(_open_reviews(office)) if unpaused else set()  # the others were decided while we looked
    problems += [
        f"Review {review.review_id} waits, but its thread {review.thread_id} is not paused."
        for review in unpaused
        if review in still_open
    ]
    return problems


def _open_reviews(office: Backoffice) -> list[OpenReview]:
    with office.database.read() as connection:
        return reviews.open_reviews(connection, UNAPPLIED)


def _give_row(office: Backoffice, thread_id: str) -> list[str]:
    """Park the thread again; what is wrong with it, which must not keep the others from being looked at."""
    try:
        with leased(office, thread_id) as is_ours:
            if is_ours:
                _park_again(office, thread_id)
    except AlarmError as error:
        return [str(error)]
    return []


def _park_again(office: Backoffice, thread_id: str) -> None:
    with office.database.read() as connection:
        if reviews.pending_review(connection, thread_id) is not None:
            return  # it got its row while we waited for the lease
        is_over = threads.get_thread(connection, thread_id).status == "DONE"
        is_check_case = threads.channel_of(connection, thread_id).startswith(CHECK_CHANNEL)
    if is_check_case and is_over:
        office.checkpoints.delete_thread(thread_id)  # a check case that was decided just before the process ended
        return
    snapshot = office.snapshot(thread_id)
    turn_id = snapshot.values.get("turn_id")
    if turn_id and pending_interrupts(snapshot):
        progress = Progress(office, thread_id, turn_id, office.policy_of(snapshot.values))
        park(office, thread_id, turn_id, snapshot, progress)
