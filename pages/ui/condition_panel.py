"""Small print for operators: does the audit chain hold, and is the desk well."""

import streamlit as st

from agent import AuditReport, Check, Desk
from pages.ui.blocks import Block, facts, show_blocks, table

REPORT = "audit_report"
CHECKS = "desk_checks"


@st.fragment
def draw_condition(desk: Desk) -> None:
    """Two buttons and what they found."""
    with st.container(horizontal=True, gap="xsmall"):
        st.button("Verify the audit chain", key="verify_audit", on_click=_verify, args=(desk,))
        st.button("Check the desk", key="check_desk", on_click=_check, args=(desk,))
    blocks: list[Block] = []
    if REPORT in st.session_state:
        blocks.append(_audit(st.session_state[REPORT]))
    if CHECKS in st.session_state:
        blocks.append(_findings(st.session_state[CHECKS]))
    if blocks:
        show_blocks(blocks, key="condition")


def _verify(desk: Desk) -> None:
    st.session_state[REPORT] = desk.verify_audit()


def _check(desk: Desk) -> None:
    st.session_state[CHECKS] = desk.checks()


def _audit(report: AuditReport) -> Block:
    state = (
        f"{report.entries} entries, unbroken" if report.ok else f"Broken at entry {report.broken_at}: {report.problem}"
    )
    return facts([("Audit chain", state, "good" if report.ok else "bad"), ("Head", report.head[:16] or "empty")])


def _findings(checks: list[Check]) -> Block:
    rows = [
        (f"{'✓' if check.ok else '✕ not well:'} {check.name}", check.detail, "" if check.ok else check.remedy)
        for check in checks
    ]
    return table("Checks", ("Check", "Found", "Remedy"), rows)
