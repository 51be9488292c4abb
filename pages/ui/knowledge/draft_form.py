"""The fields of a draft, and how what stands in them is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import streamlit as st

from agent import ArticleView, ConflictError, Desk
from pages.ui.access.identity import current_identity
from pages.ui.knowledge.knowledge_view import NEW, go_to
from pages.ui.knowledge.one_at_a_time import one_at_a_time
from pages.ui.knowledge.sayings import say, tried

BASE, NONCE = "draft_base", "draft_nonce"
TITLE_CHARS, TEXT_CHARS, TAGS_CHARS = 200, 100_000, 400
HELP_ARTICLE = "help article"
FIRST = 1
"""The version of a draft that was just made."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What the fields begin with; `draft_id` is None for a draft that was never kept, `nonce` tells those apart."""

    draft_id: str | None
    nonce: str = ""
    title: str = ""
    text: str = ""
    area: str = "general"
    kind: str = HELP_ARTICLE
    tags: tuple[str, ...] = ()
    version: int | None = None

    @property
    def name(self) -> str:
        """By which the inputs of this draft are known."""
        return self.draft_id or f"{NEW}-{self.nonce}"


def new_sheet(title: str) -> Sheet:
    """An empty draft with a title; the same one until it is kept."""
    nonce = st.session_state.setdefault(NONCE, uuid4().hex)
    return Sheet(draft_id=None, nonce=nonce, title=title)


def sheet_of(draft: ArticleView) -> Sheet:
    """The draft as it is kept."""
    return Sheet(
        draft_id=draft.article_id,
        title=draft.title,
        text=draft.text,
        area=draft.area,
        kind=draft.kind,
        tags=draft.tags,
        version=draft.version,
    )


@dataclass
class Base:
    """What the fields of a draft began with; changed in place, so that both halves of a double click see it."""

    sheet: Sheet


def note_base(sheet: Sheet) -> None:
    """Remember what the fields began with, so that nobody's changes are overwritten unseen."""
    known: Base | None = st.session_state.get(BASE)
    if known is None or known.sheet.name != sheet.name:
        st.session_state[BASE] = Base(sheet)


def seen_version(draft: ArticleView) -> int:
    """The version of this draft that the fields rest on."""
    known: Base | None = st.session_state.get(BASE)
    return known.sheet.version or FIRST if known and known.sheet.name == draft.article_id else draft.version


def draw_fields(sheet: Sheet, areas: Sequence[str], kinds: Sequence[str]) -> None:
    """Title, text, area, kind and tags; within a form."""
    st.text_input("Title: the question that it answers", sheet.title, key=_key(sheet, "title"), max_chars=TITLE_CHARS)
    st.text_area(
        "Text, in Markdown", sheet.text, key=_key(sheet, "text"), height=320, max_chars=TEXT_CHARS, placeholder="…"
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="draft_kind"):
        for name, known, value in (("area", areas, sheet.area), ("kind", kinds, sheet.kind)):
            options = sorted({*known, value})
            st.selectbox(
                name.capitalize(),
                options,
                index=options.index(value),
                key=_key(sheet, name),
                accept_new_options=True,
                width=180,
            )
        st.text_input(
            "Tags, with commas between",
            ", ".join(sheet.tags),
            key=_key(sheet, "tags"),
            max_chars=TAGS_CHARS,
            width="stretch",
        )


def typed_text(sheet: Sheet) -> str:
    """The text as it was sent last."""
    return str(st.session_state.get(_key(sheet, "text"), sheet.text))


def keep(desk: Desk, sheet: Sheet, gap: str | None) -> ArticleView | None:
    """Keep what stands in the fields; None if it could not be kept, then the reason is said."""
    base, made = st.session_state.get(BASE) or Base(sheet), _made()
    with one_at_a_time(sheet.name):
        kept = tried(lambda: _save(desk, sheet, base, made))
    if kept is None:
        return None
    if sheet.draft_id is None:
        st.session_state.pop(NONCE, None)
        go_to("drafts", draft=kept.article_id, **({"gap": gap} if gap else {}))
    say("The draft is kept. No answer comes from it before it is approved.")
    return kept


def _save(desk: Desk, sheet: Sheet, base: Base, made: dict[str, str]) -> ArticleView:
    draft_id = sheet.draft_id or made.get(sheet.nonce)
    fields: dict[str, Any] = {name: st.session_state.get(_key(sheet, name)) or "" for name in ("title", "text")}
    tags = str(st.session_state.get(_key(sheet, "tags")) or "")
    fields["area"] = st.session_state.get(_key(sheet, "area")) or "general"
    fields["kind"] = st.session_state.get(_key(sheet, "kind")) or HELP_ARTICLE
    fields["tags"] = [tag.strip() for tag in tags.split(",") if tag.strip()]
    seen = base.sheet if base.sheet.name == draft_id else sheet
    try:
        kept = desk.library.save_draft(
            **fields, article_id=draft_id, based_on=seen.version or FIRST, by=current_identity()
        )
    except ConflictError as error:
        raise _with_theirs(desk, draft_id, base, error) from error
    base.sheet = sheet_of(kept)
    if sheet.draft_id is None:
        made[sheet.nonce] = kept.article_id
    return kept


@st.cache_resource(show_spinner=False)
def _made() -> dict[str, str]:
    """Which draft a new sheet became, by its nonce. No part of the session: a second click may cut the first short."""
    return {}


def _with_theirs(desk: Desk, draft_id: str | None, base: Base, error: ConflictError) -> ConflictError:
    """The same with what can be done now; from here on their version is the one that was looked at."""
    theirs = desk.library.article(draft_id) if draft_id is not None else None
    if theirs is None or theirs.status != "draft":
        return error
    base.sheet = sheet_of(theirs)
    return ConflictError(
        f"{error} Your text is still in the form; theirs stands beside it. Save again to put yours in its place."
    )


def _key(sheet: Sheet, field: str) -> str:
    return f"draft-{field}-{sheet.name}"
