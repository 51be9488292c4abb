"""The Analytics page in a real browser: from a bar to its threads, phones, assistive technology."""

import re
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from agent.demo_history import Year, write_history
from agent.store.sqlite import SqliteDatabase
from tests.browser.conftest import App, OpenPage, StartApp, axe_findings, come_to_rest, settle
from tests.stand_ins import open_test_desk

pytestmark = pytest.mark.browser

VIEWS = {
    "Escalation": "Why a person was asked",
    "People": "How long cases wait for a decision",
    "Customers": "Mood over time",
    "Knowledge and cost": "Most wanted articles",
    "Money": "Refunds in USD",
    "Overview": "Messages by intent",
}
"""A heading of each."""
THREADS = 400


@pytest.fixture(scope="module")
def analytics(start_app: StartApp, tmp_path_factory: pytest.TempPathFactory) -> App:
    """An app on a desk with a made-up year."""
    home: Path = tmp_path_factory.mktemp("year")
    with closing(open_test_desk(home)), closing(SqliteDatabase(home / "desk.sqlite")) as database:
        write_history(database, Year(datetime(2026, 11, 1, tzinfo=UTC)), conversations=THREADS, seed=1)
    return start_app(home)


def opened(open_page: OpenPage, url: str, **how: int | str) -> Page:
    page = open_page(url, **how)
    page.get_by_role("button", name="Be Alex").click()
    expect(page.get_by_text("Definitions")).to_be_visible()
    come_to_rest(page)
    return page


def show(page: Page, view: str) -> None:
    page.get_by_role("radio", name=view, exact=True).click()
    expect(page.get_by_role("heading", name=VIEWS[view])).to_be_visible()
    settle(page)
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    expect(page.locator(".main-svg").first).to_be_visible()
    come_to_rest(page)


def test_a_bar_opens_as_many_threads_as_it_says_and_one_can_come_back(analytics: App, open_page: OpenPage) -> None:
    page = opened(open_page, f"{analytics.url}/analytics?view=escalation&span=all")
    chart = page.locator(".st-key-chart_escalation_reasons")
    bar = chart.locator(".bars .point path").first
    said = chart.locator(".annotation-text").first.text_content()

    bar.click(force=True)  # what lies above it is Plotly's own layer for the pointer
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(f"{said} messages, the latest first")).to_be_visible()
    shared = page.url
    dialog.get_by_role("button", name="Open:").first.click()
    expect(page.get_by_role("heading", name="Live desk")).to_be_visible()
    page.go_back()

    expect(page.get_by_role("dialog").get_by_text(f"{said} messages")).to_be_visible()
    assert page.url == shared
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    settle(page)
    bar.click(force=True)
    expect(page.get_by_role("dialog").get_by_text(f"{said} messages")).to_be_visible()


def test_lists_and_meanings_are_reached_without_a_pointer(analytics: App, open_page: OpenPage) -> None:
    page = opened(open_page, f"{analytics.url}/analytics?span=all")

    page.get_by_role("button", name="What Containment means").press("Enter")
    expect(page.get_by_text("those in which nobody had to help: no review")).to_be_visible()
    page.locator(".st-key-chart_flow").get_by_text("As a table").click()
    row = page.get_by_role("button", name=re.compile("Intent: refund. Show the list"))
    row.press("Enter")

    expect(page.get_by_role("dialog").get_by_text("messages, the latest first")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV of all").click()
    count = int(page.get_by_text("messages, the latest first").inner_text().split()[0])
    assert download.value.path().read_text(encoding="utf-8").count("\n") == count + 1


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 375)])
def test_nothing_stands_in_the_way_and_nothing_is_wider_than_the_screen(
    analytics: App, open_page: OpenPage, scheme: str, width: int
) -> None:
    page = opened(open_page, f"{analytics.url}/analytics?span=all", width=width, scheme=scheme)

    for view in VIEWS:
        show(page, view)

        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, view
        assert axe_findings(page) == [], view
