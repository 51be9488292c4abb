"""Pages of the queue. The page is in the address; which review is selected does not depend on it."""

from dataclasses import dataclass

import streamlit as st

from agent import Desk, QueueFilter, ReviewSummary
from pages.ui.address import read_address, write_address

ROWS = 50
PAGE = "queue_page"
NARROWED = "queue_narrowed_to"
LAST = 100_000


@dataclass(frozen=True, kw_only=True)
class QueuePage:
    """Rows of one page, the first page being 1, and the ids just before and after it, None where it begins or ends."""

    number: int
    rows: tuple[ReviewSummary, ...]
    before: str | None
    after: str | None
    is_past_end: bool = False

    @property
    def first(self) -> int:
        """The place of the first row in the whole queue, from 1."""
        return (self.number - 1) * ROWS + 1

    @property
    def ids(self) -> list[str]:
        """The ids on this page, with the one before and the one after it."""
        around = (self.before, *(row.review_id for row in self.rows), self.after)
        return [review_id for review_id in around if review_id is not None]


def follow_page(wanted: QueueFilter) -> None:
    """Take the page from the address; other filters begin at the first page."""
    narrowed = st.session_state.get(NARROWED)
    st.session_state[NARROWED] = wanted
    if narrowed is not None and narrowed != wanted:
        turn_to(1)
        return
    asked = read_address("page")
    turn_to(_number(asked) if asked else st.session_state.get(PAGE, 1))


def turn_to(number: int) -> None:
    """Show another page, and name it in the address; the first needs no naming."""
    st.session_state[PAGE] = number
    write_address("page", str(number) if number > 1 else None)


def read_page(desk: Desk, wanted: QueueFilter) -> QueuePage:
    """The page that is open; the first one if there is none of that number (any more)."""
    number = st.session_state.get(PAGE, 1)
    found = _read(desk, wanted, number)
    if found.rows or number == 1:
        return found
    turn_to(1)
    first = _read(desk, wanted, 1)
    return QueuePage(number=1, rows=first.rows, before=None, after=first.after, is_past_end=True)


def _read(desk: Desk, wanted: QueueFilter, number: int) -> QueuePage:
    lead = 1 if number > 1 else 0
    rows = desk.queue(wanted, limit=lead + ROWS + 1, offset=(number - 1) * ROWS - lead)
    shown, rest = rows[lead : lead + ROWS], rows[lead + ROWS :]
    return QueuePage(
        number=number,
        rows=tuple(shown),
        before=rows[0].review_id if lead and rows else None,
        after=rest[0].review_id if rest else None,
    )


def _number(text: str) -> int:
    """The page that an address names; people can write there what they like."""
    return min(max(int(text), 1), LAST) if text.isascii() and text.isdigit() and len(text) < 10 else 1  # noqa: PLR2004  digits
