"""The what-if panel: what it asks, what it shows, and that nothing comes of it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from agent import Decision, Desk, Review
from pages.ui.review.what_if_panel import NOTHING_CHANGED, SHOWN, happened_blocks, other_actions, would_blocks
from tests.stand_ins import REFUND_MESSAGE, REVIEWER, open_test_desk

APPROVE = Decision(action="approve")
DENY = Decision(action="deny", reason="outside_window")


def panel(desk: "Desk", review_id: str) -> None:
    """The panel alone, as a page would mount it; AppTest runs this text by itself."""
    from pages.ui.review.what_if_panel import draw_what_if  # noqa: PLC0415  the script has no other lines

    draw_what_if(desk, desk.review(review_id))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_test_desk(tmp_path / "home")) as opened:
        yield opened


def paused(desk: Desk, text: str = REFUND_MESSAGE, decision: Decision | None = None) -> Review:
    review_id = desk.chat(text, customer_id="C-1001").review_id
    assert review_id is not None
    if decision is not None:
        desk.decide(review_id, decision, REVIEWER)
    return desk.review(review_id)


def opened(desk: Desk, review: Review) -> AppTest:
    return AppTest.from_function(panel, args=(desk, review.review_id), default_timeout=30).run()


def show(app: AppTest) -> AppTest:
    return app.button[0].click().run()


def choose(app: AppTest, action: str) -> AppTest:
    return app.selectbox[0].set_value(action).run()


def written(desk: Desk, review: Review, app: AppTest) -> tuple[str, str]:
    """What stands under the two drawings, which no AppTest looks into."""
    happened = happened_blocks(review, desk.thread(review.thread_id), desk.events(review.thread_id))
    return str(happened), str(would_blocks(review, app.session_state[SHOWN].result))


def test_it_begins_with_a_question_and_says_that_nothing_will_change(desk: Desk) -> None:
    app = opened(desk, paused(desk))

    assert not app.exception
    assert [button.label for button in app.button] == ["Show what would have happened"]
    assert "Nothing is paid, sent or changed" in app.caption[0].value
    assert not app.subheader


@pytest.mark.parametrize("decision", [APPROVE, DENY])
def test_only_what_was_not_done_is_offered(desk: Desk, decision: Decision) -> None:
    review = paused(desk, decision=decision)

    assert set(other_actions(review)) == {"approve", "edit", "deny", "respond", "take-over"} - {decision.action}


def test_a_denied_refund_is_shown_approved_beside_what_happened(desk: Desk) -> None:
    review = paused(desk, decision=DENY)

    app = show(opened(desk, review))

    happened, would = written(desk, review, app)
    assert not app.exception
    assert [heading.value for heading in app.subheader] == ["What happened", "What would have happened"]
    assert [info.value for info in app.info] == [NOTHING_CHANGED]
    assert all(part in happened for part in ("Refund denied", "Nothing was paid", "could not approve"))
    assert all(part in would for part in ("Refund issued: $240.00", "$240.00 would have been paid", "RF-DRY-1"))
    assert desk.payments_made() == 0


def test_an_approved_refund_is_shown_denied_for_the_chosen_reason(desk: Desk) -> None:
    review = paused(desk, decision=APPROVE)
    app = choose(opened(desk, review), "deny")

    show(app.selectbox[1].set_value("suspected_fraud").run())

    happened, would = written(desk, review, app)
    assert not app.exception
    assert all(part in happened for part in ("Refund issued: $240.00", "$240.00 was paid", "RF-000001"))
    assert all(part in would for part in ("suspected_fraud", "Nothing would have been paid"))
    assert "DRY" not in would
    assert desk.payments_made() == 1


def test_an_open_refund_is_shown_with_another_amount_and_stays_open(desk: Desk) -> None:
    review = paused(desk)
    app = choose(opened(desk, review), "edit")

    show(app.number_input[0].set_value(100.5).run())

    happened, would = written(desk, review, app)
    assert not app.exception
    assert "still open" in happened
    assert "$100.50 would have been paid" in would
    assert desk.review(review.review_id) == review


def test_an_open_escalation_is_shown_answered(desk: Desk) -> None:
    review = paused(desk, "a human please")
    app = choose(opened(desk, review), "respond")

    show(app.text_area[0].set_value("I am here.").run())

    _, would = written(desk, review, app)
    assert not app.exception
    assert "I am here." in would
    assert "would have been paid" in would
    assert desk.review(review.review_id) == review


@pytest.mark.parametrize("amount", [240.01, 100.001, 1e12])
def test_an_amount_that_cannot_be_paid_is_explained(desk: Desk, amount: float) -> None:
    app = choose(opened(desk, paused(desk)), "edit")

    show(app.number_input[0].set_value(amount).run())

    assert not app.exception
    assert not app.subheader
    assert len(app.error) == 1


def test_what_was_shown_goes_when_somebody_decides(desk: Desk) -> None:
    review = paused(desk)
    app = show(opened(desk, review))
    desk.decide(review.review_id, APPROVE, REVIEWER)

    app.run()

    assert not app.exception
    assert not app.subheader
    assert "approve" not in app.selectbox[0].options
