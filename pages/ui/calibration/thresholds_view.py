"""Thresholds: other settings tried on past turns, and saved as a new version."""

import streamlit as st

from agent import Comparison, Desk, DeskError, Policy, TurnSpan
from pages.ui.access.identity import current_identity
from pages.ui.analytics.numbers import many
from pages.ui.analytics.palette import palette
from pages.ui.calibration.comparison_panel import draw_comparison, draw_difference, in_a_sentence
from pages.ui.calibration.conflicts import tried_policy
from pages.ui.calibration.controls import draw_controls
from pages.ui.calibration.draft import Draft, draft_on
from pages.ui.calibration.prepared import draw_whole_page_if_done
from pages.ui.calibration.presets_panel import draw_preset_buttons, draw_presets
from pages.ui.calibration.reckoning import reckoning
from pages.ui.calibration.save_panel import draw_save
from pages.ui.calibration.span_filter import ask_span, count_demo_too, show_all_turns
from pages.ui.fragments import fragment
from pages.ui.plain_text import plain

BESIDE = """<style>
@media (min-width: 900px) {
  [data-testid="stColumn"]:has(.st-key-settings) { align-self: flex-start; position: sticky; top: 3.5rem; }
  .st-key-settings { max-height: calc(100vh - 5rem); overflow-y: auto; flex-wrap: nowrap; padding: 2px 10px 2px 2px; }
  .st-key-settings > * { flex-shrink: 0; }
}
</style>"""
"""The controls stay in sight, and scroll by themselves, while somebody reads the figures beside them."""


def draw_thresholds(desk: Desk) -> None:
    """The days that count, then controls beside figures."""
    span = ask_span()
    _draw_tried(desk, span)


@fragment()
def _draw_tried(desk: Desk, span: TurnSpan) -> None:
    draw_whole_page_if_done()
    try:
        # asks the desk whether this person may still look: what was counted before is handed out without asking
        desk.calibration.policies(current_identity())
        draft = draft_on(desk.policy)
        tried, wrong = tried_policy(desk, draft)
        st.html(BESIDE)
        results, settings = st.columns([1.9, 1], gap="medium")
        with settings, st.container(key="settings", gap="small"):
            draw_preset_buttons()
            draw_controls(draft, wrong)
            summary = st.container(key="summary")
            draw_save(desk, draft, tried)
        with results:
            found = _draw_figures(desk, draft, tried, span)
        if draft.changes and found is not None:
            summary.markdown(f"**{plain(in_a_sentence(found))}**")
    except DeskError as error:
        st.error(plain(str(error)), title="This can't be shown", icon=":material/error:")


def _draw_figures(desk: Desk, draft: Draft, tried: Policy | None, span: TurnSpan) -> Comparison | None:
    """The figures of both; returns them if the settings could be tried."""
    identity = current_identity()
    with st.spinner("Replaying past turns", show_time=False):
        found = reckoning().compare(desk, identity, draft.base, tried or draft.base, span)
    if not found.first.turns:
        draw_no_turns(span)
        return None
    _draw_demo_banner(desk, draft, span, found.first.turns)
    if tried is None:
        st.warning("Some settings do not fit together. They were not tried; the figures are of the policy in force.")
    draw_comparison(found, palette(), alone=not draft.changes or tried is None)
    if draft.changes and tried is not None:
        draw_difference(found)
    else:
        st.caption("Move a control, or try a preset, to see what would have been otherwise.")
    draw_presets(lambda: reckoning().presets(desk, identity, draft.base, span))
    return found if tried is not None else None


def draw_no_turns(span: TurnSpan) -> None:
    """That there is nothing to replay, and what to do about it."""
    with st.container(border=True, key="no_turns"):
        if span == TurnSpan():
            st.markdown("**No message was read yet.**")
            st.caption("Thresholds can be tried here as soon as the desk has answered its first messages.")
            return
        st.markdown("**No message was read in these days.**" if span.demo else "**No real message was read here.**")
        st.caption("Choose more days." if span.demo else "What there may be is made up to show the desk.")
        with st.container(horizontal=True, gap="xsmall"):
            st.button("Show all days", key="all_turns", on_click=show_all_turns)
            if not span.demo:
                st.button("Count demo data", key="demo_turns", on_click=count_demo_too)


def _draw_demo_banner(desk: Desk, draft: Draft, span: TurnSpan, turns: int) -> None:
    """That made-up turns count here, and how many."""
    if not span.demo:
        return
    real_span = span.model_copy(update={"demo": False})
    real = reckoning().compare(desk, current_identity(), draft.base, draft.base, real_span).first.turns
    if turns > real:
        st.info(
            f"{many(turns - real, 'turn')} of {turns:,} here are made up to show the desk.",
            title="Demo data",
            icon=":material/science:",
        )
