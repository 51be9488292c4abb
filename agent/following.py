"""What whoever follows threads from outside asks for, again and again; each answer is one small query.

Reached as `desk.following`.
"""

from agent.backoffice import Backoffice
from agent.errors import DeskError, UnknownThreadError
from agent.model import ChatResult, Event, Receipt, Review, ThreadSummary
from agent.protocols.receive import known_thread_id
from agent.protocols.run import is_settled
from agent.results import chat_result
from agent.store import events, inbox, reviews
from agent.store.threads import get_thread


class Following:
    """Events of all threads in one sequence, and where a thread or a turn stands."""

    def __init__(self, office: Backoffice) -> None:
        """Made by the desk."""
        self._office = office

    def note_trouble(self, activity: str, trouble: DeskError | None) -> None:
        """Whether something that goes on all the time could be done just now; told in the log when that changes."""
        if trouble is None:
            self._office.outage.well(activity)
        else:
            self._office.outage.failed(activity, trouble)

    def newest(self) -> int:
        """The sequence number of the latest event of all threads, 0 before there is one."""
        with self._office.database.read() as connection:
            return events.newest_seq(connection)

    def after(self, seq: int, limit: int = 500) -> list[Event]:
        """The next events of all threads, in order."""
        with self._office.database.read() as connection:
            return events.read_all_events(connection, after=seq, limit=limit)

    def thread(self, thread_id: str) -> ThreadSummary:
        """Whose thread it is and where it stands; raises UnknownThreadError."""
        with self._office.database.read() as connection:
            return get_thread(connection, known_thread_id(thread_id))

    def thread_of_turn(self, turn_id: str) -> ThreadSummary:
        """The thread that a turn belongs to; raises UnknownThreadError."""
        with self._office.database.read() as connection:
            row = inbox.find_turn(connection, turn_id) if turn_id.isprintable() else None
            if row is None:
                message = f"There is no turn {turn_id[:60]!a}. Nothing was kept; use the id of a turn."
                raise UnknownThreadError(message)
            return get_thread(connection, row["thread_id"])

    def pending_review(self, thread_id: str) -> str | None:
        """The review that a thread waits for; None if it waits for none."""
        with self._office.database.read() as connection:
            return reviews.pending_review(connection, thread_id)

    def decided_under(self, thread_id: str, request_id: str, subject: str) -> Event | None:
        """HITL_RESOLVED of the decision that this person sent under this id; None if none was taken."""
        with self._office.database.read() as connection:
            told = {"request_id": request_id, "by": subject}
            return events.latest_telling(connection, thread_id, "HITL_RESOLVED", told)

    def review(self, review_id: str) -> Review | None:
        """A review; None if there is none of this id."""
        with self._office.database.read() as connection:
            return reviews.get_review(connection, review_id)

    def is_settled(self, turn_id: str) -> bool:
        """Whether a turn is answered, paused or put off."""
        return is_settled(self._office, turn_id)

    def result(self, receipt: Receipt) -> ChatResult:
        """What a message led to so far."""
        return chat_result(self._office, receipt)

    def result_of_turn(self, turn_id: str) -> ChatResult:
        """The same by the turn; raises UnknownThreadError."""
        thread = self.thread_of_turn(turn_id)
        with self._office.database.read() as connection:
            row = inbox.find_turn(connection, turn_id)
        receipt = Receipt(
            thread_id=thread.thread_id,
            message_id=row["message_id"] if row is not None else "",
            turn_id=turn_id,
            queued=False,
            duplicate=True,
            thread_status=thread.status,
        )
        return chat_result(self._office, receipt)
