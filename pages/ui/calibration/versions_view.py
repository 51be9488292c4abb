"""Versions: what the policy was when, who changed it and why, and the way back."""

from collections.abc import Sequence

import streamlit as st

from agent import Desk, DeskError, Policy, SavedPolicy
from pages.ui.access.identity import current_identity
from pages.ui.address import read_address, write_address
from pages.ui.analytics.files import csv_file
from pages.ui.blocks import facts, heading, note, show_blocks
from pages.ui.calibration.calibration_words import changed, changes_of
from pages.ui.calibration.draft import begin_anew
from pages.ui.calibration.prepared import is_armed, keep_open, prepare, prepared, put_away, say_done, undisturbed
from pages.ui.calibration.reckoning import reckoning
from pages.ui.clock import moment
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.plain_text import plain

VERSION = "version"
REASON = "restore_reason"
COLUMNS = Columns(head=("Version", "When", "Who", "Why", "What changed"), wide=4, full=True)
FILE_HEAD = ("version", "name", "saved_at", "author", "role", "reason", "restored_from", "changed")
KEPT = "Old turns keep the version that they began with; a version counts from each conversation’s next message."


def draw_versions(desk: Desk) -> None:
    """Every version, the chosen one, and a button to bring it back."""
    versions = desk.calibration.policies(current_identity())
    if not versions:
        with st.container(border=True, key="no_versions"):
            st.markdown("**No version was saved here yet.**")
            st.caption(
                f"The desk works with {plain(desk.policy.label)}, which it was started with. The first change under "
                "“Thresholds” keeps it as a version, so that it can come back."
            )
        return
    st.caption(KEPT)
    chosen = _chosen(versions)
    show_records(
        "Versions, the latest first",
        COLUMNS,
        [_record(versions, place, chosen) for place in range(len(versions))],
        key="versions_table",
        on_choose=_choose,
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.download_button(
            "CSV",
            csv_file(FILE_HEAD, lambda: [_raw(versions, place) for place in range(len(versions))]),
            file_name="policies.csv",
            mime="text/csv",
            key="csv_versions",
            icon=":material/download:",
            on_click="ignore",
        )
        if chosen is None:
            st.caption("Choose a version to see it, and to bring it back.", width="stretch")
    if chosen is not None:
        _draw_chosen(desk, versions, chosen)
    elif read_address(VERSION):
        st.warning("There is no such version; the address may be incomplete.", icon=":material/link_off:")


def _chosen(versions: Sequence[SavedPolicy]) -> SavedPolicy | None:
    asked = read_address(VERSION)
    return next((one for one in versions if str(one.version) == asked), None)


def _choose(version: str) -> None:
    put_away()
    write_address(VERSION, version)


def _before(versions: Sequence[SavedPolicy], place: int) -> SavedPolicy | None:
    return versions[place + 1] if place + 1 < len(versions) else None


def _record(versions: Sequence[SavedPolicy], place: int, chosen: SavedPolicy | None) -> Record:
    one = versions[place]
    told = "\n".join(f"{name}: {values}" for name, values in changes_of(one, _before(versions, place)))
    back = (f"brings version {one.restored_from} back",) if one.restored_from is not None else ()
    return Record(
        id=str(one.version),
        label=f"Open version {one.version} of {one.author}",
        current=one == chosen,
        cells=(
            Cell(text=f"{one.version}", below=("in force",) if place == 0 else ()),
            Cell(at=one.at),
            Cell(text=one.author, below=(one.role,)),
            Cell(text=_short(one.reason), whole=one.reason, below=back),
            Cell(text=told or ("began with this" if _before(versions, place) is None else "nothing")),
        ),
    )


SHORT = 60


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def _raw(versions: Sequence[SavedPolicy], place: int) -> tuple[object, ...]:
    one = versions[place]
    told = "; ".join(f"{name}: {values}" for name, values in changes_of(one, _before(versions, place)))
    return (one.version, one.policy.name, one.at, one.author, one.role, one.reason, one.restored_from, told)


def _draw_chosen(desk: Desk, versions: Sequence[SavedPolicy], chosen: SavedPolicy) -> None:
    in_force = desk.policy
    with st.container(border=True, key="chosen_version", gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(f"Version {chosen.version}", anchor=False, width="content")
            st.button("Close", key="close_version", icon=":material/close:", on_click=_close)
        place = versions.index(chosen)
        told = changes_of(chosen, _before(versions, place))
        rows = [("Saved", f"{moment(chosen.at)} by {chosen.author}, {chosen.role}"), ("Why", chosen.reason)]
        blocks = [facts(rows)]
        if told:
            blocks += [heading("What it changed"), facts(told)]
        if chosen.version == in_force.version:
            show_blocks([*blocks, note("This version is in force.", "soft")], key="version_blocks")
            return
        back = _back(in_force, chosen.policy)
        blocks += [heading("What bringing it back would change"), facts(back or [("Nothing", "the values are alike")])]
        show_blocks(blocks, key="version_blocks")
        if back:
            _draw_restore(desk, chosen)


def _back(in_force: Policy, wanted: Policy) -> list[tuple[str, str]]:
    return changed(in_force, wanted)


def _draw_restore(desk: Desk, chosen: SavedPolicy) -> None:
    deed = f"restore-{chosen.version}"
    form = prepared(deed)
    if form is None:
        st.button(
            "Bring back", key=f"prepare_{deed}", icon=":material/undo:", on_click=_prepare, args=(desk, chosen.version)
        )
        return
    st.markdown(
        f"**Bring version {chosen.version} back?** Its values become a new version; what came between stays listed. "
        "Old turns keep the version that they began with."
    )
    st.text_area("Why", key=REASON, height=70, max_chars=1000, placeholder="Needed; kept with the version")
    if form.problem:
        st.error(plain(form.problem), icon=":material/error:")
    with st.container(horizontal=True, horizontal_alignment="right", key="restore_confirm", gap="xsmall"):
        st.button("Back", key="back_restore", on_click=put_away)
        st.button(
            f"Bring version {chosen.version} back",
            key="confirm_restore",
            type="primary",
            on_click=_restore,
            args=(desk, chosen.version),
        )


SEEN = "restore_seen"


def _prepare(desk: Desk, version: int) -> None:
    st.session_state[SEEN] = desk.policy.version
    prepare(f"restore-{version}")


def _restore(desk: Desk, version: int) -> None:
    deed = f"restore-{version}"
    armed, reason, seen = undisturbed(
        lambda: (is_armed(deed), str(st.session_state.get(REASON) or ""), st.session_state.get(SEEN))
    )
    if not armed:
        return
    if not reason.strip():
        keep_open(deed, "Say why first: the reason is kept with the version. Nothing was changed.")
        return
    try:
        saved = desk.calibration.restore_policy(version, reason=reason, identity=current_identity(), based_on=seen)
    except DeskError as error:
        problem = str(error)
        undisturbed(lambda: _keep_open(desk, deed, problem))
    else:
        undisturbed(lambda: _note_restored(saved, version))


def _keep_open(desk: Desk, deed: str, problem: str) -> None:
    st.session_state[SEEN] = desk.policy.version  # they read of the other version in the message
    keep_open(deed, problem)


def _note_restored(saved: SavedPolicy, version: int) -> None:
    begin_anew(saved.policy)
    st.session_state.pop(REASON, None)
    reckoning().forget()
    say_done(f"The values of version {version} are in force again, as version {saved.version}.")
    write_address(VERSION, None)


def _close() -> None:
    put_away()
    write_address(VERSION, None)
