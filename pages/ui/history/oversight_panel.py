"""How carefully people decide: figures to talk about, never a score. People see their own, leads everybody's."""

from collections.abc import Sequence

import streamlit as st

from agent import Desk, Identity, ReviewerFigures
from pages.ui.blocks import facts, show_blocks
from pages.ui.history.check_case_panel import draw_check_cases
from pages.ui.history.lately import lately
from pages.ui.history.records import Cell, Columns, Record, show_records
from pages.ui.history.roles_panel import draw_roles

DAYS = ("7", "30", "90")
FIGURES = "people_figures"
LEADERS = ("lead", "admin")

ENOUGH = 10
"""Fewer decisions tell nothing of a habit."""
QUICK_SHARE = 0.3
QUICK_S = 3.0

COLUMNS = Columns(
    head=(
        "Person",
        "Decisions",
        "Approved",
        "Changed",
        "Looked at it",
        "Quick",
        "Against the rule",
        "Called back",
        "Checks caught",
        "Second looks agree",
        "Kappa",
    ),
    numeric=tuple(range(1, 11)),
)

MEANING = (
    ("Decisions", "decisions that were not called back"),
    ("Approved", "share of refunds that were approved, changed or not"),
    ("Changed", "share of decisions with another amount or other words than proposed"),
    ("Looked at it", "median time from first seeing the evidence to the decision"),
    ("Quick", "approvals of refunds in less than 3 s after first seeing the evidence"),
    ("Against the rule", "approvals of refunds that the rule did not recommend"),
    ("Called back", "decisions that were undone while that was possible"),
    ("Checks caught", "check cases not approved, of those decided: made-up refunds that have to be denied"),
    ("Second looks agree", "how often a colleague, who did not know the outcome, would have decided alike"),
    ("Kappa", "that agreement without what chance alone would bring: 1 is full, 0 no better than chance"),
)


def draw_people(desk: Desk, identity: Identity) -> None:
    """Figures with what they mean; for leads the check cases, for admins the roles."""
    leads = identity.role in LEADERS
    asked = st.segmented_control(
        "Over the last days", DAYS, default="30", required=True, key="days", bind="query-params"
    )
    days = int(asked if asked in DAYS else "30")
    about = (identity.subject, identity.role, days)
    people = lately(FIGURES, about, lambda: desk.workbench.reviewers(identity, days=days))
    if leads:
        st.caption("Reviewers see these figures about themselves, and nobody else's.")
    else:
        st.caption("These are your own figures. Leads see the same figures about you, and nothing more.")
    if people:
        _draw_figures(people)
    else:
        _draw_empty(days, everybody=leads)
    if leads:
        draw_check_cases(desk, identity, days)
    if identity.role == "admin":
        draw_roles(desk, identity)


def worth_a_talk(figures: ReviewerFigures) -> list[str]:
    """What may be a sign of deciding without looking, in words; too few decisions are no sign of anything."""
    if figures.decisions < ENOUGH:
        return []
    missed = figures.checks_seen - figures.checks_caught
    said = []
    if figures.quick > QUICK_SHARE * figures.decisions:
        said.append(f"{figures.quick} of {figures.decisions} decisions were approvals in less than 3 s.")
    if missed:
        said.append(f"{missed} of {figures.checks_seen} check case{'' if figures.checks_seen == 1 else 's'} approved.")
    if figures.median_s is not None and figures.median_s < QUICK_S:
        said.append(f"Half of the decisions came within {figures.median_s:.1f} s of seeing the evidence.")
    return said


def _draw_figures(people: Sequence[ReviewerFigures]) -> None:
    show_records("Figures of each person", COLUMNS, [_record(each) for each in people], key="people_table")
    notable = [(each, said) for each in people if (said := worth_a_talk(each))]
    if notable:
        with st.container(border=True, key="worth_a_talk"):
            st.markdown("**:material/forum: Worth a talk**")
            show_blocks(
                [facts([(each.subject, " ".join(said)) for each, said in notable])],
                key="worth_a_talk_blocks",
            )
            st.caption("There can be good reasons: a day of clear cases looks like this too. Ask before you judge.")
    with st.expander("What the figures mean", expanded=True, key="figures_mean"):
        show_blocks([facts(MEANING)], key="figures_meaning")


def _record(each: ReviewerFigures) -> Record:
    below = ("worth a talk",) if worth_a_talk(each) else ()
    texts = (
        str(each.decisions),
        _share(each.approve_share),
        _share(each.edit_share),
        "unknown" if each.median_s is None else f"{each.median_s:.1f} s",
        str(each.quick),
        str(each.against_rule),
        str(each.called_back),
        f"{each.checks_caught} of {each.checks_seen}" if each.checks_seen else "none seen",
        f"{_share(each.agreement)} of {each.second_looks}" if each.second_looks else "none yet",
        "not defined" if each.kappa is None else f"{each.kappa:.2f}",
    )
    return Record(cells=(Cell(text=each.subject, below=below), *(Cell(text=text) for text in texts)))


def _share(share: float | None) -> str:
    return "none" if share is None else f"{share:.0%}"


def _draw_empty(days: int, *, everybody: bool) -> None:
    with st.container(border=True, key="empty_people"):
        whose = "Nobody has" if everybody else "You have not"
        st.markdown(f"**{whose} decided anything in the last {days} days.**")
        st.caption("Figures show up here with the first decision.")
