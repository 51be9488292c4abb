"""The app as people use it: a real server, a real browser."""

import sqlite3
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import App, OpenPage, StartApp, axe_findings, come_to_rest, settle

pytestmark = pytest.mark.browser

REVIEWERS_ONLY = {"approvals", "health"}
ARMED_AFTER_MS = 1200
"""A confirmation takes nothing right after it opens, so that a double click or key press cannot reach it."""


SLOW_LINE = """
const listen = WebSocket.prototype.addEventListener;
WebSocket.prototype.addEventListener = function (type, listener, ...rest) {
  const late = type === "message" ? (event) => setTimeout(() => listener.call(this, event), 900) : listener;
  return listen.call(this, type, late, ...rest);
};
"""
"""What the server sends arrives late; what the browser sends does not."""


def payments(app: App) -> int:
    connection = sqlite3.connect(app.home / "payments.sqlite")
    (count,) = connection.execute("SELECT COUNT(*) FROM payouts").fetchone()
    connection.close()
    return int(count)


def start_scenario(page: Page, title: str) -> None:
    page.get_by_role("button", name=title, exact=True).first.click()


def pause_a_refund(page: Page) -> None:
    start_scenario(page, "Refund")
    expect(page.get_by_text("Waiting for a decision").first).to_be_visible()
    expect(page.get_by_text("waits for a person").first).to_be_visible()


def be(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Be {name}").click()
    expect(page.get_by_role("link", name="Approvals").first).to_be_visible()
    come_to_rest(page)


def open_approvals(app: App, open_page: OpenPage, name: str) -> Page:
    page = open_page(f"{app.url}/approvals")
    be(page, name)
    expect(page.get_by_role("heading", name="Approvals")).to_be_visible()
    return page


def test_a_cold_deep_link_is_guarded(start_app: StartApp, open_page: OpenPage, tmp_path: Path) -> None:
    fresh = start_app(tmp_path / "home")

    page = open_page(f"{fresh.url}/approvals")

    expect(page.get_by_text("This page needs another role")).to_be_visible()
    expect(page.get_by_text("Value waiting")).to_have_count(0)


def test_the_default_scenario_runs_to_its_end(app: App, open_page: OpenPage) -> None:
    before = payments_or_none(app)
    page = open_page(app.url)

    pause_a_refund(page)
    be(page, "Robin")
    page.get_by_role("button", name="Approve $240.00").click()
    page.wait_for_timeout(ARMED_AFTER_MS)
    page.get_by_role("button", name="Pay $240.00").click()
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    undecided = payments_or_none(app)
    page.get_by_role("button", name="Pay now").click()

    assert undecided == before
    expect(page.get_by_text("your refund of $240.00 was approved").first).to_be_visible()
    assert payments(app) == before + 1


def payments_or_none(app: App) -> int:
    return payments(app) if (app.home / "payments.sqlite").exists() else 0


def test_on_a_slow_line_somebody_stays_whom_they_chose_to_be(app: App, open_page: OpenPage) -> None:
    """Polls that set out before the answer to the click arrived still carry the old choice."""
    page = open_page(app.url)
    page.add_init_script(SLOW_LINE)
    page.reload()
    pause_a_refund(page)

    page.get_by_role("button", name="Be Sam").click()
    expect(page.get_by_role("link", name="Approvals").first).to_be_visible()
    page.wait_for_timeout(3000)

    expect(page.get_by_role("combobox", name="Use the desk as")).to_have_value("Sam · reviewer")
    expect(page.get_by_role("link", name="Approvals").first).to_be_visible()


def test_a_double_click_pays_once(app: App, open_page: OpenPage) -> None:
    page = open_page(app.url)
    page.get_by_role("textbox", name="Write as the customer").fill(f"refund me $12 please {uuid.uuid4().hex[:6]}")
    page.keyboard.press("Enter")
    expect(page.get_by_text("waits for a person").first).to_be_visible()
    be(page, "Sam")
    before = payments(app)

    page.get_by_role("button", name="Approve $12.00").dblclick()
    page.wait_for_timeout(ARMED_AFTER_MS)
    page.get_by_role("button", name="Pay $12.00").dblclick()
    page.get_by_role("button", name="Pay now").dblclick()

    expect(page.get_by_text("your refund of $12.00 was approved").first).to_be_visible()
    assert payments(app) == before + 1


def test_a_double_key_press_does_not_pay(app: App, open_page: OpenPage) -> None:
    page = open_page(app.url)
    pause_a_refund(page)
    be(page, "Robin")
    before = payments(app)

    page.get_by_role("button", name="Approve $240.00").click()
    page.get_by_role("button", name="Pay $240.00").click()
    page.wait_for_timeout(1500)

    assert payments(app) == before


def test_two_reviewers_see_each_other_and_the_selection_never_slips(
    start_app: StartApp, open_page: OpenPage, tmp_path: Path
) -> None:
    app = start_app(tmp_path / "home")
    customer = open_page(app.url)
    customer.get_by_role("button", name="Knowledge gap", exact=True).first.wait_for()
    for _number in range(3):
        before = customer.url
        start_scenario(customer, "Knowledge gap")
        expect(customer).not_to_have_url(before)  # a click on what was drawn before is the same click
        expect(customer.get_by_text("waits for a person").first).to_be_visible()
        come_to_rest(customer)
    robin, sam = (open_approvals(app, open_page, name) for name in ("Robin", "Sam"))
    expect(robin.get_by_test_id("stMetricValue").first).to_have_text("3")
    robin.get_by_role("button", name="Next").click()
    robin.wait_for_url("**review=**")
    robin.wait_for_timeout(1500)
    chosen = robin.url

    sam.get_by_role("button", name="Reject").click()
    sam.wait_for_timeout(ARMED_AFTER_MS)
    sam.get_by_role("button", name="Reject the escalation").click()

    expect(sam.get_by_role("button", name="Undo").first).to_be_visible()
    expect(robin.get_by_test_id("stMetricValue").first).to_have_text("2")
    robin.wait_for_timeout(1500)
    assert robin.url == chosen


def test_a_closed_tab_loses_no_turn(app: App, open_page: OpenPage) -> None:
    marker = uuid.uuid4().hex[:8]
    page = open_page(app.url)
    page.get_by_role("textbox", name="Write as the customer").fill(f"what does express delivery cost? {marker}")
    page.keyboard.press("Enter")
    page.wait_for_url("**thread=**")
    address = page.url
    page.close()

    again = open_page(address)

    expect(again.get_by_text("Autopilot").first).to_be_visible()
    expect(again.get_by_text(marker)).not_to_have_count(0)


def test_markup_of_customers_stays_text(app: App, open_page: OpenPage) -> None:
    page = open_page(app.url)
    alerts: list[str] = []

    def note(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    hostile = "<img src=x onerror=alert(1)> ![pic](https://example.com/a.png) <script>alert(2)</script> $x^2$"

    page.get_by_role("textbox", name="Write as the customer").fill(hostile)
    page.keyboard.press("Enter")

    expect(page.get_by_text("<script>alert(2)</script>").first).to_be_visible()
    assert page.locator("img[src*='example.com'], img[src='x']").count() == 0
    assert alerts == []


def test_an_unknown_thread_in_the_address_is_explained(app: App, open_page: OpenPage) -> None:
    page = open_page(f"{app.url}/?thread=11111111-2222-3333-4444-555555555555")

    expect(page.get_by_text("thread", exact=False).first).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)
    expect(page.get_by_role("button", name="Refund", exact=True).first).to_be_visible()


@pytest.mark.parametrize("path", ["", "approvals", "health", "how_it_works"])
def test_a_phone_needs_no_sideways_scrolling(app: App, open_page: OpenPage, path: str) -> None:
    page = open_page(f"{app.url}/{path}", width=375, height=800)
    if path in REVIEWERS_ONLY:
        page.get_by_role("button", name="Be Robin").click()
        expect(page.get_by_role("heading", name=path.capitalize()).first).to_be_visible()
    page.wait_for_timeout(1500)

    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "approvals", "health", "how_it_works"])
def test_nothing_stands_in_the_way_of_assistive_technology(
    app: App, open_page: OpenPage, path: str, scheme: str
) -> None:
    page = open_page(f"{app.url}/{path}", scheme=scheme)
    if path in REVIEWERS_ONLY:
        be(page, "Robin")
    page.wait_for_timeout(2000)
    settle(page)

    found = axe_findings(page)

    assert found == []


def test_the_proof_runs_from_its_button(app: App, open_page: OpenPage) -> None:
    page = open_page(f"{app.url}/how_it_works")

    page.get_by_role("button", name="Run the proof").click()

    expect(page.get_by_text("paid once").first).to_be_visible(timeout=120_000)
    expect(page.get_by_text("Passed").first).to_be_visible(timeout=30_000)
