"""The reviewers' tools: claims, undo, batches, history, and oversight of how decisions are taken."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from uuid import uuid4

from agent.backoffice import Backoffice
from agent.errors import DeskError, InvalidDecisionError
from agent.model import (
    Action,
    AuditEntry,
    BatchOutcome,
    CheckCase,
    Decision,
    GivenRole,
    HistoryFilter,
    Identity,
    LookAlikes,
    PastDecision,
    Person,
    Review,
    ReviewerFigures,
    SecondLook,
)
from agent.oversight import reviewer_figures
from agent.protocols.authority import LEADERS, READERS, authorise
from agent.protocols.claim import claim, release
from agent.protocols.decide import call_back, carry_out_now, decide, get_review
from agent.protocols.oversight import give_second_look, next_second_look, seed_check_case
from agent.protocols.people import give_role
from agent.store import claims, history, people, queue
from agent.timestamps import later

BATCH = 20
"""Most reviews that one person decides at once."""

PAGE = 1000

WITHHELD = {"at": "", "actor": "", "role": "", "action": "withheld", "thread_id": None, "detail": "{}"}


class Workbench:
    """What reviewers, leads and admins do beside deciding single reviews. Reached as `desk.workbench`."""

    def __init__(self, office: Backoffice, announce: Callable[[str], None], check_cases: Sequence[CheckCase]) -> None:
        """`announce` tells the background workers of a thread that has something to do."""
        self._office = office
        self._announce = announce
        self.check_cases = tuple(check_cases)

    def claim(self, review_id: str, identity: Identity) -> Review:
        """Say that one works on a review, or go on doing so; others see it and cannot decide it meanwhile.

        Raises ConflictError if somebody else works on it or it is closed.
        """
        return claim(self._office, review_id, identity)

    def release(self, review_id: str, identity: Identity) -> Review:
        """Give a claim back; leads give back anybody's."""
        return release(self._office, review_id, identity)

    def see(self, review_id: str, identity: Identity) -> None:
        """Note that this person has the evidence on the screen; only the first time counts."""
        review = get_review(self._office, review_id)
        with self._office.database.read() as connection:
            if claims.first_view(connection, review.review_id, identity.subject) is not None:
                return
        with self._office.database.write_soon() as connection:
            claims.note_view(connection, review.review_id, identity.subject, at=self._office.now())

    def call_back(self, review_id: str, identity: Identity) -> Review:
        """Undo one's own decision while it waits. Raises ConflictError if it was carried out."""
        return call_back(self._office, review_id, identity)

    def carry_out_now(self, review_id: str, identity: Identity) -> Review:
        """End the wait of one's own decision: it is carried out at once, by a background worker."""
        review = carry_out_now(self._office, review_id, identity)
        self._announce(review.thread_id)
        return review

    def look_alikes(self, limit: int = 10) -> list[LookAlikes]:
        """Groups of open refunds that the rules judge alike, the largest first, at most 20 of each."""
        with self._office.database.read() as connection:
            return queue.look_alikes(connection, now=self._office.now(), limit=limit, rows=BATCH)

    def decide_batch(
        self, key: str, seen: Sequence[tuple[str, str]], decision: Decision, identity: Identity
    ) -> list[BatchOutcome]:
        """Decide look-alikes one by one, each with its own undo window and its own place in the audit chain.

        `seen` are ids and digests of what was shown. Raises InvalidDecisionError, deciding nothing, if there are none
        or more than 20, if one of them is not of this group, or for anything but a plain approval or denial.
        """
        self._refuse_batch(key, seen, decision)
        name = str(uuid4())
        return [self._decide_one(review_id, sha256, decision, identity, name) for review_id, sha256 in seen]

    def _refuse_batch(self, key: str, seen: Sequence[tuple[str, str]], decision: Decision) -> None:
        why = None
        if decision.action not in {"approve", "deny"} or decision.amount is not None:
            why = "A batch is approved or denied as it stands."
        elif not 0 < len({review_id for review_id, _sha256 in seen}) == len(seen) <= BATCH:
            why = f"A batch has 1 to {BATCH} different reviews."
        elif any(get_review(self._office, review_id).look_alike != key or not key for review_id, _sha256 in seen):
            why = "One of the reviews is not like the others."
        if why is not None:
            message = f"{why} Nothing was decided, and nothing was paid."
            raise InvalidDecisionError(message)

    def _decide_one(
        self, review_id: str, sha256: str, decision: Decision, identity: Identity, batch: str
    ) -> BatchOutcome:
        wanted = decision.model_copy(update={"seen_sha256": sha256})
        try:
            review = decide(self._office, review_id, wanted, identity, held=True, batch=batch)
        except DeskError as error:
            return BatchOutcome(review_id=review_id, error=str(error))
        done = "Approved" if decision.action == "approve" else "Denied"
        return BatchOutcome(review_id=review_id, action_result=done, held_until=review.held_until)

    def history(
        self, wanted: HistoryFilter, identity: Identity, *, limit: int = 50, offset: int = 0
    ) -> list[PastDecision]:
        """Past decisions, the latest first. Raises ForbiddenError for whoever may not read them."""
        with self._office.database.read() as connection:
            authorise(self._office, connection, identity, READERS, "read the history")
            return history.past_decisions(connection, wanted, limit=limit, offset=offset)

    def count_history(self, wanted: HistoryFilter, identity: Identity) -> int:
        """How many past decisions match."""
        with self._office.database.read() as connection:
            authorise(self._office, connection, identity, READERS, "read the history")
            return history.count_decisions(connection, wanted)

    def audit_entries(self, identity: Identity) -> Iterator[AuditEntry]:
        """Every entry of the audit chain, oldest first, with its signature; for exports.

        To reviewers, entries that would tell them which waiting review is a check case read "withheld".
        """
        with self._office.database.read() as connection:
            who = authorise(self._office, connection, identity, READERS, "read the audit chain")
        hides = who.role == "reviewer"
        return (
            entry.model_copy(update=WITHHELD) if hides and entry.action == "check_case_seeded" else entry
            for entry in self._office.audit.entries()
        )

    def reviewers(self, identity: Identity, days: int = 30) -> tuple[ReviewerFigures, ...]:
        """How people decided in the last `days`: leads see everybody, reviewers themselves."""
        since = later(self._office.now(), -timedelta(days=days))
        with self._office.database.read() as connection:
            who = authorise(self._office, connection, identity, READERS, "read figures")
            wanted = HistoryFilter(since=since, subject="" if who.role in LEADERS else who.subject)
            past: list[PastDecision] = []
            while len(page := history.past_decisions(connection, wanted, limit=PAGE, offset=len(past))) == PAGE:
                past += page
            return reviewer_figures([*past, *page], history.verdict_pairs(connection, since))

    def seed_check_case(self, case_id: str, identity: Identity) -> str:
        """Put a request that has to be denied among the others; the id of its thread. Leads only."""
        case = next((case for case in self.check_cases if case.id == case_id), None)
        if case is None:
            message = f"There is no check case {case_id!r}; nothing was sent."
            raise InvalidDecisionError(message)
        thread_id = seed_check_case(self._office, case, identity)
        self._announce(thread_id)
        return thread_id

    def next_second_look(self, identity: Identity) -> Review | None:
        """A decided refund to judge again, without its outcome; None if there is none for this person."""
        return next_second_look(self._office, identity)

    def give_second_look(self, review_id: str, verdict: Action, note: str, identity: Identity) -> SecondLook:
        """Keep what this person would have decided; never changes what was."""
        return give_second_look(self._office, review_id, verdict, note, identity)

    def role_of(self, subject: str) -> GivenRole | None:
        """The role given to this person here, "none" if taken away, None if nothing is known."""
        with self._office.database.read() as connection:
            return people.role_of(connection, subject)

    def people(self, identity: Identity) -> list[Person]:
        """Everybody whose role was set at this desk."""
        with self._office.database.read() as connection:
            authorise(self._office, connection, identity, LEADERS, "list people")
            return people.list_people(connection)

    def set_role(self, subject: str, role: GivenRole, identity: Identity) -> None:
        """Give somebody a role, or take it away with "none"; counts from their next click. Admins only."""
        give_role(self._office, subject, role, identity)
