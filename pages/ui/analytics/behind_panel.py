"""The list behind a figure: as many rows as the figure says, each with the way to its thread or its decision."""

import math
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from agent import FactRow, from_text
from pages.ui.access.identity import may_decide
from pages.ui.address import read_address, write_address
from pages.ui.analytics.behind import Behind, Listed, Scene
from pages.ui.analytics.chart_card import LIST
from pages.ui.analytics.files import csv_file
from pages.ui.analytics.filter_address import leave
from pages.ui.analytics.names import word
from pages.ui.analytics.numbers import NOUN, many
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.plain_text import plain
from pages.ui.words import ACTION_DONE, REVIEW_KIND, REVIEW_STATUS, in_words

ROWS = 25
PART = 1000
SHEET, PICKED = "behind_sheet", "behind_picked"
FILE_HEAD = ("at_utc", "title", "intent_or_kind", "outcome", "value", "thread_id", "turn_id", "review_id")


def draw_behind(scene: Scene) -> None:
    """Open the list that the address names, over the page; says so if there is none of that name."""
    name = read_address(LIST)
    if name is None:
        st.session_state.pop(SHEET, None)
        return
    listed = scene.lists.get(name)
    if listed is None:
        with st.container(horizontal=True, vertical_alignment="center", key="unknown_list"):
            st.warning(
                "The list in the address is not in this view, or nothing is left of it.", icon=":material/link_off:"
            )
            st.button("Close", key="close_list", on_click=close_list)
        return
    st.dialog(plain(listed.title), width="large", on_dismiss=close_list)(_draw_list)(scene, listed)


def close_list() -> None:
    """Leave the list; a callback."""
    st.session_state.pop(SHEET, None)
    write_address(LIST, None)


def all_rows(scene: Scene, behind: Behind) -> Iterator[FactRow]:
    """Every row, the latest first."""
    seen, total = 0, 1
    while seen < total:
        total, rows = rows_of(scene, behind, limit=PART, offset=seen)
        yield from rows
        seen += PART


def rows_of(scene: Scene, behind: Behind, *, limit: int = ROWS, offset: int = 0) -> tuple[int, list[FactRow]]:
    """How many rows there are, and a page of them; raises InvalidFilterError and StorageError."""
    return scene.desk.analytics.behind(
        behind.metric, behind.wanted, by=behind.by, key=behind.key, limit=limit, offset=offset
    )


def way_to(row: FactRow, *, decides: bool) -> tuple[str, dict[str, str]]:
    """The page that shows a row best, and its address: a review's decision, an open review, or the thread."""
    if row.review_id is None:
        return "pages/live_desk.py", {"thread": row.thread_id}
    if row.outcome in ACTION_DONE and row.outcome != "expire":
        return "pages/history.py", {"view": "decisions", "decision": row.review_id}
    if decides and row.outcome in {"pending", "awaiting_second"}:
        return "pages/approvals.py", {"review": row.review_id}
    return "pages/live_desk.py", {"thread": row.thread_id}


def _draw_list(scene: Scene, listed: Listed) -> None:
    picked = st.session_state.pop(PICKED, None)
    if picked is not None:
        leave(*picked)
    sheet = int(st.session_state.get(SHEET) or 1)
    total, rows = rows_of(scene, listed.behind, offset=(sheet - 1) * ROWS)
    if not total:
        st.markdown("Nothing lies behind it.")
        return
    subject = _subject(scene, listed.behind.metric)
    st.caption(f"{many(total, NOUN[subject])}, the latest first. Choose a row to open it on its page.")
    ways = {_row_id(row): way_to(row, decides=may_decide(scene.identity)) for row in rows}

    def choose(row_id: str) -> None:
        st.session_state[PICKED] = ways.get(row_id)

    head = ("When", "It began with", "Kind" if subject == "reviews" else "Intent", "What became of it")
    columns = Columns(head=head, wide=1)
    records = [_record(row, subject) for row in rows]
    show_records(listed.title, columns, records, key="behind_rows", on_choose=choose)
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="behind_foot"
    ):
        _draw_sheets(total)
        st.download_button(
            "CSV of all",
            csv_file(FILE_HEAD, lambda: (_raw(row) for row in all_rows(scene, listed.behind))),
            file_name="threads.csv",
            mime="text/csv",
            key="csv_behind",
            icon=":material/download:",
            on_click="ignore",
        )


def _draw_sheets(total: int) -> None:
    pages = math.ceil(total / ROWS)
    if pages > 1:
        st.pagination(pages, key=SHEET, width=90 + 36 * min(pages, 7))


def _subject(scene: Scene, metric: str) -> str:
    return next(one.subject for one in scene.desk.analytics.definitions() if one.name == metric)


def _row_id(row: FactRow) -> str:
    return row.review_id or row.turn_id or row.thread_id


def _record(row: FactRow, subject: str) -> Record:
    intent = row.intent or "not read"
    kind = REVIEW_KIND.get(intent, intent) if subject == "reviews" else word(intent).lower()
    became = _outcome(row)
    if row.value is not None:
        became = f"{row.value:.0f} of 5"
    return Record(
        id=_row_id(row),
        label=f"Open: {row.title}",
        cells=(Cell(at=row.at), Cell(text=row.title, whole=row.title), Cell(text=kind), Cell(text=became)),
    )


def _outcome(row: FactRow) -> str:
    said = row.outcome or "not known"
    if row.review_id is not None:
        status = REVIEW_STATUS.get(said)
        return ACTION_DONE.get(said) or (status[0].lower() if status else in_words(said))
    return {"review": "a person looked at it", "asked": "asked back"}.get(said, in_words(said))


def _raw(row: FactRow) -> Sequence[Any]:
    return (
        from_text(row.at).astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%d %H:%M:%S"),
        row.title,
        row.intent or "",
        row.outcome or "",
        "" if row.value is None else row.value,
        row.thread_id,
        row.turn_id or "",
        row.review_id or "",
    )
