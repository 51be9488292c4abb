"""A customer's message on its way to the desk. Runs in callbacks, before the page is drawn, so that it runs once."""

from uuid import NAMESPACE_URL, uuid4, uuid5

import streamlit as st

from agent import Desk, DeskError, Scenario
from pages.ui.live.live_thread import LiveThread, live_thread, remember_address, start_thread

INPUT = "customer_message"
PROBLEM = "sending_problem"


def send_typed(desk: Desk) -> None:
    """Send what was typed; if it is refused, it goes back into the input."""
    text = st.session_state.get(INPUT) or ""
    if not _send(desk, live_thread(), text, str(uuid4())):
        st.session_state[INPUT] = text


def start_scenario(desk: Desk, scenario: Scenario, nonce: str) -> None:
    """Open a new thread with the scenario's first message; the same click twice is the same message."""
    thread = start_thread(customer_id=scenario.customer_id or "guest", scenario_id=scenario.id)
    _send(desk, thread, scenario.messages[0], str(uuid5(NAMESPACE_URL, f"{nonce}:{scenario.id}")))


def continue_scenario(desk: Desk, scenario: Scenario, number: int) -> None:
    """Send the scenario's message of this number into the open thread."""
    thread = live_thread()
    name = f"{thread.thread_id}:{scenario.id}:{number}"
    _send(desk, thread, scenario.messages[number], str(uuid5(NAMESPACE_URL, name)))


def send_words(desk: Desk, words: str, once: str) -> None:
    """Send words that a button stands for; the same click twice is the same message."""
    _send(desk, live_thread(), words, str(uuid5(NAMESPACE_URL, once)))


def sending_problem() -> str | None:
    """Why the last message was not taken in; None if it was."""
    problem: str | None = st.session_state.get(PROBLEM)
    return problem


def _send(desk: Desk, thread: LiveThread, text: str, message_id: str) -> bool:
    try:
        receipt = desk.receive(text, thread_id=thread.thread_id, customer_id=thread.customer_id, message_id=message_id)
    except DeskError as error:
        st.session_state[PROBLEM] = str(error)
        return False
    st.session_state.pop(PROBLEM, None)
    thread.thread_id = receipt.thread_id
    remember_address(thread)
    return True
