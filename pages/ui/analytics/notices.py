"""What the page says about itself: how fresh it is, what it left out, and why there is nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from agent import FilterChoices, InvalidFilterError
from pages.ui.analytics.behind import Scene
from pages.ui.analytics.filter_address import Offer, show_all_days
from pages.ui.analytics.numbers import many, percent
from pages.ui.plain_text import plain


def draw_state(read_at: float, zone: str) -> None:
    """When the figures were read, and the way to read them again."""
    at = datetime.fromtimestamp(read_at, UTC).astimezone(ZoneInfo(zone))
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="analytics_state"):
        st.caption(f"As of {at:%H:%M}, {plain(zone.replace('_', ' '))}", width="content")
        st.button("Refresh", key="refresh_analytics", icon=":material/refresh:")


def draw_ignored(names: Sequence[str]) -> None:
    """Which parts of the address were no use."""
    if names:
        listed = ", ".join(names)
        st.warning(f"The address says something unknown about {listed}. That was left out.", icon=":material/link_off:")


def draw_bad_filter(error: InvalidFilterError, offer: Offer) -> None:
    """What is wrong with the filter; nothing was counted."""
    with st.container(border=True, key="bad_filter"):
        st.markdown("**These days cannot be shown.**")
        st.markdown(plain(str(error)))
        st.button("Show all days", key="all_days_bad", on_click=show_all_days, args=(offer,))


def draw_demo_banner(scene: Scene, choices: FilterChoices) -> None:
    """That made-up data counts here, and how much of it."""
    if not choices.demo_turns or not scene.wanted.demo:
        return
    counted = scene.desk.analytics.figure("messages", scene.wanted).n
    real = scene.desk.analytics.figure("messages", scene.wanted.model_copy(update={"demo": False})).n
    demo = counted - real
    if not demo:
        return
    share = percent(demo / counted) if not real else percent(min(demo / counted, 0.999))  # never rounded up to all
    st.info(
        f"{share} of these messages, {demo:,} of {counted:,}, are made up to show the desk. "
        "Leave them out under “More”.",
        title="Demo data",
        icon=":material/science:",
    )


def draw_empty(scene: Scene, choices: FilterChoices, offer: Offer) -> bool:
    """Whether there is anything to show; says what to do if there is not."""
    if (
        scene.desk.analytics.figure("messages", scene.wanted).n
        or scene.desk.analytics.figure("reviews", scene.wanted).n
    ):
        return True
    with st.container(border=True, key="empty_analytics"):
        if not choices.turns:
            st.markdown("**No message has come yet.**")
            st.caption("Figures show up here with the first conversation on the Live desk.")
            return False
        first, last = choices.first_day, choices.last_day
        st.markdown("**Nothing happened under these filters.**")
        st.caption(f"The desk has {many(choices.turns, 'message')}, from {first} to {last}.")
        st.button("Show all days", key="all_days", on_click=show_all_days, args=(offer,))
    return False
