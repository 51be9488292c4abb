"""What pages write about a turn, from the turn's record alone."""

from typing import Any

from agent import TurnView
from agent.desk import Desk
from agent.model import Decision
from pages.ui.live.decision_record import record_blocks
from pages.ui.live.node_story import PURPOSE
from pages.ui.review.evidence import evidence_blocks, headline, request_blocks
from tests.stand_ins import REVIEWER


def texts(blocks: list[dict[str, Any]]) -> str:
    return str(blocks)


def test_the_record_tells_tools_memory_and_language(desk: Desk) -> None:
    result = desk.chat("cancel order LF-10377", customer_id="C-1004")

    written = texts(record_blocks(desk.thread(result.thread_id).turns[-1]))

    assert "get order by id" in written
    assert "LF-10377" in written
    assert "'Language', 'value': 'English'" in written


def test_calls_to_models_are_told_with_cost_and_trouble(desk: Desk) -> None:
    result = desk.chat("how long does delivery take?")
    turn = desk.thread(result.thread_id).turns[-1]
    call = {"step": "answer", "engine": "spare", "model": "m-1", "ms": 12.0, "input_tokens": 1200, "output_tokens": 30}
    record = {**turn.record, "engine_calls": [{**call, "cost_usd": 0.00123, "trouble": "the endpoint is away"}]}

    written = texts(record_blocks(turn.model_copy(update={"record": record})))

    assert all(part in written for part in ("m-1", "1,200 / 30", "$0.00123", "the endpoint is away"))


def test_what_had_no_room_is_told_with_the_reason(desk: Desk) -> None:
    result = desk.chat("how long does delivery take?")
    turn = desk.thread(result.thread_id).turns[-1]
    memory = {"tokens": 9800, "dropped": [{"what": "passage returns#2", "tokens": 1100}]}
    full = turn.model_copy(update={"record": {**turn.record, "memory": memory}})

    written = texts(record_blocks(full, desk.policy))

    assert all(part in written for part in ("9,800 of 12,000 tokens", "1 part", "passage returns#2", "1,100"))
    assert "There was no room for everything" in written


def test_another_policys_room_is_not_guessed(desk: Desk) -> None:
    result = desk.chat("how long does delivery take?")
    turn = desk.thread(result.thread_id).turns[-1]

    written = texts(record_blocks(turn, desk.policy.model_copy(update={"memory_tokens": 5000})))

    assert "Told to the engine" in written
    assert "5,000" not in written


def test_records_of_older_releases_are_still_drawn(desk: Desk) -> None:
    result = desk.chat("how long does delivery take?")
    turn: TurnView = desk.thread(result.thread_id).turns[-1]
    new = ("language", "tool_calls", "engine_calls", "memory", "awaiting", "summary")
    old = {name: value for name, value in turn.record.items() if name not in new}

    assert record_blocks(turn.model_copy(update={"record": old}))


def test_the_card_shows_order_shipment_and_earlier_refunds(desk: Desk) -> None:
    paused = desk.chat("cancel order LF-10377", customer_id="C-1004")
    paused = desk.chat("yes", thread_id=paused.thread_id)
    assert paused.review_id is not None
    review = desk.review(paused.review_id)

    written = texts([*request_blocks(review, []), *evidence_blocks(review)])

    missing = [
        part for part in ("size 9", "Goes to", "standard", "Earlier refunds", "None named") if part not in written
    ]
    assert missing == []
    assert headline(review) == "Refund of $111.00"


def test_a_hand_over_says_what_may_help(desk: Desk) -> None:
    paused = desk.chat("a human please")
    assert paused.review_id is not None
    review = desk.review(paused.review_id)

    assert "What may help: Answer it." in texts(evidence_blocks(review))
    desk.decide(paused.review_id, Decision(action="approve"), REVIEWER)


def test_every_step_of_the_graph_has_a_purpose(desk: Desk) -> None:
    steps = {node.name for node in desk.structure.nodes if not node.name.startswith("__")}

    assert steps == set(PURPOSE)
