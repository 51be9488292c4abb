"""Drafts as they are kept: each saved version rests on the one before it, so that nobody's words are lost unseen."""

from collections.abc import Sequence
from typing import Any, TypedDict

from sqlalchemy import Connection, RowMapping

from agent.backoffice import Backoffice
from agent.canonical import canonical_json
from agent.errors import ConflictError, InvalidDecisionError
from agent.knowledge.documents import TITLE_CHARS, WORD_CHARS, sha256_of
from agent.knowledge.plain_text import clean_line, clean_text, slug
from agent.knowledge.sections import HELP_ARTICLE
from agent.library import catalogue
from agent.model import Identity
from agent.store import articles
from agent.timestamps import for_people

GENERAL = "general"
TEXT_CHARS = 100_000


class Filing(TypedDict, total=False):
    """Under what an article is filed; what is left out is general, and an ordinary help article without tags."""

    area: str
    kind: str
    tags: Sequence[str]


def filing(filed: Filing) -> dict[str, str]:
    """Area, kind and tags as columns."""
    tags = [clean_line(tag, WORD_CHARS) for tag in filed.get("tags", ())]
    return {
        "area": clean_line(filed.get("area", ""), WORD_CHARS) or GENERAL,
        "kind": clean_line(filed.get("kind", ""), WORD_CHARS) or HELP_ARTICLE,
        "tags": canonical_json([tag for tag in tags if tag]),
    }


def written(office: Backoffice, title: str, text: str) -> dict[str, str]:
    """Title and text as columns; raises InvalidDecisionError if one is empty or too long."""
    plain, whole = clean_line(title, TITLE_CHARS), clean_text(text)
    if not plain or not any(char.isalnum() for char in whole) or len(whole) > TEXT_CHARS:
        message = f"An article needs a title and a text of at most {TEXT_CHARS:,} characters; nothing was kept."
        raise InvalidDecisionError(message)
    return {"title": plain, "text": whole, "sha256": sha256_of(whole.encode()), "updated_at": office.now()[:10]}


def add_draft(office: Backoffice, connection: Connection, who: Identity, fields: dict[str, Any]) -> str:
    """Keep a new draft, under a name that is nobody else's; returns its id."""
    taken = articles.all_ids(connection) | set(catalogue.shipped_articles(office))
    wanted = fields.get("article_id") or slug(fields["title"]) or "article"
    now = office.now()
    row = {
        **filing({}),
        "place": "",
        "source": articles.DESK,
        "status": "draft",
        "added_at": now,
        "added_by": who.subject,
        **fields,
        "article_id": _free(wanted, taken),
        "saved_at": now,
        "saved_by": who.subject,
    }
    articles.add_article(connection, row)
    return str(row["article_id"])


def change_draft(
    office: Backoffice, connection: Connection, who: Identity, row: RowMapping, fields: dict[str, Any]
) -> None:
    """Save a draft's next version; the caller has seen that `row` is the version that was looked at."""
    saved = {"version": row["version"] + 1, "saved_by": who.subject, "saved_at": office.now()}
    articles.change_article(connection, row["article_id"], {**fields, **saved})


def draft_row(connection: Connection, article_id: str) -> RowMapping:
    """The row of a draft; raises ConflictError if it is none (any more)."""
    row = articles.find_article(connection, article_id)
    if row is None or row["status"] != "draft":
        message = f"Article {article_id} is no draft; nothing was changed. Load the list again."
        raise ConflictError(message)
    return row


def draft_in_hand(connection: Connection, live_id: str) -> RowMapping | None:
    """The draft that is to take the place of this live article, if there is one."""
    found = articles.drafts_for(connection, live_id)
    return articles.find_article(connection, found[0]) if found else None


def refuse_outdated(row: RowMapping, based_on: int | None) -> None:
    """Raise ConflictError, saying who saved when, unless the version that was looked at is the one that is kept."""
    if based_on == row["version"]:
        return
    who = f"{row['saved_by'] or row['added_by']} saved version {row['version']} of this draft"
    seen = "you had looked at none" if based_on is None else f"you had looked at version {based_on}"
    message = (
        f"{who}, {for_people(row['saved_at'] or row['added_at'])}; {seen}. Yours was not kept, and nothing was "
        "changed; look at theirs and save again."
    )
    raise ConflictError(message)


def _free(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    return next(name for name in (f"{wanted}-{number}" for number in range(2, len(taken) + 3)) if name not in taken)
