"""The one thing that the theme cannot say: no accent is readable both under white and on the dark background."""

import streamlit as st

CHOSEN_SEGMENT = """
<style>
[data-testid="stBaseButton-segmented_controlActive"], [data-testid="stBaseButton-segmented_controlActive"] p {
  color: inherit; font-weight: 600;
}
</style>
"""


def keep_readable() -> None:
    """Write the chosen segment of a control in the colour of text; its border and ground stay in the accent."""
    st.html(CHOSEN_SEGMENT)
