"""The Calibration page in a real browser: saving once, keyboard, phones, assistive technology."""

from contextlib import closing
from datetime import UTC, datetime, time

import pytest
from playwright.sync_api import Page, expect

from agent.adapters.builtin.clock import SystemClock
from agent.demo_history import Year, write_history
from agent.store.sqlite import SqliteDatabase
from tests.browser.conftest import App, OpenPage, StartApp, axe_findings, come_to_rest, settle
from tests.stand_ins import open_test_desk

pytestmark = pytest.mark.browser

VIEWS = ("thresholds", "frontier", "reliability", "label", "versions")


@pytest.fixture(scope="module")
def calibration(start_app: StartApp, tmp_path_factory: pytest.TempPathFactory) -> App:
    """An app on a desk with a made-up year that ends today."""
    home = tmp_path_factory.mktemp("year")
    with closing(SqliteDatabase(home / "desk.sqlite")) as database:
        today = datetime.combine(SystemClock().now().date(), time(), tzinfo=UTC)
        write_history(database, Year(today), conversations=200, seed=1)
    return start_app(home)


def opened(open_page: OpenPage, url: str, name: str = "Alex", **how: int | str) -> Page:
    page = open_page(url, **how)
    page.get_by_role("button", name=f"Be {name}").click()
    expect(page.get_by_role("heading", name="Calibration")).to_be_visible()
    settle(page)
    come_to_rest(page)
    return page


def test_a_version_is_tried_and_saved_once(calibration: App, open_page: OpenPage) -> None:
    page = opened(open_page, f"{calibration.url}/calibration")
    page.get_by_role("button", name="Strict").click()
    expect(page.get_by_text("more to a person").first).to_be_visible()

    page.get_by_role("button", name="Save as a new version").dblclick()
    expect(page.get_by_text("Save version 2?")).to_be_visible()
    page.get_by_label("Why").fill("moods are missed")
    page.wait_for_timeout(700)
    page.get_by_role("button", name="Save version 2").dblclick()

    expect(page.get_by_text("In force: strict, version 2")).to_be_visible()
    expect(page.get_by_text("Version 2 is in force")).to_be_visible()
    with closing(open_test_desk(calibration.home)) as desk:
        assert (desk.policy.version, desk.policy.low_score_turns) == (2, 1)


def test_a_turn_is_labelled_with_the_keyboard(calibration: App, open_page: OpenPage) -> None:
    page = opened(open_page, f"{calibration.url}/calibration?view=label")
    expect(page.get_by_text("Reply that the desk wrote")).to_be_visible()

    page.keyboard.press("1")
    expect(page.get_by_role("heading", name="The desk did the same")).to_be_visible()
    page.wait_for_timeout(700)
    page.keyboard.press("n")

    expect(page.get_by_text("1 of ", exact=False).filter(has_text="of last week’s sample done")).to_be_visible()


@pytest.mark.parametrize("width", [375, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_sideways_scrolling_is_needed_and_nothing_stands_in_the_way(
    calibration: App, open_page: OpenPage, scheme: str, width: int
) -> None:
    page = opened(open_page, f"{calibration.url}/calibration", width=width, height=800, scheme=scheme)
    page.get_by_role("button", name="Stated uncertainty").click()
    for view in VIEWS:
        page.get_by_role("radio", name=view.capitalize()).click()
        settle(page)
        page.wait_for_timeout(500)

        found = axe_findings(page)

        assert found == [], view
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, view
