"""The head of the page: which version is in force, and how fresh the figures are."""

from collections.abc import Sequence
from datetime import UTC, datetime

import streamlit as st

from agent import Policy, SavedPolicy
from pages.ui.calibration.prepared import WHOLE_PAGE, just_done
from pages.ui.calibration.reckoning import reckoning
from pages.ui.clock import moment
from pages.ui.plain_text import plain

LONG = 160


def draw_in_force(policy: Policy, versions: Sequence[SavedPolicy]) -> None:
    """The version that counts, who saved it and why; and what was just done."""
    st.session_state.pop(WHOLE_PAGE, None)
    name = f":violet-badge[In force: {plain(policy.name)}, version {policy.version}]"
    saved = next((one for one in versions if one.version == policy.version), None)
    if saved is None:
        st.markdown(f"{name} :small[which the desk was started with; no version was saved here yet]")
    else:
        why = saved.reason if len(saved.reason) <= LONG else f"{saved.reason[: LONG - 1]}…"
        told = plain(f"saved {moment(saved.at)} by {saved.author}, {saved.role}: {' '.join(why.split())}")
        st.markdown(f"{name} :small[{told}]")
    done = just_done()
    if done:
        st.success(plain(done), icon=":material/check_circle:")


def draw_freshness(read_at: float) -> None:
    """When the past turns were read, and the way to read them again."""
    at = datetime.fromtimestamp(read_at, UTC)
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="calibration_state"):
        st.caption(f"As of {at:%H:%M} UTC", width="content")
        st.button("Refresh", key="refresh_calibration", icon=":material/refresh:", on_click=reckoning().forget)
