import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from agent.__main__ import app
from agent.settings import PROJECT


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


def variables_for(tmp_path: Path) -> dict[str, str]:
    """A home of the test's own, and the engine that is always there."""
    return {"TRIAGE_HOME": str(tmp_path / "home"), "TRIAGE_ENGINE": "embedded"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `python -m agent …` on a home of the test's own, inside this process: importing takes most of a start."""

    def run_command(*arguments: str, **variables: str) -> Ran:
        for name, value in (variables_for(tmp_path) | variables).items():
            monkeypatch.setenv(name, value)
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            try:
                app(list(arguments), prog_name="agent")
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(end.code is not None)
        return Ran(code=code, out=out.getvalue(), err=err.getvalue())

    return run_command


@pytest.fixture
def run_process(tmp_path: Path) -> Run:
    """The same as a process of its own, as a shell would start it."""

    def run_command(*arguments: str, **variables: str) -> Ran:
        environment = {**os.environ, **variables_for(tmp_path), **variables}  # noqa: TID251  for the child
        ran = subprocess.run(
            [sys.executable, "-m", "agent", *arguments],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            timeout=180,
            check=False,
        )
        return Ran(code=ran.returncode, out=ran.stdout.decode(), err=ran.stderr.decode())

    return run_command
