"""The few things that the theme cannot say, on containers that have a key of ours."""

import streamlit as st

DOCK = """
<style>
.st-key-decision_dock {{
  position: sticky; bottom: 0; z-index: 2; padding: 0.6rem 0 0.4rem; background: {surface};
  border-top: 1px solid {line};
}}
.st-key-decision_dock:empty {{ display: none; }}
</style>
"""


def pin_decisions() -> None:
    """Keep the decision in sight while the evidence is read."""
    look = st.context.theme.type or "light"
    st.html(
        DOCK.format(
            surface=st.get_option(f"theme.{look}.backgroundColor"), line=st.get_option(f"theme.{look}.borderColor")
        )
    )
