"""Reviews of the made-up year from their opening to the moment at which what was decided was carried out."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal

from agent.canonical import canonical_json
from agent.demo_history.reviewers import look_s, somebody, wait_s
from agent.demo_history.turns import Scene, Talk, Turn, named_id
from agent.demo_history.year import DAY_S, END, HOUR_S
from agent.model import Action, Change, DenialReason, Evidence, Identity, Money, ReviewKind, StoredDecision
from agent.names import subject_key
from agent.proposals import make_proposal, needs_second
from agent.sorting import choose_team, look_alike_key, main_reason
from agent.state import State
from agent.store.ledger import DEMO_REFERENCE, refund_key
from agent.store.reviews import REQUEST_CHARS

DESK = Identity(subject="desk", role="system", source="desk")
UNDO_S, RUN_S = 10.0, 1.2
SECOND_LOOKS, SECOND_LOOK_DAYS = 0.05, 12.0
AGREES = 0.9
SECOND_DENIES = 0.05
PAYS = {"approve", "edit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What somebody decides."""

    action: Action | Literal["expire"]
    reason: DenialReason | None = None
    note: str = ""
    amount: Money | None = None
    reply: str | None = None
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class Case:
    """A review and what it rests on. `opened` is in seconds since the year began."""

    review_id: str
    interrupt_id: str
    kind: ReviewKind
    evidence: Evidence
    amount: Money | None
    payload: dict[str, Any]
    written: str
    sha256: str
    opened: float
    seats: list[StoredDecision]
    looked: float | None = None


def open_case(
    scene: Scene, talk: Talk, turn: Turn, *, kind: ReviewKind, evidence: Evidence, amount: Money | None
) -> Case:
    """The review at which this turn pauses."""
    state = State(customer_id=talk.customer_id, turn_id=turn.turn_id, received_at=scene.year.text(turn.received))
    payload = make_proposal(
        state,
        turn.policy,
        kind=kind,
        priority=turn.routing.priority,
        team=choose_team(turn.found.classification, evidence, turn.policy),
        evidence=evidence,
        amount=amount,
    )
    written = canonical_json(payload)
    interrupt_id = named_id(f"{turn.turn_id}:gate").replace("-", "")
    review_id = named_id(f"{talk.thread_id}:{interrupt_id}")
    turn.review_id, turn.outcome = review_id, "review"
    return Case(
        review_id=review_id,
        interrupt_id=interrupt_id,
        kind=kind,
        evidence=evidence,
        amount=amount,
        payload=payload,
        written=written,
        sha256=sha256(written.encode()).hexdigest(),
        opened=turn.answered,
        seats=[],
    )


def can_expire(turn: Turn) -> bool:
    """Whether the year is long enough for nobody to decide in time."""
    return turn.received + turn.policy.review_expires_hours * HOUR_S < END - HOUR_S


def close_case(scene: Scene, talk: Talk, turn: Turn, case: Case, ruling: Ruling) -> StoredDecision:
    """Decide the review, by two people if it takes two, and keep its rows; what was decided in the end."""
    if ruling.action == "expire":
        decided = turn.received + turn.policy.review_expires_hours * HOUR_S + scene.chance.between(1, 30)
        case.seats.append(_decision(scene, case, ruling, DESK, decided, seen=None))
    else:
        decided = _decide(scene, turn, case, ruling)
    turn.settled = min(decided + (UNDO_S if ruling.action not in {"take-over", "expire"} else 0) + RUN_S, END - 1)
    final = case.seats[-1]
    _keep(scene, talk, turn, case, decided)
    if case.kind == "refund" and final.action in {"approve", "edit", "deny"}:
        _second_look(scene, case, decided, approved=final.action in PAYS)
    return final


def _decide(scene: Scene, turn: Turn, case: Case, ruling: Ruling) -> float:
    """Add the decision of everybody who had to decide; the moment of the last one."""
    person = somebody(scene, case.opened)
    waited = wait_s(scene, person, case.opened, turn.routing.priority)
    decided = case.opened + waited
    case.looked = decided - look_s(scene, decided, waited)
    first = _decision(scene, case, ruling, person.identity, decided, seen=case.looked)
    case.seats.append(first)
    if not needs_second(case.payload, first):
        return decided
    other = somebody(scene, decided, but=(person.name,))
    opened = decided + min(UNDO_S + RUN_S, 0.1 * (END - decided))
    waited = wait_s(scene, other, opened, turn.routing.priority)
    seen = opened + waited - look_s(scene, opened, waited)
    confirms = replace(ruling, action="approve", note="", changes=())
    if scene.chance.happens(SECOND_DENIES):
        confirms = Ruling(action="deny", reason="other", note="Not sure enough for so much money.")
    case.seats.append(_decision(scene, case, confirms, other.identity, opened + waited, seen=seen))
    return opened + waited


def _decision(
    scene: Scene, case: Case, ruling: Ruling, identity: Identity, decided: float, *, seen: float | None
) -> StoredDecision:
    return StoredDecision.model_construct(
        review_id=case.review_id,
        seat=len(case.seats) + 1,
        action=ruling.action,
        reason=ruling.reason,
        note=ruling.note,
        amount=ruling.amount,
        reply=ruling.reply,
        subject=identity.subject,
        role=identity.role,
        source=identity.source,
        payload_sha256=case.sha256,
        decided_at=scene.year.text(decided),
        seen_at=None if seen is None else scene.year.text(seen),
        changes=ruling.changes,
    )


def _keep(scene: Scene, talk: Talk, turn: Turn, case: Case, decided: float) -> None:
    """The rows of the review, its decisions and who saw it when."""
    final, evidence, payload = case.seats[-1], case.evidence, case.payload
    refund, amount = evidence.refund, case.amount
    batch, year = scene.batch, scene.year
    batch.reviews.append(
        {
            "review_id": case.review_id,
            "thread_id": talk.thread_id,
            "turn_id": turn.turn_id,
            "interrupt_id": case.interrupt_id,
            "kind": case.kind,
            "status": "applied",
            "priority": turn.routing.priority,
            "due_at": payload["due_at"],
            "expires_at": payload["expires_at"],
            "created_at": year.text(case.opened),
            "requester": talk.customer_id,
            "request": evidence.request[:REQUEST_CHARS],
            "order_number": refund.order_number if refund else None,
            "amount_minor": amount.minor if amount else None,
            "currency": amount.currency if amount else None,
            "recommendation": evidence.recommendation,
            "clauses": canonical_json(payload["evidence"]["clauses"]),
            "payload": case.written,
            "payload_sha256": case.sha256,
            "graph_version": scene.graph_version,
            "team": payload["team"],
            "reason": main_reason(evidence),
            "look_alike": look_alike_key(evidence, amount, turn.policy.four_eyes_above),
            "first_claimed_at": None if case.looked is None else year.text(case.looked),
            "second_interrupt_id": case.interrupt_id[::-1] if len(case.seats) > 1 else None,
            "decided_at": year.text(decided),
            "decided_by": final.subject,
            "decided_action": final.action,
        }
    )
    for seat in case.seats:
        _keep_decision(scene, seat)
    if final.action in PAYS and amount is not None:
        _keep_payment(scene, talk, case, final, decided)


def _keep_decision(scene: Scene, seat: StoredDecision) -> None:
    key = subject_key(seat.subject)
    scene.batch.decisions.append(
        {
            "review_id": seat.review_id,
            "seat": seat.seat,
            "subject_key": key,
            "action": seat.action,
            "reason": seat.reason,
            "note": seat.note,
            "amount_minor": seat.amount.minor if seat.amount else None,
            "currency": seat.amount.currency if seat.amount else None,
            "reply": seat.reply,
            "subject": seat.subject,
            "role": seat.role,
            "source": seat.source,
            "payload_sha256": seat.payload_sha256,
            "seen_at": seat.seen_at,
            "changes": canonical_json([change.model_dump() for change in seat.changes]),
            "decided_at": seat.decided_at,
        }
    )
    if seat.seen_at is not None:
        scene.batch.views.append({"review_id": seat.review_id, "subject_key": key, "seen_at": seat.seen_at})


def reference_of(review_id: str) -> str:
    """What a refund that was never paid is called."""
    return f"{DEMO_REFERENCE}{review_id[:13]}"


def _keep_payment(scene: Scene, talk: Talk, case: Case, final: StoredDecision, decided: float) -> None:
    paid = final.amount or case.amount
    if paid is None:
        return
    order = case.evidence.refund.order if case.evidence.refund else None
    scene.batch.ledger.append(
        {
            "key": refund_key(case.review_id),
            "review_id": case.review_id,
            "thread_id": talk.thread_id,
            "order_number": order.number if order else None,
            "amount_minor": paid.minor,
            "currency": paid.currency,
            "reference": reference_of(case.review_id),
            "entered_at": scene.year.text(min(decided + UNDO_S, END - 1)),
            "paid_at": scene.year.text(min(decided + UNDO_S + 0.5, END - 1)),
        }
    )


def _second_look(scene: Scene, case: Case, decided: float, *, approved: bool) -> None:
    """Now and then somebody else judges the same without knowing what was decided."""
    if not scene.chance.happens(SECOND_LOOKS):
        return
    at = decided + scene.chance.between(0.5, SECOND_LOOK_DAYS) * DAY_S
    if at >= END:
        return
    other = somebody(scene, at, but=tuple(seat.subject for seat in case.seats))
    agrees = scene.chance.happens(AGREES)
    scene.batch.second_looks.append(
        {
            "review_id": case.review_id,
            "subject_key": subject_key(other.name),
            "subject": other.name,
            "verdict": "approve" if approved is agrees else "deny",
            "note": "" if agrees else "I read the facts differently.",
            "at": scene.year.text(at),
        }
    )
