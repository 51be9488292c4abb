"""The kinds of messages that customers of the made-up year send, and what an engine makes of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from agent.demo_history.chance import Weighted
from agent.model import Category, Intent, Topic

Shape = tuple[float, float]
"""The two parameters of a beta distribution, or mean and spread of a normal one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of message. `near` are the articles that retrieval finds for it, `taken_for` what it is mistaken for."""

    intent: Intent
    topic: Topic = "general"
    category: Category = "general"
    sure: Shape = (14.0, 1.6)
    mood: Shape = (0.03, 0.15)
    relevance: Shape = (7.0, 3.2)
    near: tuple[str, ...] = ("contact-a-person", "response-times")
    taken_for: tuple[Intent, ...] = ()
    asks_for_person: bool = False
    is_order_change: bool = False


_DELIVERY = ("track-a-parcel", "late-parcel", "delivery-times")
_GOODS = ("how-to-return", "return-window", "exchange-size-or-colour")
_MONEY = ("how-long-refunds-take", "payment-methods", "invoices-and-receipts")
_SURE: Shape = (22.0, 1.4)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "question": Kind(intent="faq", relevance=(20.0, 4.0), taken_for=("order", "issue")),
        "gap": Kind(intent="faq", sure=(9.0, 2.2), relevance=(5.0, 8.0), taken_for=("order", "unknown")),
        "order_status": Kind(
            intent="order", category="product", near=_DELIVERY, mood=(-0.05, 0.2), taken_for=("faq", "issue")
        ),
        "order_bare": Kind(
            intent="order", category="product", near=_DELIVERY, mood=(-0.05, 0.2), taken_for=("faq", "issue")
        ),
        "order_number": Kind(intent="unknown", sure=(4.0, 3.0), relevance=(2.0, 8.0), near=_DELIVERY),
        "order_change": Kind(intent="order", category="product", near=_DELIVERY, is_order_change=True),
        "yes": Kind(intent="unknown", sure=(4.0, 3.0), relevance=(1.5, 9.0), near=_DELIVERY),
        "issue": Kind(
            intent="issue", category="product", near=_GOODS, mood=(-0.35, 0.17), taken_for=("refund", "faq", "order")
        ),
        "technical": Kind(
            intent="issue",
            topic="technical",
            category="technical",
            near=("app-crash", "forgotten-password", "payment-methods"),
            mood=(-0.3, 0.17),
            taken_for=("faq",),
        ),
        "refund": Kind(intent="refund", category="billing", near=_MONEY, mood=(-0.25, 0.2), taken_for=("issue", "faq")),
        "refund_bare": Kind(
            intent="refund", category="billing", near=_MONEY, mood=(-0.25, 0.2), taken_for=("issue", "faq")
        ),
        "refund_details": Kind(intent="refund", category="billing", sure=(6.0, 3.0), near=_MONEY),
        "refund_answer": Kind(intent="issue", category="product", sure=(5.0, 3.0), near=_GOODS, mood=(-0.15, 0.15)),
        "objection": Kind(intent="refund", category="billing", sure=(6.0, 3.5), near=_MONEY, mood=(-0.45, 0.15)),
        "person": Kind(intent="issue", sure=(5.0, 3.0), mood=(-0.3, 0.2), asks_for_person=True),
        "angry": Kind(intent="issue", category="complaint", sure=(8.0, 3.0), mood=(-0.86, 0.05)),
        "complaint": Kind(intent="issue", category="complaint", sure=(9.0, 2.5), mood=(-0.58, 0.1)),
        "legal_threat": Kind(
            intent="issue", topic="legal_threat", category="complaint", sure=_SURE, mood=(-0.62, 0.12)
        ),
        "account_deletion": Kind(intent="issue", topic="account_deletion", sure=_SURE, mood=(-0.1, 0.15)),
        "billing_dispute": Kind(
            intent="issue", topic="billing_dispute", category="billing", sure=_SURE, near=_MONEY, mood=(-0.45, 0.15)
        ),
        "unknown": Kind(intent="unknown", sure=(6.0, 3.0), relevance=(1.5, 7.0), taken_for=("faq",)),
        "hello": Kind(intent="unknown", sure=(6.0, 3.0), relevance=(1.2, 9.0), mood=(0.2, 0.12)),
        "thanks": Kind(intent="unknown", sure=(6.0, 3.0), relevance=(1.2, 9.0), mood=(0.62, 0.13)),
    }
)

_OPENING: Mapping[str, float] = MappingProxyType(
    {
        "question": 0.475,
        "gap": 0.07,
        "order_status": 0.11,
        "order_bare": 0.055,
        "order_change": 0.025,
        "issue": 0.085,
        "technical": 0.045,
        "refund": 0.058,
        "refund_bare": 0.028,
        "unknown": 0.035,
        "hello": 0.02,
        "person": 0.006,
        "angry": 0.003,
        "complaint": 0.003,
        "legal_threat": 0.0025,
        "account_deletion": 0.003,
        "billing_dispute": 0.005,
    }
)


def _opening(**changes: float) -> Weighted[str]:
    return Weighted({kind: weight * changes.get(kind, 1.0) for kind, weight in _OPENING.items()})


OPENING = _opening()
OPENING_IN_JANUARY = _opening(refund=1.6, refund_bare=1.6, issue=1.2)
OPENING_IN_STRIKE = _opening(order_status=5.0, order_bare=4.5, issue=2.4, angry=3.0, complaint=2.5, person=1.5)
OPENING_IN_OUTAGE = _opening(technical=24.0, billing_dispute=2.5, angry=2.0, person=1.6)
"""What a conversation begins with, in ordinary times and in those that were not."""

AFTER_ASKED: Mapping[str, Weighted[str | None]] = MappingProxyType(
    {
        "order_number": Weighted({"order_number": 0.82, "person": 0.03, None: 0.15}),
        "order_yes": Weighted({"yes": 0.88, None: 0.12}),
        "refund_details": Weighted({"refund_details": 0.8, "person": 0.04, None: 0.16}),
        "reviewer_question": Weighted({"refund_answer": 0.85, None: 0.15}),
        "objection": Weighted({"objection": 0.26, "thanks": 0.12, "angry": 0.03, None: 0.59}),
        "clarification": Weighted({"question": 0.42, "order_bare": 0.14, "refund_bare": 0.05, "gap": 0.04, None: 0.35}),
    }
)
"""What comes after the desk asked for something."""

AFTER_HELP = Weighted[str | None](
    {
        "thanks": 0.27,
        "question": 0.28,
        "order_status": 0.05,
        "refund_bare": 0.015,
        "gap": 0.02,
        "issue": 0.02,
        None: 0.353,
    }
)
AFTER_WRONG = Weighted[str | None](
    {"again": 0.4, "person": 0.03, "complaint": 0.012, "angry": 0.012, "thanks": 0.1, "question": 0.1, None: 0.331}
)
AFTER_TICKET = Weighted[str | None](
    {"thanks": 0.36, "question": 0.25, "person": 0.018, "angry": 0.008, "refund": 0.04, None: 0.324}
)
AFTER_REVIEW = Weighted[str | None]({"thanks": 0.44, "question": 0.22, "order_status": 0.04, None: 0.3})
AFTER_THANKS = Weighted[str | None]({"question": 0.22, "order_status": 0.04, None: 0.74})
