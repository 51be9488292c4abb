"""The choice between the views of a page: kept in the address, and drawn so that everybody can read it."""

from collections.abc import Callable, Sequence

import streamlit as st

from pages.ui.address import read_address

VIEW = "view"
"""What the choice is called in the address."""


def choose_view(
    views: Sequence[str], title_of: Callable[[str], str], *, key: str, on_change: Callable[[], None]
) -> str:
    """Draw the choice; the address leads, then what was chosen before, then the first view.

    `on_change` puts the choice, which stands under `key` in the session, into the address.
    """
    asked = read_address(VIEW)
    if asked in views or key not in st.session_state:
        st.session_state[key] = asked if asked in views else views[0]
    chosen = st.segmented_control(
        "What to look at",
        views,
        required=True,
        key=key,
        format_func=title_of,
        label_visibility="collapsed",
        on_change=on_change,
    )
    return chosen if chosen is not None and chosen in views else views[0]


PRIMARY_WORDS = '[data-variant="segmented_control"][aria-checked="true"] p, [data-testid="stSliderThumbValue"] p'


def make_choice_legible() -> None:
    """Write what is chosen, in a row or on a slider, in the theme's link colour: the primary one is too dark at night.

    The primary colour itself cannot be lighter, as buttons bear white words on it.
    """
    colour = st.get_option(f"theme.{st.context.theme.type or 'light'}.linkColor")
    if colour:
        st.html(f"<style>{PRIMARY_WORDS} {{ color: {colour}; }}</style>")
