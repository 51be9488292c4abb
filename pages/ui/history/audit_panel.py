"""The audit chain: whether it holds, what that proves, its entries, and the whole of it as a file."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import streamlit as st

from agent import AuditEntry, AuditReport, Desk, Identity, Money, to_text
from pages.ui.blocks import facts, note, show_blocks
from pages.ui.clock import moment
from pages.ui.history.history_export import audit_file
from pages.ui.history.history_panel import draw_sheets
from pages.ui.history.lately import forget, lately
from pages.ui.history.records import Cell, Columns, Record, show_digest, show_records
from pages.ui.words import ACTION_DONE, in_words

ROWS = 50
VERIFIED = "audit_verified"
ENTRIES = "audit_entries"
KEPT_S = 300.0
DETAIL_CHARS = 300
COLUMNS = Columns(head=("No.", "When", "Who", "What", "Told with it", "Signature"), numeric=(0,), wide=4, full=True)

PROVES = """\
Each entry is signed with this desk's key, over its own content and the signature before it. An unbroken chain shows
that no entry was changed, taken out, put in between or moved since it was written. The anchor, a second file, shows
that none were cut off the end up to the entry it names.

It does **not** show that what was written down was right or wise, that the clock was right, or that nothing was done
outside the desk. Entries after the anchored one could have been cut off unseen. And whoever holds both the key and
the anchor could write a whole new chain: keep the head, or an export, where they cannot reach it."""

DONE: Mapping[str, str] = {
    **ACTION_DONE,
    "review_opened": "review opened",
    "called_back": "called back",
    "check_case_seeded": "check case seeded",
    "second_look": "second look",
    "role_given": "role set",
    "answered": "answered the customer",
    "handed_back": "handed back to the agent",
}

SEEDED = "check_case_seeded"
UNTOLD = frozenset({"payload_sha256", "seat", "action", "decided_at", "seen_at", "changes"})
"""Left out of the line: the columns say it, or nobody reads it. The export holds everything."""


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What was found, and when (a time of the desk)."""

    report: AuditReport
    at: str


def draw_audit(desk: Desk, identity: Identity) -> None:
    """State, meaning, entries and export; raises DeskError if the chain or its anchor can't be read."""
    with st.spinner("Verifying the audit chain", show_time=False):
        verified = lately(VERIFIED, identity.subject, lambda: _verify(desk), for_s=KEPT_S)
    _draw_state(verified)
    if not verified.report.entries:
        with st.container(border=True, key="empty_audit"):
            st.markdown("**The chain is empty.**")
            st.caption("Reviews, decisions, roles and oversight are written down here as they happen.")
        return
    sheet = draw_sheets(verified.report.entries, ROWS, key="leaf")
    about = (identity.subject, identity.role, verified.report.entries, verified.report.head, sheet)
    entries = lately(ENTRIES, about, lambda: _page(desk, identity, verified.report.entries, sheet), for_s=KEPT_S)
    hides = hides_check_cases(identity)
    show_records("Audit entries, the latest first", COLUMNS, [entry_row(entry) for entry in entries], key="audit")
    _draw_export(desk, identity, verified.report.entries, hides=hides)


def hides_check_cases(identity: Identity) -> bool:
    """Whether this person must not learn which waiting review is a check case: who decides and does not lead."""
    return identity.role == "reviewer"


def _verify(desk: Desk) -> Verified:
    return Verified(report=desk.verify_audit(), at=to_text(datetime.fromtimestamp(time.time(), UTC)))


def _draw_state(verified: Verified) -> None:
    report = verified.report
    if report.ok:
        said = note(f"Unbroken: {report.entries:,} entr{'y' if report.entries == 1 else 'ies'}.", "good")
    else:
        said = note(f"Broken at entry {report.broken_at}. {report.problem}", "bad")
    anchored = f"entry {report.anchored_seq:,}" if report.anchored_seq else "nothing yet"
    with st.container(border=True, key="audit_state"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(width="stretch", key="audit_verdict"):
                show_blocks([said], key="audit_said")
            st.button("Verify now", key="verify_now", icon=":material/verified:", shortcut="V", on_click=forget_verdict)
        show_blocks(
            [facts([("Verified", moment(verified.at)), ("Anchored up to", anchored)])],
            key="audit_facts",
        )
        if report.entries:
            show_digest("Head of the chain", report.head, key="audit_head")
        with st.expander("What this proves, and what it does not", key="audit_meaning"):
            st.markdown(PROVES)


def forget_verdict() -> None:
    """Verify anew in the next run; a callback."""
    forget(VERIFIED)


def _page(desk: Desk, identity: Identity, count: int, sheet: int) -> list[AuditEntry]:
    """A page of the entries that were verified, the latest first; the chain only grows, so that pages stand still."""
    end = count - (sheet - 1) * ROWS
    entries = islice(desk.workbench.audit_entries(identity), max(end - ROWS, 0), max(end, 0))
    return list(entries)[::-1]


def entry_row(entry: AuditEntry) -> Record:
    """The entry as a row; the desk withholds from reviewers what would give a check case away."""
    number = Cell(text=f"{entry.seq:,}")
    if entry.action == "withheld":
        kept_back = Cell(text="kept back", below=("told to leads only",))
        return Record(cells=(number, Cell(), Cell(), kept_back, Cell(), Cell(text=entry.mac[:12], code=True)))
    about = f"review {entry.review_id[:8]}" if entry.review_id else ""
    detail = in_a_line(entry)
    return Record(
        cells=(
            number,
            Cell(at=entry.at),
            Cell(text=entry.actor, below=(entry.role,)),
            Cell(
                text=DONE.get(entry.action, in_words(entry.action)), below=(about,) if about else (), whole=entry.action
            ),
            Cell(text=detail),
            Cell(text=entry.mac[:12], whole=entry.mac, code=True),
        )
    )


def in_a_line(entry: AuditEntry) -> str:
    """What was signed together with the deed, in short."""
    try:
        detail: Any = json.loads(entry.detail)
    except ValueError:
        detail = None
    if not isinstance(detail, dict):
        return entry.detail[:DETAIL_CHARS]
    told = [f"{in_words(name)}: {_value(value)}" for name, value in sorted(detail.items()) if _is_told(name, value)]
    return " · ".join(told)[:DETAIL_CHARS]


def _is_told(name: str, value: Any) -> bool:
    return name not in UNTOLD and value not in (None, "", [], {})


def _value(value: Any) -> str:
    if isinstance(value, dict) and set(value) == {"minor", "currency"}:
        return str(Money.model_validate(value))
    return in_words(value) if isinstance(value, str) and value.islower() else str(value)


def _draw_export(desk: Desk, identity: Identity, count: int, *, hides: bool) -> None:
    if hides:
        st.caption("Leads, admins and analysts can export the chain; it names check cases that are still open.")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="audit_export", gap="xsmall"):
        for kind, mime in (("jsonl", "application/jsonl"), ("csv", "text/csv")):
            st.download_button(
                kind.upper(),
                audit_file(desk, identity, kind),
                file_name=f"audit.{kind}",
                mime=mime,
                key=f"audit_{kind}",
                icon=":material/download:",
                on_click="ignore",
            )
        st.caption(
            f"The whole chain, oldest first, {count:,} entries or more. JSONL keeps every byte that the signatures "
            "cover; in the CSV, cells that a spreadsheet would take for a formula begin with an apostrophe.",
            width="stretch",
        )
