"""The History page: what it finds, shows, exports and keeps to itself."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from agent import Decision, Desk, Identity, Money
from agent.bootstrap import World
from agent.model import HistoryFilter, PastDecision, ReviewerFigures
from agent.protocols.run import run_thread
from pages.ui.history.audit_panel import entry_row, in_a_line
from pages.ui.history.check_case_panel import came_of
from pages.ui.history.history_export import BYTE_ORDER_MARK, audit_file, decisions_file
from pages.ui.history.history_panel import find_decision
from pages.ui.history.history_words import decision_id
from pages.ui.history.oversight_panel import worth_a_talk
from pages.ui.history.past_decision_panel import CHANGED, INTACT, decision_blocks, is_intact
from pages.ui.history.second_look_panel import SHOWN, agrees
from pages.ui.history.timeline_panel import every_event
from pages.ui.history.timeline_panel import in_a_line as told_event
from pages.ui.review.frozen_card import frozen_blocks
from tests.pages.screen import open_page, press, words_on
from tests.stand_ins import REFUND_MESSAGE, HandClock, open_test_desk, open_test_office, settings_for

ROBIN = Identity(subject="Robin", role="reviewer", source="demo-switch")
SAM = Identity(subject="Sam", role="reviewer", source="demo-switch")
LEE = Identity(subject="Lee", role="lead", source="demo-switch")
DENY = Decision(action="deny", reason="outside_window")
APPROVE = Decision(action="approve")
ALL = HistoryFilter()


def refund(desk: Desk, text: str = REFUND_MESSAGE) -> str:
    review_id = desk.chat(text, customer_id="C-1001").review_id
    assert review_id is not None
    return review_id


def past(desk: Desk) -> list[PastDecision]:
    return desk.workbench.history(ALL, ROBIN)


def open_history(app: AppTest, name: str, **address: str) -> AppTest:
    return open_page(app, "history", name, **{key.replace("_", "-"): value for key, value in address.items()})


@pytest.fixture
def decided_home(home: Path) -> Path:
    """A desk on which Robin denied one refund; closed again."""
    with closing(open_test_desk(home)) as desk:
        desk.decide(refund(desk), DENY, ROBIN)
    return home


def test_history_is_closed_to_visitors(app: AppTest) -> None:
    app.run()

    app.switch_page("pages/history.py").run()

    assert not app.exception
    assert "This page needs another role" in words_on(app)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("decisions", "Nothing was decided yet"),
        ("audit", "The chain is empty"),
        ("people", "Nobody has decided anything in the last 30 days"),
        ("second-look", "Nothing to look at"),
        ("nonsense", "Nothing was decided yet"),
    ],
)
def test_an_empty_desk_says_so_in_every_view(app: AppTest, view: str, said: str) -> None:
    open_history(app, "Kim", view=view)

    assert not app.exception
    assert said in words_on(app)


def test_a_decision_is_opened_by_the_id_in_the_address(app: AppTest, decided_home: Path) -> None:
    with closing(open_test_desk(decided_home)) as desk:
        name = decision_id(past(desk)[0])

    open_history(app, "Alex", decision=name)

    assert not app.exception
    assert "denied by Robin" in words_on(app)


@pytest.mark.parametrize("address", ["nonsense", "@", "\x07", "a" * 5000])
def test_a_bad_decision_in_the_address_is_said_kindly(app: AppTest, decided_home: Path, address: str) -> None:
    del decided_home

    open_history(app, "Robin", decision=address)

    assert not app.exception
    assert "There is no such decision" in words_on(app)


def test_filters_narrow_and_are_cleared(app: AppTest, decided_home: Path) -> None:
    del decided_home
    open_history(app, "Robin")

    app.text_input(key="person").set_value("Sam").run()
    narrowed = words_on(app)
    press(app, "Clear")

    assert "No decision matches" in narrowed
    assert "No decision matches" not in words_on(app)
    assert not app.exception


def test_the_decision_that_was_called_back_is_told_apart_from_the_one_after_it(desk: Desk) -> None:
    review_id = refund(desk)
    desk.decide(review_id, APPROVE, ROBIN, held=True)
    desk.workbench.call_back(review_id, ROBIN)
    desk.decide(review_id, DENY, ROBIN)
    second, first = past(desk)

    found = find_decision(desk, ROBIN, decision_id(first))

    assert found == first
    assert find_decision(desk, ROBIN, review_id) == second
    assert "called back before it was carried out" in str(decision_blocks(first, ""))


def test_evidence_that_was_changed_afterwards_is_found_out(desk: Desk) -> None:
    review_id = refund(desk)
    desk.decide(review_id, DENY, ROBIN)
    (decision,) = past(desk)
    review = desk.review(review_id)
    altered = review.model_copy(update={"payload": {**review.payload, "evidence": {}}})

    assert is_intact(decision, review)
    assert not is_intact(decision, altered)
    assert INTACT != CHANGED


def test_changes_notes_and_the_reply_are_shown(desk: Desk) -> None:
    edit = Decision(action="edit", amount=Money(minor=10_000), reply="Part of it.", note="By phone")
    desk.decide(refund(desk), edit, ROBIN)

    written = str(decision_blocks(past(desk)[0], "Part of it."))

    assert all(part in written for part in ("$240.00", "$100.00", "By phone", "Part of it."))


def test_the_card_of_a_second_look_does_not_tell_the_outcome(desk: Desk) -> None:
    review_id = refund(desk)
    desk.decide(review_id, Decision(action="deny", reason="other", note="A telling note"), ROBIN)
    blind = desk.workbench.next_second_look(SAM)
    assert blind is not None

    for review in (blind, desk.review(review_id)):
        written = str(frozen_blocks(review))
        assert not any(word in written for word in ("Robin", "denied", "Denied", "Carried out", "A telling note"))


def test_a_second_look_is_given_and_then_the_outcome_is_told(app: AppTest, decided_home: Path) -> None:
    del decided_home
    open_history(app, "Sam", view="second-look")
    before = words_on(app)

    press(app, "I would approve")
    after = words_on(app)
    press(app, "Next")

    assert "You differ" not in before
    assert "You differ" in after
    assert "Nothing to look at" in words_on(app)
    assert not app.exception


def test_the_case_of_a_second_look_stays_until_it_is_judged(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        for _copy in range(3):
            desk.decide(refund(desk), DENY, ROBIN)
    open_history(app, "Sam", view="second-look")
    before = app.session_state[SHOWN].review.review_id

    app.run()

    assert app.session_state[SHOWN].review.review_id == before


def test_analysts_give_no_second_looks(app: AppTest, decided_home: Path) -> None:
    del decided_home

    open_history(app, "Alex", view="second-look")

    assert "given by reviewers, leads and admins" in words_on(app)
    assert "I would approve" not in {button.label for button in app.button}


@pytest.mark.parametrize(
    ("verdict", "action", "alike"),
    [("approve", "edit", True), ("approve", "deny", False), ("deny", "deny", True), ("deny", "approve", False)],
)
def test_a_changed_amount_counts_as_approved(verdict: str, action: str, alike: bool) -> None:  # noqa: FBT001  a row
    assert agrees(verdict, action) is alike


def test_reviewers_see_their_own_line_and_are_told_what_leads_see(app: AppTest, decided_home: Path) -> None:
    del decided_home

    open_history(app, "Robin", view="people")

    assert "Leads see the same figures about you" in words_on(app)
    assert not {"Put it into the queue", "Set the role"} & {button.label for button in app.button}


def test_leads_seed_check_cases_and_admins_set_roles(app: AppTest) -> None:
    open_history(app, "Kim", view="people")

    press(app, "Put it into the queue")
    seeded = words_on(app)
    app.text_input(key="role_name").set_value("Toni")
    app.selectbox(key="role_chosen").set_value("analyst")
    press(app, "Set the role")

    assert "on its way to the queue" in seeded
    assert "Toni: analyst" in words_on(app).replace("\\", "")
    assert not app.exception


def figures(**changed: object) -> ReviewerFigures:
    plain = {
        "subject": "Robin",
        "decisions": 10,
        "approve_share": 0.5,
        "edit_share": 0.0,
        "median_s": 3.0,
        "quick": 3,
        "against_rule": 0,
        "called_back": 0,
        "checks_seen": 1,
        "checks_caught": 1,
        "second_looks": 0,
        "agreement": None,
        "kappa": None,
    }
    return ReviewerFigures.model_validate({**plain, **changed})


def test_ordinary_figures_are_not_remarked_on() -> None:
    assert worth_a_talk(figures()) == []
    assert worth_a_talk(figures(decisions=9, quick=9, median_s=0.5, checks_caught=0)) == []


@pytest.mark.parametrize("changed", [{"quick": 4}, {"checks_caught": 0}, {"median_s": 2.9}])
def test_signs_of_not_looking_are_put_into_words(changed: dict[str, float]) -> None:
    assert len(worth_a_talk(figures(**changed))) == 1


def test_cells_of_the_export_are_no_formulas(desk: Desk) -> None:
    review_id = refund(desk, '=HYPERLINK("http://evil") refund of $10 for order LF-10482')
    desk.decide(review_id, Decision(action="deny", reason="other", note="@SUM(A1)"), ROBIN)

    text = decisions_file(desk, ALL, ROBIN, "csv")().read().decode()

    (row,) = csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK)))
    assert text.startswith(BYTE_ORDER_MARK)
    assert row["request"].startswith("'=HYPERLINK")
    assert (row["note"], row["action"], row["person"]) == ("'@SUM(A1)", "deny", "Robin")


def test_the_export_holds_all_that_match_and_nothing_else(desk: Desk) -> None:
    for identity in (ROBIN, SAM, ROBIN):
        desk.decide(refund(desk), DENY, identity)

    lines = decisions_file(desk, HistoryFilter(subject="robin"), SAM, "jsonl")().read().splitlines()

    assert [json.loads(line)["decision"]["subject"] for line in lines] == ["Robin", "Robin"]
    assert decisions_file(desk, HistoryFilter(subject="Nobody"), SAM, "jsonl")().read() == b""


def test_the_chain_is_exported_as_it_is_signed(desk: Desk) -> None:
    desk.decide(refund(desk), DENY, ROBIN)

    entries = [json.loads(line) for line in audit_file(desk, LEE, "jsonl")()]

    assert [entry["action"] for entry in entries] == ["review_opened", "deny"]
    assert entries[-1]["mac"] == desk.verify_audit().head


def test_an_entrys_details_are_words(desk: Desk) -> None:
    desk.decide(refund(desk), Decision(action="deny", reason="outside_window", note="Too late"), ROBIN)

    *_first, last = desk.workbench.audit_entries(LEE)

    assert in_a_line(last) == "identity source: demo switch · note: Too late · reason: outside window"
    assert in_a_line(last.model_copy(update={"detail": "no json"})) == "no json"


class Seeded:
    """A desk with a check case that waits."""

    def __init__(self, home: Path) -> None:
        office = open_test_office(home, World(clock=HandClock()))
        self.desk = Desk(office, settings_for(home))
        self.thread_id = self.desk.workbench.seed_check_case("lamp-too-late", LEE)
        run_thread(office, self.thread_id)


@pytest.fixture
def seeded(home: Path) -> Iterator[Seeded]:
    made = Seeded(home)
    yield made
    made.desk.close()


def test_nothing_tells_reviewers_which_waiting_review_is_a_check_case(app: AppTest, seeded: Seeded) -> None:
    first, *_rest = seeded.desk.workbench.audit_entries(LEE)
    withheld, *_others = seeded.desk.workbench.audit_entries(ROBIN)
    seeded.desk.close()

    open_history(app, "Robin", view="audit")

    assert not app.exception
    assert not app.get("download_button")
    assert "lamp" in str(entry_row(first))
    assert not any(word in str(entry_row(withheld)) for word in ("lamp", "check", first.at, "Lee"))
    assert "Leads, admins and analysts can export the chain" in words_on(app)


def test_leads_can_export_the_chain(app: AppTest, decided_home: Path) -> None:
    del decided_home

    open_history(app, "Lee", view="audit")

    assert len(app.get("download_button")) == 2


def test_what_came_of_a_check_case_is_told(seeded: Seeded) -> None:
    (row,) = seeded.desk.queue()
    waiting = came_of(None)
    seeded.desk.decide(row.review_id, APPROVE, ROBIN)
    (missed,) = past(seeded.desk)

    assert (waiting, came_of(missed)) == ("waits for a decision", "approved: missed")
    assert "nobody" in came_of(
        missed.model_copy(update={"decision": missed.decision.model_copy(update={"action": "expire"})})
    )


def test_the_timeline_tells_what_happened_in_words(desk: Desk) -> None:
    desk.decide(refund(desk), DENY, ROBIN)
    thread_id = past(desk)[0].thread_id

    told = [told_event(event) for event in every_event(desk, thread_id)]

    assert "Waits for a decision: refund" in told
    assert "Denied by Robin" in told
    assert told[0] == "A message came in"
