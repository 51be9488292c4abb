"""Past decisions and audit entries as files: built when somebody asks for them, and never in between."""

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

from agent import (
    Desk,
    HistoryFilter,
    Identity,
    Money,
    PastDecision,
    audit_lines,
    canonical_json,
    csv_lines,
    from_text,
    later,
)
from pages.ui.history.history_words import is_revealed_check

ROWS = 1000
BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets take the letters of a CSV file for those of another alphabet."""

HEAD = (
    "decided_at_utc",
    "person",
    "role",
    "identity_from",
    "seat",
    "action",
    "reason",
    "amount",
    "currency",
    "proposed",
    "proposed_currency",
    "kind",
    "customer",
    "order_number",
    "request",
    "rule_said",
    "waited_s",
    "looked_s",
    "called_back_at_utc",
    "check_case",
    "changed",
    "note",
    "reply",
    "review_id",
    "thread_id",
    "evidence_sha256",
)


def every_decision(desk: Desk, wanted: HistoryFilter, identity: Identity) -> Iterator[PastDecision]:
    """All that match, the latest first; what is decided meanwhile does not move the pages."""
    latest = desk.workbench.history(wanted, identity, limit=1)
    if not latest:
        return
    end = later(latest[0].decision.decided_at, timedelta(milliseconds=1))
    still = wanted.model_copy(update={"until": end})
    seen = 0
    while page := desk.workbench.history(still, identity, limit=ROWS, offset=seen):
        yield from page
        seen += len(page)


def decisions_file(desk: Desk, wanted: HistoryFilter, identity: Identity, kind: str) -> Callable[[], io.BytesIO]:
    """Writes what matches as `csv` or `jsonl` when it is called."""

    def write() -> io.BytesIO:
        past = every_decision(desk, wanted, identity)
        return _file(csv_lines(HEAD, map(_cells, past)) if kind == "csv" else map(_json_line, past), kind)

    return write


def audit_file(desk: Desk, identity: Identity, kind: str) -> Callable[[], io.BytesIO]:
    """Writes the whole chain as `csv` or `jsonl` when it is called."""

    def write() -> io.BytesIO:
        return _file(audit_lines(desk.workbench.audit_entries(identity), kind), kind)

    return write


def _file(lines: Iterable[str], kind: str) -> io.BytesIO:
    written = io.BytesIO(BYTE_ORDER_MARK.encode() if kind == "csv" else b"")
    written.seek(0, io.SEEK_END)
    for line in lines:
        written.write(line.encode("utf-8", errors="replace"))
    written.seek(0)
    return written


def _json_line(past: PastDecision) -> str:
    document = past.model_dump(mode="json") | {"is_check_case": is_revealed_check(past)}
    return f"{canonical_json(document)}\n"


def _cells(past: PastDecision) -> list[Any]:
    decision = past.decision
    return [
        _spreadsheet_time(decision.decided_at),
        decision.subject,
        decision.role,
        decision.source,
        decision.seat,
        decision.action,
        decision.reason or "",
        *_money(decision.amount),
        *_money(past.proposed),
        past.kind,
        past.requester,
        past.order_number or "",
        past.request,
        past.recommendation,
        past.waited_s,
        "" if past.looked_s is None else past.looked_s,
        _spreadsheet_time(past.withdrawn_at),
        "yes" if is_revealed_check(past) else "",
        "; ".join(f"{change.what}: {change.before} > {change.after}" for change in decision.changes),
        decision.note,
        decision.reply or "",
        decision.review_id,
        past.thread_id,
        decision.payload_sha256,
    ]


def _money(amount: Money | None) -> tuple[str, str]:
    return (str(amount.amount), amount.currency) if amount else ("", "")


def _spreadsheet_time(text: str | None) -> str:
    return from_text(text).strftime("%Y-%m-%d %H:%M:%S") if text else ""
