"""Tables as files for spreadsheets: built when somebody asks for them."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from agent import csv_lines

BYTE_ORDER_MARK = "\ufeff"
"""Without it, spreadsheets take the letters of a CSV file for those of another alphabet."""


def csv_file(head: Sequence[str], rows: Callable[[], Iterable[Sequence[Any]]]) -> Callable[[], io.BytesIO]:
    """Writes the rows when it is called; cells are harmless to a spreadsheet."""

    def write() -> io.BytesIO:
        text = "".join(csv_lines(head, rows()))
        return io.BytesIO((BYTE_ORDER_MARK + text).encode("utf-8", errors="replace"))

    return write
