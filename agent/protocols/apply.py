"""Apply: carry a decision into its paused thread, under the thread's lease. Any process may do it, and repeat it."""

from langgraph.types import Command

from agent.backoffice import Backoffice, pending_interrupts
from agent.canonical import digest
from agent.errors import AlarmError
from agent.model import Review
from agent.protocols.finish import finish
from agent.protocols.progress import Progress


def apply_decision(office: Backoffice, review: Review) -> None:
    """Resume the thread with the review's id, confirm that the gate is passed, and close the turn.

    The caller holds the lease. Raises PaymentError if the provider did not pay (the decision stays and is applied again
    later) and AlarmError if thread and review contradict each other (nothing is paid).
    """
    snapshot = office.snapshot(review.thread_id)
    if snapshot.values.get("turn_id") != review.turn_id:
        message = f"Thread {review.thread_id} is not at the turn of review {review.review_id}; nothing was paid."
        raise AlarmError(message)
    progress = Progress(office, review.thread_id, review.turn_id)
    interrupts = pending_interrupts(snapshot)
    if review.interrupt_id in interrupts:
        if digest(interrupts[review.interrupt_id]) != review.payload_sha256:
            message = f"The evidence of review {review.review_id} differs from what its thread froze; nothing was paid."
            raise AlarmError(message)
        progress.run(Command(resume={review.interrupt_id: {"review_id": review.review_id}}), "sync")
    elif snapshot.tasks:
        progress.run(None, "sync")  # a run that was cut off after the gate goes on where it stopped
    snapshot = office.snapshot(review.thread_id)
    if snapshot.tasks:
        message = f"Review {review.review_id} was applied, but thread {review.thread_id} did not move on; look at it."
        raise AlarmError(message)
    finish(office, review.thread_id, review.turn_id, snapshot.values, progress, review)
