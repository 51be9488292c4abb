"""Draw the pictures of the documentation from the running app: `python -m tests.browser.pictures docs/images`.

A further argument (light, dark, phone) draws only these. Needs the system's chromium.
Nothing of an existing desk is touched: the app runs on a folder of its own.
"""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from agent import Decision, Desk, Identity, open_desk
from agent.adapters.builtin.clock import SystemClock
from agent.demo_history import Year, write_history
from agent.settings import PROJECT, read_settings
from agent.store.sqlite import SqliteDatabase
from tests.browser.conftest import CHROMIUM, FLAGS, settle, wait_until_up

ROBIN = Identity(subject="Robin", role="reviewer", source="demo-switch")
SAM = Identity(subject="Sam", role="reviewer", source="demo-switch")
STILL_MS = 2500
"""Until what moves has come to rest."""

DESKTOP, PHONE = (1440, 900), (375, 812)


def main() -> None:
    """Fill two desks, open the app on each and write every picture."""
    target = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as year:
        large = fill(Path(home))
        made_up_year(Path(year))
        draw_desk(home, target, "Robin", reviewer_views(large))
        draw_desk(year, target, "Alex", analyst_views())


def draw_desk(home: str, target: Path, person: str, views: Mapping[str, Callable[[Page], None]]) -> None:
    """Open the app on a home and draw these views as this person."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    environment = {  # the app has to find what this process has prepared
        **os.environ,  # noqa: TID251
        "TRIAGE_HOME": home,
        "TRIAGE_CACHE": str(read_settings().cache),
    }
    app = subprocess.Popen([*command, "--server.port", str(port)], cwd=PROJECT, env=environment)
    try:
        wait_until_up(f"http://127.0.0.1:{port}/_stcore/health")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            draw_all(browser, f"http://127.0.0.1:{port}", target, person, views)
            browser.close()
    finally:
        app.terminate()
        app.wait(timeout=20)


def made_up_year(home: Path) -> None:
    """A year to look at."""
    database = SqliteDatabase(home / "desk.sqlite")
    write_history(database, Year(SystemClock().now()), conversations=3000, seed=1)
    database.close()


def fill(home: Path) -> str:
    """Some decided and some open reviews; the id of a large refund that waits for a second person."""
    with closing(open_desk(home)) as desk:
        return fill_desk(desk)


def fill_desk(desk: Desk) -> str:
    """The same on an open desk."""
    for amount, decision in (
        ("$30", Decision(action="approve")),
        ("$25", Decision(action="deny", reason="other", note="The chair was returned in another parcel.")),
        ("$12", Decision(action="approve")),
    ):
        asked = desk.chat(f"Please refund {amount} for order LF-10482, the fabric has a stain.", customer_id="C-1001")
        desk.workbench.see(asked.review_id or "", SAM)
        desk.decide(asked.review_id or "", decision, SAM)
    large = desk.chat("I want a refund for order LF-10495, the espresso machine leaks.", customer_id="C-1026")
    desk.decide(large.review_id or "", Decision(action="approve", note="The leak is in the customer's photo."), SAM)
    desk.chat("Please refund order LF-10460. The dress is a different green.", customer_id="C-1015")
    desk.chat("This is the third time I write and nobody helps. I want to speak to a human!", customer_id="C-1003")
    for customer, order in (("C-1001", "LF-10326"), ("C-1001", "LF-10244")):
        desk.chat(f"Can I get a refund for order {order}? It does not fit.", customer_id=customer)
    return large.review_id or ""


def reviewer_views(large: str) -> dict[str, Callable[[Page], None]]:
    """What reviewers see; `large` is the refund that waits for a second person."""
    return {
        "live-desk": run_default_scenario,
        "approvals": lambda page: visit(page, "approvals"),
        "two-people": lambda page: visit(page, f"approvals?review={large}"),
        "history": lambda page: visit(page, "history"),
    }


def analyst_views() -> dict[str, Callable[[Page], None]]:
    """What analysts see."""
    return {name: partial(visit, address=name) for name in ("analytics", "calibration", "knowledge")}


def draw_all(
    browser: Browser, url: str, target: Path, person: str, views: Mapping[str, Callable[[Page], None]]
) -> None:
    """These pictures, in light and dark, and on a phone."""
    kinds = (("light", DESKTOP, "light"), ("dark", DESKTOP, "dark"), ("phone", PHONE, "light"))
    for kind, size, scheme in (each for each in kinds if each[0] in (sys.argv[2:] or ["light", "dark", "phone"])):
        for name, go in views.items():
            context = browser.new_context(
                viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if scheme == "dark" else "light"
            )
            page = context.new_page()
            page.set_default_timeout(60_000)
            page.goto(url)
            settle(page)
            page.get_by_role("button", name="Refund", exact=True).wait_for()
            become(page, person)
            go(page)
            page.wait_for_timeout(STILL_MS)
            expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
            page.screenshot(path=target / f"{name}-{kind}.png")
            context.close()


def become(page: Page, person: str) -> None:
    """Choose a demo person in the sidebar."""
    opener = page.get_by_test_id("stExpandSidebarButton")
    if opener.is_visible():
        opener.click()
    page.get_by_role("combobox", name="Use the desk as").click()
    page.get_by_role("option", name=person).click()
    settle(page)
    close_sidebar(page)


def visit(page: Page, address: str) -> None:
    """Open a page by its link, as a click would, so that the session stays."""
    query = address.partition("?")[2]
    name = address.partition("?")[0].rpartition("/")[2].capitalize()
    opener = page.get_by_test_id("stExpandSidebarButton")
    if opener.is_visible():
        opener.click()
    page.get_by_role("link", name=name).first.click()
    settle(page)
    close_sidebar(page)
    if query:
        wanted = query.partition("=")[2]
        page.locator(f'[data-id="{wanted}"]').first.click()
        settle(page)


def close_sidebar(page: Page) -> None:
    """On a phone it lies over the page."""
    page.wait_for_timeout(500)
    closer = page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
    if page.viewport_size == {"width": PHONE[0], "height": PHONE[1]} and closer.is_visible():
        closer.click()


def run_default_scenario(page: Page) -> None:
    """Press the default scenario and wait at the gate."""
    page.get_by_role("button", name="Refund", exact=True).click()
    page.get_by_text("waits for a person").first.wait_for()


if __name__ == "__main__":
    main()
