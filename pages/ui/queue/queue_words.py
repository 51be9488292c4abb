"""Teams and reasons of the queue in words for people."""

from collections.abc import Mapping

TEAM: Mapping[str, str] = {"billing": "Billing", "logistics": "Logistics", "technical": "Technical", "trust": "Trust"}

REASON: Mapping[str, str] = {
    "all_clauses_hold": "every clause holds",
    "order_known": "order unclear",
    "owner": "whose order it is",
    "delivered": "delivery",
    "window": "return window",
    "not_refunded": "refunded before",
    "amount": "amount",
    "refundable": "items that may not come back",
    "no_fraud_signals": "signs of fraud",
    "person_requested": "asked for a person",
    "angry": "angry",
    "low_mood": "low mood",
    "topic_billing_dispute": "billing dispute",
    "topic_legal_threat": "legal threat",
    "topic_account_deletion": "account deletion",
    "category_complaint": "complaint",
    "unsure_again": "unsure again",
    "unknown_again": "not understood again",
    "knowledge_gap": "no article answers",
    "unsure_answer": "unsure answer",
    "soft_review": "answer only just good enough",
    "asked": "asked by the desk",
}
"""The clause or rule for which a person is asked."""
