"""The queue around the card: filters and pages in the address, look-alikes, undo, and what a second person sees."""

import time
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from agent import Desk, Identity, QueueFilter, model
from pages.ui.queue.batch_groups import short_name
from pages.ui.queue.queue_paging import ROWS
from pages.ui.queue.queue_words import REASON, TEAM
from pages.ui.review.decision_form import ARMED_AFTER_S
from tests.stand_ins import open_test_desk

SAM = Identity(subject="Sam", role="reviewer", source="command-line")
APPROVE = model.Decision(action="approve")


def refunds(desk: Desk, *amounts: int) -> list[str]:
    return [
        desk.chat(f"refund of ${amount} for order LF-10482", customer_id="C-1001").review_id or "" for amount in amounts
    ]


def open_approvals(app: AppTest, **address: str) -> AppTest:
    app.run()
    app.selectbox[0].select("Robin").run()
    for name, value in address.items():
        app.query_params[name] = value
    app.switch_page("pages/approvals.py").run()
    assert not app.exception
    return app


WATCHING = """
from pages.ui.opening import the_desk
from pages.ui.queue.queue_watch import badge, watch_queue

desk = the_desk()
badge(desk)
watch_queue(desk)
"""


@pytest.fixture
def watch(app: AppTest) -> AppTest:
    """What runs on every page for Robin, who has looked once: from here on, what comes is new."""
    del app  # it sets the folder, and closes the desk in the end
    watching = AppTest.from_string(WATCHING, default_timeout=60)
    watching.session_state["demo_person"] = "Robin"
    return watching


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label.replace("\\", "") == label).click().run()
    assert not app.exception


def said(app: AppTest) -> str:
    drawn = [*app.markdown, *app.caption, *app.text, *app.error, *app.warning]
    return "\n".join(str(each.value).replace("\\", "") for each in drawn)


def metric(app: AppTest, label: str) -> str:
    return next(str(each.value) for each in app.metric if each.label == label).replace("\\", "")


def test_the_figures_count_what_waits(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        refunds(desk, 20, 30)

    open_approvals(app)

    assert (metric(app, "Waiting"), metric(app, "Value waiting"), metric(app, "Overdue")) == ("2", "$50.00", "0")


def test_every_filter_comes_from_the_address_and_is_cleared_by_one_button(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        refunds(desk, 20)
    address = {"find": "zzz", "kind": "refund", "team": "Trust", "mine": "true", "amount": "Over 500"}

    open_approvals(app, **address)
    filtered = said(app)
    press(app, "Clear filters")

    assert "Nothing matches these filters" in filtered
    assert "Nothing matches these filters" not in said(app)
    assert "Clear filters" not in labels(app)


BAD_ADDRESSES: tuple[dict[str, str], ...] = (
    {"status": "nonsense", "kind": "'; DROP TABLE reviews", "age": "-1", "amount": "NaN", "mine": "perhaps"},
    {"page": "-5"},
    {"page": "9" * 400},
    {"page": "²"},
    {"review": "nonsense"},
    {"review": "x" * 5000},
    {"alike": "nonsense"},
    {"find": "\x00%_\\"},
)


def test_a_bad_address_gives_a_usable_page(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        refunds(desk, 20)
    open_approvals(app)

    for address in BAD_ADDRESSES:
        app.query_params.clear()
        for name, value in address.items():
            app.query_params[name] = value
        app.run()

        assert not app.exception
        assert metric(app, "Waiting") == "1"
        assert {"Previous", "Next"} <= set(labels(app))


def test_a_page_past_the_end_is_the_first_one_and_says_so(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        refunds(desk, 20)

    open_approvals(app, page="99999")

    assert "There is no such page" in said(app)
    assert "page" not in app.query_params


def test_the_queue_is_shown_in_pages_and_next_goes_on_to_the_following_one(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        refunds(desk, *[7] * (ROWS + 10))
        ids = [row.review_id for row in desk.queue(limit=ROWS + 10)]

    open_approvals(app, review=ids[ROWS - 1])
    first = said(app)
    press(app, "Next")

    assert f"1–{ROWS} of {ROWS + 10}" in first
    assert f"{ROWS + 1}–{ROWS + 10} of {ROWS + 10}" in said(app)
    assert (app.query_params["page"], app.query_params["review"]) == ("2", ids[ROWS])


def test_look_alikes_are_approved_together_and_called_back_together(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        ids = refunds(desk, 20, 30, 40)

    open_approvals(app)
    press(app, "Look-alikes (1 group)")
    press(app, "Approve 3, $90.00")
    time.sleep(ARMED_AFTER_S)
    press(app, "Pay 3 refunds, $90.00")
    decided = said(app)
    press(app, "Undo all 3")

    assert "3 of 3 decided" in decided
    with closing(open_test_desk(home)) as desk:
        assert {row.review_id for row in desk.queue()} == set(ids)
        assert desk.payments_made() == 0


def test_a_double_press_decides_no_batch(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        refunds(desk, 20, 30)

    open_approvals(app)
    press(app, "Look-alikes (1 group)")
    press(app, "Approve 2, $50.00")
    press(app, "Pay 2 refunds, $50.00")

    assert "came with the one before" in said(app)
    with closing(open_test_desk(home)) as desk:
        assert len(desk.queue()) == 2


def test_a_batch_is_denied_with_a_reason_and_never_without(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        refunds(desk, 20, 30)

    open_approvals(app)
    press(app, "Look-alikes (1 group)")
    press(app, "Deny 2")
    time.sleep(ARMED_AFTER_S)
    press(app, "Deny 2 refunds")
    refused = said(app)
    next(box for box in app.selectbox if box.label == "Reason" and box.key == "batch_reason").select("not_refundable")
    press(app, "Deny 2 refunds")

    assert "Choose a reason first" in refused
    assert "2 of 2 decided" in said(app)


def test_what_somebody_else_decided_meanwhile_is_told_beside_the_others(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        ids = refunds(desk, 20, 30)

    open_approvals(app)
    press(app, "Look-alikes (1 group)")
    press(app, "Approve 2, $50.00")
    with closing(open_test_desk(home)) as desk:
        desk.decide(ids[0], APPROVE, SAM)
    time.sleep(ARMED_AFTER_S)
    press(app, "Pay 2 refunds, $50.00")

    assert "1 of 2 decided" in said(app)
    assert "already decided by Sam" in said(app)


def test_a_group_is_opened_by_its_address(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        refunds(desk, 20, 30)
        (group,) = desk.workbench.look_alikes()

    open_approvals(app, alike=short_name(group.key))

    assert any(label.startswith("Approve 2") for label in labels(app))


def test_claimed_reviews_are_left_out_of_a_batch(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        ids = refunds(desk, 20, 30)
        desk.workbench.claim(ids[1], SAM)

    open_approvals(app)
    press(app, "Look-alikes (1 group)")

    assert "1 of 2 chosen" in said(app)


def test_ones_own_held_decisions_can_be_undone_above_the_queue(app: AppTest, home: Path) -> None:
    robin = SAM.model_copy(update={"subject": "Robin"})
    with closing(open_test_desk(home)) as desk:
        held, other = refunds(desk, 20, 30)
        desk.decide(held, APPROVE, robin, held=True)

    open_approvals(app, review=other)
    shown = said(app)
    press(app, "Undo")

    assert "Can still be undone" in shown
    assert "Can still be undone" not in said(app)
    with closing(open_test_desk(home)) as desk:
        assert {row.review_id for row in desk.queue()} == {held, other}


def test_what_others_hold_is_not_offered_for_undo(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        held, other = refunds(desk, 20, 30)
        desk.decide(held, APPROVE, SAM, held=True)

    open_approvals(app, review=other)

    assert "Can still be undone" not in said(app)


def toasts(app: AppTest) -> list[str]:
    return [str(toast.value).replace("\\", "") for toast in app.run().toast]


def test_what_came_meanwhile_is_announced_once(watch: AppTest, home: Path) -> None:
    before = toasts(watch)
    with closing(open_test_desk(home)) as desk:
        refunds(desk, 20)

    assert (before, toasts(watch), toasts(watch)) == ([], ["Refund of $20.00 waits for a decision"], [])


def test_ones_own_decisions_and_undos_are_not_announced(watch: AppTest, home: Path) -> None:
    robin = SAM.model_copy(update={"subject": "Robin"})
    with closing(open_test_desk(home)) as desk:
        (review_id,) = refunds(desk, 20)
        toasts(watch)
        desk.decide(review_id, APPROVE, robin, held=True)
        decided = toasts(watch)
        desk.workbench.call_back(review_id, robin)

        assert (decided, toasts(watch)) == ([], [])


@pytest.mark.parametrize(("first", "told"), [("Sam", ["Refund of $1,250.00 needs a second person"]), ("Robin", [])])
def test_who_may_confirm_is_told_that_a_second_person_is_needed(
    watch: AppTest, home: Path, first: str, told: list[str]
) -> None:
    with closing(open_test_desk(home)) as desk:
        large = desk.chat("I want a refund for order LF-10495", customer_id="C-1026").review_id or ""
        toasts(watch)
        desk.decide(large, APPROVE, SAM.model_copy(update={"subject": first}))

        assert toasts(watch) == told


def test_words_are_known_for_every_team_and_clause() -> None:
    clauses = {"order_known", "owner", "delivered", "window", "not_refunded", "amount", "refundable"}

    assert set(TEAM) == set(model.words.Team.__args__)  # type: ignore[attr-defined]  # a Literal
    assert clauses <= set(REASON)
    assert QueueFilter(teams=tuple(TEAM)).teams == tuple(TEAM)
