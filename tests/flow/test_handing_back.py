"""What a customer wrote while a person had the thread, and nobody has answered."""

from agent import Decision
from agent.desk import Desk
from tests.stand_ins import REVIEWER


def test_a_message_that_the_person_did_not_answer_is_answered_by_the_agent(desk: Desk) -> None:
    paused = desk.chat("a human please")
    desk.decide(str(paused.review_id), Decision(action="take-over"), REVIEWER)
    desk.answer(paused.thread_id, "What is it about?", REVIEWER)
    waiting = desk.chat("how long does delivery take?", thread_id=paused.thread_id)

    desk.hand_back(paused.thread_id, REVIEWER)

    lines = desk.thread(paused.thread_id).transcript
    assert [line.text for line in lines if line.turn_id == waiting.turn_id and line.who == "agent"][-1].startswith(
        "Standard delivery takes 3 to 5 working days."
    )


def test_what_the_person_answered_is_not_answered_again(desk: Desk) -> None:
    paused = desk.chat("a human please")
    desk.decide(str(paused.review_id), Decision(action="take-over"), REVIEWER)
    desk.chat("how long does delivery take?", thread_id=paused.thread_id)
    desk.answer(paused.thread_id, "Three days.", REVIEWER)

    desk.hand_back(paused.thread_id, REVIEWER)

    said = [line.text for line in desk.thread(paused.thread_id).transcript]
    assert not any(line.startswith("Standard delivery") for line in said)
