"""The check that nothing was paid without an approval counts only decisions that stand."""

from pathlib import Path

from agent.model import Decision, Identity
from tests.stand_ins import REFUND_MESSAGE, REVIEWER, open_test_desk

SAM = Identity(subject="Sam", role="reviewer", source="command-line")


def test_a_denial_that_was_called_back_is_no_alarm(tmp_path: Path) -> None:
    desk = open_test_desk(tmp_path)
    review_id = desk.chat(REFUND_MESSAGE, customer_id="C-1001").review_id
    assert review_id is not None
    desk.decide(review_id, Decision(action="deny", reason="other", note="Wrong one."), REVIEWER, held=True)
    desk.workbench.call_back(review_id, REVIEWER)

    desk.decide(review_id, Decision(action="approve"), SAM)

    (money,) = [check for check in desk.checks() if check.name == "money"]
    assert (money.ok, money.detail.startswith("1 refunds entered, 0 without an approval")) == (True, True)
    desk.close()


def test_a_payment_without_an_approval_is_an_alarm(tmp_path: Path) -> None:
    desk = open_test_desk(tmp_path)
    review_id = desk.chat(REFUND_MESSAGE, customer_id="C-1001").review_id
    assert review_id is not None
    desk.decide(review_id, Decision(action="approve"), REVIEWER)
    with desk._office.database.write() as connection:  # noqa: SLF001  what a thief with the file would do
        connection.exec_driver_sql("UPDATE decisions SET action = 'deny'")

    (money,) = [check for check in desk.checks() if check.name == "money"]

    assert not money.ok
    desk.close()
