"""Take articles in: files from one's own machine or a folder of the server, how far it is, and what came of it."""

from uuid import uuid4

import streamlit as st

from agent import Cutting, Desk, Identity, Ingestion
from pages.ui.access.identity import current_identity
from pages.ui.address import read_address, write_address
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.knowledge.article_words import NIGHTLY, UPLOAD
from pages.ui.knowledge.intake_report import draw_report
from pages.ui.knowledge.intake_work import (
    INTAKE,
    take_files,
    take_folder,
)
from pages.ui.knowledge.jobs import draw_waiting, jobs
from pages.ui.knowledge.knowledge_view import RUN, may_change
from pages.ui.knowledge.sayings import say
from pages.ui.plain_text import plain
from pages.ui.present import at_time

KINDS = [".md", ".markdown", ".html", ".htm", ".pdf", ".txt", ".text"]
MOST_MB = 50
FILES, ROUND = "intake_files", "intake_round"
FOLDER, LENGTH, REPEAT = "intake_folder", "intake_tokens", "intake_overlap"
PATH_CHARS = 1000
USUAL = Cutting()
COLUMNS = Columns(
    head=("Begun", "By", "From", "Came to", "New", "Changed", "Gone", "Failed"), numeric=(4, 5, 6, 7), wide=2
)
ENDED = {
    "running": ("under way", "info"),
    "done": ("done", "good"),
    "failed": ("failed", "bad"),
    "cut off": ("cut off", "warn"),
}


def draw_intake(desk: Desk, identity: Identity) -> None:
    """The ways in, what is under way, the report that is open, and the last runs."""
    runs = desk.library.last_ingestions()
    if may_change(identity):
        _draw_ways(desk)
    else:
        st.caption("Articles are taken in by analysts, leads and admins; what came of it can be read here.")
    _draw_under_way(runs)
    if not runs:
        with st.container(border=True, key="empty_runs"):
            st.markdown("**Nothing was taken in yet.**")
            st.caption(nightly_words(runs))
        return
    _draw_open(runs)
    st.header("Last runs", anchor=False)
    show_records(
        "Runs, the latest first",
        COLUMNS,
        [_record(run) for run in runs],
        key="runs_table",
        on_choose=lambda chosen: write_address(RUN, chosen),
    )
    st.caption(nightly_words(runs))


def source_words(source: str) -> str:
    """Where a run took from."""
    return "Files from a browser" if source == UPLOAD else source


def starter(run: Ingestion) -> str:
    """Who began it."""
    return "the nightly run" if run.started_by == NIGHTLY else run.started_by


def nightly_words(runs: list[Ingestion]) -> str:
    """What the desk does by itself, and when it last did."""
    last = next((run for run in runs if run.started_by == NIGHTLY), None)
    done = f" The last time: {at_time(last.started_at)}." if last else " That has not happened yet."
    return f"Folders are taken in again every night after 03:00 UTC; files from a browser are not.{done}"


def _draw_ways(desk: Desk) -> None:
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, key="take_files", height="stretch"):
        st.file_uploader(
            f"Files: Markdown, HTML, PDF or text, at most {MOST_MB} MB each",
            type=KINDS,
            accept_multiple_files=True,
            key=_files_key(),
            max_upload_size=MOST_MB,
        )
        st.button(
            "Take these files in",
            key="take_files_button",
            icon=":material/upload:",
            on_click=_files,
            args=(desk, _round()),
        )
    with right, st.container(border=True, key="take_folder", height="stretch"):
        st.text_input(
            "A folder of the server’s documents, with all that is in it",
            key=FOLDER,
            placeholder="All of them, or the name of one",
            max_chars=PATH_CHARS,
        )
        told = (
            f"Documents lie in {desk.library.documents}; TRIAGE_DOCUMENTS names another folder, and the command line "
            "takes in any: python -m agent ingest. Articles whose file is gone leave as well."
        )
        st.caption(plain(told))
        st.button(
            "Take this folder in",
            key="take_folder_button",
            icon=":material/folder_open:",
            on_click=_folder,
            args=(desk, _round()),
        )
    with st.expander("More", key="intake_more"), st.container(horizontal=True, key="intake_lengths"):
        st.number_input(
            "Length of a section, in tokens",
            Cutting.SHORTEST,
            Cutting.LONGEST,
            None,
            key=LENGTH,
            placeholder=str(USUAL.tokens),
            width=240,
        )
        st.number_input(
            "What the next one repeats",
            0,
            Cutting.LONGEST // 2,
            None,
            key=REPEAT,
            placeholder=str(USUAL.overlap),
            width=240,
        )
        st.caption(
            f"Left empty, documents are cut as the last time from the same place; {USUAL.tokens} and {USUAL.overlap} "
            "the first time. Short articles stay whole."
        )


def _draw_under_way(runs: list[Ingestion]) -> None:
    job = jobs().latest(INTAKE)
    if job is not None and job.runs:
        draw_waiting(INTAKE, "Taking articles in.")
    elif runs and runs[0].status == "running":
        st.info(
            plain(
                f"{starter(runs[0])} began to take articles in at {at_time(runs[0].started_at)}, from "
                f"{source_words(runs[0].source)}. One at a time: wait until that is done."
            ),
            title="Somebody is at it",
            icon=":material/hourglass_top:",
        )
    if job is not None and job.problem:
        st.warning(plain(job.problem), title="Nothing was taken in", icon=":material/info:")


def _draw_open(runs: list[Ingestion]) -> None:
    """The report of the run that the address names, else of the latest that has ended."""
    chosen = read_address(RUN)
    run = next((run for run in runs if run.ingestion_id == chosen), None)
    if chosen and run is None:
        st.warning("That run is not among the last ones any more.", icon=":material/link_off:")
    run = run or next((run for run in runs if run.status != "running"), None)
    if run is not None:
        with st.container(border=True, key="run_report"):
            st.markdown(f"**{plain(source_words(run.source))}**, by {plain(starter(run))}, {at_time(run.started_at)}")
            draw_report(run)


def _files_key() -> str:
    return f"{FILES}_{_round()}"


def _round() -> str:
    """What this visit brings next: another one once something was begun, so that the box for files is empty then."""
    named: str = st.session_state.setdefault(ROUND, uuid4().hex)
    return named


def _cutting() -> Cutting | None:
    return Cutting.chosen(st.session_state.get(LENGTH), st.session_state.get(REPEAT))


def _files(desk: Desk, turn: str) -> None:
    chosen = st.session_state.get(f"{FILES}_{turn}") or []
    if not chosen:
        say("Choose a file first.", worked=False)
        return
    files = [(file.name, file.getvalue()) for file in chosen]
    if take_files(desk, files, current_identity(), _cutting(), turn):
        _begun()


def _folder(desk: Desk, turn: str) -> None:
    folder = str(st.session_state.get(FOLDER) or "").strip() or "."
    if take_folder(desk, folder, current_identity(), _cutting(), turn):
        _begun()


def _begun() -> None:
    st.session_state[ROUND] = uuid4().hex
    write_address(RUN, None)


def _record(run: Ingestion) -> Record:
    word, tone = ENDED[run.status]
    report = run.report
    return Record(
        id=run.ingestion_id,
        label=f"Open the report of the run from {source_words(run.source)} by {starter(run)}",
        cells=(
            Cell(at=run.started_at),
            Cell(text=starter(run)),
            Cell(text=source_words(run.source), whole=run.source),
            Cell(text=word, tone=tone),  # type: ignore[arg-type]  # the values of a plain dictionary
            *(Cell(text=f"{count:,}") for count in (report.added, report.changed, report.removed, len(report.failed))),
        ),
    )
