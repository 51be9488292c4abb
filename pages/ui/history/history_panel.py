"""The decisions that were taken: found, chosen by id, and taken along as a file."""

import math

import streamlit as st

from agent import Desk, HistoryFilter, Identity, PastDecision
from pages.ui.address import read_address, write_address
from pages.ui.clock import span
from pages.ui.history.history_export import decisions_file
from pages.ui.history.history_filter import DECISION, SHEET, ask_history
from pages.ui.history.history_words import ACTION_TONE, decision_id, done, is_revealed_check, looked, reason, seat, who
from pages.ui.history.past_decision_panel import draw_past_decision
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.words import ADVICE_TONE, REVIEW_KIND

ROWS = 50
SHEETS_SHOWN = 7
COLUMNS = Columns(
    head=("When", "Who", "What", "Amount", "Request", "Rule said", "Waited", "Looked at it"),
    numeric=(3, 6, 7),
    wide=4,
)


def draw_decisions(desk: Desk, identity: Identity) -> None:
    """Filters, a page of decisions, the chosen one, and the export of all that match."""
    wanted = ask_history()
    count = desk.workbench.count_history(wanted, identity)
    chosen = read_address(DECISION)
    if count:
        sheet = draw_sheets(count, ROWS, key=SHEET)
        rows = desk.workbench.history(wanted, identity, limit=ROWS, offset=(sheet - 1) * ROWS)
        show_records(
            "Decisions, the latest first",
            COLUMNS,
            [_record(past, chosen) for past in rows],
            key="history_table",
            on_choose=choose,
        )
        _draw_export(desk, wanted, identity, count)
    else:
        _draw_empty(filtered=wanted != HistoryFilter())
    if chosen:
        _draw_chosen(desk, identity, chosen)
    elif count:
        st.caption("Choose a decision to see the evidence as it was shown then.")


def choose(chosen: str | None) -> None:
    """Open a decision, or close it; a callback."""
    write_address(DECISION, chosen)


def draw_sheets(count: int, rows: int, *, key: str) -> int:
    """The page to show, from 1; the pages to choose from where there is more than one."""
    pages = math.ceil(count / rows)
    if pages < 2:  # noqa: PLR2004  one page needs no choice
        return 1
    if not 1 <= st.session_state.get(key, 1) <= pages:
        st.session_state[key] = pages
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_row"):
        sheet = st.pagination(pages, key=key, bind="query-params", width=90 + 36 * min(pages, SHEETS_SHOWN))
        st.caption(f"{(sheet - 1) * rows + 1:,} to {min(sheet * rows, count):,} of {count:,}", width="content")
    return sheet


def find_decision(desk: Desk, identity: Identity, chosen: str) -> PastDecision | None:
    """The decision that the address names; of a review alone, its latest."""
    review_id, _at, decided_at = chosen.partition("@")
    if not review_id or not review_id.isprintable():
        return None
    found = desk.workbench.history(HistoryFilter(search=review_id), identity)
    of_review = [past for past in found if past.decision.review_id == review_id]
    return next((past for past in of_review if decided_at in {"", past.decision.decided_at}), None)


def _draw_chosen(desk: Desk, identity: Identity, chosen: str) -> None:
    past = find_decision(desk, identity, chosen)
    if past is None:
        st.warning("There is no such decision; the address may be incomplete.", icon=":material/link_off:")
        st.button("Close", key="close_unknown", on_click=choose, args=(None,))
    else:
        draw_past_decision(desk, past, on_close=choose)


def _record(past: PastDecision, chosen: str | None) -> Record:
    decision = past.decision
    order = f" · {past.order_number}" if past.order_number else ""
    later = [reason(past), seat(past)]
    if past.withdrawn_at:
        later.append("called back")
    if is_revealed_check(past):
        later.append("check case")
    name = decision_id(past)
    return Record(
        id=name,
        label=f"Open the decision of {decision.subject}: {done(past)}, {past.requester}",
        current=chosen in {name, decision.review_id},
        cells=(
            Cell(at=decision.decided_at),
            Cell(text=decision.subject, below=(who(past),)),
            Cell(
                text=done(past),
                tone="soft" if past.withdrawn_at else ACTION_TONE.get(decision.action, "soft"),
                below=tuple(filter(None, [" · ".join(filter(None, later))])),
            ),
            Cell(text=_amount(past)),
            Cell(text=f"{past.requester} · {REVIEW_KIND[past.kind]}{order}", below=(past.request,), whole=past.request),
            Cell(text=past.recommendation, tone=ADVICE_TONE[past.recommendation]),
            Cell(text=span(int(past.waited_s))),
            Cell(text=looked(past.looked_s)),
        ),
    )


def _amount(past: PastDecision) -> str:
    amount = past.decision.amount or past.proposed
    return str(amount) if amount else ""


def _draw_export(desk: Desk, wanted: HistoryFilter, identity: Identity, count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="history_export", gap="xsmall"):
        for kind, mime in (("csv", "text/csv"), ("jsonl", "application/jsonl")):
            st.download_button(
                kind.upper(),
                decisions_file(desk, wanted, identity, kind),
                file_name=f"decisions.{kind}",
                mime=mime,
                key=f"export_{kind}",
                icon=":material/download:",
                on_click="ignore",
            )
        st.caption(
            f"All {count:,} that match, not only this page. In the CSV, a cell that begins with =, +, -, @ or a tab "
            "gets an apostrophe in front, so that no spreadsheet takes a customer’s words for a formula.",
            width="stretch",
        )


def _draw_empty(*, filtered: bool) -> None:
    with st.container(border=True, key="empty_history"):
        st.markdown("**No decision matches.**" if filtered else "**Nothing was decided yet.**")
        st.caption(
            "Loosen a filter to see more."
            if filtered
            else "Every decision on a refund, an escalation or an answer is kept here, with what was shown."
        )
