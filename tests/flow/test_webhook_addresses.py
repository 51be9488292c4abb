"""Addresses of webhooks often are secrets themselves: whoever knows one may post there."""

import logging
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.desks.connected import Connection, connected_desk
from tests.desks.server import AppServer
from tests.stand_ins import HandClock


def away(_request: object) -> PlainTextResponse:
    return PlainTextResponse("Maintenance", 503)


def test_the_log_names_where_webhooks_go_without_what_is_secret_in_the_address(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "agent")
    clock = HandClock()
    with AppServer(Starlette(routes=[Route("/{rest:path}", away, methods=["POST"])])) as running:
        address = f"{running.url}/services/T0SECRET/xyz?token=hidden"
        with closing(connected_desk(tmp_path / "home", Connection(hooks=(address,)), clock)) as desk:
            for _each in range(6):
                desk.chat("refund of $7 please")
            for _step in range(40):
                desk.dispatch.deliver()
                clock.advance(timedelta(minutes=60))

    # the other side runs in this process and logs as well
    ours = [record for record in caplog.records if record.name.startswith("agent.")]
    said = "\n".join(record.getMessage() for record in ours)
    assert "is away" in said
    assert "Webhook 127.0.0.1" in said
    assert [secret for secret in ("T0SECRET", "hidden") if secret in said] == []
