"""Saving the tried settings as the next version: what changes, why, and a confirmation."""

from collections.abc import Sequence

import streamlit as st

from agent import ConflictError, Desk, DeskError, Policy, SavedPolicy
from pages.ui.access.identity import current_identity
from pages.ui.blocks import facts, show_blocks
from pages.ui.calibration.calibration_words import changed, field_name
from pages.ui.calibration.draft import (
    DRAFT,
    MOVED_ON,
    NAME,
    Draft,
    MovedOn,
    begin_anew,
    control_key,
    note_control,
    reset,
    seed_control,
)
from pages.ui.calibration.prepared import is_armed, keep_open, prepare, prepared, put_away, say_done, undisturbed
from pages.ui.calibration.reckoning import reckoning
from pages.ui.plain_text import plain

SAVE = "save"
REASON = "save_reason"


def draw_save(desk: Desk, draft: Draft, tried: Policy | None) -> None:
    """Reset and save; once saving is asked for, the form."""
    _draw_moved_on()
    form = prepared(SAVE)
    if form is None or not draft.changes:
        with st.container(horizontal=True, key="save_buttons", gap="xsmall"):
            st.button(
                "Save as a new version",
                key="prepare_save",
                type="primary",
                icon=":material/save:",
                disabled=tried is None or not draft.changes,
                on_click=prepare,
                args=(SAVE,),
            )
            st.button(
                "Reset",
                key="reset_draft",
                icon=":material/restart_alt:",
                disabled=not draft.changes,
                on_click=reset,
            )
        st.caption(_state(draft, tried))
        return
    with st.container(border=True, key="save_form", gap="small"):
        st.markdown(f"**Save version {draft.base.version + 1}?** It counts from each conversation’s next message.")
        show_blocks([facts(_rows(draft, tried))], key="save_changes")
        seed_control(draft, NAME)
        st.text_input(field_name(NAME), key=control_key(NAME), max_chars=60, on_change=note_control, args=(NAME,))
        st.text_area(
            "Why", key=REASON, height=70, max_chars=1000, placeholder="Needed; kept with the version and in the audit"
        )
        if form.problem:
            st.error(plain(form.problem), icon=":material/error:")
        with st.container(horizontal=True, horizontal_alignment="right", key="save_confirm", gap="xsmall"):
            st.button("Back", key="back_save", on_click=put_away)
            st.button(
                f"Save version {draft.base.version + 1}",
                key="confirm_save",
                type="primary",
                disabled=tried is None,
                on_click=_save,
                args=(desk,),
            )


def _rows(draft: Draft, tried: Policy | None) -> Sequence[tuple[str, str]]:
    if tried is None:
        return [("Nothing can be saved", "a setting is wrong; it says so at its control")]
    return changed(draft.base, tried)


def _state(draft: Draft, tried: Policy | None) -> str:
    if not draft.changes:
        return "Nothing is changed yet. Trying changes nothing on the desk."
    count = len(draft.changes)
    many = "1 field differs" if count == 1 else f"{count} fields differ"
    if tried is None:
        return f"{many} from version {draft.base.version}; what is wrong stands at the control."
    return f"{many} from version {draft.base.version}. Nothing is saved yet."


def _save(desk: Desk) -> None:
    draft, reason, armed = undisturbed(
        lambda: (st.session_state.get(DRAFT), str(st.session_state.get(REASON) or ""), is_armed(SAVE))
    )
    if draft is None or not armed:
        return
    if not reason.strip():
        keep_open(SAVE, "Say why first: the reason is kept with the version. Nothing was saved.")
        return
    try:
        saved = desk.calibration.save_policy(
            dict(draft.changes), based_on=draft.base.version, reason=reason, identity=current_identity()
        )
    except ConflictError as error:
        problem = f"{error} Your settings and your reason are still here."
        undisturbed(lambda: keep_open(SAVE, problem))
    except DeskError as error:
        problem = str(error)
        undisturbed(lambda: keep_open(SAVE, problem))
    else:
        undisturbed(lambda: _note_saved(saved))


def _note_saved(saved: SavedPolicy) -> None:
    begin_anew(saved.policy)
    st.session_state.pop(REASON, None)
    reckoning().forget()
    say_done(f"Version {saved.version} is in force, from each conversation’s next message.")


def _draw_moved_on() -> None:
    moved: MovedOn | None = st.session_state.get(MOVED_ON)
    if moved is None:
        return
    told = (
        "; ".join(f"{name} {values}" for name, values in changed(moved.before, moved.after)) or "nothing that differs"
    )
    with st.container(gap="xsmall", key="moved_on"):
        st.info(
            plain(
                f"Version {moved.after.version} came into force while you were looking at version "
                f"{moved.before.version}: {told}. What you set is kept; the rest follows the new version."
            ),
            icon=":material/update:",
        )
        st.button("I have seen it", key="seen_moved_on", type="tertiary", on_click=_seen)


def _seen() -> None:
    st.session_state.pop(MOVED_ON, None)
