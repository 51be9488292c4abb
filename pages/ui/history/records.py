"""Tables of records: scroll inside themselves, show times in the reader's zone, and can be chosen from by id."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import streamlit as st

from pages.ui.blocks import Tone
from pages.ui.frontend import register

_RECORDS = register("records", css=("records.css",), js=("records.js",))
_DIGEST = register("digest", css=("digest.css",), js=("digest.js",))


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands in a cell: a text or a time (`at`), smaller lines below; a tone makes it a chip.

    `whole` is shown while the pointer rests on the cell; `code` is for signatures and the like.
    """

    text: str = ""
    below: tuple[str, ...] = ()
    tone: Tone = ""
    at: str | None = None
    whole: str = ""
    code: bool = False


@dataclass(frozen=True, kw_only=True)
class Record:
    """A row; `label` is what its button says to those who do not see the table."""

    cells: tuple[Cell, ...]
    id: str = ""
    label: str = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The headings; `numeric` columns are set flush right, the `wide` one takes what room there is.

    With `full` the wide column shows all of its text instead of its beginning.
    """

    head: tuple[str, ...]
    numeric: tuple[int, ...] = field(default=())
    wide: int | None = None
    full: bool = False


def show_records(
    label: str,
    columns: Columns,
    rows: Sequence[Record],
    *,
    key: str,
    on_choose: Callable[[str], None] | None = None,
) -> None:
    """Draw the rows; a click or Enter on the first cell hands the row's id to `on_choose`."""
    data: dict[str, Any] = {
        "label": label,
        **asdict(columns),
        "rows": [asdict(row) for row in rows],
        "choosable": on_choose is not None,
    }

    def chosen() -> None:
        if on_choose is not None:
            on_choose(st.session_state[key].chosen)

    _RECORDS(data=data, key=key, on_chosen_change=chosen)


def show_digest(label: str, digest: str, *, key: str) -> None:
    """The first twelve characters; all of them on hover and for the clipboard."""
    _DIGEST(data={"label": label, "digest": digest}, key=key)
