"""Check cases: made-up refunds that have to be denied. Leads seed them, and see what came of each."""

import json
from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from agent import AuditEntry, Desk, DeskError, HistoryFilter, Identity, PastDecision, later
from pages.ui.access.identity import current_identity
from pages.ui.blocks import Tone
from pages.ui.history.audit_panel import SEEDED
from pages.ui.history.history_export import every_decision
from pages.ui.history.history_words import is_revealed_check
from pages.ui.history.lately import forget, lately
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.plain_text import plain
from pages.ui.words import in_words

FOUND = "seeded_cases"
SAID = "seeding_said"
CASE = "check_case_chosen"
COLUMNS = Columns(head=("Seeded", "Case", "By", "What came of it", "Decided"), wide=3)

Fate = tuple[AuditEntry, PastDecision | None]


def draw_check_cases(desk: Desk, identity: Identity, days: int) -> None:
    """The way to seed one, and those of the last days."""
    st.header("Check cases", anchor=False)
    st.caption(
        "A made-up refund that has to be denied comes to the queue like any other, and nobody can tell. It is never "
        "paid. Whoever decides it is told at once what it was. Tell your people that there are such cases."
    )
    cases = {case.id: case for case in desk.workbench.check_cases}
    with st.container(border=True, key="seed_case"):
        chosen = st.selectbox("Case", list(cases), key=CASE, format_func=lambda name: in_words(name).capitalize())
        if chosen in cases:
            st.text(f"The customer writes: {cases[chosen].message}")
            st.text(f"Why it has to be denied: {cases[chosen].why}")
        st.button("Put it into the queue", key="seed", icon=":material/experiment:", on_click=_seed, args=(desk,))
        said = st.session_state.pop(SAID, None)
        if said is not None:
            worked, text = said
            (st.success if worked else st.error)(plain(text))
    found = lately(FOUND, (identity.subject, days), lambda: _fates(desk, identity, days))
    if found:
        show_records("Check cases that were seeded", COLUMNS, [_record(*fate) for fate in found], key="seeded_table")
    else:
        st.caption(f"None was seeded in the last {days} days.")


def came_of(past: PastDecision | None) -> str:
    """What became of a check case."""
    if past is None:
        return "waits for a decision"
    if past.decision.action == "expire":
        return "nobody decided it in time"
    return "approved: missed" if past.decision.action in {"approve", "edit"} else "not approved: caught"


def _seed(desk: Desk) -> None:
    try:
        desk.workbench.seed_check_case(str(st.session_state.get(CASE)), current_identity())
    except DeskError as error:
        st.session_state[SAID] = (False, str(error))
    else:
        st.session_state[SAID] = (True, "It is on its way to the queue.")
        forget(FOUND)


def _fates(desk: Desk, identity: Identity, days: int) -> Sequence[Fate]:
    """The cases that were seeded lately, the latest first, each with the decision on it if there is one."""
    seeded = [entry for entry in desk.workbench.audit_entries(identity) if entry.action == SEEDED]
    if not seeded:
        return ()
    since = later(max(entry.at for entry in seeded), -timedelta(days=days))
    lately = [entry for entry in seeded if entry.at >= since]
    wanted = HistoryFilter(since=lately[0].at)
    decided = {past.thread_id: past for past in every_decision(desk, wanted, identity) if is_revealed_check(past)}
    return [(entry, decided.get(entry.thread_id or "")) for entry in reversed(lately)]


def _record(entry: AuditEntry, past: PastDecision | None) -> Record:
    case = in_words(str(json.loads(entry.detail).get("case", ""))).capitalize()
    by = f"by {past.decision.subject}" if past and past.decision.action != "expire" else ""
    tone: Tone = "soft" if past is None else "good" if came_of(past).endswith("caught") else "bad"
    return Record(
        cells=(
            Cell(at=entry.at),
            Cell(text=case),
            Cell(text=entry.actor),
            Cell(text=came_of(past), tone=tone, below=(by,) if by else ()),
            Cell(at=past.decision.decided_at) if past else Cell(text="not yet"),
        )
    )
