"""Parts of a page that are drawn by themselves.

Streamlit can lose a part's outermost block: when the part is asked for while its page is being drawn, and is drawn
again before the page's messages have left, the queue throws away what it takes for outdated. The browser then removes
the block at the end of the page's run, everything behind it moves up by one place, and the next update meets an element
where it expects a block, which leaves an empty window. A container around the part is never thrown away, so nothing
behind it moves.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from agent import StorageError
from pages.ui.plain_text import plain

P = ParamSpec("P")


def _going_on(draw: Callable[P, None]) -> Callable[P, None]:
    """The part with a notice in its place while the database is away; the desk itself tells the log, once."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            draw(*args, **kwargs)
        except StorageError as error:
            st.warning(f"This cannot be shown just now and comes back by itself. {plain(str(error))}")

    return drawn


def fragment(*, run_every: float | None = None) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Draw a function by itself, every `run_every` seconds if given; its container keeps the place on the page."""

    def decorate(draw: Callable[P, None]) -> Callable[P, None]:
        part = st.fragment(_going_on(draw), run_every=run_every)  # noqa: TID251  the one place

        @wraps(draw)
        def in_its_place(*args: P.args, **kwargs: P.kwargs) -> None:
            with st.container():
                part(*args, **kwargs)

        return in_its_place

    return decorate
