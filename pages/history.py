"""History: what was decided, whether the record of it is whole, and how carefully people decide."""

import streamlit as st

from agent import DeskError
from pages.ui.access.guard import guard
from pages.ui.history.audit_panel import draw_audit
from pages.ui.history.history_panel import draw_decisions
from pages.ui.history.history_view import CHOSEN_VIEW, note_view
from pages.ui.history.oversight_panel import draw_people
from pages.ui.history.second_look_panel import draw_second_look
from pages.ui.opening import the_desk
from pages.ui.plain_text import plain
from pages.ui.view_choice import choose_view, make_choice_legible

identity = guard(__file__, "analyst", "reviewer", "lead", "admin")

VIEWS = {
    "decisions": ("Decisions", draw_decisions),
    "audit": ("Audit", draw_audit),
    "people": ("People", draw_people),
    "second-look": ("Second look", draw_second_look),
}

make_choice_legible()
st.title("History", anchor=False)
open_desk = the_desk()
view = choose_view(list(VIEWS), lambda name: VIEWS[name][0], key=CHOSEN_VIEW, on_change=note_view)
draw = VIEWS[view][1]
try:
    draw(open_desk, identity)
except DeskError as error:
    st.error(plain(str(error)), title="This can't be shown", icon=":material/error:")
