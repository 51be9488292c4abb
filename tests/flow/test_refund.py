"""The refund from request to its end, through the whole desk."""

import pytest

from agent.desk import Desk
from agent.errors import ConflictError, ForbiddenError, InvalidDecisionError, UnknownReviewError
from agent.model import Action, ChatResult, Decision, DenialReason, Identity, Money
from tests.stand_ins import OTHER_REVIEWER, REFUND_MESSAGE, REVIEWER

MAYA = "C-1001"


def ask(desk: Desk, text: str = REFUND_MESSAGE, customer: str = MAYA) -> tuple[ChatResult, str]:
    paused = desk.chat(text, customer_id=customer)
    assert paused.review_id is not None
    return paused, paused.review_id


def test_a_refund_waits_for_a_person_and_promises_a_time(desk: Desk) -> None:
    paused, review_id = ask(desk)

    assert paused.status == "PAUSED_FOR_APPROVAL"
    assert "UTC" in paused.reply
    assert [row.review_id for row in desk.queue()] == [review_id]
    assert desk.payments_made() == 0


def test_an_approved_refund_is_paid_and_said(desk: Desk) -> None:
    paused, review_id = ask(desk)

    result = desk.decide(review_id, Decision(action="approve"), REVIEWER)

    assert (result.status, result.action_result) == ("DONE", "Refund issued: $240.00")
    assert "$240.00" in desk.thread(paused.thread_id).transcript[-1].text
    assert (desk.payments_made(), desk.queue()) == (1, [])


def test_a_denied_refund_pays_nothing_and_says_why(desk: Desk) -> None:
    paused, review_id = ask(desk)

    result = desk.decide(review_id, Decision(action="deny", reason="outside_window"), REVIEWER)

    assert result.action_result == "Refund denied: outside_window"
    assert desk.payments_made() == 0
    assert "could not approve" in desk.thread(paused.thread_id).transcript[-1].text


def test_a_smaller_amount_and_an_own_reply_are_carried_out(desk: Desk) -> None:
    _, review_id = ask(desk)
    edit = Decision(action="edit", amount=Money(minor=10050), reply="Half of it, as agreed.")

    result = desk.decide(review_id, edit, REVIEWER)

    assert (result.action_result, result.reply) == ("Refund issued: $100.50", "Half of it, as agreed.")


@pytest.mark.parametrize("action", ["respond", "take-over"])
def test_an_answer_instead_of_a_decision_pays_nothing(desk: Desk, action: Action) -> None:
    paused, review_id = ask(desk)

    desk.decide(review_id, Decision(action=action, reply="Could you send a photo?"), REVIEWER)

    line = desk.thread(paused.thread_id).transcript[-1]
    assert (line.who, line.author, line.text) == ("person", "robin", "Could you send a photo?")
    assert desk.payments_made() == 0


def test_the_second_decision_is_told_who_was_first(desk: Desk) -> None:
    _, review_id = ask(desk)
    desk.decide(review_id, Decision(action="deny", reason="suspected_fraud"), REVIEWER)

    with pytest.raises(ConflictError, match=r"already decided by robin, at .* UTC: deny"):
        desk.decide(review_id, Decision(action="approve"), OTHER_REVIEWER)

    assert desk.payments_made() == 0


@pytest.mark.parametrize(
    "decision",
    [
        Decision(action="edit", amount=Money(minor=24001)),
        Decision(action="edit", amount=Money(minor=0)),
        Decision(action="edit", amount=Money(minor=-1)),
        Decision(action="edit", amount=Money(minor=100, currency="EUR")),
        Decision(action="approve", amount=Money(minor=100)),
        Decision(action="edit"),
        Decision(action="deny"),
        Decision(action="deny", reason="other"),
        Decision(action="respond"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused_and_the_review_stays_open(desk: Desk, decision: Decision) -> None:
    _, review_id = ask(desk)

    with pytest.raises(InvalidDecisionError, match="nothing was paid"):
        desk.decide(review_id, decision, REVIEWER)

    assert desk.review(review_id).status == "pending"
    assert desk.payments_made() == 0


@pytest.mark.parametrize("role", ["stakeholder", "analyst"])
def test_only_deciders_decide(desk: Desk, role: str) -> None:
    _, review_id = ask(desk)
    onlooker = Identity.model_validate({"subject": "kim", "role": role, "source": "demo-switch"})

    with pytest.raises(ForbiddenError, match="may not decide reviews; nothing was changed"):
        desk.decide(review_id, Decision(action="approve"), onlooker)


def test_nobody_decides_on_their_own_request(desk: Desk) -> None:
    _, review_id = ask(desk)
    maya = Identity(subject=MAYA, role="reviewer", source="oidc")

    with pytest.raises(ForbiddenError, match="own request"):
        desk.decide(review_id, Decision(action="approve"), maya)


def test_a_decision_on_other_evidence_than_was_shown_is_refused(desk: Desk) -> None:
    _, review_id = ask(desk)

    with pytest.raises(ConflictError, match="not what you were shown"):
        desk.decide(review_id, Decision(action="approve", seen_sha256="0" * 64), REVIEWER)


def test_an_unknown_review_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownReviewError, match="nothing was decided"):
        desk.decide("no-such-review", Decision(action="approve"), REVIEWER)


def test_messages_sent_meanwhile_are_shown_with_the_review_and_answered_after_it(desk: Desk) -> None:
    paused, review_id = ask(desk)

    held = desk.chat("how long does delivery take?", thread_id=paused.thread_id, customer_id=MAYA)
    waiting = [turn.text for turn in desk.held_messages(review_id)]
    desk.decide(review_id, Decision(action="approve"), REVIEWER)

    assert (held.queued, held.status) == (True, "PAUSED_FOR_APPROVAL")
    assert waiting == ["how long does delivery take?"]
    assert [line.who for line in desk.thread(paused.thread_id).transcript] == [
        "customer",
        "agent",
        "customer",
        "agent",
        "agent",
    ]
    assert desk.payments_made() == 1


def test_thanks_does_not_close_a_pending_gate(desk: Desk) -> None:
    paused, review_id = ask(desk)

    desk.chat("thanks, bye", thread_id=paused.thread_id, customer_id=MAYA)

    assert desk.review(review_id).status == "pending"


def test_an_amount_without_an_order_pauses_with_unknown_clauses(desk: Desk) -> None:
    _, review_id = ask(desk, "refund me $42.50", "guest")

    evidence = desk.review(review_id).evidence

    assert {clause.verdict for clause in evidence.clauses} == {"unknown"}
    assert evidence.recommendation == "look closer"


def test_without_order_and_amount_the_customer_is_asked_and_the_answer_goes_on(desk: Desk) -> None:
    asked = desk.chat("refund please", customer_id=MAYA)

    paused = desk.chat("it was LF-10482", thread_id=asked.thread_id, customer_id=MAYA)

    assert (asked.status, paused.status) == ("AWAITING_CUSTOMER", "PAUSED_FOR_APPROVAL")
    assert desk.queue()[0].amount == Money(minor=24000)


def test_an_order_that_cannot_be_found_twice_goes_to_a_person(desk: Desk) -> None:
    asked = desk.chat("refund for order LF-99999", customer_id=MAYA)

    handed_over = desk.chat("refund for LF-99998 then", thread_id=asked.thread_id, customer_id=MAYA)

    assert "LF-99999" in asked.reply
    assert handed_over.status == "PAUSED_FOR_APPROVAL"
    assert desk.queue()[0].kind == "escalation"


def test_two_approved_refunds_of_one_order_never_pay_more_than_it_cost(desk: Desk) -> None:
    _, first = ask(desk)
    other, second = ask(desk)
    desk.decide(first, Decision(action="approve"), REVIEWER)

    result = desk.decide(second, Decision(action="approve"), REVIEWER)

    assert result.action_result.startswith("Refund not paid")
    assert "ticket" in desk.thread(other.thread_id).transcript[-1].text
    assert desk.payments_made() == 1


@pytest.mark.parametrize("reason", ["not_delivered", "already_refunded", "amount_exceeds_paid", "not_refundable"])
def test_every_denial_reason_is_put_into_words(desk: Desk, reason: DenialReason) -> None:
    _, review_id = ask(desk)

    result = desk.decide(review_id, Decision(action="deny", reason=reason), REVIEWER)

    assert reason not in result.reply
    assert "because" in result.reply


def test_a_refund_never_tells_about_an_order_what_the_customer_did_not_say(desk: Desk) -> None:
    paused, _ = ask(desk, "refund order LF-10482", "guest")

    assert "LF-10482" in paused.reply
    assert not any(secret in paused.reply for secret in ("240", "Maya", "chair", "Walnut"))
