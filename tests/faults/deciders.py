"""A process that decides review after review, each at the same moment as another process does."""

from collections.abc import Sequence
from multiprocessing.synchronize import Barrier
from pathlib import Path

from agent import ConflictError
from agent.model import Action, Decision, Identity
from tests.faults.processes import PATIENCE_S
from tests.faults.records import append_line
from tests.stand_ins import open_test_desk


def decide_all(home: Path, review_ids: Sequence[str], action: Action, name: str, together: Barrier, log: Path) -> None:
    """Decide every review once both processes have come to it; one line in the log for each."""
    desk = open_test_desk(home)
    reviewer = Identity(subject=name, role="reviewer", source="command-line")
    decision = Decision(action=action, reason="not_delivered" if action == "deny" else None)
    for review_id in review_ids:
        together.wait(PATIENCE_S)
        try:
            result = desk.decide(review_id, decision, reviewer)
            append_line(log, {"won": True, "said": result.action_result})
        except ConflictError as refusal:
            append_line(log, {"won": False, "said": str(refusal)})
    desk.close()
