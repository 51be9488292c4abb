"""Write tables to files that spreadsheets and programs read."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from agent.canonical import canonical_json
from agent.errors import StorageError
from agent.model import AuditEntry

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins with one of these for a formula, and customers write into these cells."""


def harmless(cell: Any) -> Any:
    """The cell for a spreadsheet: text that would be taken for a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Comma-separated lines with a head; every cell is harmless to a spreadsheet."""
    for row in [head]:
        yield _line(row)
    for row in rows:
        yield _line([harmless(cell) for cell in row])


def _line(cells: Sequence[Any]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def audit_lines(entries: Iterable[AuditEntry], kind: str) -> Iterator[str]:
    """The chain as lines of `csv` or `jsonl`; only JSON lines keep every byte that the signatures cover."""
    if kind == "csv":
        head = list(AuditEntry.model_fields)
        return csv_lines(head, ([getattr(entry, name) for name in head] for entry in entries))
    return (f"{canonical_json(entry.model_dump())}\n" for entry in entries)


def export_audit(entries: Iterable[AuditEntry], file: Path) -> int:
    """Write the chain to a file, as its name says, and return how many entries it has; StorageError if it cannot be."""
    if file.suffix not in {".csv", ".jsonl"}:
        message = f"{file} is neither .csv nor .jsonl; nothing was written."
        raise StorageError(message)
    count = 0
    try:
        with file.open("w", encoding="utf-8", newline="") as target:
            for line in audit_lines(entries, file.suffix[1:]):
                target.write(line)
                count += 1
    except OSError as error:
        message = f"{file}: {error}. The export is not complete; choose another place and write it again."
        raise StorageError(message) from error
    return count - (file.suffix == ".csv")
