"""The parts of the Live desk: scenarios, the graph with its explanation, the chat with what it waits for."""

from uuid import uuid4

import streamlit as st

from agent import Desk, DeskError, Identity, Review, Scenario
from pages.ui.access.identity import become, demo_people, may_decide
from pages.ui.blocks import show_blocks
from pages.ui.graph.component import show_graph
from pages.ui.graph.trace import frames_of
from pages.ui.live.conversation import show_conversation
from pages.ui.live.live_thread import LiveThread, live_thread, new_thread
from pages.ui.live.node_story import node_blocks
from pages.ui.live.person_panel import draw_person_panel
from pages.ui.live.rating_panel import draw_rating
from pages.ui.live.sending import INPUT, continue_scenario, send_typed, send_words, sending_problem, start_scenario
from pages.ui.plain_text import plain
from pages.ui.review.decision_panel import draw_decision_panel
from pages.ui.review.evidence import headline
from pages.ui.words import THREAD_STATUS

GRAPH = "live_graph"
NONCE = "scenario_nonce"


def draw_scenarios(desk: Desk, thread: LiveThread) -> None:
    """A button a scenario; the keys change with every start, so that a double click starts one."""
    if st.session_state.get(NONCE, ("", ""))[0] != thread.nonce:
        st.session_state[NONCE] = (thread.nonce, uuid4().hex)
    nonce = st.session_state[NONCE][1]
    with st.container(horizontal=True, gap="xsmall", key="scenarios", vertical_alignment="center"):
        for scenario in desk.scenarios:
            st.button(
                scenario.title,
                key=f"scenario-{scenario.id}-{nonce}",
                help=plain(scenario.description),
                type="primary" if scenario is desk.scenarios[0] and not thread.turns else "secondary",
                on_click=start_scenario,
                args=(desk, scenario, nonce),
            )


def draw_graph(desk: Desk, thread: LiveThread) -> None:
    """The live graph; under it, what the selected step did."""
    turn = thread.drawn_turn()
    frames = frames_of(desk.structure, thread.events, turn.turn_id) if turn else ()
    show_graph(
        desk.structure,
        frames,
        turn_id=turn.turn_id if turn else "",
        known_seq=thread.known_seq,
        selected=thread.selected_node,
        summary=THREAD_STATUS[thread.view.thread.status][0] if thread.view else "",
        key=GRAPH,
        on_select=_select_node,
    )
    name = thread.selected_node
    if name is None:
        st.caption("Select a step to see what it did.")
        return
    label = next((node.label for node in desk.structure.nodes if node.name == name), name)
    with st.container(border=True, key="node_story"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{plain(label)}**")
            st.button("Close", key="close_story", type="tertiary", icon=":material/close:", on_click=_close_story)
        show_blocks(node_blocks(desk.structure, name, turn), key="node_story_blocks")


def draw_chat(desk: Desk, thread: LiveThread, identity: Identity) -> None:
    """The conversation, what it waits for, and the customer's input."""
    show_conversation(thread, desk.policy, key="conversation")
    problem = sending_problem()
    if problem:
        st.error(plain(problem), icon=":material/error:")
    draw_rating(desk, thread)
    if thread.view and thread.view.pending_review_id:
        _draw_pause(desk, thread.view.pending_review_id, identity)
    elif thread.view and thread.view.thread.status == "WITH_PERSON":
        draw_person_panel(desk, thread.view.thread.thread_id, identity)
    _draw_consent(desk, thread)
    _draw_next_message(desk, thread)
    st.chat_input("Write as the customer", key=INPUT, on_submit=send_typed, args=(desk,))


def draw_status(thread: LiveThread) -> None:
    """Where the thread stands, in words."""
    label, tone = THREAD_STATUS[thread.view.thread.status] if thread.view else ("No thread open", "")
    colour = {"good": "green", "warn": "orange", "bad": "red", "info": "blue", "accent": "violet"}.get(tone, "gray")
    st.markdown(f":{colour}-badge[{label}]", width="content")


def draw_unknown_thread(thread: LiveThread) -> None:
    """When the address names a thread that cannot be shown."""
    with st.container(border=True, key="unknown_thread"):
        st.header("This thread can't be opened", icon=":material/link_off:")
        st.text(thread.problem or "")
        st.button("Start a new thread", type="primary", on_click=new_thread, key="start_instead")


def _select_node() -> None:
    live_thread().selected_node = st.session_state[GRAPH].node


def _close_story() -> None:
    live_thread().selected_node = None


def _draw_next_message(desk: Desk, thread: LiveThread) -> None:
    scenario = next((each for each in desk.scenarios if each.id == thread.scenario_id), None)
    sent = len(thread.turns)
    if scenario is not None and 0 < sent < len(scenario.messages):
        _draw_suggestion(desk, scenario, sent)


def _draw_consent(desk: Desk, thread: LiveThread) -> None:
    """Two buttons while the desk waits for a yes or a no about an order."""
    turn = thread.turns[-1] if thread.turns else None
    if turn is None or turn.status != "done" or turn.record.get("awaiting") != "order_yes":
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="consent"):
        st.caption("The customer is asked:", width="content")
        for word in ("Yes", "No"):
            key = f"say-{word}-{turn.turn_id}"
            st.button(word, key=key, on_click=send_words, args=(desk, word.lower(), f"{turn.turn_id}:{word}"))


def _draw_suggestion(desk: Desk, scenario: Scenario, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="next_message"):
        st.button(
            f"Send message {number + 1} of {len(scenario.messages)}",
            key=f"next-{scenario.id}-{number}",
            icon=":material/arrow_forward:",
            on_click=continue_scenario,
            args=(desk, scenario, number),
        )
        st.text(scenario.messages[number], width="stretch", wrap=False)


def _draw_pause(desk: Desk, review_id: str, identity: Identity) -> None:
    try:
        review = desk.review(review_id)
    except DeskError as error:
        st.warning(plain(str(error)))
        return
    with st.container(border=True, key="pause_panel", gap="small"):
        if review.is_open:
            st.markdown(f":material/front_hand: {_waits_for(review)}")
        if not may_decide(identity):
            _offer_reviewers()
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                "pages/approvals.py",
                label="Open the evidence",
                icon=":material/fact_check:",
                query_params={"review": review_id},
            )
        draw_decision_panel(desk, review, identity)


def _waits_for(review: Review) -> str:
    if review.kind == "draft":
        return "**An answer waits for a person.** It is written; the customer gets it once a reviewer has looked at it."
    if review.status == "awaiting_second" and review.first is not None:
        done = f"{plain(review.first.subject)} approved it; nothing happens until somebody else confirms."
        return f"**{plain(headline(review))} waits for a second person.** {done}"
    waits = f"**{plain(headline(review))} waits for a person.**"
    return f"{waits} Nothing happens until a reviewer decides. The rule says: {plain(review.recommendation)}."


def _offer_reviewers() -> None:
    reviewers = [person for person in demo_people() if person.role == "reviewer"]
    if not reviewers:
        st.caption("You may look; a reviewer decides.")
        return
    st.caption("You are here as somebody who may look. Decide as one of the demo reviewers:")
    with st.container(horizontal=True, gap="xsmall", key="become_reviewer"):
        for person in reviewers:
            st.button(
                f"Be {person.name} (demo reviewer)",
                key=f"become-{person.name}",
                on_click=become,
                args=(person.name,),
            )
