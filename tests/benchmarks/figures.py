"""How figures are taken and shown."""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import quantiles


def milliseconds(work: Callable[[], object]) -> float:
    """How long `work` takes, in milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def percentiles(sample: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 95th."""
    cuts = quantiles(sample, n=20, method="inclusive")
    return cuts[9], cuts[18]


def show(what: str, figures: str) -> None:
    """Print one line for docs/measurements.md."""
    print(f"\n{what}: {figures}", flush=True)  # noqa: T201  figures are what a benchmark is for


def bytes_on_disk(paths: Sequence[Path]) -> int:
    """The size of SQLite files with everything moved out of their logs, and of what is left of the logs."""
    for path in paths:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return sum(file.stat().st_size for path in paths for file in path.parent.glob(f"{path.name}*"))
