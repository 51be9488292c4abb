"""What the desk said last to this session about articles; shown once, on the next run."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from agent import DeskError
from pages.ui.plain_text import plain

SAID = "knowledge_said"

Done = TypeVar("Done")


def say(text: str, *, worked: bool = True) -> None:
    """Keep a sentence for the next run."""
    st.session_state[SAID] = (worked, text)


def draw_said() -> None:
    """Show it, and forget it."""
    worked, text = st.session_state.pop(SAID, (True, ""))
    if text:
        (st.success if worked else st.warning)(plain(text), icon=":material/check:" if worked else ":material/warning:")


def tried(deed: Callable[[], Done]) -> Done | None:
    """The result of a deed, or None; then the reason is said."""
    try:
        return deed()
    except DeskError as error:
        say(str(error), worked=False)
        return None
