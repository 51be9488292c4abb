import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from agent.bootstrap import Mind
from agent.settings import PROJECT
from tests.api.conftest import Api, running_api

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_S = 60
PATIENCE_MS = 60_000
"""Other tests run at the same time, and small machines have two cores."""


@dataclass(frozen=True)
class App:
    """A running app and its folder."""

    url: str
    home: Path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    if CHROMIUM is None:
        reason = "no chromium was found; install your system's package"
        if os.environ.get("TRIAGE_REQUIRE_BROWSER"):  # noqa: TID251  set by CI
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


StartApp = Callable[[Path], App]


@pytest.fixture(scope="session")
def start_app(mind: Mind, browser: Browser) -> Iterator[StartApp]:
    """Start the app as users do, on a folder; `mind` has filled the cache, `browser` decides whether to go on."""
    del mind, browser
    running: list[subprocess.Popen[bytes]] = []

    def start(home: Path) -> App:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        command += ["--server.port", str(port), "--server.headless", "true"]
        environment = {**os.environ, "TRIAGE_HOME": str(home)}  # noqa: TID251  for the child
        running.append(
            subprocess.Popen(
                command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )
        wait_until_up(f"http://127.0.0.1:{port}/_stcore/health")
        return App(f"http://127.0.0.1:{port}", home)

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=20)


def wait_until_up(url: str) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  our own server
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.fixture(scope="module")
def app(start_app: StartApp, tmp_path_factory: pytest.TempPathFactory) -> App:
    """One app for the tests of a file."""
    return start_app(tmp_path_factory.mktemp("home"))


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open an address in a session of its own, as somebody with their own machine would."""
    contexts = []

    def opened(
        url: str, *, width: int = 1440, height: int = 900, scheme: str = "light", late_files: str | None = None
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        if late_files:
            page.route(late_files, deliver_late)
        page.goto(url)
        settle(page)
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            sys.stdout.write(f"At the end {page.url} showed: {page.locator('body').inner_text()[:1500]!r}\n")
        context.close()


def deliver_late(route: Route) -> None:
    """Let a file take three seconds, as on a slow line."""
    time.sleep(3)
    route.continue_()


def settle(page: Page) -> None:
    """Wait until the script has run."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def axe_findings(page: Page, context: str | None = None) -> list[tuple[str, str]]:
    """What axe finds above minor, as rule and place; what is gone a moment later was a fade."""
    found: list[tuple[str, str]] = []
    for _attempt in range(3):
        come_to_rest(page)
        violations = Axe().run(page, context=context).response["violations"]
        counted = [rule for rule in violations if rule["impact"] != "minor"]  # Streamlit's own file field has one
        found = [(rule["id"], node["html"][:160]) for rule in counted for node in rule["nodes"]]
        if not found:
            break
    return found


def come_to_rest(page: Page) -> None:
    """Wait until no button has moved for 400 ms: a click between two layouts lands beside the button."""
    page.wait_for_function(
        """() => {
          const places = [...document.querySelectorAll("button")].map((button) => button.getBoundingClientRect());
          const layout = places.map(({ x, y }) => `${x | 0},${y | 0}`).join(" ");
          const now = performance.now();
          if (window.restingLayout !== layout) [window.restingLayout, window.restingSince] = [layout, now];
          return now - window.restingSince > 400;
        }"""
    )


@pytest.fixture
def api(tmp_path: Path, browser: Browser) -> Iterator[Api]:
    """A server on the stand-in engine; `browser` decides whether to go on."""
    del browser
    with running_api(tmp_path / "home") as opened:
        yield opened
