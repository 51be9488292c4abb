"""Was this helpful? Asked quietly under the agent's last reply; never in the way, and changed by choosing again."""

import streamlit as st

from agent import Desk, DeskError
from pages.ui.live.live_thread import LiveThread
from pages.ui.plain_text import plain

KNOWN = "ratings_known"
PROBLEM = "rating_problem"
STARS = 5
THANKS = {1: "poor", 2: "not really", 3: "so so", 4: "helpful", 5: "very helpful"}


def draw_rating(desk: Desk, thread: LiveThread) -> None:
    """Five stars for the last turn that the agent answered; what was chosen stays shown."""
    turn_id = rated_turn(thread)
    if turn_id is None:
        return
    given = _known(desk, turn_id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="rating"):
        st.caption("Was this helpful?", width="content")
        st.feedback(
            "stars",
            key=_key(turn_id),
            default=_place(given),
            disabled=not is_last_word(thread),
            on_change=_rate,
            args=(desk, turn_id),
        )
        if given is not None:
            st.caption(f"{given} of {STARS}, {THANKS[given]}. Thank you.", width="content")
    problem = st.session_state.get(PROBLEM)
    if problem and problem[0] == turn_id:
        st.caption(f":red[{plain(problem[1])}]")


def rated_turn(thread: LiveThread) -> str | None:
    """The turn of the agent's last reply; None before there is one, and where a person had the last word."""
    said = [line for line in thread.view.transcript if line.who != "customer"] if thread.view else []
    return said[-1].turn_id if said and said[-1].who == "agent" else None


def is_last_word(thread: LiveThread) -> bool:
    """Whether that reply is the last line. The row stays while the next one comes, so that nothing below it jumps."""
    return thread.view is not None and thread.view.transcript[-1].who == "agent" and thread.streamed() is None


def _known(desk: Desk, turn_id: str) -> int | None:
    """The rating; asked of the desk once a session and turn, since the page polls."""
    known: dict[str, int | None] = st.session_state.setdefault(KNOWN, {})
    if turn_id not in known:
        try:
            known[turn_id] = desk.rating_of(turn_id)
        except DeskError:
            return None
    return known[turn_id]


def _rate(desk: Desk, turn_id: str) -> None:
    chosen = st.session_state.get(_key(turn_id))
    if chosen is None:
        return  # a second click on the same star takes it out on the screen only: what was said stands
    try:
        desk.rate(turn_id, chosen + 1)
    except DeskError as error:
        st.session_state[PROBLEM] = (turn_id, str(error))
    else:
        st.session_state.pop(PROBLEM, None)
        st.session_state[KNOWN][turn_id] = chosen + 1


def _key(turn_id: str) -> str:
    return f"rate-{turn_id}"


def _place(given: int | None) -> int | None:
    return None if given is None else given - 1
