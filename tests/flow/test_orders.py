"""The order lane over several turns, through the whole desk and the real store."""

import pytest

from agent.desk import Desk
from agent.model import ChatResult, Decision, Order
from tests.stand_ins import REVIEWER

OWNER = "C-1004"
"""Has LF-10377, which is processing: sneakers in size 9, and a scarf."""
EMAIL = "daniel.okafor@example.com"


def stored(desk: Desk, number: str = "LF-10377") -> Order:
    order = desk.order(number)
    assert order is not None
    return order


def talk(desk: Desk, *messages: str, customer: str = OWNER) -> ChatResult:
    result = desk.chat(messages[0], customer_id=customer)
    for text in messages[1:]:
        result = desk.chat(text, thread_id=result.thread_id)
    return result


def tools_used(desk: Desk, result: ChatResult) -> list[tuple[str, str]]:
    calls = [call for turn in desk.thread(result.thread_id).turns for call in turn.record["tool_calls"]]
    return [(call["tool"], call["outcome"]) for call in calls]


def test_an_order_is_cancelled_only_after_a_yes(desk: Desk) -> None:
    asked = talk(desk, "cancel order LF-10377")
    before = stored(desk).status

    done = desk.chat("yes please", thread_id=asked.thread_id)

    assert (asked.status, before) == ("AWAITING_CUSTOMER", "processing")
    assert "LF-10377" in asked.reply
    assert stored(desk).status == "cancelled"
    assert "is cancelled" in done.reply
    assert ("cancel_order", "done") in tools_used(desk, done)


def test_the_money_of_a_cancelled_order_waits_for_a_person(desk: Desk) -> None:
    done = talk(desk, "cancel order LF-10377", "yes")

    assert done.status == "PAUSED_FOR_APPROVAL"
    assert done.review_id is not None
    review = desk.review(done.review_id)
    assert (review.kind, review.amount, review.recommendation) == ("refund", stored(desk).paid, "approve")
    assert review.evidence.request == "cancel order LF-10377"
    assert desk.payments_made() == 0
    desk.decide(done.review_id, Decision(action="approve"), REVIEWER)
    assert desk.payments_made() == 1


@pytest.mark.parametrize(
    "answer",
    ["no", "no thanks", "yes but change the address instead", "maybe", "yes, cancel LF-10490", "what is the order?"],
)
def test_anything_but_a_plain_yes_changes_nothing(desk: Desk, answer: str) -> None:
    talk(desk, "cancel order LF-10377", answer)

    assert stored(desk).status == "processing"


def test_a_yes_without_a_question_does_nothing(desk: Desk) -> None:
    result = talk(desk, "yes")

    assert result.status == "AWAITING_CUSTOMER"
    assert stored(desk).status == "processing"


def test_a_yes_after_a_no_does_nothing(desk: Desk) -> None:
    talk(desk, "cancel order LF-10377", "no", "yes")

    assert stored(desk).status == "processing"


def test_a_yes_counts_only_for_the_order_as_it_was_shown(desk: Desk) -> None:
    first = talk(desk, "cancel order LF-10377")
    talk(desk, "change the address of order LF-10377 to 12 Elm Street, Springfield, IL 62701", "yes")

    late = desk.chat("yes", thread_id=first.thread_id)

    assert late.status == "AWAITING_CUSTOMER"
    assert stored(desk).status == "processing"
    assert "Springfield" in str(stored(desk).address)


def test_one_can_change_ones_mind_in_the_middle(desk: Desk) -> None:
    result = talk(
        desk,
        "cancel order LF-10377",
        "no wait, change the address of the order instead",
        "change the address of the order to 12 Elm Street, Springfield, IL 62701",
        "yes",
    )

    order = stored(desk)
    assert (order.status, str(order.address)) == ("processing", "12 Elm Street, Springfield, IL, 62701, US")
    assert "12 Elm Street" in result.reply


def test_a_question_in_between_is_answered_and_the_order_not_forgotten(desk: Desk) -> None:
    asked = talk(desk, "cancel order LF-10377")
    between = desk.chat("how long does shipping take to deliver? I wonder about that", thread_id=asked.thread_id)

    done = desk.chat("yes", thread_id=asked.thread_id)

    assert between.route == "faq"
    assert "3 to 5 working days" in between.reply
    assert "LF-10377" in between.reply
    assert between.status == "AWAITING_CUSTOMER"
    assert "is cancelled" in done.reply


def test_thanks_in_between_neither_confirms_nor_forgets(desk: Desk) -> None:
    asked = talk(desk, "cancel order LF-10377")
    thanked = desk.chat("thanks a lot", thread_id=asked.thread_id)

    assert (thanked.status, stored(desk).status) == ("AWAITING_CUSTOMER", "processing")
    assert "is cancelled" in desk.chat("yes", thread_id=asked.thread_id).reply


def test_thanks_at_the_end_ends_the_conversation_kindly(desk: Desk) -> None:
    result = talk(desk, "how long does delivery take?", "thanks!")

    assert (result.status, result.route) == ("DONE", "unknown")
    assert result.reply.startswith("You're welcome")


def test_size_is_changed_within_the_same_article(desk: Desk) -> None:
    asked = talk(desk, "change the size of the sneakers in order LF-10377", "size 10")
    desk.chat("yes", thread_id=asked.thread_id)

    sneakers = next(item for item in stored(desk).items if "sneakers" in item.name)
    assert sneakers.variant == "size 10"


def test_what_is_out_of_stock_is_said_and_not_booked(desk: Desk) -> None:
    result = talk(desk, "change the size of the sneakers in order LF-10377 to size 8", "yes")

    assert "out of stock" in result.reply
    assert next(item for item in stored(desk).items if "sneakers" in item.name).variant == "size 9"


def test_faster_delivery_that_costs_more_goes_no_further_by_itself(desk: Desk) -> None:
    result = talk(desk, "deliver order LF-10377 by express", "yes")

    assert "costs more" in result.reply
    assert stored(desk).delivery == "standard"


@pytest.mark.parametrize("number", ["LF-10490", "LF-10482"])
def test_what_has_left_cannot_be_cancelled_and_something_else_is_offered(desk: Desk, number: str) -> None:
    owner = stored(desk, number).customer_id
    before = stored(desk, number).status

    result = talk(desk, f"cancel order {number}", customer=owner)

    assert result.status == "DONE"
    assert "a colleague answers by" in result.reply
    assert stored(desk, number).status == before


def test_where_an_order_is_is_told_at_once(desk: Desk) -> None:
    result = talk(desk, "where is my order LF-10490", customer=stored(desk, "LF-10490").customer_id)

    assert (result.status, result.route) == ("DONE", "order")
    assert str(stored(desk, "LF-10490").tracking) in result.reply


def test_an_order_without_number_is_found_among_ones_own(desk: Desk) -> None:
    result = talk(desk, "cancel the order with the sneakers")

    assert "LF-10377" in result.reply


@pytest.mark.parametrize("customer", ["guest", "C-1001"])
def test_other_peoples_orders_are_never_shown(desk: Desk, customer: str) -> None:
    result = talk(desk, "where is my order LF-10377", customer=customer)

    assert result.status == "AWAITING_CUSTOMER"
    assert not any(word in result.reply for word in ("sneakers", "scarf", "prepared", "Okafor"))


def test_a_guest_proves_an_order_by_number_and_address(desk: Desk) -> None:
    result = talk(desk, "where is my order LF-10377", f"it was ordered with {EMAIL.upper()}", customer="guest")

    assert (result.status, result.route) == ("DONE", "order")
    assert "being prepared" in result.reply


def test_a_wrong_address_tells_nothing_and_then_a_person_helps(desk: Desk) -> None:
    first = desk.chat("where is my order LF-10377", customer_id="guest")
    second = desk.chat("mallory@example.com", thread_id=first.thread_id)
    third = desk.chat("mallory2@example.com", thread_id=first.thread_id)

    unknown = talk(desk, "where is my order LF-99999", "mallory@example.com", customer="guest")
    assert second.reply == unknown.reply
    assert (second.status, third.status) == ("AWAITING_CUSTOMER", "PAUSED_FOR_APPROVAL")
    assert third.review_id is not None
    assert desk.review(third.review_id).evidence.order is None


def test_a_new_order_is_placed_by_people(desk: Desk) -> None:
    result = talk(desk, "I want to buy another order")

    assert result.status == "PAUSED_FOR_APPROVAL"


def test_an_escalation_ends_the_task(desk: Desk) -> None:
    asked = talk(desk, "cancel order LF-10377")
    person = desk.chat("a human please", thread_id=asked.thread_id)
    assert person.review_id is not None
    desk.decide(person.review_id, Decision(action="respond", reply="I am here."), REVIEWER)

    desk.chat("yes", thread_id=asked.thread_id)

    assert stored(desk).status == "processing"


def test_a_no_with_another_wish_is_the_other_wish(desk: Desk) -> None:
    asked = talk(desk, "change the size of the sneakers in order LF-10377 to size 10")
    again = desk.chat("no, size 11 please", thread_id=asked.thread_id)

    assert "from size 9 to size 11" in again.reply
    assert next(item for item in stored(desk).items if "sneakers" in item.name).variant == "size 9"


def test_an_address_without_a_country_is_in_the_orders_own(desk: Desk) -> None:
    talk(desk, "change the address of order LF-10377 to 12 Elm Street, Springfield, IL 62701", "yes")

    assert str(stored(desk).address).endswith("62701, US")


def test_the_second_answer_is_read_before_a_person_is_called(desk: Desk) -> None:
    result = talk(desk, "cancel order LF-10377", "hm?", "yes")

    assert stored(desk).status == "cancelled"
    assert "is cancelled" in result.reply


def test_the_same_question_is_put_twice_and_then_a_person_helps(desk: Desk) -> None:
    result = talk(desk, "cancel order LF-10377", "hm?", "order what?")

    assert result.status == "PAUSED_FOR_APPROVAL"
    assert stored(desk).status == "processing"


def test_what_shall_not_be_cancelled_stays(desk: Desk) -> None:
    result = talk(desk, "please do NOT cancel order LF-10377", "yes")

    assert stored(desk).status == "processing"
    assert "stays as it is" in desk.thread(result.thread_id).transcript[1].text


@pytest.mark.parametrize("wish", ["cancel only the scarf of order LF-10377", "cancel order LF-10377 and LF-10490"])
def test_a_part_of_an_order_is_left_to_a_person(desk: Desk, wish: str) -> None:
    assert talk(desk, wish).status == "PAUSED_FOR_APPROVAL"
    assert stored(desk).status == "processing"


def test_who_cancels_and_wants_money_back_gets_both(desk: Desk) -> None:
    asked = talk(desk, "cancel order LF-10377 and refund my money")
    done = desk.chat("yes", thread_id=asked.thread_id)

    assert (asked.status, done.status) == ("AWAITING_CUSTOMER", "PAUSED_FOR_APPROVAL")
    assert stored(desk).status == "cancelled"
    assert done.review_id is not None
    assert desk.review(done.review_id).kind == "refund"


def test_money_for_an_order_that_has_arrived_goes_to_the_gate_though_it_says_cancel(desk: Desk) -> None:
    result = talk(desk, "cancel order LF-10482 and refund my money", customer="C-1001")

    assert result.status == "PAUSED_FOR_APPROVAL"
    assert result.review_id is not None
    assert desk.review(result.review_id).kind == "refund"


def test_an_article_of_one_size_is_not_taken_for_another(desk: Desk) -> None:
    result = talk(desk, "change the size of the scarf in order LF-10377")

    assert result.status == "PAUSED_FOR_APPROVAL"


def test_the_delivery_that_an_order_has_is_no_change(desk: Desk) -> None:
    result = talk(desk, "deliver order LF-10377 by standard")

    assert result.status == "AWAITING_CUSTOMER"
    assert "express delivery" in result.reply


def test_who_objects_to_a_denial_reaches_a_person(desk: Desk) -> None:
    paused = talk(desk, "refund of $240 for order LF-10482", customer="C-1001")
    assert paused.review_id is not None
    denied = desk.decide(paused.review_id, Decision(action="deny", reason="outside_window"), REVIEWER)

    objected = desk.chat("I disagree", thread_id=paused.thread_id)

    assert denied.status == "DONE"
    assert (objected.route, objected.status) == ("escalation", "PAUSED_FOR_APPROVAL")


def test_punctuation_alone_is_nothing_to_be_upset_about(desk: Desk) -> None:
    assert talk(desk, "...").status == "AWAITING_CUSTOMER"


def test_an_account_tells_the_language_until_a_message_does(desk: Desk) -> None:
    assert talk(desk, "hm", customer="C-1005").language == "es"
    assert talk(desk, "hm", customer="guest").language == "en"
