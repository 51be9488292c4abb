"""What people answered customers: the stuff that articles are made of."""

from dataclasses import dataclass

from agent import Desk, HistoryFilter, Identity, PastDecision
from pages.ui.history.history_panel import find_decision
from pages.ui.knowledge.article_link import ACTIONS, KINDS, can_become_article


@dataclass(frozen=True, kw_only=True)
class PastAnswer:
    """A question, what was answered, by whom and when."""

    question: str
    answer: str
    by: str
    at: str
    thread_id: str


def recent_answers(desk: Desk, identity: Identity, limit: int) -> list[PastDecision]:
    """The latest decisions that an article could be made of, the newest first."""
    wanted = HistoryFilter.model_validate({"kinds": KINDS, "actions": ACTIONS})
    found = desk.workbench.history(wanted, identity, limit=limit)
    return [
        past
        for past in found
        if past.review_status == "applied" and past.withdrawn_at is None and not past.is_check_case
    ]


def past_answer(desk: Desk, identity: Identity, review_id: str) -> PastAnswer | None:
    """The question and the answer of a review; None if there is none. Raises DeskError for an unknown review."""
    review = desk.review(review_id)
    past = find_decision(desk, identity, review_id)
    if past is None or not can_become_article(review):
        return None
    return PastAnswer(
        question=review.evidence.request,
        answer=past.decision.reply or review.evidence.draft or "",
        by=past.decision.subject,
        at=past.decision.decided_at,
        thread_id=review.thread_id,
    )
