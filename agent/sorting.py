"""Sort reviews: which team gets one, why it came, and which others the rules judge alike. Pure, like the rules."""

from agent.model import Classification, Evidence, Money, Team
from agent.policy import Policy

FRAUD = "no_fraud_signals"
BANDS = (50, 200, 500)
"""Upper ends of the bands of amounts, in whole units."""


def choose_team(classification: Classification, evidence: Evidence, policy: Policy) -> Team:
    """Refunds are billing's unless something is suspicious; legal weight is trust's; else the category decides."""
    if evidence.refund is not None:
        suspicious = any(clause.id == FRAUD and clause.verdict == "fail" for clause in evidence.clauses)
        return "trust" if suspicious else "billing"
    if classification.topic_confidence >= policy.topic_confidence:
        if classification.topic in {"legal_threat", "account_deletion"}:
            return "trust"
        if classification.topic == "billing_dispute":
            return "billing"
    if classification.intent == "order":
        return "logistics"
    return policy.teams.get(classification.category, "logistics")


def main_reason(evidence: Evidence) -> str:
    """Why a person is asked: the first clause that fails or is unknown, else the first rule that fired."""
    for verdict in ("fail", "unknown"):
        for clause in evidence.clauses:
            if clause.verdict == verdict:
                return clause.id
    if evidence.clauses:
        return "all_clauses_hold"
    effects = {"escalate", "review"}
    return next((rule.name for rule in evidence.rules if rule.effect in effects), "asked")


def look_alike_key(evidence: Evidence, amount: Money | None, limit: int | None) -> str:
    """Equal for refunds with the same verdicts, recommendation and band of amounts; empty for what is looked at alone.

    `limit` is the amount in whole units above which two people are needed: such refunds are never decided in a batch.
    """
    if amount is None or not evidence.clauses or (limit is not None and amount.minor > limit * 100):
        return ""
    top = next((band for band in BANDS if amount.minor <= band * 100), None)
    verdicts = ",".join(f"{clause.id}={clause.verdict}" for clause in evidence.clauses)
    return f"{evidence.recommendation}|{amount.currency}<={top or 'more'}|{verdicts}"
