"""One process serves pages and interface, on one desk."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

from agent.bootstrap import Mind
from agent.settings import PROJECT

PATIENCE_S = 120


@pytest.fixture(scope="module")
def app(mind: Mind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The app as `run.py start` begins it; `mind` has filled the cache."""
    del mind
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port), "--server.headless", "true"]
    home = tmp_path_factory.mktemp("desk") / "home"
    environment = {**os.environ, "TRIAGE_HOME": str(home)}  # noqa: TID251  for the child
    running = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
        ready(client)
        yield client
    running.terminate()
    running.wait(timeout=30)


def ready(client: httpx.Client) -> None:
    """Wait for the desk; nobody opens a page, so the server itself opens it."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.parametrize("prefix", ["", "/api"])
def test_a_message_is_answered_beside_the_pages(prefix: str, app: httpx.Client) -> None:
    told = app.post(f"{prefix}/chat", json={"text": "How long does delivery take?"}).json()

    assert told["status"] == "DONE"
    assert app.get(f"{prefix}/threads/{told['thread_id']}").json()["status"] == "DONE"


@pytest.mark.parametrize("path", ["/", "/approvals", "/health", "/live_desk", "/how_it_works"])
def test_a_browser_gets_the_pages(path: str, app: httpx.Client) -> None:
    page = app.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert page.status_code == 200
    assert "Streamlit" in page.text


@pytest.mark.parametrize("path", ["/approvals", "/health", "/api/approvals", "/api/health"])
def test_a_program_gets_the_interface(path: str, app: httpx.Client) -> None:
    assert app.get(path).headers["content-type"] == "application/json"


def test_the_pages_own_addresses_stay_theirs(app: httpx.Client) -> None:
    assert app.get("/_stcore/health").text == "ok"
    assert app.get("/app/static/icon.png").headers["content-type"] == "image/png"


def test_events_are_streamed_beside_the_pages(app: httpx.Client) -> None:
    thread_id = app.post("/chat", json={"text": "How long does delivery take?"}).json()["thread_id"]

    with app.stream("GET", f"/api/threads/{thread_id}/events") as answer:
        first = next(line for line in answer.iter_lines() if line.startswith("event: "))

    assert first == "event: MESSAGE_RECEIVED"
