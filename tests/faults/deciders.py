"""Processes that decide review after review, each at the same moment as another process does."""

import threading
from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from pathlib import Path

from agent import ConflictError, DeskError
from agent.desk import Desk
from agent.model import Action, Decision, Identity
from tests.faults.processes import PATIENCE_S
from tests.faults.records import append_line
from tests.stand_ins import open_test_desk

Lane = tuple[Sequence[str], Barrier]
"""Reviews that one thread of each process decides, and where the two of them meet before each."""


def decide_all(home: Path, lanes: Sequence[Lane], action: Action, name: str, log: Path) -> None:
    """Decide the reviews of each lane in a thread of its own; one line for each in the lane's log."""
    desk = open_test_desk(home)
    threads = [
        threading.Thread(target=decide_lane, args=(desk, lane, action, name, log_of(log, number)))
        for number, lane in enumerate(lanes)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    desk.close()


def log_of(log: Path, lane: int) -> Path:
    """Where the decisions of one lane are noted."""
    return log.with_name(f"{log.name}-{lane}")


def decide_lane(desk: Desk, lane: Lane, action: Action, name: str, log: Path) -> None:
    """Decide every review once both processes have come to it."""
    review_ids, together = lane
    reviewer = Identity(subject=name, role="reviewer", source="command-line")
    decision = Decision(action=action, reason="not_delivered" if action == "deny" else None)
    for review_id in review_ids:
        together.wait(PATIENCE_S)
        try:
            result = desk.decide(review_id, decision, reviewer)
            append_line(log, {"won": True, "said": result.action_result})
        except ConflictError as refusal:
            append_line(log, {"won": False, "said": str(refusal)})
        except DeskError as error:  # neither: fails the test that reads it
            append_line(log, {"won": None, "said": f"{type(error).__name__}: {error}"})
