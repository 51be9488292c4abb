"""Label: turns of a sample, judged by somebody who does not know what the desk did with them."""

import time
from dataclasses import dataclass

import streamlit as st

from agent import Desk, DeskError, LabelledTurn, LabelSample, LabelTask, LabelVerdict, Sample
from pages.ui.access.identity import current_identity
from pages.ui.address import read_address, write_address
from pages.ui.analytics.numbers import percent
from pages.ui.blocks import Block, facts, heading, note, quote, show_blocks
from pages.ui.calibration.calibration_words import rule_name
from pages.ui.calibration.prepared import undisturbed
from pages.ui.calibration.reckoning import reckoning
from pages.ui.clock import moment
from pages.ui.plain_text import plain
from pages.ui.review.decision_form import ARMED_AFTER_S
from pages.ui.words import LANGUAGE

SIZES = (10, 25, 50, 100, 200)
USUAL = 50
"""Turns of one sample of one week, about an hour's work; a larger sample holds the smaller ones."""

SIZE = "size"
SAMPLE = "label_sample"
SHOWN = "label_shown"
GIVEN = "label_given"
PROBLEM = "label_problem"
_SIZE_KEY = "label_size"

SAMPLES: dict[Sample, str] = {"blind": "Blind", "weekly": "Weekly"}
MEANS: dict[Sample, str] = {
    "blind": "From this sample alone it is known how much is missed.",
    "weekly": "This one tells how often the desk was right, whatever it did.",
}
"""Nothing here may tell what the desk did with a turn."""

VERDICTS: tuple[tuple[LabelVerdict, str, str, str], ...] = (
    ("right", "The reply is right", "check", "1"),
    ("should_answer", "Answer it otherwise", "edit", "2"),
    ("should_escalate", "A person should look", "person_raised_hand", "3"),
)
SAID = {verdict: label for verdict, label, _icon, _key in VERDICTS}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The turn that lies before somebody; it stays until they have judged it."""

    subject: str
    sample: Sample
    size: int
    task: LabelTask
    left: int
    done: int


@dataclass(frozen=True, kw_only=True)
class Given:
    """What somebody said, what the desk had done, and since when that is shown (monotonic seconds)."""

    subject: str
    task: LabelTask
    verdict: LabelVerdict
    told: LabelledTurn
    at: float


def draw_label(desk: Desk) -> None:
    """A turn and three buttons; after that, what the desk did."""
    subject = current_identity().subject
    with st.container(horizontal=True, vertical_alignment="center", key="label_head", gap="small"):
        sample = st.segmented_control(
            "Sample", list(SAMPLES), required=True, default="blind", key=SAMPLE, format_func=SAMPLES.__getitem__
        )
        size = _size()
        st.caption(MEANS[sample], width="stretch")
    given: Given | None = st.session_state.get(GIVEN)
    if given is not None and given.subject == subject:
        _draw_outcome(given)
        return
    problem = st.session_state.pop(PROBLEM, None)
    if problem:
        st.warning(plain(problem), icon=":material/error:")
    shown = _turn_for(desk, sample, size)
    if isinstance(shown, LabelSample):
        with st.container(border=True, key="nothing_to_label"):
            st.markdown("**Nothing to look at.**")
            st.caption(why_nothing(shown))
        return
    _draw_turn(desk, shown)


def _size() -> int:
    """How many turns of a week are drawn; the address keeps it."""
    if _SIZE_KEY not in st.session_state:
        said = read_address(SIZE)
        st.session_state[_SIZE_KEY] = next((size for size in SIZES if str(size) == said), USUAL)
    chosen = st.selectbox(
        "Turns a week",
        SIZES,
        key=_SIZE_KEY,
        width=120,
        on_change=_note_size,
        help="Drawn by chance, the same for everybody. A larger sample holds the smaller one.",
    )
    return chosen if chosen in SIZES else USUAL


def _note_size() -> None:
    chosen = st.session_state.get(_SIZE_KEY)
    write_address(SIZE, None if chosen == USUAL else str(chosen))


def why_nothing(drawn: LabelSample) -> str:
    """Why there is no turn to judge, and what to do about it."""
    if drawn.done:
        return (
            f"You have looked at all {drawn.done} turns of last week’s sample. Thank you! The next one is drawn on "
            "Monday; choose more turns a week to go on now."
        )
    return "A sample is drawn of every whole week. Last week nothing came that you could judge."


def _turn_for(desk: Desk, sample: Sample, size: int) -> Shown | LabelSample:
    """The same turn until it is judged: another one under the buttons would be judged for this one."""
    identity = current_identity()
    shown: Shown | None = st.session_state.get(SHOWN)
    if shown is not None and (shown.subject, shown.sample, shown.size) == (identity.subject, sample, size):
        return shown
    drawn = desk.calibration.sample_for_labels(sample, identity, size=size)
    st.session_state.pop(SHOWN, None)
    if not drawn.tasks:
        return drawn
    shown = Shown(
        subject=identity.subject,
        sample=sample,
        size=size,
        task=drawn.tasks[0],
        left=len(drawn.tasks),
        done=drawn.done,
    )
    st.session_state[SHOWN] = shown
    return shown


def _draw_turn(desk: Desk, shown: Shown) -> None:
    whole = shown.done + shown.left
    st.progress(shown.done / whole, text=f"{shown.done} of {whole} of last week’s sample done, {shown.left} left")
    task = shown.task
    st.caption(
        "What would you have done with this message? You are not told what the desk did before you have answered. "
        "Your answer changes nothing for the customer."
    )
    with st.container(border=True, key="label_turn", gap="small"):
        show_blocks(
            words_of(task),
            key="label_words",
            card=task.turn_id,
        )
        st.text_input("Note (optional)", key=_note_key(task.turn_id), max_chars=2000)
        with st.container(horizontal=True, gap="xsmall", key="label_buttons"):
            for verdict, label, icon, shortcut in VERDICTS:
                st.button(
                    label,
                    key=f"label-{verdict}-{task.turn_id}",
                    icon=f":material/{icon}:",
                    shortcut=shortcut,
                    on_click=_give,
                    args=(desk, task.turn_id, verdict),
                )


def _give(desk: Desk, turn_id: str, verdict: LabelVerdict) -> None:
    identity = current_identity()
    shown, typed = undisturbed(lambda: _before_giving(turn_id))
    if shown is None or shown.task.turn_id != turn_id or shown.subject != identity.subject:
        return  # the second half of a double click
    problem, given = "", None
    try:
        told = desk.calibration.give_label(turn_id, verdict, typed, identity, sample=shown.sample)
    except DeskError as error:
        problem = str(error)
    else:
        given = Given(subject=identity.subject, task=shown.task, verdict=verdict, told=told, at=time.monotonic())
    undisturbed(lambda: _note_given(given, problem))


def _before_giving(turn_id: str) -> tuple[Shown | None, str]:
    return st.session_state.get(SHOWN), str(st.session_state.get(_note_key(turn_id)) or "")


def _note_given(given: Given | None, problem: str) -> None:
    if given is None:
        st.session_state[PROBLEM] = problem
    else:
        st.session_state[GIVEN] = given
        reckoning().forget()
    st.session_state.pop(SHOWN, None)


def _draw_outcome(given: Given) -> None:
    told = given.told
    alike = told.label.verdict == "right"
    with st.container(border=True, key="label_outcome", gap="small"):
        st.subheader("The desk did the same" if alike else "The desk did otherwise", anchor=False)
        rows = [("You said", SAID[given.verdict]), ("The desk", what_it_did(told))]
        if told.rules:
            rows.append(("Because", ", ".join(rule_name(rule).lower() for rule in told.rules)))
        if told.relevance is not None:
            rows.append(("Relevance of the best article", percent(told.relevance)))
        if told.answer_confidence is not None:
            rows.append(("Mark of the answer", f"{told.answer_confidence:.1f} of 10"))
        rows.append(("Policy then", told.policy))
        kept = note("Your answer is kept. Nothing else changes.", "soft")
        show_blocks([facts(rows), kept, *words_of(given.task)], key="label_told")
        st.button("Next", key="next_label", type="primary", shortcut="N", on_click=_go_on)


def words_of(task: LabelTask) -> list[Block]:
    """What the customer and the desk wrote."""
    language = LANGUAGE.get(task.language, task.language)
    return [
        heading(f"Message, {moment(task.received_at)}, {language}", 2),
        quote(task.text),
        heading("Reply that the desk wrote", 2),
        quote(task.reply) if task.reply.strip() else note("It wrote none.", "soft"),
    ]


def what_it_did(told: LabelledTurn) -> str:
    """Whether a person was asked, and which way the message went."""
    return "asked a person" if told.went_to_person else "answered by itself"


def _go_on() -> None:
    given: Given | None = st.session_state.get(GIVEN)
    if given is not None and time.monotonic() - given.at >= ARMED_AFTER_S:
        st.session_state.pop(GIVEN, None)


def _note_key(turn_id: str) -> str:
    return f"label-note-{turn_id}"
