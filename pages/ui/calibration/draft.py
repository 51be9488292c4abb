"""The settings that somebody tries in this session, against the version that they looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from agent import Policy
from pages.ui.calibration.thresholds import THRESHOLDS

DRAFT = "calibration_draft"
MOVED_ON = "calibration_moved_on"
NAME = "name"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """`base` is the version that was looked at, `changes` what differs from it."""

    base: Policy
    changes: Mapping[str, Any] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        """The field as it is set."""
        return self.changes.get(name, getattr(self.base, name))


@dataclass(frozen=True, kw_only=True)
class MovedOn:
    """Another version came into force while somebody was at work on the one before."""

    before: Policy
    after: Policy


def control_key(name: str) -> str:
    """The widget of a field."""
    return f"try_{name}"


def draft_on(policy: Policy) -> Draft:
    """What is tried; if another version came into force, what was not touched follows it, and the rest stays."""
    draft: Draft | None = st.session_state.get(DRAFT)
    if draft is None:
        draft = Draft(base=policy)
    elif draft.base != policy:
        st.session_state[MOVED_ON] = MovedOn(before=draft.base, after=policy)
        draft = Draft(base=policy, changes=_differing(policy, draft.changes))
        _fill(draft)
    st.session_state[DRAFT] = draft
    return draft


def begin_anew(policy: Policy) -> None:
    """Try nothing: everything is as in this version."""
    st.session_state[DRAFT] = Draft(base=policy)
    st.session_state.pop(MOVED_ON, None)
    _fill(st.session_state[DRAFT])


def reset() -> None:
    """Set everything back to the version in force; a callback."""
    draft: Draft | None = st.session_state.get(DRAFT)
    if draft is not None:
        begin_anew(draft.base)


def take_preset(preset: Policy) -> None:
    """Set everything as the preset has it; a callback."""
    draft: Draft | None = st.session_state.get(DRAFT)
    if draft is not None:
        wanted = {name: getattr(preset, name) for name in (NAME, *THRESHOLDS)}
        st.session_state[DRAFT] = replace(draft, changes=_differing(draft.base, wanted))
        _fill(st.session_state[DRAFT])


def note_control(name: str) -> None:
    """Take over what a control holds; a callback."""
    draft: Draft | None = st.session_state.get(DRAFT)
    if draft is None:
        return
    typed = st.session_state.get(control_key(name))
    value = typed.strip() if isinstance(typed, str) else typed
    if name in THRESHOLDS:
        value = THRESHOLDS[name].cleaned(value, draft.base)
    st.session_state[DRAFT] = replace(draft, changes=_differing(draft.base, {**draft.changes, name: value}))


def seed_control(draft: Draft, name: str) -> None:
    """Let a control that is about to be drawn show the draft."""
    if control_key(name) not in st.session_state:
        value = draft.value(name)
        st.session_state[control_key(name)] = THRESHOLDS[name].for_control(value) if name in THRESHOLDS else value


def _differing(base: Policy, wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if value != getattr(base, name)}


def _fill(draft: Draft) -> None:
    """Let the controls show the draft again."""
    for name in (NAME, *THRESHOLDS):
        st.session_state.pop(control_key(name), None)
        seed_control(draft, name)
