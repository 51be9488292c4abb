"""What was said to customers, by the agent or by a person."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from agent.canonical import canonical_json
from agent.model import Citation, TranscriptLine
from agent.store.tables import inbox, replies


def add_reply(  # noqa: PLR0913  one keyword per column
    connection: Connection,
    *,
    reply_id: str,
    thread_id: str,
    turn_id: str,
    who: str,
    author: str,
    text: str,
    citations: Sequence[Citation],
    at: str,
) -> bool:
    """Say something once: a reply id that is there already is not said again (False)."""
    known = connection.execute(select(replies.c.seq).where(replies.c.reply_id == reply_id)).first()
    if known is not None:
        return False
    connection.execute(
        insert(replies).values(
            reply_id=reply_id,
            thread_id=thread_id,
            turn_id=turn_id,
            who=who,
            author=author,
            text=text,
            citations=canonical_json([citation.model_dump() for citation in citations]),
            at=at,
        )
    )
    return True


def transcript(connection: Connection, thread_id: str) -> list[TranscriptLine]:
    """Everything said in a thread, by both sides, in order."""
    asked = connection.execute(select(inbox).where(inbox.c.thread_id == thread_id)).mappings()
    said = connection.execute(select(replies).where(replies.c.thread_id == thread_id)).mappings()
    lines = [
        TranscriptLine(
            who="customer",
            author="customer",
            text=row["text"],
            at=row["received_at"],
            turn_id=row["turn_id"],
            status=row["status"],
        )
        for row in asked
    ]
    lines += [
        TranscriptLine(
            who=row["who"],
            author=row["author"],
            text=row["text"],
            at=row["at"],
            turn_id=row["turn_id"],
            status="done",
            citations=tuple(Citation.model_validate(citation) for citation in json.loads(row["citations"])),
        )
        for row in said
    ]
    return sorted(lines, key=lambda line: line.at)
