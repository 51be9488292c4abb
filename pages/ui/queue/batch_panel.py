"""Look-alikes: open refunds that the rules judge alike, decided together, each with an undo of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from agent import Desk, Identity, ReviewSummary
from agent import model as desk_model
from pages.ui.frontend import register
from pages.ui.plain_text import plain
from pages.ui.queue.batch_choice import (
    NOTE,
    REASON,
    Deed,
    Prepared,
    deeds,
    forget_deeds,
    prepare_batch,
    prepared,
    put_batch_away,
    submit_batch,
    undo_all,
)
from pages.ui.queue.batch_groups import COLUMNS, band, facts_of, short_name, total
from pages.ui.queue.queue_selection import open_group, opened_group
from pages.ui.review.check_case import check_case_words
from pages.ui.review.outcome import NONE_YET, outcome_of
from pages.ui.review.undo_bar import draw_undo_bar
from pages.ui.words import ADVICE_TONE, DENIAL_REASON

_BATCH = register("batch", css=("batch.css",), js=("batch.js",))

Group = desk_model.LookAlikes


def draw_batch_button(groups: Sequence[Group]) -> None:
    """The way to the panel, from the queue; nothing where no two reviews are alike."""
    if not groups and not deeds():
        return
    count = f"{len(groups)} group{'' if len(groups) == 1 else 's'}"
    st.button(
        f"Look-alikes ({count})",
        key="open_batch",
        icon=":material/stacks:",
        on_click=open_group,
        args=(short_name(groups[0].key) if groups else "done",),
    )


def draw_batch_panel(
    desk: Desk, groups: Sequence[Group], identity: Identity, held: Mapping[str, ReviewSummary]
) -> None:
    """The groups, the rows of the open one, and the way to decide them together."""
    with st.container(border=True, key="batch_panel"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header("Look-alikes", anchor=False, width="content")
            st.button("Back to the card", key="close_batch", icon=":material/close:", on_click=open_group, args=(None,))
        _draw_deeds(desk, identity, held)
        group = next((group for group in groups if short_name(group.key) == opened_group()), None)
        waiting = prepared()
        if waiting is not None:
            _draw_confirmation(desk, waiting)
            return
        _draw_choice(groups, group)
        if group is not None:
            _draw_group(desk, group, identity)
        elif not deeds():
            st.markdown("**This group is gone.** Its reviews were decided, or are not alike any more.")
            st.caption("Choose another group above." if groups else "No two open refunds are alike at the moment.")


def _draw_choice(groups: Sequence[Group], current: Group | None) -> None:
    with st.container(horizontal=True, key="batch_groups", gap="xsmall"):
        for group in groups:
            name = short_name(group.key)
            st.button(
                plain(f"{group.recommendation.capitalize()}, {band(group.key)}: {group.count}, {group.amount}"),
                key=f"group-{name}",
                icon=f":material/radio_button_{'checked' if group is current else 'unchecked'}:",
                on_click=open_group,
                args=(name,),
            )


def _draw_group(desk: Desk, group: Group, identity: Identity) -> None:
    free = [row for row in group.rows if row.claimed_by in {None, identity.subject}]
    shown = _BATCH(
        data=_table(desk, group, identity),
        key=f"batch-{short_name(group.key)}",
        default={"off": []},
        on_off_change=_nothing,
    )
    off = set(shown.off or ())
    chosen = [row for row in free if row.review_id not in off]
    with st.container(horizontal=True, key="batch_decide", gap="xsmall", vertical_alignment="center"):
        for action, label in (("approve", f"Approve {len(chosen)}, {total(chosen)}"), ("deny", f"Deny {len(chosen)}")):
            st.button(
                plain(label),
                key=f"batch-{action}",
                type="primary" if action == "approve" else "secondary",
                icon=":material/check:" if action == "approve" else ":material/close:",
                disabled=not chosen,
                on_click=prepare_batch,
                args=(group.key, action, chosen),
            )
        st.caption(f"{len(chosen)} of {len(group.rows)} chosen", width="content")


def _nothing() -> None:
    """A change is read from the component's value; Streamlit keeps values only for those with a callback."""


def _table(desk: Desk, group: Group, identity: Identity) -> dict[str, object]:
    verdicts = Counter(clause.verdict for clause in group.rows[0].clauses)
    cells = facts_of(desk, group.rows)
    return {
        "label": f"{len(group.rows)} refunds that the rules judge alike",
        "advice": group.recommendation,
        "adviceTone": ADVICE_TONE[group.recommendation],
        "band": band(group.key),
        "verdicts": [(word, verdicts[word]) for word in ("pass", "fail", "unknown") if verdicts[word]],
        "clauses": [(clause.verdict, clause.text) for clause in group.rows[0].clauses],
        "more": group.count - len(group.rows),
        "columns": list(COLUMNS),
        "rows": [
            {
                "id": row.review_id,
                "name": f"{row.requester}, {row.amount}",
                "claimed": "" if row.claimed_by in {None, identity.subject} else row.claimed_by,
                "cells": [{"text": fact.text, "differs": fact.differs, "note": fact.note} for fact in line],
            }
            for row, line in zip(group.rows, cells, strict=True)
        ],
    }


def _draw_confirmation(desk: Desk, batch: Prepared) -> None:
    count = len(batch.seen)
    refunds = f"{count} refund{'' if count == 1 else 's'}"
    pays = batch.action == "approve"
    confirm = f"Pay {refunds}, {batch.total}" if pays else f"Deny {refunds}"
    with st.container(border=True, key="batch_confirmation"):
        st.markdown(f"**{plain(confirm)}?**")
        seconds = desk.policy.undo_seconds
        st.text(f"Each is decided by itself and can be undone for {seconds} s. " + ("" if pays else "Nothing is paid."))
        with st.container(height=150, border=False, key="batch_lines"):
            st.text("\n".join(batch.lines))
        if not pays:
            _draw_denial()
        if batch.problem:
            st.error(plain(batch.problem), icon=":material/error:")
        with st.container(horizontal=True, horizontal_alignment="right", key="batch_confirm"):
            st.button("Back", key="batch_back", shortcut="Escape", on_click=put_batch_away)
            st.button(
                plain(confirm),
                key="batch_submit",
                type="primary",
                shortcut="Ctrl+Enter",
                on_click=submit_batch,
                args=(desk,),
            )


def _draw_denial() -> None:
    st.selectbox(
        "Reason",
        list(DENIAL_REASON),
        index=None,
        key=REASON,
        format_func=lambda reason: DENIAL_REASON.get(reason, reason),
        placeholder="Choose a reason",
        persist_state="session",
    )
    st.text_area("Note for the record", key=NOTE, height=80, max_chars=1000, persist_state="session")


def _draw_deeds(desk: Desk, identity: Identity, held: Mapping[str, ReviewSummary]) -> None:
    done = deeds()
    if not done:
        return
    decided = sum(deed.decided for deed in done)
    with st.container(border=True, key="batch_results", gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(f"**{decided} of {len(done)} decided**", width="content")
            waiting = [deed.review_id for deed in done if deed.review_id in held]
            if waiting:
                st.button(
                    f"Undo all {len(waiting)}" if len(waiting) > 1 else "Undo it",
                    key="undo_all",
                    icon=":material/undo:",
                    on_click=undo_all,
                    args=(desk, waiting),
                )
            else:
                st.button("Put away", key="forget_deeds", on_click=forget_deeds)
        for deed in done:
            _draw_deed(desk, deed, identity, held.get(deed.review_id))


def _draw_deed(desk: Desk, deed: Deed, identity: Identity, waiting: ReviewSummary | None) -> None:
    if waiting is not None:
        draw_undo_bar(desk, waiting, identity, place="batch")
    elif deed.problem:
        st.warning(f"{plain(deed.line)}: {plain(deed.problem)}", icon=":material/error:")
    else:
        st.caption(f"{plain(deed.line)}: {plain(_ended(desk, deed, identity))}")


def _ended(desk: Desk, deed: Deed, identity: Identity) -> str:
    """What became of it in the end; that it was a check case is said like on its card."""
    review = desk.review(deed.review_id)
    outcome = outcome_of(desk, review, identity.subject)
    return check_case_words(desk, review) or ("open again" if outcome == NONE_YET else outcome.text)
