"""A chart with all that belongs to it: title and meaning, a sentence, the picture, the table, the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.ui.address import write_address
from pages.ui.analytics.behind import Point, Scene
from pages.ui.analytics.files import csv_file
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.plain_text import plain

LIST = "list"
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showAxisDragHandles": False}


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What a card shows. Without points it says `empty`; `note` is smaller, below the picture.

    `head` names the columns of the table, `file_head` those of the file.
    """

    id: str
    title: str
    means: str
    says: str
    figure: go.Figure | None
    head: tuple[str, ...]
    file_head: tuple[str, ...]
    points: Sequence[Point]
    note: str = ""
    empty: str = "Nothing to show for these filters yet."


def draw_chart(scene: Scene, chart: Chart) -> None:
    """Draw it; what lies behind its points can be opened by a click or from the table."""
    for point in chart.points:
        if point.behind is not None:
            scene.offer(list_name(chart.id, point.id), f"{chart.title}: {point.label}", point.behind)
    with st.container(border=True, key=f"chart_{chart.id}", gap="small", height="stretch"):
        said = chart.says if chart.figure is not None and chart.points else ""
        with st.container(gap=None, key=f"head_{chart.id}"):
            st.header(plain(chart.title), anchor=False, help=plain(chart.means))
            if said:
                st.caption(plain(said))
        if chart.figure is None or not chart.points:
            st.markdown(f":gray[{plain(chart.empty)}]")
            if chart.note:
                st.caption(plain(chart.note))
            return
        _draw_picture(chart, chart.figure)
        if chart.note:
            st.caption(plain(chart.note))
        table = st.expander("As a table", key=f"table_{chart.id}", on_change="rerun", icon=":material/table:")
        if table.open:
            with table:
                _draw_table(chart)


def list_name(chart_id: str, point_id: str) -> str:
    """How the address names the list behind a point."""
    return f"{chart_id}.{point_id}"


def open_list(name: str) -> None:
    """Show the rows behind something; a callback."""
    write_address(LIST, name)


def _draw_picture(chart: Chart, figure: go.Figure) -> None:
    round_key = f"round_{chart.id}"
    key = f"plot_{chart.id}_{st.session_state.get(round_key, 0)}"
    alt = f"Chart: {chart.title}. {chart.says} The same figures stand in the table below."
    if not any(point.behind for point in chart.points):
        st.plotly_chart(figure, key=key, theme="streamlit", config=CONFIG, alt=alt)
        return

    def picked() -> None:
        points = st.session_state[key].selection.points
        chosen = _id_of(points[0]) if points else None
        if chosen is not None:
            # a fresh key: the next chart comes without a choice, so that the same bar can be chosen again
            st.session_state[round_key] = st.session_state.get(round_key, 0) + 1
            open_list(list_name(chart.id, chosen))

    st.plotly_chart(
        figure, key=key, theme="streamlit", config=CONFIG, alt=alt, on_select=picked, selection_mode="points"
    )


def _id_of(point: Any) -> str | None:
    data = point.get("customdata")
    chosen = data[0] if isinstance(data, list) and data else data
    return None if chosen is None else str(chosen)


def _draw_table(chart: Chart) -> None:
    rows = [
        Record(
            id=point.id,
            label=f"{chart.title}: {point.label}. Show the list",
            cells=tuple(Cell(text=cell) for cell in point.cells),
        )
        for point in chart.points
    ]
    columns = Columns(head=chart.head, numeric=tuple(range(1, len(chart.head))))
    lists = {point.id for point in chart.points if point.behind is not None}

    def choose(point_id: str) -> None:
        if point_id in lists:
            open_list(list_name(chart.id, point_id))

    show_records(chart.title, columns, rows, key=f"rows_{chart.id}", on_choose=choose if lists else None)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "CSV",
            csv_file(chart.file_head, lambda: [point.raw for point in chart.points]),
            file_name=f"{chart.id}.csv",
            mime="text/csv",
            key=f"csv_{chart.id}",
            icon=":material/download:",
            on_click="ignore",
        )
        if lists:
            st.caption("Choose a row to see what lies behind it.", width="stretch")
