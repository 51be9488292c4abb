"""The only door to the desk: whatever a page, a program or the command line wants goes through here."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from agent import bootstrap
from agent.access import Access
from agent.backoffice import Backoffice
from agent.dispatch import Dispatch
from agent.doctor import examine
from agent.following import Following
from agent.library.door import Library
from agent.model import (
    AuditReport,
    ChatResult,
    Check,
    Decision,
    DecisionResult,
    Event,
    GivenRole,
    GraphStructure,
    Identity,
    Order,
    Proof,
    ProofStep,
    QueueCounts,
    QueueFilter,
    Receipt,
    Review,
    ReviewSummary,
    Scenario,
    ThreadSummary,
    ThreadView,
    TurnView,
    WhatIf,
)
from agent.monitoring import Monitoring
from agent.observing.start import start_observing
from agent.policy import Policy
from agent.ports.progress import Progress, ignore
from agent.proof import prove
from agent.protocols.authority import DECIDERS, authorise
from agent.protocols.decide import decide, get_review
from agent.protocols.kept import kept
from agent.protocols.rate import rate
from agent.protocols.receive import Message, known_thread_id, receive
from agent.protocols.run import await_settled, settle
from agent.protocols.takeover import answer_as_person, hand_back
from agent.results import chat_result, decision_result
from agent.settings import Settings, read_settings
from agent.shadow import what_if
from agent.store import events, inbox, queue, replies, reviews, threads
from agent.store.ratings import rating_of
from agent.store.threads import get_thread
from agent.workbench import Workbench
from agent.workers import RECOVER_S, Workers

if TYPE_CHECKING:
    from agent.analytics import Analytics
    from agent.calibration import Calibration

WAIT_S = 30.0
"""How long a command waits for a thread that another process is working on."""


class Desk:
    """A support desk in one folder. Any number of processes may open the same folder at the same time."""

    def __init__(self, office: Backoffice, settings: Settings, *, recover_s: float = RECOVER_S) -> None:
        """Use `open_desk`; this is for wiring other parts in."""
        self._office = office
        self._settings = settings
        self.library = Library(office, settings.documents_folder)
        self._workers = Workers(office, chores=(self.library.take_in_again,), recover_s=recover_s)
        self.dispatch = Dispatch(office)
        self._started = False
        self.access = Access(office)
        self.following = Following(office)
        self.monitoring = Monitoring(office)
        self.workbench = Workbench(office, self._announce, bootstrap.load_check_cases())
        self.scenarios: tuple[Scenario, ...] = bootstrap.load_scenarios()

    def start(self) -> None:
        """Run turns in the background, and recover what dead processes left behind, now and every `recover_s`."""
        self._started = True
        self._workers.start()
        self.dispatch.start()

    def close(self) -> None:
        """Let running turns end and give all files back."""
        self.library.close()
        self._workers.close()
        self.dispatch.close()
        self._office.close()

    @property
    def structure(self) -> GraphStructure:
        """The compiled graph, for drawing."""
        return self._office.structure

    @property
    def policy(self) -> Policy:
        """The thresholds in force now, whoever saved them; each turn keeps those that it began with."""
        return self._office.policy()

    @cached_property
    def analytics(self) -> "Analytics":
        """Figures about everything that is stored."""
        from agent.analytics import Analytics  # noqa: PLC0415  pandas is slow to import, and few need it

        return Analytics(self._office)

    @cached_property
    def calibration(self) -> "Calibration":
        """Versions of the policy, and other thresholds tried on past turns."""
        from agent.calibration import Calibration  # noqa: PLC0415  pandas is slow to import, and few need it

        return Calibration(self._office, self.analytics.book)  # the same columns for both

    @property
    def engine(self) -> str:
        """The language engine in use, with its spare if it has one."""
        return self._office.services.language.name

    @property
    def articles(self) -> int:
        """How many articles of the help centre are indexed."""
        return self._office.services.knowledge.articles

    @property
    def home(self) -> Path:
        """The folder that holds this desk."""
        return self._settings.home

    def receive(
        self,
        text: str,
        *,
        thread_id: str | None = None,
        customer_id: str = "guest",
        message_id: str | None = None,
        channel: str = "chat",
    ) -> Receipt:
        """Keep a customer's message; the background workers answer it. A known message id is the same message.

        Raises InvalidMessageError, UnknownThreadError or ConflictError; nothing is stored then.
        """
        message = Message(
            text=text, thread_id=thread_id, customer_id=customer_id, message_id=message_id, channel=channel
        )
        receipt = receive(self._office, message)
        if self._started:
            self._workers.announce(receipt.thread_id)
        return receipt

    def chat(self, text: str, *, wait_s: float = WAIT_S, **sender: Any) -> ChatResult:
        """Keep a message and answer it before returning; `sender` takes the other arguments of `receive`.

        Raises ThreadBusyError if another process works on the thread for longer than `wait_s` seconds, and KeptError if
        the database goes away meanwhile; the message is kept then, and answered later.
        """
        receipt = self.receive(text, **sender)
        with kept("The message"):
            if self._started:
                await_settled(self._office, receipt.turn_id, wait_s)
            else:
                settle(self._office, receipt.thread_id, receipt.turn_id, wait_s)
            return chat_result(self._office, receipt)

    def finish(self, thread_id: str, *, wait_s: float = WAIT_S) -> None:
        """Answer every message of a thread that still waits; for commands, which have no background workers."""
        self._run_released(known_thread_id(thread_id), wait_s)

    def thread(self, thread_id: str) -> ThreadView:
        """The thread with transcript and turns; raises UnknownThreadError."""
        known = known_thread_id(thread_id)
        with self._office.database.read() as connection:
            return ThreadView(
                thread=get_thread(connection, known),
                transcript=tuple(replies.transcript(connection, known)),
                turns=tuple(inbox.turns_of(connection, known)),
                pending_review_id=reviews.pending_review(connection, known),
                last_seq=events.last_seq(connection, known),
            )

    def threads(self, *, limit: int = 50, search: str = "") -> list[ThreadSummary]:
        """The threads, last touched first."""
        with self._office.database.read() as connection:
            return threads.list_threads(connection, limit=limit, search=search)

    def events(self, thread_id: str, after: int = 0, limit: int = 1000) -> list[Event]:
        """The thread's events with a higher sequence number than `after`; raises UnknownThreadError."""
        known = known_thread_id(thread_id)
        with self._office.database.read() as connection:
            get_thread(connection, known)
            return events.read_events(connection, known, after=after, limit=limit)

    def troubles(self, limit: int = 50) -> list[Event]:
        """What an engine could not do, and turns that failed: the latest errors of all threads, the newest first."""
        with self._office.database.read() as connection:
            return events.latest_troubles(connection, limit)

    def queue(self, wanted: QueueFilter | None = None, *, limit: int = 50, offset: int = 0) -> list[ReviewSummary]:
        """A page of the queue, what is due first comes first."""
        with self._office.database.read() as connection:
            return queue.queue_page(
                connection, wanted or QueueFilter(), limit=limit, offset=offset, now=self._office.now()
            )

    def queue_counts(self) -> QueueCounts:
        """Figures over the pending reviews."""
        with self._office.database.read() as connection:
            return queue.queue_counts(connection, now=self._office.now())

    def review(self, review_id: str) -> Review:
        """The review with its evidence; raises UnknownReviewError."""
        return get_review(self._office, review_id)

    def held_messages(self, review_id: str) -> list[TurnView]:
        """What the customer wrote while the review was open."""
        with self._office.database.read() as connection:
            return inbox.held_messages(connection, review_id)

    def decide(
        self,
        review_id: str,
        decision: Decision,
        identity: Identity,
        *,
        wait_s: float = WAIT_S,
        held: bool = False,
        request_id: str = "",
    ) -> DecisionResult:
        """Decide a review and carry the decision out before returning, or in the background if it takes longer.

        With `held` it waits for the policy's undo window and this returns at once: until `held_until` of the result
        `workbench.call_back` undoes it. `request_id` is the sender's id, under which `following.decided_under` finds
        it. Raises ConflictError if it was decided, claimed, expired or changed, ForbiddenError for the wrong role or
        one's own request, InvalidDecisionError for what does not fit; nothing is decided then. PaymentError means that
        the decision stands and the payment is tried again, KeptError that it stands and the database went away before
        it was carried out.
        """
        review = decide(self._office, review_id, decision, identity, held=held, request_id=request_id)
        with kept("The decision"):
            if review.held_until is None and review.status != "applied":
                self._carry_out(review, wait_s)
            return decision_result(self._office, review_id)

    def _carry_out(self, review: Review, wait_s: float) -> None:
        if self._started:
            self._workers.announce(review.thread_id)
            await_settled(self._office, review.turn_id, wait_s, review.review_id)
        else:
            settle(self._office, review.thread_id, review.turn_id, wait_s, review.review_id)
            self._run_released(review.thread_id, wait_s)

    def what_if(self, review_id: str, hypothetical: Decision) -> WhatIf:
        """What this decision would have led to, run on a shadow thread: nothing is written or paid."""
        return what_if(self._office, review_id, hypothetical)

    def _run_released(self, thread_id: str, wait_s: float) -> None:
        with self._office.database.read() as connection:
            row = inbox.next_turn(connection, thread_id)
        if row is not None:
            settle(self._office, thread_id, row["turn_id"], wait_s)

    def answer(self, thread_id: str, text: str, identity: Identity) -> None:
        """Say something in a thread that a person has taken over."""
        self._refuse_role(identity)
        answer_as_person(self._office, known_thread_id(thread_id), text, identity, str(uuid4()))

    def hand_back(self, thread_id: str, identity: Identity) -> None:
        """Give a thread that a person has taken over back to the agent, who answers what the person did not."""
        self._refuse_role(identity)
        known = known_thread_id(thread_id)
        hand_back(self._office, known, identity)
        if self._started:
            self._workers.announce(known)
        else:
            with kept("That the agent has the thread again"):
                self._run_released(known, WAIT_S)

    def rate(self, turn_id: str, rating: int, comment: str = "") -> None:
        """Keep what the customer says about a turn, 1 (poor) to 5 (good); the last word counts. Blocks nothing.

        Raises InvalidMessageError, UnknownThreadError, or ConflictError before the turn has a reply.
        """
        rate(self._office, turn_id, rating, comment)

    def rating_of(self, turn_id: str) -> int | None:
        """The rating of a turn; None before there is one."""
        with self._office.database.read() as connection:
            return rating_of(connection, turn_id)

    def role_of(self, subject: str) -> GivenRole | None:
        """The role given to this person at this desk, "none" if taken away, None if nothing is known here."""
        return self.workbench.role_of(subject)

    def order(self, number: str) -> Order | None:
        """The order as the store knows it, for operators; None if there is none."""
        return self._office.services.orders.get_order_by_id(number)

    def prove(self, on_step: Callable[[ProofStep], None] = lambda _step: None) -> Proof:
        """Pause a refund in one process, kill it with SIGKILL, and pay it from a fresh one; in a folder of its own."""
        return prove(on_step)

    def payments_made(self) -> int:
        """How many refunds the ledger holds with the provider's reference."""
        return self._office.services.ledger.count_paid()

    def verify_audit(self) -> AuditReport:
        """Recompute the audit chain."""
        return self._office.audit.verify()

    def checks(self) -> list[Check]:
        """What is well and what is not, with remedies."""
        return examine(self._office, self._settings)

    def _refuse_role(self, identity: Identity) -> None:
        with self._office.database.read() as connection:
            authorise(self._office, connection, identity, DECIDERS, "answer customers")

    def _announce(self, thread_id: str) -> None:
        if self._started:
            self._workers.announce(thread_id)


def open_desk(home: Path | None = None, progress: Progress = ignore, settings: Settings | None = None) -> Desk:
    """Open the desk in `home` (default: TRIAGE_HOME), training and indexing on the first start.

    Raises ConfigurationError or StorageError naming the file and the remedy.
    """
    chosen = settings or read_settings()
    start_observing(chosen)
    if home is not None:
        chosen = chosen.model_copy(update={"home": home})
    mind = bootstrap.open_mind(chosen, progress)
    progress(0.97, "Opening the desk")
    desk = Desk(bootstrap.open_backoffice(chosen, mind), chosen)
    progress(1.0, "Ready")
    return desk
