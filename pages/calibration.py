"""Calibration: other thresholds tried on past turns, versions of the policy, and labels on what was done."""

import streamlit as st

from agent import DeskError
from pages.ui.access.guard import guard
from pages.ui.address import write_address
from pages.ui.calibration.frontier_view import draw_frontier
from pages.ui.calibration.in_force import draw_freshness, draw_in_force
from pages.ui.calibration.label_view import draw_label
from pages.ui.calibration.reckoning import reckoning
from pages.ui.calibration.reliability_view import draw_reliability
from pages.ui.calibration.thresholds_view import draw_thresholds
from pages.ui.calibration.versions_view import draw_versions
from pages.ui.opening import the_desk
from pages.ui.plain_text import plain
from pages.ui.view_choice import VIEW, choose_view, make_choice_legible

identity = guard(__file__, "analyst", "lead", "admin")

CHOSEN = "calibration_view"
VIEWS = {
    "thresholds": ("Thresholds", draw_thresholds),
    "frontier": ("Frontier", draw_frontier),
    "reliability": ("Reliability", draw_reliability),
    "label": ("Label", draw_label),
    "versions": ("Versions", draw_versions),
}

make_choice_legible()
open_desk = the_desk()
head = st.container(
    horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="calibration_head"
)
with head:
    st.title("Calibration", anchor=False, width="content")
try:
    with st.spinner("Reading what happened on the desk", show_time=False):
        read_at = reckoning().refresh(open_desk)
        versions = open_desk.calibration.policies(identity)
        policy = open_desk.policy
except DeskError as error:
    st.error(plain(str(error)), title="Past turns can't be read", icon=":material/error:")
    st.stop()
with head:
    draw_freshness(read_at)
draw_in_force(policy, versions)
chosen = choose_view(
    list(VIEWS),
    lambda name: VIEWS[name][0],
    key=CHOSEN,
    on_change=lambda: write_address(VIEW, st.session_state[CHOSEN]),
)
try:
    VIEWS[chosen][1](open_desk)
except DeskError as error:
    st.error(plain(str(error)), title="This can't be shown", icon=":material/error:")
