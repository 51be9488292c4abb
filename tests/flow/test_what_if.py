"""What if: the answer is what a real decision would have led to, and nothing of it happens."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from agent.bootstrap import World, open_backoffice
from agent.desk import Desk
from agent.model import Decision, Money, ThreadStatus
from agent.protocols.recover import expire_reviews
from agent.protocols.run import run_thread
from tests.faults.records import change
from tests.flow.hypothetical import APPROVE, DENY, EDIT, MAYA, RESPOND, TAKE_OVER, ask, everything, payouts
from tests.stand_ins import MIND, OTHER_REVIEWER, REVIEWER, HandClock, open_test_office, settings_for

LARGE = "refund me $800"
BEFORE = ("intake", "classify", "gauge_sentiment", "retrieve", "route")
DENIED = "the time in which the goods could come back has passed"


def without_numbers(text: str) -> str:
    """A dry run cannot know the number of a payment or a ticket."""
    return re.sub(r"\b(RF|T)-(DRY-)?\d+", r"\1", text)


def steps_of(desk: Desk, thread_id: str, turn_id: str) -> list[str | None]:
    return [
        event.node
        for event in desk.events(thread_id)
        if event.turn_id == turn_id and event.type == "NODE_FINISHED" and event.payload["status"] == "done"
    ]


@pytest.mark.parametrize(
    ("hypothetical", "steps", "result", "paid", "status"),
    [
        (APPROVE, ("issue_refund",), "Refund issued: $240.00", [24000], "DONE"),
        (EDIT, ("issue_refund",), "Refund issued: $100.50", [10050], "DONE"),
        (DENY, ("refund_denied",), "Refund denied: outside_window", [], "DONE"),
        (RESPOND, ("deliver",), "Question sent, asked by a reviewer: nothing was paid", [], "AWAITING_CUSTOMER"),
        (TAKE_OVER, ("deliver",), "Taken over by a reviewer", [], "WITH_PERSON"),
    ],
)
def test_an_open_refund_is_tried_and_stays_open(
    home: Path,
    desk: Desk,
    hypothetical: Decision,
    steps: tuple[str, ...],
    result: str,
    paid: list[int],
    status: ThreadStatus,
) -> None:
    paused, review_id = ask(desk)
    before = everything(home, desk, paused.thread_id)

    tried = desk.what_if(review_id, hypothetical)

    assert tried.path == (*BEFORE, "assess_refund", "human_gate", *steps, "record")
    assert (tried.action_result, tried.status) == (result, status)
    assert [payment.amount.minor for payment in tried.payments] == paid
    assert everything(home, desk, paused.thread_id) == before
    assert (desk.review(review_id).status, payouts(home)) == ("pending", 0)


def test_an_approved_refund_can_be_seen_denied(home: Path, desk: Desk) -> None:
    paused, review_id = ask(desk)
    desk.decide(review_id, APPROVE, REVIEWER)
    before = everything(home, desk, paused.thread_id)

    tried = desk.what_if(review_id, DENY)

    assert (tried.action_result, tried.payments) == ("Refund denied: outside_window", ())
    assert DENIED in tried.reply
    assert everything(home, desk, paused.thread_id) == before
    assert payouts(home) == 1


def test_a_denied_refund_can_be_seen_approved(home: Path, desk: Desk) -> None:
    paused, review_id = ask(desk)
    desk.decide(review_id, DENY, REVIEWER)
    before = everything(home, desk, paused.thread_id)

    tried = desk.what_if(review_id, APPROVE)

    assert (tried.action_result, tried.path[-2:]) == ("Refund issued: $240.00", ("issue_refund", "record"))
    assert [str(payment.amount) for payment in tried.payments] == ["$240.00"]
    assert everything(home, desk, paused.thread_id) == before
    assert payouts(home) == 0


def test_an_approved_refund_can_be_seen_with_a_smaller_amount(desk: Desk) -> None:
    _, review_id = ask(desk)
    desk.decide(review_id, APPROVE, REVIEWER)  # what was really paid leaves nothing of the order

    tried = desk.what_if(review_id, EDIT)

    assert [str(payment.amount) for payment in tried.payments] == ["$100.50"]


def test_an_expired_refund_can_be_seen_approved(home: Path) -> None:
    clock = HandClock()
    office = open_test_office(home, World(clock=clock))
    with closing(Desk(office, settings_for(home))) as desk:
        paused, review_id = ask(desk)
        clock.advance(timedelta(hours=72, seconds=1))
        expire_reviews(office)
        run_thread(office, paused.thread_id)

        tried = desk.what_if(review_id, APPROVE)

    assert tried.action_result == "Refund issued: $240.00"


def test_a_payment_counts_only_if_it_came_before(desk: Desk) -> None:
    _, first = ask(desk)
    _, second = ask(desk)
    _, third = ask(desk)
    desk.decide(first, DENY, REVIEWER)
    desk.decide(second, APPROVE, REVIEWER)

    early, late = desk.what_if(first, APPROVE), desk.what_if(third, APPROVE)

    assert early.action_result == "Refund issued: $240.00"
    assert late.action_result.startswith("Refund not paid: $240.00 was not paid: only $0.00 of order LF-10482 is left")
    assert (late.payments, [ticket.kind for ticket in late.tickets]) == ((), ["refund"])


@pytest.mark.parametrize(
    ("hypothetical", "reply", "status"),
    [
        (APPROVE, "I am looking into it.", "DONE"),
        (RESPOND, "Could you send a photo?", "DONE"),
        (TAKE_OVER, "Hello, this is a reviewer", "WITH_PERSON"),
        (Decision(action="deny"), "Which of these is it", "DONE"),
    ],
)
def test_an_escalation_is_tried_and_stays_open(
    home: Path, desk: Desk, hypothetical: Decision, reply: str, status: ThreadStatus
) -> None:
    paused, review_id = ask(desk, "a human please")
    before = everything(home, desk, paused.thread_id)

    tried = desk.what_if(review_id, hypothetical)

    assert tried.path == (*BEFORE, "prepare_handoff", "human_handoff", "deliver", "record")
    assert reply in tried.reply
    assert (tried.status, tried.payments, tried.tickets) == (status, (), ())
    assert everything(home, desk, paused.thread_id) == before


CONVERSATIONS = {
    "refund": ["refund of $240 for order LF-10482"],
    "refund in German": ["de: refund of $240 for order LF-10482"],
    "refund of a furious customer": ["furious: refund of $240 for order LF-10482"],
    "refund of a cancelled order": ["cancel order LF-10377", "yes"],
    "escalation": ["a human please"],
    "escalation while an order waits for a yes": ["cancel order LF-10377", "a human please"],
    "knowledge gap": ["how do I fly?"],
    "answer to check": ["how long does delivery take?"],
}


@pytest.mark.parametrize("decision", [APPROVE, DENY, RESPOND, TAKE_OVER], ids=lambda decision: decision.action)
@pytest.mark.parametrize("name", CONVERSATIONS)
def test_it_is_what_the_real_decision_led_to(home: Path, name: str, decision: Decision) -> None:
    home.mkdir()
    (home / "policy.json").write_text(json.dumps({"soft_review_margin": 0.3}))
    settings = settings_for(home, str(home / "policy.json"))
    with closing(Desk(open_backoffice(settings, MIND), settings)) as desk:
        thread_id, customer = None, "C-1004" if "LF-10377" in str(CONVERSATIONS[name]) else MAYA
        for text in CONVERSATIONS[name]:
            paused = desk.chat(text, thread_id=thread_id, customer_id=customer)
            thread_id = paused.thread_id
        assert paused.review_id is not None
        real = desk.decide(paused.review_id, decision, REVIEWER)
        real_steps = steps_of(desk, paused.thread_id, paused.turn_id)
        desk.chat("what about delivery?", thread_id=thread_id)  # its checkpoint takes the place of this one

        tried = desk.what_if(paused.review_id, decision)

    assert list(tried.path) == real_steps
    assert without_numbers(tried.reply) == without_numbers(real.reply)
    assert (tried.action_result, tried.status) == (real.action_result, real.status)


@pytest.mark.parametrize("decision", [APPROVE, Decision(action="edit", amount=Money(minor=60000), reply="Most of it.")])
def test_a_large_refund_is_tried_with_a_second_person(home: Path, desk: Desk, decision: Decision) -> None:
    paused, review_id = ask(desk, LARGE, "guest")
    tried_first = desk.what_if(review_id, decision)
    desk.decide(review_id, decision, REVIEWER)
    half_way = desk.thread(paused.thread_id).thread.status
    before = everything(home, desk, paused.thread_id)

    tried = desk.what_if(review_id, decision)
    tried_otherwise = desk.what_if(review_id, Decision(action="deny", reason="suspected_fraud"))

    assert half_way == "AWAITING_SECOND_REVIEWER"
    assert everything(home, desk, paused.thread_id) == before
    real = desk.decide(review_id, APPROVE, OTHER_REVIEWER)
    assert tried.path[-4:] == ("human_gate", "second_gate", "issue_refund", "record")
    assert list(tried.path) == steps_of(desk, paused.thread_id, paused.turn_id)
    assert without_numbers(tried.reply) == without_numbers(tried_first.reply) == without_numbers(real.reply)
    assert tried.action_result == tried_first.action_result == real.action_result
    assert tried_otherwise.path[-3:] == ("human_gate", "refund_denied", "record")
    assert payouts(home) == 1


def test_a_checkpoint_that_is_gone_is_not_missed(home: Path, desk: Desk) -> None:
    paused, review_id = ask(desk)
    desk.decide(review_id, DENY, REVIEWER)
    change(home / "checkpoints.sqlite", "DELETE FROM checkpoints WHERE thread_id = ?", (paused.thread_id,))

    assert desk.what_if(review_id, APPROVE).action_result == "Refund issued: $240.00"


def test_the_events_begin_as_they_happened(desk: Desk) -> None:
    paused, review_id = ask(desk)
    happened = {event.seq: event for event in desk.events(paused.thread_id)}

    tried = desk.what_if(review_id, APPROVE)

    shared = [event for event in tried.events if event.seq <= tried.shared_seq]
    assert [happened[event.seq] for event in shared] == shared
    assert shared[-1].node == "assess_refund"
    assert [event.seq for event in tried.events] == sorted({event.seq for event in tried.events})
    assert {event.turn_id for event in tried.events} == {paused.turn_id}


def test_fifty_at_once_beside_a_real_decision_pay_once(home: Path, desk: Desk) -> None:
    paused, review_id = ask(desk)
    hypothetical = [APPROVE, DENY, EDIT, RESPOND, TAKE_OVER] * 10

    with ThreadPoolExecutor(16) as pool:
        tried = [pool.submit(desk.what_if, review_id, one) for one in hypothetical[:25]]
        decided = pool.submit(desk.decide, review_id, APPROVE, REVIEWER)
        tried += [pool.submit(desk.what_if, review_id, one) for one in hypothetical[25:]]
        amounts = [sum(payment.amount.minor for payment in one.result().payments) for one in tried]

    assert amounts == [24000, 0, 10050, 0, 0] * 10
    assert decided.result().action_result == "Refund issued: $240.00"
    assert (desk.payments_made(), payouts(home)) == (1, 1)
    assert desk.thread(paused.thread_id).transcript[-1].text.count("$240.00") == 1
    assert desk.verify_audit().ok
