"""The presets: a button to try each, and all of them side by side."""

from collections.abc import Callable, Mapping

import streamlit as st

from agent import PRESETS, PolicyOutcome
from pages.ui.analytics.files import csv_file
from pages.ui.calibration.draft import reset, take_preset
from pages.ui.calibration.estimate_words import cell
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.plain_text import plain

COLUMNS = Columns(
    head=(
        "Policy",
        "Goes to a person",
        "Missed",
        "False escalations",
        "Reviews an hour",
        "Busy hour",
        "Uncertain sent",
    ),
    numeric=(1, 2, 3, 4, 5, 6),
)
FILE_HEAD = (
    "policy",
    "turns",
    "to_person",
    "escalation_rate",
    "missed",
    "false_escalations",
    "load",
    "load_p95",
    "stated",
)


def draw_preset_buttons() -> None:
    """Set every control as a preset has it; nothing is saved."""
    with st.container(horizontal=True, vertical_alignment="center", key="preset_buttons", gap="xsmall"):
        st.caption("Try", width="content")
        st.button("In force", key="preset_in_force", on_click=reset)
        for name, preset in PRESETS.items():
            st.button(plain(name.capitalize()), key=f"preset_{name}", on_click=take_preset, args=(preset,))


def draw_presets(count: Callable[[], Mapping[str, PolicyOutcome]]) -> None:
    """All of them on the same past turns; counted once somebody looks."""
    panel = st.expander(
        "Presets side by side", key="presets_side_by_side", icon=":material/table_chart:", on_change="rerun"
    )
    if not panel.open:
        return
    with panel:
        with st.spinner("Replaying", show_time=False):
            outcomes = count()
        show_records(
            "Policies on the same past turns",
            COLUMNS,
            [_record(name, one) for name, one in outcomes.items()],
            key="presets_table",
        )
        st.download_button(
            "CSV",
            csv_file(FILE_HEAD, lambda: [_raw(name, one) for name, one in outcomes.items()]),
            file_name="presets.csv",
            mime="text/csv",
            key="csv_presets",
            icon=":material/download:",
            on_click="ignore",
        )


def _record(name: str, one: PolicyOutcome) -> Record:
    return Record(
        cells=(
            Cell(text=name.capitalize(), below=(one.label,) if name not in PRESETS else ()),
            cell(one.escalation_rate),
            cell(one.missed),
            cell(one.false_escalations),
            cell(one.load),
            cell(one.load_p95),
            Cell(text=f"{one.stated:,}"),
        )
    )


def _raw(name: str, one: PolicyOutcome) -> tuple[object, ...]:
    shares = (one.escalation_rate, one.missed, one.false_escalations, one.load, one.load_p95)
    return (name, one.turns, one.to_person, *(each.value for each in shares), one.stated)
