from functools import partial
from pathlib import Path
from statistics import median

import pytest

from agent.bootstrap import Mind, open_backoffice
from agent.desk import Desk
from agent.observing.tracing import flush_traces, start_tracing, stop_tracing
from tests.benchmarks.figures import milliseconds, percentiles, show
from tests.observing.collector import running_collector
from tests.stand_ins import settings_for

pytestmark = pytest.mark.benchmark

QUESTION = "How long does standard delivery take?"
ROUNDS = 30
TURNS_A_ROUND = 10


def test_a_turn_with_traces_and_without(tmp_path: Path, mind: Mind) -> None:
    office = open_backoffice(settings_for(tmp_path / "home"), mind)
    desk = Desk(office, settings_for(tmp_path / "home"))
    desk.chat(QUESTION)
    off: list[float] = []
    on: list[float] = []

    with running_collector() as collector:
        for number in range(2 * ROUNDS):  # by turns, so that whatever else the machine does hits both alike
            start_tracing(collector.url if number % 2 else None)
            taken = on if number % 2 else off
            taken += [milliseconds(partial(desk.chat, QUESTION)) for _ in range(TURNS_A_ROUND)]
            flush_traces()
            stop_tracing()
        spans = len(collector.taken)
    desk.close()

    (off_p50, off_p95), (on_p50, on_p95) = percentiles(off), percentiles(on)
    show("A turn without traces", f"p50 {off_p50:.1f} p95 {off_p95:.1f} ms")
    show("A turn with traces", f"p50 {on_p50:.1f} p95 {on_p95:.1f} ms, {spans / len(on):.0f} spans")
    show("A turn with traces, ratio of the medians", f"{median(on) / median(off):.2f}")
    assert spans == 10 * len(on)
