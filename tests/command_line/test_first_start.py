"""The first start on somebody's machine: it asks nothing, wherever it is typed, and the app is there."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.settings import PROJECT
from run import app_command

START_S = 60


@pytest.fixture
def newcomer(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody who never started Streamlit; their browser is a program that does nothing."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "xdg-open").write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    (programs / "xdg-open").chmod(0o755)
    (tmp_path / "newcomer").mkdir()
    mine = {
        "HOME": str(tmp_path / "newcomer"),
        "TRIAGE_HOME": str(tmp_path / "home"),
        "PATH": f"{programs}:{os.environ['PATH']}",  # noqa: TID251  for the child
        "BROWSER": str(programs / "xdg-open"),
    }
    usual = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}  # noqa: TID251
    return {**usual, **mine}


@contextmanager
def started(environment: dict[str, str], stdin: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The app as `run.py start` runs it, with a browser; its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = app_command(Path(sys.executable), port, headless=False)
    process = subprocess.Popen(
        command, cwd=PROJECT, env=environment, stdin=stdin, stdout=stdin if stdin >= 0 else subprocess.DEVNULL
    )
    try:
        yield f"http://127.0.0.1:{port}/_stcore/health", process
    finally:
        process.terminate()
        process.wait(timeout=20)


def health(address: str, process: subprocess.Popen[bytes]) -> str:
    """What the app says of itself once it does; "" if it ended or is still silent after a minute."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  our own address
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return ""


def test_the_first_start_in_a_terminal_waits_for_no_answer(newcomer: dict[str, str]) -> None:
    person, terminal = os.openpty()
    try:
        with started(newcomer, terminal) as (address, process):
            assert health(address, process) == "ok"

        os.set_blocking(person, False)
        said = os.read(person, 65536).decode()
    finally:
        os.close(person)
        os.close(terminal)
    assert "Email" not in said
    assert "http://" in said


def test_the_first_start_without_a_terminal_comes_up_as_well(newcomer: dict[str, str]) -> None:
    with started(newcomer, subprocess.DEVNULL) as (address, process):
        assert health(address, process) == "ok"
