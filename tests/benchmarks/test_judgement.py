"""What judging costs: by node, and over a long conversation."""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

import pytest

from agent.bootstrap import Mind, open_backoffice
from agent.desk import Desk
from tests.benchmarks.figures import milliseconds, show
from tests.stand_ins import settings_for

pytestmark = pytest.mark.benchmark

LANES = {
    "faq": "How long does standard delivery take?",
    "issue": "The app crashes every time I open my basket on my phone.",
    "order": "Where is my order LF-10490?",
    "refund": "I would like a refund of $20 for LF-10482, please.",
    "escalation": "Let me talk to a human being, please.",
}
EACH = 40
TURNS = 300
PART = 50


@pytest.fixture
def desk(tmp_path: Path, mind: Mind) -> Iterator[Desk]:
    """A desk with the embedded engine."""
    settings = settings_for(tmp_path / "home")
    opened = Desk(open_backoffice(settings, mind), settings)
    yield opened
    opened.close()


def test_cost_of_a_turn_by_node(desk: Desk) -> None:
    taken: dict[str, list[float]] = defaultdict(list)
    for text in LANES.values():
        for number in range(EACH):
            # no two messages alike, else their vectors are remembered
            result = desk.chat(f"{text} ({number})", customer_id="C-1020")
            for node, ms in desk.thread(result.thread_id).turns[0].record["timings"].items():
                taken[node].append(ms)

    for node, sample in sorted(taken.items(), key=lambda one: -median(one[1])):
        show(f"Node {node}", f"median {median(sample):.2f} ms of {len(sample)}")


def test_a_conversation_of_300_turns_stays_flat(desk: Desk) -> None:
    thread_id = desk.chat("How long does standard delivery take?").thread_id

    taken = [
        milliseconds(partial(desk.chat, f"How long does delivery number {number} take?", thread_id=thread_id))
        for number in range(TURNS)
    ]

    tokens = [(turn.record["memory"] or {}).get("tokens", 0) for turn in desk.thread(thread_id).turns]
    early, late = median(taken[PART : 2 * PART]), median(taken[-PART:])
    show(f"Turns {PART} to {2 * PART} and the last {PART} of {TURNS}", f"{early:.1f} and {late:.1f} ms")
    show("Ratio of late to early", f"{late / early:.2f}")
    show("Tokens told to an engine, most in any turn", str(max(tokens)))
