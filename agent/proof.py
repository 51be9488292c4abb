"""The durability proof, run for real: pause in one process, kill it with SIGKILL, decide and pay in a fresh one."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

from agent.errors import DeskError
from agent.model import Proof, ProofStep
from agent.settings import PROJECT

CHILD_TIMEOUT_S = 120.0
"""Longest wait for a child; the first start on a machine trains the classifiers."""

OnStep = Callable[[ProofStep], None]


def prove(on_step: OnStep) -> Proof:
    """Run the proof in a temporary home, telling each step as it was observed. Raises DeskError if it cannot run."""
    steps: list[ProofStep] = []

    def note(name: str, detail: str, pid: int, ms: float, *, ok: bool) -> None:
        steps.append(ProofStep(name=name, detail=detail, pid=pid, ms=round(ms, 1), ok=ok))
        on_step(steps[-1])

    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="triage-proof-") as home:
        with _child("pause", home) as (process, paused):
            note(
                "paused",
                f"Thread {paused['thread_id']} waits for review {paused['review_id']}, status {paused['status']}",
                process.pid,
                paused["ms"],
                ok=paused["status"] == "PAUSED_FOR_APPROVAL",
            )
            killed_at = time.perf_counter()
            process.send_signal(signal.SIGKILL)
            code = process.wait(timeout=CHILD_TIMEOUT_S)
            note(
                "killed",
                f"Process {process.pid} ended by signal {-code} while the thread was paused",
                process.pid,
                (time.perf_counter() - killed_at) * 1000,
                ok=code == -signal.SIGKILL,
            )
            first_pid = process.pid
        with _child("resume", home, paused["review_id"]) as (process, resumed):
            note(
                "resumed",
                f"{resumed['action_result']}, status {resumed['status']}",
                process.pid,
                resumed["ms"],
                ok=resumed["status"] == "DONE" and resumed["action_result"].startswith("Refund issued"),
            )
            note(
                "decided twice",
                f"A second, opposite decision: {resumed['second']}",
                process.pid,
                0.0,
                ok="already decided" in resumed["second"],
            )
            note(
                "paid once",
                f"{resumed['payments']} payment, audit chain of {resumed['audit_entries']} entries verified",
                process.pid,
                0.0,
                ok=resumed["payments"] == 1 and resumed["audit_ok"],
            )
            process.wait(timeout=CHILD_TIMEOUT_S)
        return Proof(
            passed=all(step.ok for step in steps) and first_pid != process.pid,
            pause_pid=first_pid,
            resume_pid=process.pid,
            pause_ms=paused["ms"],
            resume_ms=resumed["ms"],
            total_ms=round((time.perf_counter() - begun) * 1000, 1),
            steps=tuple(steps),
        )


@contextlib.contextmanager
def _child(part: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """A fresh process that runs one half of the proof, with the line of JSON that it reported."""
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(  # noqa: S603  our own interpreter and arguments
            [sys.executable, "-m", "agent", "prove-half", part, *arguments],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        try:
            yield process, _report(process, complaints)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _report(process: subprocess.Popen[str], complaints: Any) -> dict[str, Any]:
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        process.wait(timeout=CHILD_TIMEOUT_S)
        complaints.seek(0)
        said = complaints.read().strip().splitlines()
        message = f"The proof could not run: process {process.pid} said {said[-1] if said else 'nothing'}"
        raise DeskError(message)
    report: dict[str, Any] = json.loads(line)
    return report


def wait_to_be_killed() -> None:
    """Stay alive, paused thread in hand, until the parent kills this process or is gone itself."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.2)
