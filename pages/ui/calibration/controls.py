"""The controls of the thresholds: grouped, each with what the policy says of it and the value that is in force."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.ui.calibration.calibration_words import CHOICE, field_name, setting
from pages.ui.calibration.draft import Draft, control_key, note_control, seed_control
from pages.ui.calibration.thresholds import GROUPS, Threshold
from pages.ui.plain_text import plain
from pages.ui.words import in_words

SHOWN_AS = {"share": "%.2f", "score": "%.2f", "mark": "%.1f"}


def draw_controls(draft: Draft, wrong: Mapping[str, str]) -> None:
    """Every threshold; what is wrong with one stands below it."""
    for name, (icon, group) in GROUPS.items():
        touched = sum(one.field in draft.changes for one in group)
        label = f"{name} · {touched} changed" if touched else name
        with st.expander(label, icon=icon, expanded=name == "Answers", key=f"group_{name.lower()}"):
            for one in group:
                with st.container(gap="xsmall", key=f"control_{one.field}"):
                    _draw_control(draft, one)
                    _draw_state(draft, one, wrong.get(one.field))


def _draw_control(draft: Draft, one: Threshold) -> None:
    seed_control(draft, one.field)
    label = plain(field_name(one.field))
    how: dict[str, Any] = {
        "key": control_key(one.field),
        "help": plain(one.help),
        "on_change": note_control,
        "args": (one.field,),
    }
    if one.kind == "switch":
        st.toggle(label, **how)
    elif one.kind == "choice":
        st.segmented_control(label, one.options, required=True, format_func=CHOICE.__getitem__, **how)
    elif one.kind == "words":
        st.pills(
            label, one.options, selection_mode="multi", format_func=lambda word: in_words(word).capitalize(), **how
        )
    elif one.kind == "count":
        st.number_input(label, min_value=int(one.low), max_value=_most(draft, one), step=_step(one), **how)
    else:
        st.slider(
            label, min_value=one.low, max_value=one.high, step=one.step, format=SHOWN_AS.get(one.kind, "%.2f"), **how
        )


def _draw_state(draft: Draft, one: Threshold, wrong: str | None) -> None:
    present = setting(getattr(draft.base, one.field))
    if one.field in draft.changes:
        st.markdown(f":violet-badge[changed] :small[in force: {plain(present)}]")
    else:
        st.caption(f"in force: {plain(present)}")
    if wrong:
        st.error(plain(wrong), icon=":material/error:")


def _most(draft: Draft, one: Threshold) -> int:
    """The control's end; a deployment's own value may lie beyond the usual one."""
    typed = draft.value(one.field)
    return int(max(one.high, getattr(draft.base, one.field), typed if isinstance(typed, int) else 0))


def _step(one: Threshold) -> int:
    return max(1, int(one.step))
