"""What every figure means, in one place."""

import streamlit as st

from pages.ui.analytics.behind import Scene
from pages.ui.blocks import facts, show_blocks

RULES = (
    "Days begin at midnight of the chosen time zone. A message counts on the day on which it came, a case on the day "
    "on which it was opened, a conversation on the day of its first message. Made-up cases that check reviewers never "
    "count."
)


def draw_definitions(scene: Scene) -> None:
    """Every metric with its words, behind a title."""
    panel = st.expander("Definitions", key="definitions", icon=":material/menu_book:", on_change="rerun")
    if panel.open:
        with panel:
            st.caption(RULES)
            rows = [(one.title, one.text) for one in scene.desk.analytics.definitions()]
            show_blocks([facts(rows)], key="definitions_list")
