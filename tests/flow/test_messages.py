"""What is acknowledged is kept, once, in order."""

import pytest

from agent.desk import Desk
from agent.errors import ConflictError, InvalidMessageError, UnknownThreadError
from agent.model import Decision
from tests.stand_ins import REFUND_MESSAGE, REVIEWER


def test_the_same_message_id_is_the_same_message(desk: Desk) -> None:
    first = desk.chat("my kettle is broken", message_id="m-1")

    again = desk.chat("my kettle is broken", message_id="m-1")

    assert (again.thread_id, again.ticket) == (first.thread_id, first.ticket)
    assert len(desk.thread(first.thread_id).turns) == 1


def test_a_message_id_is_not_reused_for_another_text(desk: Desk) -> None:
    desk.chat("my kettle is broken", message_id="m-1")

    with pytest.raises(ConflictError, match="nothing was stored"):
        desk.chat("my toaster is broken", message_id="m-1")


@pytest.mark.parametrize("message_id", ["", "x" * 201, "a\nb"])
def test_an_unusable_message_id_is_refused(desk: Desk, message_id: str) -> None:
    with pytest.raises(InvalidMessageError, match="nothing was stored"):
        desk.receive("hello", message_id=message_id)


def test_a_message_to_an_unknown_thread_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownThreadError, match="nothing was stored"):
        desk.chat("hello", thread_id="11111111-2222-3333-4444-555555555555")

    assert desk.threads() == []


def test_events_tell_the_whole_story_and_keep_no_chunks(desk: Desk) -> None:
    result = desk.chat("how long does delivery take?")

    events = desk.events(result.thread_id)
    kinds = [event.type for event in events]
    assert kinds[0] == "MESSAGE_RECEIVED"
    assert kinds[-1] == "RESPONSE_COMPLETE"
    assert "RESPONSE_CHUNK" not in kinds
    assert events[-1].payload["text"] == result.reply
    assert [event.seq for event in events] == sorted({event.seq for event in events})


def test_events_can_be_followed_from_any_point(desk: Desk) -> None:
    result = desk.chat("how long does delivery take?")
    events = desk.events(result.thread_id)

    assert desk.events(result.thread_id, after=events[4].seq) == events[5:]


def test_the_three_that_understand_run_side_by_side(desk: Desk) -> None:
    result = desk.chat("how long does delivery take?")

    order = [(event.type, event.node) for event in desk.events(result.thread_id)]
    started = [order.index(("NODE_STARTED", node)) for node in ("classify", "gauge_sentiment", "retrieve")]
    finished = [order.index(("NODE_FINISHED", node)) for node in ("classify", "gauge_sentiment", "retrieve")]
    assert max(started) < min(finished)


def test_the_agent_keeps_twenty_messages_in_mind_and_the_transcript_all(desk: Desk) -> None:
    first = desk.chat("how long does delivery take?")
    for _again in range(14):
        desk.chat("how long does delivery take?", thread_id=first.thread_id)
    paused = desk.chat(REFUND_MESSAGE, thread_id=first.thread_id)

    assert paused.review_id is not None
    assert len(desk.review(paused.review_id).evidence.transcript) == 21
    assert len(desk.thread(first.thread_id).transcript) == 32


def test_a_paused_turn_keeps_its_timings_when_it_is_done(desk: Desk) -> None:
    paused = desk.chat(REFUND_MESSAGE, customer_id="C-1001")
    assert paused.review_id is not None
    desk.decide(paused.review_id, Decision(action="approve"), REVIEWER)

    (turn,) = desk.thread(paused.thread_id).turns
    assert {"classify", "assess_refund", "human_gate", "issue_refund", "record"} <= set(turn.record["timings"])
