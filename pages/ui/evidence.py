"""The evidence card: what a reviewer decides from, in the order in which it is needed."""

from collections.abc import Sequence

from agent import Evidence, Money, Review, TurnView
from pages.ui.blocks import Block, facts, figures, fold, heading, note, points, quote, tags
from pages.ui.clock import moment
from pages.ui.decision_record import hit_table, rule_table
from pages.ui.order_evidence import order_blocks, past_refund_blocks
from pages.ui.words import ACTION_DONE, ADVICE_TONE, PRIORITY_TONE, REVIEW_STATUS, in_words


def request_blocks(review: Review, held: Sequence[TurnView]) -> list[Block]:
    """What is asked and how much; `held` are messages that came while the review was open."""
    evidence = review.evidence
    return [*_state(review), quote(evidence.request), *_held(held), *_money(evidence)]


def evidence_blocks(review: Review) -> list[Block]:
    """What the decision rests on."""
    evidence = review.evidence
    if review.kind == "draft":
        begun = [*_held_back(evidence), *_draft(evidence), *_in_short(evidence)]
    else:
        begun = [*_clauses(evidence), *_advice(evidence), *_in_short(evidence), *_draft(evidence)]
    return [
        *begun,
        *order_blocks(evidence),
        *past_refund_blocks(evidence),
        *_customer(review, evidence),
        *_background(evidence),
    ]


def headline(review: Review) -> str:
    """What is asked, in one line."""
    if review.kind == "draft":
        return "Answer to check"
    if review.kind == "escalation":
        return "Escalation"
    return f"Refund of {review.amount}" if review.amount else "Refund"


def decided_line(review: Review) -> str | None:
    """Who decided what and when; None while it is open."""
    if review.decided_action is None or review.decided_at is None:
        return None
    done = ACTION_DONE.get(review.decided_action, review.decided_action)
    return f"{done.capitalize()} by {review.decided_by}, {moment(review.decided_at)}"


def _state(review: Review) -> list[Block]:
    status, tone = REVIEW_STATUS[review.status]
    until = f"due {moment(review.due_at)}, expires {moment(review.expires_at)}"
    return [
        tags(
            [
                (status, tone or "soft"),
                (f"{review.priority} priority", PRIORITY_TONE[review.priority] or "soft"),
                (f"rule says {review.recommendation}", ADVICE_TONE[review.recommendation]),
                ("" if review.decided_at else until, ""),
            ]
        )
    ]


def _held(held: Sequence[TurnView]) -> list[Block]:
    if not held:
        return []
    count = f"{len(held)} later message{'' if len(held) == 1 else 's'}"
    return [note(f"{count}, answered after the decision:", "warn"), *(quote(turn.text) for turn in held)]


def _money(evidence: Evidence) -> list[Block]:
    refund = evidence.refund
    if refund is None:
        return []
    left = None
    asked = "Asked for" if refund.asked else "Proposed"
    if refund.paid and refund.already_refunded:
        left = Money(minor=refund.paid.minor - refund.already_refunded.minor, currency=refund.paid.currency)
    amounts = (
        (asked, refund.asked or refund.proposed),
        ("Paid", refund.paid),
        ("Refunded before", refund.already_refunded),
        ("Left to refund", left),
    )
    return [figures([(label, str(amount) if amount else "unknown") for label, amount in amounts], strong=asked)]


def _clauses(evidence: Evidence) -> list[Block]:
    if not evidence.clauses:
        return []
    return [
        heading("Policy clauses"),
        {"type": "clauses", "rows": [clause.model_dump() for clause in evidence.clauses]},
    ]


def _advice(evidence: Evidence) -> list[Block]:
    title = f"The rule says: {evidence.recommendation}" if evidence.refund else "Why it needs a person"
    return [heading(title), points(evidence.reasons)] if evidence.reasons else []


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
    rows = [("Asked by", review.requester), ("Mood", evidence.emotional_state), ("Ticket", evidence.ticket_number)]
    blocks = [heading("Customer"), facts([(label, value) for label, value in rows if value])]
    scores = evidence.sentiment_scores
    if scores:
        caption = f"Sentiment over {len(scores)} message{'' if len(scores) == 1 else 's'}, last {scores[-1]:+.2f}"
        blocks.append({"type": "trend", "scores": list(scores), "label": caption, "caption": caption})
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
    return folds
