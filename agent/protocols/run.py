"""Run: under the thread's lease, carry out what waits for it: decisions first, then messages in their order."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from agent.backoffice import Backoffice, pending_interrupts
from agent.errors import DeskError, LeaseLostError, OtherReleaseError, StorageError, ThreadBusyError
from agent.model import EventType, Priority, TicketRequest
from agent.policy import Policy
from agent.protocols.apply import apply_decision
from agent.protocols.facts import keep_facts
from agent.protocols.finish import finish
from agent.protocols.observe import observed_turn, turn_failed, turn_raised
from agent.protocols.park import park
from agent.protocols.progress import Durability, Progress, keep_lease
from agent.protocols.releases import refuse_steps_of_others
from agent.state import Json, TurnInput
from agent.store import events, inbox, replies, reviews, threads
from agent.store.inbox import MAX_ATTEMPTS, MAX_CUT_OFF
from agent.timestamps import later
from agent.wording import phrases_in, when

logger = logging.getLogger(__name__)

POLL_S = 0.02
SLOW_POLL_S = 0.2
"""How often whoever waits looks after a second or so: many who wait would keep the others from getting on."""

DURABILITY: Durability = "exit"
"""Nothing of a turn is saved before it pauses or ends; the inbox can always make it again."""

SETTLED = {"done", "paused", "failed", "held", "with_person"}


def run_thread(office: Backoffice, thread_id: str) -> bool:
    """Carry out everything that waits for this thread; False if another process has its lease."""
    with leased(office, thread_id) as is_ours:
        try:
            while is_ours and _next_step(office, thread_id):
                pass
        except LeaseLostError:
            logger.warning("Thread %s was taken over by another process while it was worked on here", thread_id)
            return False
        return is_ours


def settle(office: Backoffice, thread_id: str, turn_id: str, wait_s: float, review_id: str | None = None) -> None:
    """Return once this turn is settled, or its review applied; run it here unless another process does.

    Raises ThreadBusyError after `wait_s` seconds; what was acknowledged stays stored and will be carried out.
    """
    deadline = time.monotonic() + wait_s
    while not is_settled(office, turn_id, review_id):
        if run_thread(office, thread_id):
            continue
        if time.monotonic() > deadline:
            with office.database.read() as connection:
                holder = threads.lease_holder(connection, thread_id)
            message = (
                f"Thread {thread_id} is being worked on by process {holder}; what you sent is stored and comes next."
            )
            raise ThreadBusyError(message)
        time.sleep(POLL_S)


def await_settled(office: Backoffice, turn_id: str, wait_s: float, review_id: str | None = None) -> bool:
    """Wait until somebody else has settled this turn, or applied its review; False after `wait_s` seconds.

    Raises StorageError if the database is away then; until then it may go away and come back.
    """
    deadline = time.monotonic() + wait_s
    pause_s = POLL_S
    while True:
        try:
            if is_settled(office, turn_id, review_id):
                return True
        except StorageError:
            if time.monotonic() > deadline:
                raise
        if time.monotonic() > deadline:
            return False
        time.sleep(pause_s)
        pause_s = min(SLOW_POLL_S, pause_s * 1.3)


def is_settled(office: Backoffice, turn_id: str, review_id: str | None = None) -> bool:
    """Whether a turn is done, paused or put off; with a review, whether its decision has been carried out."""
    with office.database.read() as connection:
        if review_id is not None:
            return reviews.is_applied(connection, review_id)
        row = inbox.find_turn(connection, turn_id)
    return row is None or row["status"] in SETTLED


@contextmanager
def leased(office: Backoffice, thread_id: str) -> Iterator[bool]:
    """Hold the thread's lease inside the block, if it is to be had."""
    owner = office.presence.owner()
    is_mine = owner not in office.at_work  # else an outer block of this very thread has it
    with office.at_work.holding(owner):
        with office.database.write_soon() as connection:
            holder = threads.lease_holder(connection, thread_id)
            ended = [holder] if holder == owner and is_mine else office.ended([holder] if holder else [])
            taken = threads.take_lease(connection, office.new_lease(thread_id), now=office.now(), dead=ended)
        try:
            yield taken
        finally:
            if taken:
                with office.database.write_soon() as connection:
                    threads.release_lease(connection, office.new_lease(thread_id))


def _next_step(office: Backoffice, thread_id: str) -> bool:
    with office.database.write_soon() as connection:
        keep_lease(office, thread_id, connection)  # whoever was stopped past its lease begins nothing
        decided = reviews.release_due(connection, thread_id, now=office.now())
        row = None if decided else inbox.next_turn(connection, thread_id)
        if row is not None:
            policy = office.policy_in(connection)
            inbox.start_turn(connection, row["turn_id"])
            threads.set_status(connection, thread_id, "RUNNING", at=office.now())
            customer_id = threads.get_thread(connection, thread_id).customer_id
    if decided:
        apply_decision(office, decided[0])
        return True
    if row is None:
        return False
    start: TurnInput = {
        "thread_id": thread_id,
        "customer_id": customer_id,
        "turn_id": row["turn_id"],
        "text": row["text"],
        "received_at": row["received_at"],
    }
    with observed_turn(thread_id, row["turn_id"], row["traceparent"]):
        _run_turn(office, start, row["attempts"], policy)
    return True


def _run_turn(office: Backoffice, start: TurnInput, earlier_attempts: int, policy: Policy) -> None:
    thread_id, turn_id = start["thread_id"], start["turn_id"]
    if earlier_attempts >= MAX_CUT_OFF:
        fail_turn(office, thread_id, turn_id, "The process ended several times during this turn.")
        return
    progress = Progress(office, thread_id, turn_id, policy)
    try:
        if earlier_attempts == 0:
            progress.run(start, DURABILITY)
        else:
            refuse_steps_of_others(office, thread_id)
        _advance(office, start, progress)
    except (LeaseLostError, OtherReleaseError, StorageError):
        with suppress(StorageError), office.database.write_soon() as connection:
            inbox.forget_attempt(connection, turn_id)
        raise
    except Exception as error:
        logger.exception("Turn %s of thread %s failed", turn_id, thread_id)
        turn_raised(error)
        if earlier_attempts + 1 >= MAX_ATTEMPTS or isinstance(error, DeskError):
            fail_turn(office, thread_id, turn_id, f"{type(error).__name__}: {error}")


def _advance(office: Backoffice, start: TurnInput, progress: Progress) -> None:
    """Bring the turn to its pause or end, from where an earlier run was cut off, and close it."""
    thread_id, turn_id = start["thread_id"], start["turn_id"]
    snapshot = office.snapshot(thread_id)
    begun = snapshot.values.get("turn_id") == turn_id
    if begun:
        progress.policy = office.policy_of(snapshot.values)
    if not begun or (snapshot.tasks and not pending_interrupts(snapshot)):
        progress.run(None if begun else start, DURABILITY)
        snapshot = office.snapshot(thread_id)
    if pending_interrupts(snapshot):
        park(office, thread_id, turn_id, snapshot, progress)
    else:
        finish(office, thread_id, turn_id, snapshot.values, progress, None)


def fail_turn(office: Backoffice, thread_id: str, turn_id: str, why: str) -> None:
    """Give up on a turn: a person gets a ticket, the customer a due time; the message stays stored."""
    at = office.now()
    priority: Priority = "high"
    due_at = later(at, timedelta(minutes=office.policy().sla_minutes(priority)))
    request = TicketRequest(
        key=f"{turn_id}:failed",
        thread_id=thread_id,
        turn_id=turn_id,
        kind="issue",
        priority=priority,
        subject="A message could not be worked on",
        body=why,
        due_at=due_at,
    )
    ticket = office.services.tickets.open_ticket(request)
    with office.database.read() as connection:
        language = inbox.last_language(connection, thread_id)
    reply = phrases_in(language).turn_failed.format(number=ticket.number, due=when(language, due_at))
    told: list[tuple[EventType, Json]] = [
        ("ERROR", {"message": why}),
        ("TICKET_CREATED", {"number": ticket.number}),
        ("RESPONSE_COMPLETE", {"text": reply, "kind": "final", "citations": []}),
    ]
    with office.database.write() as connection:
        keep_lease(office, thread_id, connection)
        inbox.finish_turn(
            connection, turn_id, status="failed", record={"reply": reply, "ticket": ticket.number}, at=at, error=why
        )
        keep_facts(connection, turn_id, {}, outcome="failed", at=at)
        replies.add_reply(
            connection,
            reply_id=f"{turn_id}:final",
            thread_id=thread_id,
            turn_id=turn_id,
            who="agent",
            author="agent",
            text=reply,
            citations=(),
            at=at,
        )
        threads.set_status(connection, thread_id, "DONE", at=at)
        events.add_events(
            connection,
            [
                events.NewEvent(thread_id=thread_id, turn_id=turn_id, type=kind, at=at, payload=payload)
                for kind, payload in told
            ],
        )
        events.drop_chunks(connection, turn_id)
    turn_failed(office)
