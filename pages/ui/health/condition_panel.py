"""Is the desk well: its checks, made when somebody looks and again on request, and the audit chain."""

import streamlit as st

from agent import AuditReport, Check, Desk
from pages.ui.blocks import Block, facts, note, show_blocks, table
from pages.ui.fragments import fragment

REPORT = "audit_report"
CHECKS = "desk_checks"


@fragment()
def draw_condition(desk: Desk) -> None:
    """What the checks found, and two buttons."""
    if CHECKS not in st.session_state:
        with st.spinner("Checking the desk"):
            _check(desk)
    found: list[Check] = st.session_state[CHECKS]
    blocks = [_verdict(found), _table(found)]
    if REPORT in st.session_state:
        blocks.append(_audit(st.session_state[REPORT]))
    show_blocks(blocks, key="condition")
    with st.container(horizontal=True, gap="xsmall", key="condition_buttons"):
        st.button("Check the desk", key="check_desk", icon=":material/refresh:", on_click=_check, args=(desk,))
        st.button("Verify the audit chain", key="verify_audit", on_click=_verify, args=(desk,))


def _verify(desk: Desk) -> None:
    st.session_state[REPORT] = desk.verify_audit()


def _check(desk: Desk) -> None:
    st.session_state[CHECKS] = desk.checks()


def _audit(report: AuditReport) -> Block:
    state = (
        f"{report.entries} entries, unbroken" if report.ok else f"Broken at entry {report.broken_at}: {report.problem}"
    )
    return facts([("Audit chain", state, "good" if report.ok else "bad"), ("Head", report.head[:16] or "empty")])


def _verdict(checks: list[Check]) -> Block:
    bad = sum(not check.ok for check in checks)
    if bad:
        return note(f"{bad} of {len(checks)} checks need{'s' if bad == 1 else ''} a look.", "bad")
    return note(f"All {len(checks)} checks are well.", "good")


def _table(checks: list[Check]) -> Block:
    # what needs a look comes first
    rows = [
        (f"{'✓' if check.ok else '✕ not well:'} {check.name}", check.detail, "" if check.ok else check.remedy)
        for check in sorted(checks, key=lambda check: check.ok)
    ]
    if all(check.ok for check in checks):
        return table("Checks", ("Check", "Found"), [row[:2] for row in rows])
    return table("Checks", ("Check", "Found", "What to do"), rows)
