"""Every lane but the refund, through the whole desk."""

import pytest

from agent.desk import Desk
from agent.errors import ConflictError, InvalidDecisionError
from agent.model import Decision
from tests.stand_ins import REVIEWER


def test_a_question_is_answered_with_its_article(desk: Desk) -> None:
    result = desk.chat("how long does delivery take?")

    assert (result.status, result.route, result.ticket) == ("DONE", "faq", None)
    assert [citation.article_id for citation in result.citations] == ["delivery"]


def test_a_problem_gets_a_ticket_with_number_and_time(desk: Desk) -> None:
    result = desk.chat("my kettle is broken")

    assert (result.status, result.route) == ("DONE", "issue")
    assert result.ticket is not None
    assert result.ticket in result.reply
    assert "UTC" in result.reply


def test_what_the_desk_does_not_do_with_orders_goes_to_a_person_with_the_facts(desk: Desk) -> None:
    result = desk.chat("buy order LF-10377 once more", customer_id="C-1004")

    (row,) = desk.queue()
    order = desk.review(row.review_id).evidence.order
    assert (result.route, result.status, row.kind) == ("order", "PAUSED_FOR_APPROVAL", "escalation")
    assert order is not None
    assert (order.number, order.status) == ("LF-10377", "processing")
    assert result.ticket is not None


def test_an_unknown_message_gets_one_question_and_then_a_person(desk: Desk) -> None:
    first = desk.chat("blorp")

    second = desk.chat("fizz", thread_id=first.thread_id)

    assert first.status == "AWAITING_CUSTOMER"
    assert (second.status, [rule.name for rule in second.rules][:1]) == ("PAUSED_FOR_APPROVAL", ["unknown_again"])


def test_a_gap_in_the_knowledge_is_not_papered_over(desk: Desk) -> None:
    result = desk.chat("what is the glaze made of?")

    assert result.status == "PAUSED_FOR_APPROVAL"
    assert {"knowledge_gap", "unsure_answer"} <= {rule.name for rule in result.rules}
    assert desk.queue()[0].priority == "high"
    assert "3 to 5 working days" not in result.reply


@pytest.mark.parametrize("text", ["a human please", "I am furious", "my lawyer will call", "I complain formally"])
def test_what_needs_a_person_gets_one_with_a_ticket_and_a_time(desk: Desk, text: str) -> None:
    result = desk.chat(text)

    assert (result.route, result.status) == ("escalation", "PAUSED_FOR_APPROVAL")
    assert result.ticket is not None
    assert result.ticket in result.reply


def test_low_mood_hands_over_on_the_second_turn_only(desk: Desk) -> None:
    first = desk.chat("sad: how does delivery work?")
    second = desk.chat("sad: what about delivery?", thread_id=first.thread_id)

    assert (first.status, second.status) == ("DONE", "PAUSED_FOR_APPROVAL")


def test_an_approved_draft_is_sent(desk: Desk) -> None:
    paused = desk.chat("a human please")
    assert paused.review_id is not None
    draft = desk.review(paused.review_id).evidence.draft

    result = desk.decide(paused.review_id, Decision(action="approve"), REVIEWER)

    assert (result.status, result.reply) == ("DONE", draft)


def test_an_edited_draft_needs_its_text(desk: Desk) -> None:
    paused = desk.chat("a human please")
    assert paused.review_id is not None

    with pytest.raises(InvalidDecisionError, match="needs its text"):
        desk.decide(paused.review_id, Decision(action="edit"), REVIEWER)


def test_a_rejected_escalation_is_answered_by_the_agent(desk: Desk) -> None:
    paused = desk.chat("what is the glaze made of?")
    assert paused.review_id is not None

    result = desk.decide(paused.review_id, Decision(action="deny"), REVIEWER)

    assert (result.status, result.review_status) == ("DONE", "applied")
    assert result.reply == "Standard delivery takes 3 to 5 working days."


def test_while_a_person_has_the_thread_the_agent_is_silent(desk: Desk) -> None:
    paused = desk.chat("a human please")
    assert paused.review_id is not None
    taken = desk.decide(paused.review_id, Decision(action="take-over"), REVIEWER)

    silent = desk.chat("how long does delivery take?", thread_id=paused.thread_id)
    desk.answer(paused.thread_id, "Three days.", REVIEWER)
    desk.hand_back(paused.thread_id, REVIEWER)
    answered = desk.chat("how long does delivery take?", thread_id=paused.thread_id)

    assert (taken.status, silent.status, silent.queued) == ("WITH_PERSON", "WITH_PERSON", True)
    assert answered.reply.startswith("Standard delivery takes 3 to 5 working days.")
    said = [line.text for line in desk.thread(paused.thread_id).transcript]
    assert said.count("Three days.") == 1
    assert sum(line.startswith("Standard delivery takes 3 to 5 working days.") for line in said) == 1


def test_nobody_answers_in_a_thread_that_was_not_taken_over(desk: Desk) -> None:
    done = desk.chat("how long does delivery take?")

    with pytest.raises(ConflictError, match="nothing was sent"):
        desk.answer(done.thread_id, "Hello?", REVIEWER)


def test_a_turn_that_fails_again_and_again_ends_with_a_person_and_not_with_silence(desk: Desk) -> None:
    failed = desk.chat("trouble ahead")

    (turn,) = desk.thread(failed.thread_id).turns
    assert (failed.status, turn.status) == ("DONE", "failed")
    assert turn.error == "RuntimeError: the engine is out of order"
    assert failed.ticket is not None
    assert failed.ticket in failed.reply


def test_a_thread_goes_on_after_a_failed_turn(desk: Desk) -> None:
    failed = desk.chat("trouble ahead")

    answered = desk.chat("how long does delivery take?", thread_id=failed.thread_id)

    assert answered.status == "DONE"
