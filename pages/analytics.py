"""Analytics: what the desk does, in figures, charts and the threads behind them."""

import streamlit as st

from agent import DeskError, InvalidFilterError
from pages.ui.access.guard import guard
from pages.ui.analytics.analytics_filter import ask
from pages.ui.analytics.behind import Scene
from pages.ui.analytics.behind_panel import draw_behind
from pages.ui.analytics.customers import draw_customers
from pages.ui.analytics.definitions_panel import draw_definitions
from pages.ui.analytics.escalation import draw_escalation
from pages.ui.analytics.filter_address import VIEW, key_of, offer_for, take_address, write_filter
from pages.ui.analytics.freshness import freshness
from pages.ui.analytics.knowledge_cost import draw_knowledge_cost
from pages.ui.analytics.money_view import draw_money
from pages.ui.analytics.notices import draw_bad_filter, draw_demo_banner, draw_empty, draw_ignored, draw_state
from pages.ui.analytics.overview import draw_overview
from pages.ui.analytics.palette import palette
from pages.ui.analytics.people import draw_people
from pages.ui.opening import the_desk
from pages.ui.plain_text import plain
from pages.ui.view_choice import make_choice_legible

identity = guard(__file__, "analyst", "reviewer", "lead", "admin")

VIEWS = {
    "overview": ("Overview", draw_overview),
    "escalation": ("Escalation", draw_escalation),
    "people": ("People", draw_people),
    "customers": ("Customers", draw_customers),
    "knowledge": ("Knowledge and cost", draw_knowledge_cost),
    "money": ("Money", draw_money),
}

make_choice_legible()
open_desk = the_desk()
head = st.container(
    horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="analytics_head"
)
with head:
    st.title("Analytics", anchor=False, width="content")
try:
    with st.spinner("Reading what happened on the desk", show_time=False):
        read_at = freshness().refresh(open_desk)
        choices = open_desk.analytics.choices()
except DeskError as error:
    st.error(plain(str(error)), title="The figures can't be read", icon=":material/error:")
    st.stop()
offer = offer_for(choices, identity, tuple(VIEWS))
ignored = take_address(offer)
chosen = st.segmented_control(
    "What to look at",
    list(VIEWS),
    required=True,
    key=key_of(VIEW),
    format_func=lambda name: VIEWS[name][0],
    label_visibility="collapsed",
    on_change=write_filter,
    args=(offer,),
)
wanted = ask(offer)
with head:
    draw_state(read_at, wanted.zone)
draw_ignored(ignored)
scene = Scene(desk=open_desk, identity=identity, wanted=wanted, colours=palette(), lists={})
try:
    draw_demo_banner(scene, choices)
    if draw_empty(scene, choices, offer):
        with st.spinner("Counting", show_time=False):
            VIEWS[chosen if chosen in VIEWS else "overview"][1](scene)
    draw_behind(scene)
except InvalidFilterError as error:
    draw_bad_filter(error, offer)
except DeskError as error:
    st.error(plain(str(error)), title="This can't be shown", icon=":material/error:")
draw_definitions(scene)
