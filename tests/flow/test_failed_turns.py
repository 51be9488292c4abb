"""A turn that the desk has to give up: whoever follows the events learns what the customer is told."""

from agent.desk import Desk


def test_whoever_follows_the_events_reads_the_reply_and_the_ticket_of_a_turn_that_failed(desk: Desk) -> None:
    failed = desk.chat("trouble ahead")

    told = {event.type: event.payload for event in desk.events(failed.thread_id)}

    assert told["RESPONSE_COMPLETE"] == {"text": failed.reply, "kind": "final", "citations": []}
    assert told["TICKET_CREATED"] == {"number": failed.ticket}
    assert "RESPONSE_CHUNK" not in told
