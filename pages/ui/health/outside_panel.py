"""Tickets and webhooks that go to other systems: what waits, what was given up and why, and what to do about it."""

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import urlsplit

import streamlit as st

from agent import Desk, DeskError, EndpointState, FailedDelivery
from pages.ui.access.identity import current_identity, may_decide
from pages.ui.blocks import Block, Tone, facts, show_blocks
from pages.ui.fragments import fragment
from pages.ui.plain_text import plain
from pages.ui.present import at_time

SHOWN = 1000
SAID = "outside_said"
CHOSEN = "outside_chosen"
NUMBER = "outside_number"


@fragment(run_every=5.0)
def draw_outside(desk: Desk) -> None:
    """Each system in a few lines, and below it what was given up; nothing where nothing goes anywhere."""
    states = desk.dispatch.endpoints()
    if not states:
        st.caption("Tickets stay at this desk, and nobody is told by webhooks.")
        return
    show_blocks([_state(state) for state in states], key="outside_states")
    failed = desk.dispatch.failed(SHOWN)
    for number, (target, error, ones) in enumerate(_alike(failed)):
        _draw_alike(desk, number, target, error, ones)
    said = st.session_state.pop(SAID, None)
    if said is not None:
        worked, text = said
        (st.success if worked else st.error)(plain(text))


def shown_name(target: str) -> str:
    """A system as people know it; of an address only the host, since the rest may be secret."""
    return f"Webhook {urlsplit(target).hostname}" if "://" in target else target


def _state(state: EndpointState) -> Block:
    tone: Tone = "bad" if state.failed or state.trouble_kind == "refused" else "warn" if state.trouble_kind else "good"
    rows: list[tuple[str, str] | tuple[str, str, Tone]] = [
        (shown_name(state.target), _in_short(state), tone),
    ]
    if state.trouble_kind and state.trouble:
        until = f", tried again {at_time(state.rest_until)}" if state.rest_until else ""
        rows.append(("What it says", f"{state.trouble}{until}"))
    if state.look_trouble:
        rows.append(("What became of tickets", f"could not be read: {state.look_trouble}"))
    return facts(rows)


def _in_short(state: EndpointState) -> str:
    parts = [f"{state.waiting:,} wait"] if state.waiting else []
    parts += [f"{state.failed:,} given up"] if state.failed else []
    parts += {"refused": ["refuses us"], "away": ["does not answer"], "busy": ["asks us to wait"]}.get(
        state.trouble_kind or "", []
    )
    return ", ".join(parts) or "all delivered"


def _alike(failed: Sequence[FailedDelivery]) -> list[tuple[str, str, list[FailedDelivery]]]:
    """What was given up for one reason is one thing to look at, however many tickets it met."""

    def reason(one: FailedDelivery) -> tuple[str, str]:
        return one.target, one.error.removeprefix("Not sent: ")

    return [(*key, list(ones)) for key, ones in groupby(sorted(failed, key=reason), key=reason)]


def _draw_alike(desk: Desk, number: int, target: str, error: str, ones: Sequence[FailedDelivery]) -> None:
    what = "ticket" if ones[0].kind == "ticket" else "webhook"
    title = f"{len(ones):,} {what}{'s' if len(ones) > 1 else ''} for {shown_name(target)}: {error}"
    with st.expander(plain(title), icon=":material/error:", key=f"outside_{number}"):
        if not may_decide(current_identity()):
            st.caption("A reviewer has them tried again, or notes that they were made by hand.")
            return
        ids = [one.delivery_id for one in ones]
        st.button(
            f"Retry all {len(ones):,}" if len(ones) > 1 else "Retry",
            key=f"outside_all_{number}",
            icon=":material/refresh:",
            on_click=_retry,
            args=(desk, ids),
        )
        if what == "ticket":
            _draw_by_hand(desk, number, {one.delivery_id: one for one in ones})


def _draw_by_hand(desk: Desk, number: int, ones: dict[str, FailedDelivery]) -> None:
    with st.form(f"outside_form_{number}", border=False, enter_to_submit=False):
        st.selectbox("Ticket", list(ones), key=f"{CHOSEN}_{number}", format_func=lambda chosen: ones[chosen].what)
        st.text_input("Its number there", key=f"{NUMBER}_{number}", max_chars=64, placeholder="35436")
        with st.container(horizontal=True, gap="xsmall"):
            st.form_submit_button("Created by hand", icon=":material/edit:", on_click=_by_hand, args=(desk, number))
            st.form_submit_button("Retry this one", on_click=_retry_chosen, args=(desk, number))


def _retry(desk: Desk, ids: Sequence[str]) -> None:
    try:
        count = desk.dispatch.retry(ids, current_identity())
    except DeskError as error:
        st.session_state[SAID] = (False, str(error))
    else:
        st.session_state[SAID] = (True, f"{count:,} {'is' if count == 1 else 'are'} tried again now.")


def _retry_chosen(desk: Desk, number: int) -> None:
    _retry(desk, [str(st.session_state.get(f"{CHOSEN}_{number}"))])


def _by_hand(desk: Desk, number: int) -> None:
    chosen, typed = (str(st.session_state.get(f"{key}_{number}") or "") for key in (CHOSEN, NUMBER))
    try:
        desk.dispatch.created_by_hand(chosen, typed, current_identity())
    except DeskError as error:
        st.session_state[SAID] = (False, str(error))
    else:
        st.session_state[SAID] = (True, f"Noted: it is {typed.strip()} there.")
        st.session_state[f"{NUMBER}_{number}"] = ""
