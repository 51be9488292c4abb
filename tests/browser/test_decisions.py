"""Deciding on the evidence card in a real browser: one screen, the keyboard, undo, and two people."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import App, OpenPage, axe_findings, come_to_rest

pytestmark = pytest.mark.browser

ARMED_AFTER_MS = 1200
"""A confirmation takes nothing right after it opens, so that a double click or key press cannot reach it."""
HELD_MS = 60_000
"""The undo window with room for a slow machine."""

DEFAULT = "I'd like a refund of $240 for the walnut lounge chair, order LF-10482. One leg arrived cracked."
LARGE = "I want a refund for order LF-10495, the espresso machine leaks."


def payments(app: App) -> int:
    with closing(sqlite3.connect(app.home / "payments.sqlite")) as connection:
        (count,) = connection.execute("SELECT COUNT(*) FROM payouts").fetchone()
    return int(count)


def pause(app: App, page: Page, text: str) -> str:
    """Ask for a refund as a customer; the id of its review."""
    page.get_by_role("textbox", name="Write as the customer").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_text("waits for a person").first).to_be_visible()
    (thread_id,) = re.findall(r"thread=([\w-]+)", page.url)
    with closing(sqlite3.connect(app.home / "desk.sqlite")) as connection:
        (found,) = connection.execute("SELECT review_id FROM reviews WHERE thread_id = ?", (thread_id,)).fetchone()
    page.close()
    return str(found)


def open_card(app: App, open_page: OpenPage, review_id: str, name: str = "Robin", **screen: object) -> Page:
    page = open_page(f"{app.url}/approvals?review={review_id}", **screen)
    page.get_by_role("button", name=f"Be {name}").click()
    expect(page.locator(".st-key-evidence .clauses")).to_be_visible()
    come_to_rest(page)
    return page


def test_everything_that_decides_stands_on_one_screen(app: App, open_page: OpenPage) -> None:
    review_id = pause(app, open_page(app.url), DEFAULT)
    page = open_card(app, open_page, review_id)

    deciding = [
        page.locator(".st-key-request .quote"),
        page.locator(".st-key-request .figures"),
        page.locator(".st-key-decision_buttons"),
        page.locator(".st-key-evidence .clauses"),
        page.locator(".st-key-evidence .points"),
        page.locator(".st-key-evidence [data-fact=delivered]"),
        page.locator(".st-key-evidence [data-fact=earlier]"),
        page.locator(".st-key-evidence .trend"),
    ]
    expect(deciding[-1]).to_be_visible()
    boxes = [part.bounding_box() for part in deciding]

    lowest = max(box["y"] + box["height"] for box in boxes if box)
    assert all(boxes)
    assert lowest <= 900
    assert page.evaluate("window.scrollY") == 0


def test_a_clause_marks_the_fact_that_it_rests_on(app: App, open_page: OpenPage) -> None:
    page = open_card(app, open_page, pause(app, open_page(app.url), DEFAULT))
    clause = page.get_by_role("button", name="Asked within 30 days")

    clause.focus()
    page.keyboard.press("Enter")

    expect(clause).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-fact=delivered]")).to_have_attribute("aria-current", "true")
    expect(page.locator("[aria-current=true][data-fact]")).to_have_count(1)
    page.get_by_role("button", name="No more than was paid").click()
    expect(page.locator(".st-key-request [data-fact=left]")).to_have_attribute("aria-current", "true")
    expect(clause).to_have_attribute("aria-pressed", "false")


def test_two_keys_decide_and_one_takes_it_back(app: App, open_page: OpenPage) -> None:
    page = open_card(app, open_page, pause(app, open_page(app.url), DEFAULT))
    before = payments(app)

    page.keyboard.press("a")
    expect(page.get_by_text("You can undo it")).to_be_visible()
    page.wait_for_timeout(ARMED_AFTER_MS)
    page.keyboard.press("Control+Enter")
    status = page.locator(".st-key-outcome [role=status]")
    expect(status).to_have_text("Approved.")
    expect(page.get_by_text("Paid in")).to_be_visible()
    page.reload()
    be_again(page)
    expect(status).to_have_text("Approved.")
    page.keyboard.press("u")

    expect(page.locator(".st-key-said [role=status]")).to_contain_text("Called back")
    expect(page.get_by_role("button", name="Approve $240.00")).to_be_visible()
    assert payments(app) == before


def be_again(page: Page) -> None:
    """A reload is a new session, which begins as a visitor."""
    page.get_by_role("button", name="Be Robin").click()


def test_the_bar_turns_into_the_result(app: App, open_page: OpenPage) -> None:
    page = open_card(app, open_page, pause(app, open_page(app.url), "refund me $11 please"))
    before = payments(app)

    page.keyboard.press("a")
    page.wait_for_timeout(ARMED_AFTER_MS)
    page.keyboard.press("Control+Enter")

    status = page.locator(".st-key-outcome [role=status]")
    expect(status).to_contain_text("Refund issued: $11.00", timeout=HELD_MS)
    expect(page.get_by_text("The reference is RF-")).to_be_visible()
    assert payments(app) == before + 1


def test_what_is_typed_last_is_part_of_the_decision(app: App, open_page: OpenPage) -> None:
    review_id = pause(app, open_page(app.url), "refund me $13 please")
    page = open_card(app, open_page, review_id)

    page.keyboard.press("w")
    expect(page.get_by_role("textbox", name="Question to the customer")).to_be_focused()
    page.wait_for_timeout(ARMED_AFTER_MS)
    page.keyboard.type("Which order is it?")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".st-key-outcome [role=status]")).to_have_text("Answered.")
    with closing(sqlite3.connect(app.home / "desk.sqlite")) as connection:
        (reply,) = connection.execute("SELECT reply FROM decisions WHERE review_id = ?", (review_id,)).fetchone()
    assert reply == "Which order is it?"


def test_a_large_refund_passes_from_one_person_to_the_next(app: App, open_page: OpenPage) -> None:
    review_id = pause(app, open_page(app.url), LARGE)
    robin = open_card(app, open_page, review_id)
    robin.get_by_role("button", name="Approve $1,250.00").click()
    expect(robin.get_by_text("A second person will have to confirm")).to_be_visible()
    robin.get_by_role("textbox", name="Note for the record").fill("Leak shown in the photo")
    robin.wait_for_timeout(ARMED_AFTER_MS)
    robin.keyboard.press("Control+Enter")
    expect(robin.get_by_text("you approved $1,250.00")).to_be_visible()

    sam = open_card(app, open_page, review_id, "Sam", scheme="dark")
    expect(sam.get_by_text("Robin approved $1,250.00 at").first).to_contain_text("Leak shown in the photo")
    found = axe_findings(sam, ".st-key-review_card")
    sam.get_by_role("button", name="Confirm $1,250.00").click()
    sam.wait_for_timeout(ARMED_AFTER_MS)
    sam.keyboard.press("Control+Enter")

    expect(sam.locator(".st-key-outcome [role=status]")).to_have_text("Confirmed.")
    expect(sam.get_by_role("button", name="Undo").first).to_be_visible()
    sam.keyboard.press("u")
    expect(sam.get_by_role("button", name="Confirm $1,250.00")).to_be_visible()
    assert found == []


def test_a_phone_shows_the_card_in_one_column(app: App, open_page: OpenPage) -> None:
    review_id = pause(app, open_page(app.url), DEFAULT)
    page = open_card(app, open_page, review_id, width=375, height=800)

    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    clauses = page.locator(".st-key-evidence .clauses").bounding_box()
    order = page.locator(".st-key-evidence [data-fact=delivered]").bounding_box()
    assert clauses
    assert order
    assert order["y"] > clauses["y"] + clauses["height"]
