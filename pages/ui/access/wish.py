"""The page that somebody asked for before they signed in.

Signing in leads through the provider's site back to the app's front page, in a new session. Only a cookie of the
browser lasts that long. It says where to go and never who may: the page's guard decides as always.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

import streamlit as st

from pages.ui.frontend import register

COOKIE = "triage_wish"
FOLLOWED = "wish_followed"
KEPT_S = 600
MOST_CHARS = 1500
PAGES = Path(__file__).parents[2]
FRONT = "live_desk"

_WISH = register("wish", css=(), js=("wish.js",))


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A page by the name of its file, without ending, and the query of its address."""

    page: str
    query: dict[str, str] = field(default_factory=dict)

    @property
    def script(self) -> str:
        """The page's file, as Streamlit names it."""
        return f"pages/{self.page}.py"


def keep_wish(wish: Wish) -> None:
    """Have the browser remember the wish for ten minutes; the front page by itself needs no remembering."""
    text = quote(json.dumps([wish.page, wish.query], separators=(",", ":")), safe="")
    worth_keeping = (wish.page != FRONT or wish.query) and len(text) <= MOST_CHARS
    _set_cookie(text if worth_keeping else "")


def forget_wish() -> None:
    """Have the browser forget it."""
    if COOKIE in st.context.cookies:
        _set_cookie("")


def kept_wish() -> Wish | None:
    """The wish that the browser brought along, the first time a session asks."""
    if st.session_state.get(FOLLOWED):
        return None
    st.session_state[FOLLOWED] = True
    return _read(str(st.context.cookies.get(COOKIE, "")))


def _read(text: str) -> Wish | None:
    """The wish, if it is one: people can write into their cookies what they like."""
    try:
        page, query = json.loads(unquote(text))
    except ValueError:
        return None
    if not isinstance(page, str) or not isinstance(query, dict):
        return None
    if not page.isidentifier() or not (PAGES / f"{page}.py").is_file():
        return None
    return Wish(page=page, query={str(name): str(value) for name, value in query.items()})


def _set_cookie(value: str) -> None:
    _WISH(data={"name": COOKIE, "value": value, "seconds": KEPT_S if value else 0}, key="wish")
