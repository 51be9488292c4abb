"""Whatever sends webhooks keeps these promises."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from agent.adapters.builtin.clock import SystemClock
from agent.adapters.webhooks.sender import StandardWebhooks
from agent.errors import ConfigurationError, DeliveryError
from agent.ports.webhooks import WebhookSender
from tests.desks.receiver import SECRET, Receiver
from tests.desks.server import AppServer, Whim

BODY = '{"type":"review.created","note":"Grüße"}'


@dataclass
class Line:
    sender: WebhookSender
    receiver: Receiver
    url: str


@pytest.fixture
def line() -> Iterator[Line]:
    receiver = Receiver()
    with AppServer(receiver.app) as running, closing(StandardWebhooks(SecretStr(SECRET), SystemClock(), 0.4)) as sender:
        yield Line(sender, receiver, f"{running.url}/hook")


def test_what_arrives_is_signed_so_that_the_specifications_own_library_takes_it(line: Line) -> None:
    line.sender.send(line.url, "msg_1", BODY)

    assert line.receiver.messages == {"msg_1": {"type": "review.created", "note": "Grüße"}}


def test_a_repeat_has_the_same_id(line: Line) -> None:
    for _time in range(2):
        line.sender.send(line.url, "msg_1", BODY)

    assert len(line.receiver.messages) == 1


@pytest.mark.parametrize("whim", ["fails", "away", "late", "drops", "accepts, then silent"])
def test_what_was_not_confirmed_may_be_sent_again(line: Line, whim: Whim) -> None:
    line.receiver.behaviour.mood = lambda _request: whim

    with pytest.raises(DeliveryError) as caught:
        line.sender.send(line.url, "msg_1", BODY)

    assert caught.value.again


@pytest.mark.parametrize(("status", "again"), [(400, True), (401, True), (404, True), (301, True), (410, False)])
def test_only_gone_is_final(line: Line, status: int, again: bool) -> None:  # noqa: FBT001  a parameter of the test
    line.receiver.status = status

    with pytest.raises(DeliveryError) as caught:
        line.sender.send(line.url, "msg_1", BODY)

    assert (caught.value.again, caught.value.refused) == (again, False)


def test_how_long_it_wants_to_be_left_alone_is_heard(line: Line) -> None:
    line.receiver.behaviour.mood = lambda _request: "busy"
    line.receiver.behaviour.retry_after = "30"

    with pytest.raises(DeliveryError) as caught:
        line.sender.send(line.url, "msg_1", BODY)

    assert caught.value.rest_s == 30


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "not base64 at all", "whsec_é" + "c2VjcmV0" * 6])
def test_a_secret_that_cannot_sign_is_refused(secret: str) -> None:
    with pytest.raises(ConfigurationError, match="TRIAGE_WEBHOOK_SECRET"):
        StandardWebhooks(SecretStr(secret), SystemClock())
