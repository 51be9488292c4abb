"""serve, on the command line."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from agent.bootstrap import Mind
from agent.settings import PROJECT
from tests.postgres import environment_for

PATIENCE_S = 120


@contextmanager
def served(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`serve` in a process of its own, and where it listens."""
    command = [sys.executable, "-m", "agent", "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=PROJECT, env=environment_for(home), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    url = ""
    for line in process.stderr:
        if "running on" in line:
            url = line.split("running on ")[1].split()[0]
            break
    reading = threading.Thread(target=process.stderr.read, daemon=True)
    reading.start()
    try:
        yield process, url
    finally:
        process.kill()
        process.wait()
        reading.join()
        process.stderr.close()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_the_interface_is_served_alone_and_ends_cleanly_with_a_stream_open(
    sent: signal.Signals, mind: Mind, tmp_path: Path
) -> None:
    del mind
    with served(tmp_path / "home") as (process, url), httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
        deadline = time.monotonic() + PATIENCE_S
        while client.get("/readyz").status_code != 200:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        told = client.post("/chat", json={"text": "How long does delivery take?"}).json()
        with client.stream("GET", f"/threads/{told['thread_id']}/events") as answer:
            lines = answer.iter_lines()
            assert any("RESPONSE_COMPLETE" in line for line in lines)
            process.send_signal(sent)
            list(lines)  # to its end, which is no error

        assert process.wait(timeout=20) in {0, 130, -sent}

    assert told["status"] == "DONE"
