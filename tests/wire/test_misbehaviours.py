"""Whatever an endpoint does, the desk gets a complete result in time and an operator learns why."""

import logging
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from agent.adapters.fallback import FallbackEngine
from agent.adapters.openai.engine import OpenAIEngine
from agent.model import EngineCall
from tests.wire.compatible import KEY
from tests.wire.engines import CONNECTION, STEPS
from tests.wire.misbehaving import MISBEHAVIOURS, closed_port
from tests.wire.server import WireServer
from tests.wire.spare import (
    SPARE_ANSWER,
    SPARE_ARTICLE,
    SPARE_CLASSIFICATION,
    SPARE_HANDOVER,
    SPARE_SENTIMENT,
    SpareEngine,
)

TIMEOUT_S = 0.8
SLACK_S = 1.0
"""What a busy machine needs on top."""

EXPECTED: dict[str, object] = {
    "classify": [SPARE_CLASSIFICATION],
    "sentiment": [SPARE_SENTIMENT],
    "answer": SPARE_ANSWER,
    "hand-over": SPARE_HANDOVER,
    "article": SPARE_ARTICLE,
}


@contextmanager
def fallback_at(url: str) -> Iterator[FallbackEngine]:
    with closing(OpenAIEngine(replace(CONNECTION, base_url=url, timeout_s=TIMEOUT_S))) as engine:
        yield FallbackEngine(engine, SpareEngine())


def assert_helped_out(engine: FallbackEngine, step: str, caplog: pytest.LogCaptureFixture) -> None:
    noted: list[EngineCall] = []
    caplog.set_level(logging.INFO)

    started = time.monotonic()
    done = STEPS[step](engine, noted.append)
    took = time.monotonic() - started

    assert done == EXPECTED[step]
    assert took < TIMEOUT_S + SLACK_S
    assert [(call.step, call.engine) for call in noted] == [(step, "openai cheap/strong"), (step, "spare")]
    assert all(call.trouble for call in noted)
    told = f"{noted} {caplog.text}"
    assert KEY not in told
    assert "Zebedee" not in told
    assert "unexpected" not in told


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("misbehaviour", MISBEHAVIOURS)
def test_the_spare_does_what_the_endpoint_fails_at(
    misbehaviour: str, step: str, caplog: pytest.LogCaptureFixture
) -> None:
    with WireServer(MISBEHAVIOURS[misbehaviour]) as server, fallback_at(server.url) as engine:
        assert_helped_out(engine, step, caplog)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("address", ["closed port", "no such host", "no address"])
def test_the_spare_does_what_a_dead_endpoint_cannot(address: str, step: str, caplog: pytest.LogCaptureFixture) -> None:
    urls = {"closed port": closed_port(), "no such host": "http://nobody.invalid/v1", "no address": "nonsense"}
    with fallback_at(urls[address]) as engine:
        assert_helped_out(engine, step, caplog)
