"""Only an approval pays, so only an approval has an amount."""

import pytest

from agent import Decision
from agent.desk import Desk
from agent.errors import InvalidDecisionError
from agent.model import Money
from tests.stand_ins import REVIEWER


@pytest.mark.parametrize("minor", [500, 10**30, -1])
@pytest.mark.parametrize(
    "decision",
    [
        Decision(action="deny", reason="outside_window"),
        Decision(action="respond", reply="Which one?"),
        Decision(action="take-over"),
    ],
)
def test_an_amount_beside_what_pays_nothing_is_refused(desk: Desk, decision: Decision, minor: int) -> None:
    paused = desk.chat("refund of $7 please")

    with pytest.raises(InvalidDecisionError, match=r"pays nothing: leave the amount out\. Nothing was decided"):
        desk.decide(str(paused.review_id), decision.model_copy(update={"amount": Money(minor=minor)}), REVIEWER)

    assert desk.review(str(paused.review_id)).status == "pending"
