"""How it works: routing, interrupt, resume and checkpointer on the graph, and the durability proof, run for real."""

import streamlit as st

from agent import Desk
from pages.ui.access.guard import guard
from pages.ui.explain.explanations import TOPICS, topic_frames
from pages.ui.explain.proof_panel import draw_proof
from pages.ui.fragments import fragment
from pages.ui.graph.component import show_graph
from pages.ui.opening import the_desk

guard(__file__, "stakeholder", "analyst", "reviewer", "lead", "admin")


@fragment()
def draw_explanation(desk: Desk) -> None:
    """One topic: its text beside the graph on which its steps light up."""
    titles = [topic.title for topic in TOPICS]
    title = st.radio("Topic", titles, key="topic", bind="query-params", horizontal=True, label_visibility="collapsed")
    topic = TOPICS[titles.index(title)]
    words, picture = st.columns([0.42, 0.58], gap="large")
    with words:
        st.header(topic.title, anchor=False)
        st.markdown(topic.text)
    with picture:
        show_graph(
            desk.structure,
            topic_frames(desk.structure, topic),
            turn_id=topic.title,
            known_seq=-1,
            selected=None,
            summary=topic.title,
            key="explained_graph",
            on_select=lambda: None,
        )


st.title("How it works", anchor=False)
open_desk = the_desk()
draw_explanation(open_desk)
st.divider()
st.header("Proof: a pause survives kill -9", anchor=False)
st.markdown(
    "A refund is paused in a child process. That process is killed without warning, so it cannot save or tidy up "
    "anything. A fresh process, which knows nothing but the thread's id, approves and resumes it."
)
draw_proof(open_desk)
