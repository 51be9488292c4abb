"""Measure how often the right article is found."""

from collections.abc import Sequence
from typing import Any

from agent.evaluation.datasets import Question
from agent.ports.knowledge import KnowledgeBase

DEPTH = 10
FIRST_FIVE = 5


def measure_retrieval(knowledge: KnowledgeBase, questions: Sequence[Question]) -> dict[str, Any]:
    """recall@1, recall@5 and mean reciprocal rank over the first ten articles, with the questions that were missed."""
    ranks = [_rank(knowledge, question) for question in questions]
    count = len(questions)
    return {
        "rows": count,
        "recall_at_1": round(sum(rank == 1 for rank in ranks) / count, 4),
        "recall_at_5": round(sum(0 < rank <= FIRST_FIVE for rank in ranks) / count, 4),
        "mrr": round(sum(1 / rank for rank in ranks if rank) / count, 4),
        "missed": [
            {"text": question.text[:200], "gold_ids": list(question.gold_ids), "rank": rank}
            for question, rank in zip(questions, ranks, strict=True)
            if rank != 1
        ],
    }


def _rank(knowledge: KnowledgeBase, question: Question) -> int:
    """The place of the first right article, 0 if it is not among the first ten."""
    for place, hit in enumerate(knowledge.search(question.text, DEPTH), start=1):
        if hit.article_id in question.gold_ids:
            return place
    return 0
