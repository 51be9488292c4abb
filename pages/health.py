"""Health: what does the language work, what went wrong lately, and whether the desk is well."""

import streamlit as st

from agent import Desk
from pages.ui.access.guard import guard
from pages.ui.access.sign_in import recheck
from pages.ui.fragments import fragment
from pages.ui.health.condition_panel import draw_condition
from pages.ui.health.outside_panel import draw_outside
from pages.ui.health.troubles_panel import draw_engine, draw_troubles
from pages.ui.opening import the_desk

guard(__file__, "analyst", "reviewer", "lead", "admin")


@fragment(run_every=2.0)
def draw_lately(desk: Desk) -> None:
    """Polls, so that a failing endpoint shows up while somebody looks."""
    recheck()
    draw_troubles(desk)


st.title("Health", anchor=False)
open_desk = the_desk()
draw_engine(open_desk)
st.header("What went wrong lately", anchor=False)
draw_lately(open_desk)
st.header("Tickets and webhooks", anchor=False)
draw_outside(open_desk)
st.divider()
st.header("Condition", anchor=False)
draw_condition(open_desk)
