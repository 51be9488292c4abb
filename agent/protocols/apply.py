"""Apply: carry a decision into its paused thread, under the thread's lease. Any process may do it, and repeat it."""

from langgraph.types import Command

from agent.backoffice import Backoffice, pending_interrupts
from agent.canonical import digest
from agent.errors import AlarmError
from agent.model import Review
from agent.protocols.finish import finish
from agent.protocols.observe import kept_traceparent, observed_turn
from agent.protocols.park import park_second
from agent.protocols.progress import Progress
from agent.protocols.releases import refuse_steps_of_others

GATES = 2


def apply_decision(office: Backoffice, review: Review) -> None:
    """Resume the thread with the review's id, confirm that the gate is passed, and close the turn.

    The first of two decisions brings the thread to its second gate, where it waits on. The caller holds the lease.
    Raises PaymentError if the provider did not pay (the decision stays and is applied again later) and AlarmError if
    thread and review contradict each other, OtherReleaseError if the thread waits at a step that only another release
    has (nothing is paid).
    """
    refuse_steps_of_others(office, review.thread_id)
    traceparent = kept_traceparent(office, review.turn_id)
    with observed_turn(review.thread_id, review.turn_id, traceparent, resumed=True):
        _apply(office, review)


def _apply(office: Backoffice, review: Review) -> None:
    snapshot = office.snapshot(review.thread_id)
    if snapshot.values.get("turn_id") != review.turn_id:
        message = f"Thread {review.thread_id} is not at the turn of review {review.review_id}; nothing was paid."
        raise AlarmError(message)
    progress = Progress(office, review.thread_id, review.turn_id, office.policy())
    if snapshot.tasks and not pending_interrupts(snapshot):
        progress.run(None, "sync")  # a run that was cut off after a gate goes on where it stopped
    for _gate in range(GATES):
        interrupts = pending_interrupts(office.snapshot(review.thread_id))
        if review.interrupt_id in interrupts:
            _pass_first_gate(review, interrupts[review.interrupt_id], progress)
        elif interrupts:
            ((interrupt_id, payload),) = interrupts.items()
            if review.status == "awaiting_second":
                park_second(office, review, interrupt_id, progress)
                return
            _pass_second_gate(review, interrupt_id, payload, progress)
    snapshot = office.snapshot(review.thread_id)
    if snapshot.tasks:
        message = f"Review {review.review_id} was applied, but thread {review.thread_id} did not move on; look at it."
        raise AlarmError(message)
    finish(office, review.thread_id, review.turn_id, snapshot.values, progress, review)


def _pass_first_gate(review: Review, payload: object, progress: Progress) -> None:
    if digest(payload) != review.payload_sha256:
        message = f"The evidence of review {review.review_id} differs from what its thread froze; nothing was paid."
        raise AlarmError(message)
    _resume(review, review.interrupt_id, review.first.action if review.first else review.decided_action, progress)


def _pass_second_gate(review: Review, interrupt_id: str, payload: object, progress: Progress) -> None:
    first = review.first.model_dump(mode="json") if review.first else None
    if payload != {"review_id": review.review_id, "first": first}:
        message = f"Thread {review.thread_id} waits for the second decision on something else; nothing was paid."
        raise AlarmError(message)
    _resume(review, interrupt_id, review.decided_action, progress)


def _resume(review: Review, interrupt_id: str, action: str | None, progress: Progress) -> None:
    answer = {"review_id": review.review_id, "action": action}
    progress.run(Command(resume={interrupt_id: answer}), "sync")
