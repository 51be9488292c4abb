"""Knowledge: the articles that answers come from, what is missing among them, and how new ones come."""

import streamlit as st

from agent import DeskError
from pages.ui.access.guard import guard
from pages.ui.knowledge.articles_panel import draw_articles
from pages.ui.knowledge.drafts_panel import draw_drafts
from pages.ui.knowledge.gaps_panel import draw_gaps
from pages.ui.knowledge.intake_panel import draw_intake
from pages.ui.knowledge.knowledge_view import CHOSEN_VIEW, note_view
from pages.ui.knowledge.sayings import draw_said
from pages.ui.opening import the_desk
from pages.ui.plain_text import plain
from pages.ui.view_choice import choose_view, make_choice_legible

identity = guard(__file__, "analyst", "reviewer", "lead", "admin")

VIEWS = {
    "articles": ("Articles", draw_articles),
    "gaps": ("Gaps", draw_gaps),
    "drafts": ("Drafts", draw_drafts),
    "take-in": ("Take in", draw_intake),
}

make_choice_legible()
st.title("Knowledge", anchor=False)
open_desk = the_desk()
view = choose_view(list(VIEWS), lambda name: VIEWS[name][0], key=CHOSEN_VIEW, on_change=note_view)
draw_said()
draw = VIEWS[view][1]
try:
    draw(open_desk, identity)
except DeskError as error:
    st.error(plain(str(error)), title="This can't be shown", icon=":material/error:")
