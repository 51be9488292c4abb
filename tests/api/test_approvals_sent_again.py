"""An approval that is sent again, because its answer was lost, while the thread went on."""

from tests.api.conftest import Api
from tests.api.test_chat import chat
from tests.stand_ins import REFUND_MESSAGE


def test_an_approval_sent_again_never_decides_what_was_asked_after_it(api: Api) -> None:
    client = api.client()
    thread_id = chat(client, text=REFUND_MESSAGE, customer_id="C-1001")["thread_id"]
    first = chat(client, thread_id=thread_id, approval=True, message_id="yes-1")
    other = chat(client, text="Refund me $30 for my other order, LF-10471", thread_id=thread_id)

    again = chat(client, thread_id=thread_id, approval=True, message_id="yes-1")

    assert first["action_result"] == again["action_result"] == "Refund issued: $240.00"
    assert api.desk.review(other["review_id"]).status == "pending"
    assert api.desk.payments_made() == 1
