"""The History page in a real browser: choosing by id, phones, assistive technology."""

from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from agent import Decision, Identity
from tests.browser.conftest import App, OpenPage, StartApp, axe_findings, come_to_rest
from tests.stand_ins import open_test_desk

pytestmark = pytest.mark.browser

ROBIN = Identity(subject="Robin", role="reviewer", source="demo-switch")
VIEWS = ("decisions", "audit", "people", "second-look")


@pytest.fixture(scope="module")
def history(start_app: StartApp, tmp_path_factory: pytest.TempPathFactory) -> App:
    """An app on whose desk three refunds were decided."""
    home: Path = tmp_path_factory.mktemp("decided")
    with closing(open_test_desk(home)) as desk:
        for amount in (10, 20, 30):
            review_id = desk.chat(f"refund of ${amount} for order LF-10482", customer_id="C-1001").review_id
            assert review_id is not None
            desk.decide(review_id, Decision(action="deny", reason="outside_window"), ROBIN)
    return start_app(home)


def opened(open_page: OpenPage, url: str, name: str = "Kim", **how: int | str) -> Page:
    page = open_page(url, **how)
    page.get_by_role("button", name=f"Be {name}").click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    come_to_rest(page)
    return page


def test_a_decision_is_opened_shared_and_tried_otherwise(history: App, open_page: OpenPage) -> None:
    page = opened(open_page, f"{history.url}/history", "Robin")

    page.get_by_role("button", name="Open the decision of Robin").nth(1).click()
    page.wait_for_url("**decision=**")
    expect(page.get_by_role("heading", name="Refund of $20.00: denied by Robin")).to_be_visible()
    expect(page.get_by_text("exactly what was shown then")).to_be_visible()
    shared = opened(open_page, page.url, "Alex")

    expect(shared.get_by_role("heading", name="Refund of $20.00: denied by Robin")).to_be_visible()
    shared.get_by_text("What if it had been decided otherwise?").click()
    shared.get_by_role("button", name="Show what would have happened").click()
    expect(shared.get_by_text("$20.00 would have been paid")).to_be_visible()


def test_what_matches_is_downloaded(history: App, open_page: OpenPage) -> None:
    page = opened(open_page, f"{history.url}/history?words=%2430")

    with page.expect_download() as download:
        page.get_by_role("button", name="JSONL").click()

    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert "$30" in lines[0]


def test_a_second_look_shows_the_outcome_only_afterwards(history: App, open_page: OpenPage) -> None:
    page = opened(open_page, f"{history.url}/history?view=second-look", "Sam")
    expect(page.get_by_text("Policy clauses")).to_be_visible()
    assert page.get_by_test_id("stMain").get_by_text("Robin").count() == 0

    page.keyboard.press("d")

    expect(page.get_by_role("heading", name="You agree")).to_be_visible()
    expect(page.get_by_text("denied by Robin")).to_be_visible()


@pytest.mark.parametrize("view", VIEWS)
def test_a_phone_needs_no_sideways_scrolling_and_nothing_stands_in_the_way(
    history: App, open_page: OpenPage, view: str
) -> None:
    page = opened(open_page, f"{history.url}/history?view={view}", width=375, height=800, scheme="dark")
    page.wait_for_timeout(1000)

    found = axe_findings(page)

    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert found == []
