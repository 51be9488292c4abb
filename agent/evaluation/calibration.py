"""Whether a confidence of 0.7 is right 7 times in 10."""

from collections.abc import Sequence

from agent.model import Value

BINS = 10


class Bin(Value):
    """Judgements of one tenth of the scale: how sure they were on average, and how often right."""

    rows: int
    confidence: float
    accuracy: float


class Reliability(Value):
    """`ece` is the expected calibration error: the mean gap between confidence and accuracy over all judgements."""

    rows: int
    accuracy: float
    ece: float
    bins: tuple[Bin, ...]


def measure_reliability(judged: Sequence[tuple[float, bool]]) -> Reliability:
    """Reliability of judgements given as confidence, 0..1, and whether it was right; ten bins of equal width."""
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for sure, right in judged:
        groups[min(int(sure * BINS), BINS - 1)].append((sure, right))
    bins = tuple(_bin(group) for group in groups if group)
    count = max(len(judged), 1)
    return Reliability(
        rows=len(judged),
        accuracy=round(sum(right for _, right in judged) / count, 4),
        ece=round(sum(one.rows * abs(one.confidence - one.accuracy) for one in bins) / count, 4),
        bins=bins,
    )


def _bin(group: Sequence[tuple[float, bool]]) -> Bin:
    return Bin(
        rows=len(group),
        confidence=round(sum(sure for sure, _ in group) / len(group), 4),
        accuracy=round(sum(right for _, right in group) / len(group), 4),
    )
