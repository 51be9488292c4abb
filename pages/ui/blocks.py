"""The vocabulary that evidence and decision records are written in; `blocks.js` draws it, as plain text."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pages.ui.frontend import register

Block = dict[str, Any]
Tone = Literal["", "good", "bad", "warn", "info", "soft", "accent"]

_PAPER = register("paper", css=("blocks.css",), js=("blocks.js", "paper.js"))


def show_blocks(blocks: Sequence[Block], *, key: str, card: str = "") -> None:
    """Draw the blocks; texts of customers in them are never read as markup.

    `card` names what they are about: what a reader marked on one card is forgotten on the next.
    """
    _PAPER(data={"blocks": list(blocks), "card": card}, key=key)


def heading(text: str, level: int = 3) -> Block:
    """A small heading; `level` 2 where no other heading but the page's title stands above it."""
    return {"type": "heading", "text": text, "level": level}


def note(text: str, tone: Tone = "") -> Block:
    """A sentence."""
    return {"type": "note", "text": text, "tone": tone}


def quote(text: str) -> Block:
    """The words of a customer."""
    return {"type": "quote", "text": text}


def facts(rows: Iterable[tuple[str, str] | tuple[str, str, Tone]]) -> Block:
    """Label and value, one pair a line; a tone turns the value into a chip."""
    return {
        "type": "facts",
        "rows": [{"label": row[0], "value": row[1], "tone": row[2] if len(row) > 2 else ""} for row in rows],  # noqa: PLR2004  a pair or a triple
    }


def figures(rows: Iterable[tuple[str, str]], *, strong: str = "") -> Block:
    """Amounts side by side; the one labelled `strong` is framed."""
    return {"type": "figures", "rows": [{"label": a, "value": b, "strong": a == strong} for a, b in rows]}


def tags(items: Iterable[tuple[str, Tone]]) -> Block:
    """Chips in a row; those without a tone are plain words."""
    return {"type": "tags", "items": [{"text": text, "tone": tone} for text, tone in items]}


def points(items: Iterable[str]) -> Block:
    """A list of sentences."""
    return {"type": "points", "items": list(items)}


def table(label: str, head: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int] = ()) -> Block:
    """Rows under headings; the columns in `numeric` are set flush right."""
    return {
        "type": "table",
        "label": label,
        "head": list(head),
        "rows": [list(row) for row in rows],
        "numeric": list(numeric),
    }


def fold(title: str, blocks: Sequence[Block], *, opened: bool = False) -> Block:
    """Blocks behind a title; stays as the reader left it."""
    return {"type": "fold", "title": title, "blocks": list(blocks), "open": opened}
