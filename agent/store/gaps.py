"""Questions without an answer, how often articles were cited, and questions that were asked again."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, and_, exists, func, or_, select

from agent.model import AskedQuestion, GapQuestion
from agent.store.tables import articles, asked_again, gap_questions, inbox, ratings, turn_facts
from agent.store.upsert import insert_into

CHECK_CASES = "check case %"
"""Channels of requests that were seeded to test reviewers; no customer asked them."""


def unanswered(connection: Connection, *, below: float, since: str | None, limit: int) -> list[GapQuestion]:
    """Questions whose best article was less relevant than `below`, the newest first.

    Those that a live article has answered since, when they were asked again, are not among them.
    """
    is_answered = exists(
        select(asked_again.c.turn_id)
        .join(articles, articles.c.article_id == asked_again.c.article_id)
        .where(
            asked_again.c.turn_id == turn_facts.c.turn_id,
            asked_again.c.answered_after == 1,
            articles.c.status == "live",
        )
    )
    is_question = or_(turn_facts.c.intent == "faq", ("," + turn_facts.c.rules + ",").like("%,knowledge_gap,%"))
    conditions = [
        turn_facts.c.relevance < below,
        is_question,
        turn_facts.c.channel.not_like(CHECK_CASES),
        ~is_answered,
    ]
    if since is not None:
        conditions.append(turn_facts.c.received_at >= since)
    rows = connection.execute(
        select(
            turn_facts.c.turn_id,
            turn_facts.c.thread_id,
            inbox.c.text,
            turn_facts.c.relevance,
            turn_facts.c.received_at,
            turn_facts.c.best_article,
        )
        .join(inbox, inbox.c.turn_id == turn_facts.c.turn_id)
        .where(and_(*conditions))
        .order_by(turn_facts.c.seq.desc())
        .limit(limit)
    )
    return [
        GapQuestion(
            turn_id=row.turn_id,
            thread_id=row.thread_id,
            text=row.text,
            relevance=row.relevance,
            asked_at=row.received_at,
            best_article=row.best_article,
        )
        for row in rows
    ]


def gaps_of(connection: Connection, turn_ids: Sequence[str]) -> dict[str, str]:
    """The gap that each of these questions lay in the last time, where it lay in one."""
    rows = connection.execute(select(gap_questions).where(gap_questions.c.turn_id.in_(turn_ids)))
    return {row.turn_id: row.gap_id for row in rows}


def keep_gaps(connection: Connection, gap_of: Mapping[str, str]) -> None:
    """Keep in which gap these questions lie now."""
    new = insert_into(connection, gap_questions)
    connection.execute(
        new.on_conflict_do_update(index_elements=["turn_id"], set_={"gap_id": new.excluded.gap_id}),
        [{"turn_id": turn_id, "gap_id": gap_id} for turn_id, gap_id in gap_of.items()],
    )


def answered_turns(connection: Connection, turn_ids: Sequence[str]) -> dict[str, bool]:
    """Whether each of these turns gave the customer an answer by itself."""
    rows = connection.execute(
        select(turn_facts.c.turn_id, turn_facts.c.outcome).where(turn_facts.c.turn_id.in_(turn_ids))
    )
    return {row.turn_id: row.outcome in {"answered", "uncertain"} for row in rows}


def keep_asked(connection: Connection, article_id: str, questions: Sequence[AskedQuestion], *, at: str) -> None:
    """Keep what asking again came to; a later time counts."""
    for question in questions:
        row = {
            "article_id": article_id,
            "turn_id": question.turn_id,
            "relevance_before": question.relevance_before,
            "relevance_after": question.relevance_after,
            "answered_before": int(question.answered_before),
            "answered_after": int(question.answered_after),
            "why": question.why,
            "at": at,
        }
        connection.execute(
            insert_into(connection, asked_again)
            .values(row)
            .on_conflict_do_update(index_elements=["article_id", "turn_id"], set_=row)
        )


def asked_for(connection: Connection, article_id: str) -> list[AskedQuestion]:
    """What was asked again for this article."""
    rows = connection.execute(
        select(asked_again, inbox.c.text)
        .join(inbox, inbox.c.turn_id == asked_again.c.turn_id)
        .where(asked_again.c.article_id == article_id)
        .order_by(inbox.c.seq)
    ).mappings()
    return [
        AskedQuestion(
            turn_id=row["turn_id"],
            text=row["text"],
            relevance_before=row["relevance_before"],
            relevance_after=row["relevance_after"],
            answered_before=bool(row["answered_before"]),
            answered_after=bool(row["answered_after"]),
            why=row["why"],
        )
        for row in rows
    ]


def citations(connection: Connection) -> list[tuple[str, int, int, int]]:
    """For each set of sections that answers named: the set, how many turns, how many ratings, and their sum."""
    rows = connection.execute(
        select(
            turn_facts.c.cited,
            func.count(),
            func.count(ratings.c.rating),
            func.coalesce(func.sum(ratings.c.rating), 0),
        )
        .outerjoin(ratings, ratings.c.turn_id == turn_facts.c.turn_id)
        .where(turn_facts.c.cited != "")
        .group_by(turn_facts.c.cited)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def questions_of(connection: Connection, turn_ids: Sequence[str]) -> list[GapQuestion]:
    """These questions as they were asked, the oldest first."""
    rows = connection.execute(
        select(
            turn_facts.c.turn_id,
            turn_facts.c.thread_id,
            inbox.c.text,
            func.coalesce(turn_facts.c.relevance, 0.0).label("relevance"),
            turn_facts.c.received_at.label("asked_at"),
            turn_facts.c.best_article,
        )
        .join(inbox, inbox.c.turn_id == turn_facts.c.turn_id)
        .where(turn_facts.c.turn_id.in_(turn_ids))
        .order_by(turn_facts.c.seq)
    ).mappings()
    return [GapQuestion.model_validate(dict(row)) for row in rows]
