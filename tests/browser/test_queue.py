"""The queue in a real browser: its place on the screen, its keys, its address, and decisions taken together."""

from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from agent import Identity
from tests.browser.conftest import App, OpenPage, axe_findings, come_to_rest
from tests.stand_ins import open_test_desk

STILL_MS = 1500
pytestmark = pytest.mark.browser

ARMED_AFTER_MS = 1200
HELD_S = 60
LEE = Identity(subject="Lee", role="lead", source="command-line")
MOST_ABOVE = 190
"""Pixels that figures and filters may take from the card at 1440 by 900."""


@pytest.fixture(scope="module", autouse=True)
def look_alikes(app: App) -> None:
    """Three refunds that the rules judge alike."""
    with closing(open_test_desk(app.home)) as desk:
        desk.calibration.save_policy(
            {"undo_seconds": HELD_S}, based_on=desk.policy.version, reason="room for a slow machine", identity=LEE
        )
        for amount in (12, 19, 33):
            desk.chat(f"refund of ${amount} for order LF-10482", customer_id="C-1001")


def open_approvals(app: App, open_page: OpenPage, query: str = "", *, width: int = 1440, scheme: str = "light") -> Page:
    page = open_page(f"{app.url}/approvals{query}", width=width, scheme=scheme)
    page.get_by_role("button", name="Be Robin").click()
    expect(page.get_by_role("region", name="Queue")).to_be_visible()
    come_to_rest(page)
    return page


def current_row(page: Page) -> str | None:
    return page.locator("button[aria-current=true]").get_attribute("aria-label")


def test_figures_and_filters_leave_the_screen_to_the_card(app: App, open_page: OpenPage) -> None:
    page = open_approvals(app, open_page)

    box = page.locator(".st-key-queue_steps").bounding_box()

    assert box is not None
    assert box["y"] <= MOST_ABOVE


def test_j_and_k_go_through_the_queue(app: App, open_page: OpenPage) -> None:
    page = open_approvals(app, open_page)
    expect(page.locator("button[aria-current=true]")).to_have_count(1)
    first = current_row(page)

    page.keyboard.press("j")
    expect(page.locator("button[aria-current=true]")).not_to_have_attribute("aria-label", first or "")
    page.wait_for_timeout(STILL_MS)  # a key that is pressed while the page still draws is not what this is about
    page.keyboard.press("k")

    expect(page.locator("button[aria-current=true]")).to_have_attribute("aria-label", first or "")


def test_filters_come_from_the_address_and_leave_it_when_cleared(app: App, open_page: OpenPage) -> None:
    page = open_approvals(app, open_page, "?find=%2433&kind=refund&amount=Up+to+50")
    rows = page.get_by_role("region", name="Queue").locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(page.get_by_role("button", name="More filters (1)")).to_be_visible()

    page.get_by_role("button", name="Clear filters").click()

    expect(rows).to_have_count(3)
    page.wait_for_url(lambda url: "find=" not in url and "kind=" not in url and "amount=" not in url)


def test_a_switched_off_row_is_not_decided_and_all_is_undone(app: App, open_page: OpenPage) -> None:
    page = open_approvals(app, open_page)
    page.get_by_role("button", name="Look-alikes (1 group)").click()

    page.get_by_role("checkbox", name="Include C-1001, $19.00").uncheck()
    page.get_by_role("button", name="Approve 2, $45.00").click()
    page.wait_for_timeout(ARMED_AFTER_MS)
    page.get_by_role("button", name="Pay 2 refunds, $45.00").click()

    expect(page.get_by_text("2 of 2 decided")).to_be_visible()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("1")
    page.get_by_role("button", name="Undo all 2").click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("3")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_look_alikes_keep_nobody_out(app: App, open_page: OpenPage, scheme: str) -> None:
    page = open_approvals(app, open_page, scheme=scheme)
    page.get_by_role("button", name="Look-alikes (1 group)").click()
    expect(page.get_by_role("checkbox").first).to_be_visible()
    page.wait_for_timeout(500)

    found = axe_findings(page)

    assert found == []


def test_a_phone_shows_queue_and_look_alikes_without_sideways_scrolling(app: App, open_page: OpenPage) -> None:
    page = open_approvals(app, open_page, width=375)
    page.get_by_role("button", name="Look-alikes (1 group)").click()
    expect(page.get_by_role("checkbox").first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
