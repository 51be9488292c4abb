"""An answer that is checked before it is sent: in the queue, on its card, and sent from there."""

import json
import time
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from agent import Review
from agent.bootstrap import open_backoffice
from agent.desk import Desk
from pages.ui.review.choices import choices
from pages.ui.review.evidence import evidence_blocks, headline
from tests.pages.screen import a_while_later, open_page, press
from tests.stand_ins import MIND, open_test_desk, settings_for

QUESTION = "how long does delivery take?"


@pytest.fixture
def held(home: Path) -> Review:
    """A review of an answer that clears the limits by less than the policy's margin."""
    home.mkdir()
    policy = home / "policy.json"
    policy.write_text(json.dumps({"soft_review_margin": 0.3}))
    settings = settings_for(home, str(policy))
    with closing(Desk(open_backoffice(settings, MIND), settings)) as desk:
        review_id = desk.chat(QUESTION).review_id
        assert review_id is not None
        return desk.review(review_id)


def test_the_card_says_why_the_answer_was_held(held: Review) -> None:
    written = str(evidence_blocks(held))

    assert headline(held) == "Answer to check"
    assert all(part in written for part in ("Why it was held", "95% likely", "9.5 of 10", "less than 30%"))
    assert "What may help: Check the draft against its sources" in written
    assert "No order is known" not in written


def test_the_ways_to_decide_are_named_for_an_answer(held: Review) -> None:
    labels = [choice.label for choice in choices(held)]

    assert labels == ["Send answer", "Edit answer", "Respond", "Take over", "Reject"]


def test_a_reviewer_sends_the_answer_from_its_card(app: AppTest, home: Path, held: Review) -> None:
    open_page(app, "approvals", "Robin")
    headings = [heading.value for heading in app.header]

    press(app, "Send answer")
    a_while_later(app)
    press(app, "Send the answer")
    press(app, "Send now")

    assert not app.exception
    assert "Answer to check" in headings
    with closing(open_test_desk(home)) as desk:
        deadline = time.monotonic() + 10
        while desk.review(held.review_id).status != "applied" and time.monotonic() < deadline:
            time.sleep(0.05)
        assert desk.review(held.review_id).status == "applied"
        assert desk.thread(held.thread_id).transcript[-1].text == held.evidence.draft
