import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `python -m agent …` as a process of its own, on a home of the test's own."""

    def run_command(*arguments: str, **variables: str) -> Ran:
        ours = {"TRIAGE_HOME": str(tmp_path / "home"), "TRIAGE_ENGINE": "embedded"}
        environment = {**os.environ, **ours, **variables}  # noqa: TID251  for the child
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
