"""demo-history as an operator uses it."""

import os
import subprocess
import sys
from pathlib import Path

from agent.settings import PROJECT
from tests.command_line.conftest import Run


def test_a_made_up_year_comes_and_goes(run: Run, tmp_path: Path) -> None:
    written = run("demo-history", "--threads", "40", "--until", "2026-10-01", "--json")
    again = run("demo-history", "--threads", "40", "--json")
    thread_id = run("threads", "--limit", "1", "--json").document[0]["thread_id"]
    thread = run("thread", thread_id, "--json").document
    doctor = run("doctor", "--json")
    removed = run("demo-history", "--remove", "--json").document

    assert (written.code, written.document["threads"]) == (0, 40)
    assert (written.document["from"], written.document["until"]) == (
        "2025-10-01T00:00:00.000Z",
        "2026-10-01T00:00:00.000Z",
    )
    assert "40 of 40 threads" in written.err
    assert (again.code, "nothing was written" in again.document["message"]) == (1, True)
    assert thread["title"].startswith("Demo: ")
    assert thread["turns"][0]["record"]["routing"]["lane"]
    assert (doctor.code, doctor.document["ok"]) == (0, True)
    assert (removed["threads"], removed["turns"]) == (40, written.document["turns"])
    assert run("threads", "--json").document == []
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0


def test_a_day_that_is_none_writes_nothing(run: Run, tmp_path: Path) -> None:
    ran = run("demo-history", "--until", "yesterday")

    assert (ran.code, "'yesterday' is not a day" in ran.err) == (2, True)
    assert not (tmp_path / "home").exists()


def test_a_full_disk_is_named_and_what_is_there_can_be_removed(run: Run, tmp_path: Path) -> None:
    run("demo-history", "--threads", "1")
    run("demo-history", "--remove")
    cramped = f"ulimit -f 4000 && exec {sys.executable} -m agent demo-history --threads 2000"
    environment = {**os.environ, "TRIAGE_HOME": str(tmp_path / "home")}  # noqa: TID251  for the child

    full = subprocess.run(
        ["bash", "-c", cramped], cwd=PROJECT, env=environment, capture_output=True, timeout=120, check=False
    )

    assert full.returncode == 7
    assert b"not stored; check the disk and the limits on file sizes" in full.stderr
    assert run("demo-history", "--remove", "--json").document["threads"] == 0
    assert run("demo-history", "--threads", "5", "--json").document["threads"] == 5
