"""The evidence card: what a reviewer decides from, the deciding facts first and everything else in folds below."""

from collections.abc import Mapping, Sequence

from agent import Clause, Evidence, Review, TurnView, remaining
from pages.ui.blocks import Block, facts, fold, heading, note, points, quote, tags
from pages.ui.clock import moment
from pages.ui.live.decision_record import hit_table, rule_table
from pages.ui.present import at_time, is_past
from pages.ui.review.card_blocks import Fact, clause_list, columns, named_facts, named_figures, request_quote
from pages.ui.review.order_evidence import order_folds, order_in_short, order_of
from pages.ui.words import ADVICE_TONE, PRIORITY_TONE, REVIEW_STATUS, in_words

RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "order_known": ("order",),
    "owner": ("customer",),
    "delivered": ("delivered", "order"),
    "window": ("delivered",),
    "not_refunded": ("refunded",),
    "amount": ("asked", "left"),
    "refundable": ("items",),
    "no_fraud_signals": ("earlier",),
}
"""Clause → the facts of the card that it rests on; where no order is known, that is the fact."""
OF_AN_ORDER = frozenset({"customer", "delivered", "items"})
LATEST = 3
"""So many later messages stand on the card; the conversation has all of them."""


def request_blocks(review: Review, held: Sequence[TurnView]) -> list[Block]:
    """What is asked and how much; `held` are messages that came while the review was open."""
    evidence = review.evidence
    return [*_state(review), request_quote(evidence.request), *_asked_back(evidence), *_held(held), *_money(evidence)]


def evidence_blocks(review: Review) -> list[Block]:
    """What the decision rests on."""
    evidence = review.evidence
    if review.kind == "draft":
        left = [*_held_back(evidence), *_draft(evidence), *_in_short(evidence)]
    else:
        left = [*_clauses(evidence), *_advice(evidence), *_in_short(evidence), *_draft(evidence)]
    right = [*order_in_short(evidence), *_customer(review, evidence)]
    return [columns(left, right), *order_folds(evidence), *_background(evidence)]


def headline(review: Review) -> str:
    """What is asked, in one line."""
    if review.kind == "draft":
        return "Answer to check"
    if review.kind == "escalation":
        return "Escalation"
    return f"Refund of {review.amount}" if review.amount else "Refund"


def _state(review: Review) -> list[Block]:
    status, tone = REVIEW_STATUS[review.status]
    advice = f"rule says {review.recommendation}"
    items = [
        (status, tone or "soft"),
        (f"{review.priority} priority", PRIORITY_TONE[review.priority] or "soft"),
        (advice, ADVICE_TONE[review.recommendation]),
    ]
    if review.is_open:
        if review.claimed_by and review.claimed_until and not is_past(review.claimed_until):
            items.append((f"{review.claimed_by} works on it until {at_time(review.claimed_until)}", "accent"))
        items.append((f"due {moment(review.due_at)}, expires {moment(review.expires_at)}", ""))
    return [tags(items)]


def _asked_back(evidence: Evidence) -> list[Block]:
    """What a reviewer asked the customer before, and what came back."""
    if not evidence.question:
        return []
    lines = [
        {"who": "agent", "name": "We asked", "text": evidence.question},
        {"who": "customer", "name": "Answer", "text": evidence.answer or "no answer is known"},
    ]
    return [{"type": "spoken", "lines": lines}]


def _held(held: Sequence[TurnView]) -> list[Block]:
    if not held:
        return []
    count = f"{len(held)} later message{'' if len(held) == 1 else 's'}"
    shown = "the latest, " if len(held) > LATEST else ""
    return [
        note(f"{count}, {shown}answered after the decision:", "warn"),
        *(request_quote(turn.text) for turn in held[-LATEST:]),
    ]


def _money(evidence: Evidence) -> list[Block]:
    refund = evidence.refund
    if refund is None:
        return []
    amounts = (
        ("Asked for" if refund.asked else "None named; proposed", refund.asked or refund.proposed, "asked"),
        ("Paid", refund.paid, "paid"),
        ("Refunded before", refund.already_refunded, "refunded"),
        ("Left to refund", remaining(refund), "left"),
    )
    return [
        named_figures(
            Fact(label=label, value=str(amount) if amount else "unknown", fact=fact, strong=fact == "asked")
            for label, amount, fact in amounts
        )
    ]


def _clauses(evidence: Evidence) -> list[Block]:
    if not evidence.clauses:
        return []
    rows = [(clause, _rests_on(clause, evidence)) for clause in evidence.clauses]
    return [heading("Policy clauses"), clause_list(rows)]


def _rests_on(clause: Clause, evidence: Evidence) -> tuple[str, ...]:
    named = RESTS_ON.get(clause.id, ())
    missing = order_of(evidence) is None and not OF_AN_ORDER.isdisjoint(named)
    return ("order",) if missing else named


def _advice(evidence: Evidence) -> list[Block]:
    title = f"The rule says: {evidence.recommendation}" if evidence.refund else "Why it needs a person"
    return [heading(title), points(evidence.reasons or ("No reason is known.",))]


def _held_back(evidence: Evidence) -> list[Block]:
    """Why an answer that is good enough was not sent at once."""
    rule = next((rule for rule in evidence.rules if rule.name == "soft_review"), None)
    if rule is None:
        return _advice(evidence)
    margin = float(rule.threshold or 0)
    relevance, mark = rule.inputs.get("relevance", 0.0), rule.inputs.get("answer_confidence", 0.0)
    return [
        heading("Why it was held"),
        note("The answer is good enough to be sent, but only just, so somebody looks at it first."),
        facts(
            [
                ("Best article", f"{relevance:.0%} likely to answer the question"),
                ("Mark for the answer", f"{mark:.1f} of 10, given by the engine itself"),
                ("Held if it is", f"less than {margin:.0%} or {10 * margin:.1f} marks above a limit"),
            ]
        ),
    ]


def _in_short(evidence: Evidence) -> list[Block]:
    """For somebody who takes over: what happened, and what may help; a refund's facts say it better."""
    if evidence.refund is not None or not evidence.summary:
        return []
    help_ = [note(f"What may help: {evidence.suggestion}", "soft")] if evidence.suggestion else []
    return [heading("Summary"), note(evidence.summary), *help_]


def _draft(evidence: Evidence) -> list[Block]:
    if not evidence.draft:
        return []
    sources = ", ".join(dict.fromkeys(citation.title for citation in evidence.citations))
    origin = f"Rests on: {sources}" if sources else "No article is cited."
    return [heading("Draft reply"), quote(evidence.draft), note(origin, "soft")]


def _customer(review: Review, evidence: Evidence) -> list[Block]:
    scores = evidence.sentiment_scores
    rows = [
        Fact(label="Asked by", value=review.requester or "unknown"),
        Fact(label="Mood", value=evidence.emotional_state or "unknown"),
    ]
    blocks = [heading("Customer"), named_facts(rows)]
    if scores:
        caption = f"{len(scores)} message{'' if len(scores) == 1 else 's'}, last {scores[-1]:+.2f}"
        blocks.append(
            {"type": "trend", "scores": list(scores), "label": f"Sentiment over {caption}", "caption": caption}
        )
    else:
        blocks.append(note("Sentiment unknown.", "soft"))
    return blocks


def _background(evidence: Evidence) -> list[Block]:
    folds: list[Block] = []
    if evidence.transcript:
        names = {"customer": "Customer", "agent": "Autopilot"}
        lines = [{"who": line.who, "name": names[line.who], "text": line.text} for line in evidence.transcript]
        folds.append(fold(f"Transcript ({len(lines)})", [{"type": "spoken", "lines": lines}]))
    if evidence.rules:
        rules = [rule.model_dump() for rule in evidence.rules]
        names_of_rules = ", ".join(in_words(rule["name"]) for rule in rules)
        folds.append(fold(f"Rules fired: {names_of_rules}", [rule_table(rules)]))
    if evidence.hits:
        folds.append(
            fold(f"Articles found ({len(evidence.hits)})", [hit_table([h.model_dump() for h in evidence.hits])])
        )
    if evidence.ticket_number:
        folds.append(fold(f"Ticket {evidence.ticket_number}", [note(evidence.summary or "It has no summary.")]))
    return folds
