"""Refunds of the made-up year: the facts of an order, the clauses that the desk's rules make of them, the decision."""

from agent.demo_history.cases import Case, Ruling, can_expire, close_case, open_case, reference_of
from agent.demo_history.chance import Chance, Weighted
from agent.demo_history.timing import seconds_of
from agent.demo_history.turns import Scene, Talk, Turn
from agent.demo_history.year import DAY_S
from agent.model import (
    Action,
    Caller,
    Change,
    DenialReason,
    Evidence,
    Money,
    Order,
    OrderItem,
    Recommendation,
    RefundFacts,
    StoredDecision,
)
from agent.names import name_for_customers
from agent.refund_rules import judge_refund, payable_limit, recommend

EXPIRES = 0.01
RULED: dict[Recommendation, Weighted[Action]] = {
    "approve": Weighted({"approve": 0.9, "edit": 0.06, "deny": 0.02, "respond": 0.01, "take-over": 0.01}),
    "look closer": Weighted({"approve": 0.62, "edit": 0.14, "deny": 0.1, "respond": 0.1, "take-over": 0.04}),
    "deny": Weighted({"approve": 0.28, "edit": 0.16, "deny": 0.51, "respond": 0.03, "take-over": 0.02}),
}
"""What people decide, by what the rules recommend."""

REASONS: dict[str, DenialReason] = {
    "window": "outside_window",
    "delivered": "not_delivered",
    "not_refunded": "already_refunded",
    "amount": "amount_exceeds_paid",
    "refundable": "not_refundable",
    "no_fraud_signals": "suspected_fraud",
    "owner": "suspected_fraud",
    "order_known": "missing_information",
}
"""The reason for a denial, by the clause that speaks against it."""

UNKNOWN_ORDER, NOT_OURS, NOT_DELIVERED = 0.05, 0.015, 0.04
REFUNDED_BEFORE, FINAL_SALE, OVERSTATED, MANY_REFUNDS = 0.03, 0.035, 0.03, 0.02
DAYS_MEDIAN, DAYS_SPREAD, DAYS_AT_MOST = 9.0, 0.85, 200
LESS = (0.5, 0.95)
"""What part of the amount an edited refund pays."""


def ask_or_assess(scene: Scene, talk: Talk, turn: Turn) -> None:
    """To a person with the facts; or the question which order it is."""
    entities = turn.found.classification.entities
    known = turn.routing.subject_rule == "lane_refund_decided_by_a_person"
    turn.nodes.append("assess_refund")
    if not known:
        voice = scene.voice(talk, turn)
        turn.reply = voice.say(voice.phrases.ask_refund_details)
        talk.awaiting = "refund_details"
        turn.nodes.append("record")
        turn.helped = turn.found.is_right
        return
    facts = _facts(scene, talk, turn, asked=entities.amount)
    evidence = _evidence(talk, turn, facts)
    voice = scene.voice(talk, turn)
    what = voice.phrases.refund_of.format(amount=facts.asked) if facts.asked else ""
    which = voice.phrases.refund_for_order.format(number=facts.order_number) if facts.order_number else ""
    turn.holding = voice.say(voice.phrases.refund_waits, what=what + which, due=scene.due_at(turn))
    scene.run(turn)
    turn.answered = turn.received + seconds_of(turn.node_ms)
    case = open_case(scene, talk, turn, kind="refund", evidence=evidence, amount=facts.proposed)
    turn.nodes.append("human_gate")
    final = close_case(scene, talk, turn, case, _ruling(scene, turn, case, facts))
    turn.decision = final
    if len(case.seats) > 1:
        turn.nodes.append("second_gate")
    talk.awaiting = None
    _carry_out(scene, talk, turn, case, final)
    turn.nodes.append("record")


def _facts(scene: Scene, talk: Talk, turn: Turn, asked: Money | None) -> RefundFacts:
    chance, paid = scene.chance, Money(minor=talk.mind.paid)
    if chance.happens(UNKNOWN_ORDER):
        return RefundFacts.model_construct(
            asked=asked,
            order=None,
            order_number=talk.mind.number,
            paid=None,
            already_refunded=None,
            days_since_delivery=None,
            proposed=asked or paid,
        )
    before = Money(minor=paid.minor // 2 if chance.happens(REFUNDED_BEFORE) else 0)
    delivered = not chance.happens(NOT_DELIVERED)
    days = min(DAYS_AT_MOST, int(chance.around(DAYS_MEDIAN, DAYS_SPREAD)))
    proposed = asked or Money(minor=paid.minor - before.minor)
    if asked and chance.happens(OVERSTATED):
        paid = Money(minor=int(asked.minor * chance.between(0.6, 0.9)))
        before = Money(minor=min(before.minor, paid.minor // 2))
    return RefundFacts.model_construct(
        asked=asked,
        order=_order(scene, talk, turn, paid, before, days=days if delivered else None),
        order_number=talk.mind.number,
        paid=paid,
        already_refunded=before,
        days_since_delivery=days if delivered else None,
        proposed=proposed,
        past_refunds=(),
        recent_refunds=4 if chance.happens(MANY_REFUNDS) else int(chance.between(0, 2.2)),
    )


def _order(scene: Scene, talk: Talk, turn: Turn, paid: Money, before: Money, *, days: int | None) -> Order:
    chance, year = scene.chance, scene.year
    placed = turn.received - ((days or 0) + 5) * DAY_S
    item = OrderItem.model_construct(
        sku="DM-100",
        name=chance.one_of(scene.texts.slots["product"]).partition(" ")[2].capitalize(),
        quantity=1,
        unit_minor=paid.minor,
        refundable=True,
        final_sale=chance.happens(FINAL_SALE),
        variant="",
    )
    return Order.model_construct(
        number=talk.mind.number,
        customer_id=f"{talk.customer_id}-other" if chance.happens(NOT_OURS) else talk.customer_id,
        customer_name="Demo customer",
        customer_tier="standard",
        status="shipped" if days is None else "delivered",
        placed_at=year.text(placed),
        delivered_at=None if days is None else year.text(turn.received - days * DAY_S - 60),
        paid=paid,
        refunded=before,
        items=(item,),
        carrier="Parcelway",
        tracking=f"DM{int(chance.share() * 1e10):010d}",
        shipped_at=year.text(placed + DAY_S),
    )


def _evidence(talk: Talk, turn: Turn, facts: RefundFacts) -> Evidence:
    clauses = judge_refund(facts, Caller(customer_id=talk.customer_id), turn.policy)
    recommendation, reasons = recommend(clauses)
    sentiment = turn.found.sentiment
    return Evidence.model_construct(
        request=turn.found.text,
        summary=f"Refund of {facts.proposed} for order {facts.order_number}",
        recommendation=recommendation,
        reasons=reasons,
        clauses=clauses,
        refund=facts,
        emotional_state=f"{sentiment.label} ({sentiment.score:+.2f})",
        sentiment_scores=tuple(talk.mood),
        transcript=talk.lines(turn.found.text),
        rules=turn.routing.rules,
    )


def _ruling(scene: Scene, turn: Turn, case: Case, facts: RefundFacts) -> Ruling:
    chance, notes = scene.chance, scene.texts.replies["notes"]
    if can_expire(turn) and chance.happens(EXPIRES):
        return Ruling(action="expire", reason="other", note="Nobody decided in time.")
    action: Action = chance.of(RULED[case.evidence.recommendation])
    limit = payable_limit(facts).minor
    if action == "approve" and facts.proposed.minor > limit:
        action = "edit"
    if action in {"approve", "edit"} and limit <= 1:
        action = "deny"
    note = chance.one_of(notes[action])
    if action == "approve":
        return Ruling(action=action, note=note, amount=facts.proposed)
    if action == "edit":
        return _smaller(scene, chance, min(facts.proposed.minor, limit), facts.proposed, note)
    if action == "deny":
        return Ruling(action=action, reason=_reason(case), note=note or "See the facts.")
    reply = chance.one_of(scene.texts.replies["ask_refund"]) if action == "respond" else None
    return Ruling(action=action, note=note, reply=reply)


def _smaller(scene: Scene, chance: Chance, most: int, proposed: Money, note: str) -> Ruling:
    """Another amount, with words of one's own."""
    amount = Money(minor=max(1, int(most * chance.between(*LESS))))
    reply = chance.one_of(scene.texts.replies["edited_refund"]).format(amount=amount)
    changes = (
        Change(what="amount", before=str(proposed), after=str(amount)),
        Change(what="reply", before="", after=reply),
    )
    return Ruling(action="edit", note=note, amount=amount, reply=reply, changes=changes)


def _reason(case: Case) -> DenialReason:
    failed = [clause.id for clause in case.evidence.clauses if clause.verdict == "fail"]
    return REASONS.get(failed[0], "other") if failed else "missing_information"


def _carry_out(scene: Scene, talk: Talk, turn: Turn, case: Case, final: StoredDecision) -> None:
    """What the decision led to."""
    voice = scene.voice(talk, turn)
    turn.helped = final.action in {"approve", "edit"}
    if final.action in {"approve", "edit"}:
        amount = final.amount or case.amount
        reference = reference_of(case.review_id)
        turn.nodes.append("issue_refund")
        turn.reply = final.reply or voice.fill(voice.phrases.refund_issued, amount=amount, reference=reference)
        turn.action_result = f"Refund issued: {amount}"
        words_of = case.seats[0] if final.reply else None
    elif final.action in {"deny", "expire"}:
        turn.nodes.append("refund_denied")
        words_of = None
        _refuse(scene, talk, turn, final)
    else:
        turn.nodes.append("deliver")
        words_of = final if final.reply else None
        _answer(scene, talk, turn, final)
    if words_of is not None:
        turn.who, turn.author = "person", words_of.subject


def _refuse(scene: Scene, talk: Talk, turn: Turn, final: StoredDecision) -> None:
    voice = scene.voice(talk, turn)
    if final.action == "deny":
        because = voice.phrases.denials[final.reason or "other"]
        turn.reply = voice.fill(voice.phrases.refund_denied, because=because)
        turn.action_result = f"Refund denied: {final.reason or 'other'}"
        talk.awaiting = "objection"
        return
    due = scene.year.text(turn.settled + 60 * turn.policy.sla_urgent_minutes)
    turn.ticket = scene.batch.add_ticket(
        {
            "key": f"{turn.turn_id}:refund",
            "thread_id": talk.thread_id,
            "turn_id": turn.turn_id,
            "kind": "refund",
            "priority": "urgent",
            "subject": "A refund was not decided in time",
            "body": turn.found.text,
            "status": "solved",
            "due_at": due,
            "opened_at": scene.year.text(turn.settled),
        }
    )
    turn.reply = voice.fill(voice.phrases.refund_expired, number=turn.ticket, due=due)
    turn.action_result = "Refund not decided in time: nothing was paid"
    talk.is_expired = True


def _answer(scene: Scene, talk: Talk, turn: Turn, final: StoredDecision) -> None:
    voice = scene.voice(talk, turn)
    if final.action == "take-over":
        turn.reply = voice.fill(voice.phrases.taken_over, name=name_for_customers(final.subject))
        turn.action_result = f"Taken over by {final.subject}"
        turn.helped = True
        return
    turn.reply = final.reply or ""
    turn.action_result = f"Question sent, asked by {final.subject}: nothing was paid"
    talk.awaiting = "reviewer_question"
