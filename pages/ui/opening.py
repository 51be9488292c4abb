"""The desk of this process: opened once, in a thread of its own, while pages show how far it is."""

import logging
import threading
import time

import streamlit as st

from agent import Desk, DeskError, open_desk

logger = logging.getLogger(__name__)


class Opening:
    """An attempt to open the desk. It goes on when the page that started it is closed."""

    def __init__(self) -> None:
        """Start opening."""
        self.share = 0.0
        self.doing = "Starting"
        self.desk: Desk | None = None
        self.problem: str | None = None
        self._thread = threading.Thread(target=self._open, name="open-desk", daemon=True)
        self._thread.start()

    @property
    def finished(self) -> bool:
        """Whether it worked or failed; until then `share` and `doing` tell how far it is."""
        return self.desk is not None or self.problem is not None

    def close(self) -> None:
        """Give the desk's files back, whenever it is open."""
        self._thread.join()
        if self.desk is not None:
            self.desk.close()

    def _open(self) -> None:
        try:
            desk = open_desk(progress=self._report)
            desk.start()
        except DeskError as error:
            self.problem = str(error)
        except Exception:  # the door of the pages: whatever it is, people get a sentence and operators the log
            logger.exception("the desk could not be opened")
            self.problem = "The desk could not be opened, and nothing was started. The log says why."
        else:
            self.desk = desk

    def _report(self, share: float, doing: str) -> None:
        self.share, self.doing = share, doing


@st.cache_resource(show_spinner=False, on_release=Opening.close)
def _opening() -> Opening:
    return Opening()


def desk_if_open() -> Desk | None:
    """The desk, or None while it is being opened; starts opening it."""
    return _opening().desk


def the_desk() -> Desk:
    """The desk; shows progress until it is open, and why not if it cannot be opened."""
    opening = _opening()
    if opening.desk is None:
        _wait_for(opening)
    if opening.desk is None:
        st.error(opening.problem or "", title="The desk is closed", icon=":material/error:")
        st.button("Try again", icon=":material/refresh:", on_click=_opening.clear)
        st.stop()
    return opening.desk


def _wait_for(opening: Opening) -> None:
    place = st.empty()
    with place.container(key="opening", border=True, width=560):
        st.subheader("Opening the desk")
        st.caption(
            "The first start trains the classifiers and indexes the articles; later starts take a second or two."
        )
        bar = st.progress(0.0)
        while not opening.finished:
            bar.progress(min(max(opening.share, 0.0), 1.0), text=opening.doing)
            time.sleep(0.1)
    place.empty()
    if opening.desk is not None:
        st.rerun()  # what app.py draws around the pages needs the desk as well
