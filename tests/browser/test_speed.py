"""How long Analytics takes from a click to the last chart; `TRIAGE_BENCH_HOME` names a home with many turns."""

import os
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from agent.demo_history import Year, write_history
from agent.store.sqlite import SqliteDatabase
from tests.benchmarks.figures import percentiles, show
from tests.browser.conftest import OpenPage, StartApp, settle

pytestmark = [pytest.mark.browser, pytest.mark.benchmark]

FILLED = os.environ.get("TRIAGE_BENCH_HOME")  # noqa: TID251  a home that demo-history has filled before
DAYS = ("90 days", "7 days", "All", "30 days")
ROUNDS = 3
VIEWS = ("Overview", "Escalation", "People")

DRAWN = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  const charts = [...document.querySelectorAll("[data-testid=stPlotlyChart]")];
  return app.dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-testid=stSkeleton], [data-stale=true]")
    && charts.every((chart) => chart.querySelector(".main-svg"));
}"""


def test_from_a_click_to_the_last_chart(start_app: StartApp, open_page: OpenPage, tmp_path: Path) -> None:
    home = Path(FILLED) if FILLED else tmp_path / "home"
    if not FILLED:
        home.mkdir()
        with closing(SqliteDatabase(home / "desk.sqlite")) as database:
            write_history(database, Year(datetime(2026, 11, 1, tzinfo=UTC)), conversations=2_000, seed=1)
    app = start_app(home)
    page = open_page(app.url)
    page.get_by_role("combobox", name="Use the desk as").click()
    page.get_by_role("option", name="Alex").click()
    page.get_by_role("link", name="Analytics").click()
    expect(page.get_by_role("heading", name="Analytics")).to_be_visible()
    page.wait_for_function(DRAWN, timeout=240_000)

    for view in VIEWS:
        taken_to(page, view)
        taken = [taken_to(page, days) for _round in range(ROUNDS) for days in DAYS]
        p50, p95 = percentiles(taken)
        show(f"{view}: from a change of the days to the last chart", f"p50 {p50:.0f} p95 {p95:.0f} ms of {len(taken)}")
    settle(page)


def taken_to(page: Page, name: str) -> float:
    """Press a choice; milliseconds until everything is drawn."""
    start = time.perf_counter()
    page.get_by_role("radio", name=name, exact=True).click()
    page.wait_for_timeout(50)  # until the page has heard of it
    page.wait_for_function(DRAWN, polling="raf")
    return (time.perf_counter() - start) * 1000
