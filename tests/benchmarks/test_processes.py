"""How many turns a second 1, 4 and 8 processes do on one store, with the same customers in all."""

import os
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from agent.bootstrap import Mind
from tests.benchmarks.customers import Load, serve
from tests.benchmarks.figures import percentiles, show
from tests.faults.processes import CONTEXT, running
from tests.faults.records import money, query, read_lines
from tests.stand_ins import open_test_desk

pytestmark = pytest.mark.benchmark

PROCESSES = (1, 4, 8)
CLIENTS = 8
TURNS = 50
DECISIONS = 20
"""Of each client."""

PHASES = 2
PATIENCE_S = 500.0


def test_turns_a_second_by_processes(tmp_path: Path, mind: Mind, request: pytest.FixtureRequest) -> None:
    del mind  # trained by now
    store = request.config.getoption("--store")
    load = os.getloadavg()[0]
    show(f"{store}, {CLIENTS} clients, {os.cpu_count()} cores", f"load average {load:.1f} before")
    alone = 0.0
    for count in PROCESSES:
        per_second, turn, decision = measure(tmp_path / f"home-{count}", count)
        alone = alone or per_second
        show(
            f"{store}, {count} processes",
            f"{per_second:.1f} turns/s (ratio {per_second / alone:.2f}), "
            f"a turn p50 {turn[0]:.0f} p95 {turn[1]:.0f} ms, a decision p50 {decision[0]:.0f} p95 {decision[1]:.0f} ms",
        )


def measure(home: Path, processes: int) -> tuple[float, tuple[float, float], tuple[float, float]]:
    """Turns a second, and the percentiles of a turn and of a decision in milliseconds."""
    open_test_desk(home).close()
    together, enough = CONTEXT.Barrier(processes), CONTEXT.Event()
    loads = [
        Load(
            home=home,
            log=home.with_name(f"{home.name}-{number}"),
            clients=CLIENTS // processes,
            turns=TURNS,
            decisions=DECISIONS,
        )
        for number in range(processes)
    ]
    with ExitStack() as stack:
        serving = [
            stack.enter_context(running(serve, load, number, together, enough)) for number, load in enumerate(loads)
        ]
        wait_for(loads)
        enough.set()
        for process in serving:
            process.join(60)
    noted = [line for load in loads for line in read_lines(load.log)]
    turns, decisions = ([line for line in noted if line["what"] == what] for what in ("turn", "decision"))
    took_s = max(line["ended"] for line in turns) - min(line["begun"] for line in turns)
    assert query(home / "desk.sqlite", "SELECT DISTINCT status FROM inbox") == [("done",)]
    assert len(money(home).paid) == CLIENTS * DECISIONS
    assert money(home).agrees()
    return (
        CLIENTS * TURNS / took_s,
        percentiles([ms for line in turns for ms in line["ms"]]),
        percentiles([ms for line in decisions for ms in line["ms"]]),
    )


def wait_for(loads: list[Load]) -> None:
    """Until every process has noted both phases."""
    deadline = time.monotonic() + PATIENCE_S
    while not all(load.log.exists() and len(read_lines(load.log)) == PHASES for load in loads):
        assert time.monotonic() < deadline, "a process did not come to its end"
        time.sleep(0.2)
