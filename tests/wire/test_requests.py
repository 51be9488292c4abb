"""How the engine asks an endpoint: in a way that it understands, once more at most, and with every token counted."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest
from pydantic import SecretStr

from agent.adapters.openai.engine import OpenAIEngine
from agent.errors import EngineError
from agent.model import EngineCall
from agent.ports.language import unnoted
from tests.wire.compatible import (
    ANSWER,
    ARTICLE,
    HANDOVER,
    KEY,
    METHODS,
    MOOD,
    READING,
    chunk,
    compatible,
    error,
    method_of,
    polite,
    tokens,
)
from tests.wire.engines import CONNECTION, STEPS, engine_at, engine_hearing, saying
from tests.wire.misbehaving import MISBEHAVIOURS
from tests.wire.server import Exchange, Json, WireServer
from tests.wire.spare import ANSWER_TASK, HANDOVER_TASK, MESSAGE


def test_making_an_engine_asks_nothing() -> None:
    with engine_at(compatible()) as (engine, server):
        assert engine.name == "openai cheap/strong"
        assert engine.speaks("ja")
        assert server.requests == []


def test_the_key_is_not_shown() -> None:
    assert KEY not in f"{CONNECTION!r} {CONNECTION}"


@pytest.mark.parametrize("method", METHODS)
def test_forms_are_filled_in_by_whatever_way_the_endpoint_knows(method: str) -> None:
    with engine_at(compatible(methods=[method])) as (engine, server):
        (first,) = engine.classify([MESSAGE])
        asked = len(server.requests)
        (second,) = engine.classify([MESSAGE])

        assert first == second
        assert (first.intent, first.confidence) == ("refund", 0.8)
        assert asked == METHODS.index(method) + 1
        assert [method_of(body) for body in server.requests[asked:]] == [method]


def test_an_endpoint_that_ignores_the_schema_is_asked_in_another_way() -> None:
    def talkative(body: Json) -> Json | str:
        return polite(body) if method_of(body) == "function_calling" else "I think it is a refund."

    with engine_at(compatible(talkative)) as (engine, server):
        assert engine.gauge_sentiment([MESSAGE])[0].label == "negative"
        assert [method_of(body) for body in server.requests] == ["json_schema", "function_calling"]


def thinker(exchange: Exchange) -> None:
    if "temperature" in exchange.body:
        error(exchange, 400, "Unsupported value", param="temperature")
    else:
        compatible()(exchange)


def test_a_model_that_thinks_is_asked_without_temperature() -> None:
    with engine_at(thinker) as (engine, server):
        engine.classify([MESSAGE])
        engine.classify([MESSAGE])

        assert ["temperature" in body for body in server.requests] == [True, False, False]


def test_threads_that_learn_this_at_the_same_time_ask_in_no_other_way() -> None:
    with engine_at(thinker, latency_s=0.1) as (engine, server), ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: engine.classify([MESSAGE]), range(4)))

        assert {method_of(body) for body in server.requests} == {"json_schema"}


def test_understanding_is_asked_of_the_cheap_model_and_as_repeatable_as_it_can_be() -> None:
    with engine_at(compatible()) as (engine, server):
        engine.classify([MESSAGE])
        engine.gauge_sentiment([MESSAGE])
        engine.hand_over(HANDOVER_TASK)

        assert [(body["model"], body.get("temperature")) for body in server.requests] == [
            ("cheap", 0.0),
            ("cheap", 0.0),
            ("strong", None),
        ]


def test_two_steps_at_once_do_not_queue_behind_each_other() -> None:
    with engine_at(compatible(), latency_s=0.3) as (engine, server), ThreadPoolExecutor(2) as pool:
        started = time.monotonic()
        classified = pool.submit(engine.classify, [MESSAGE])
        gauged = pool.submit(engine.gauge_sentiment, [MESSAGE])
        classified.result()
        gauged.result()
        took = time.monotonic() - started

        assert len(server.requests) == 2
        assert took < 0.55


@pytest.mark.parametrize(
    ("step", "model", "reply", "prices"),
    [
        ("classify", "cheap", READING, (0.4, 1.6)),
        ("sentiment", "cheap", MOOD, (0.4, 1.6)),
        ("answer", "strong", ANSWER, (2.5, 10.0)),
        ("hand-over", "strong", HANDOVER, (2.5, 10.0)),
        ("article", "strong", ARTICLE, (2.5, 10.0)),
    ],
)
def test_tokens_and_cost_are_what_the_endpoint_reported(
    step: str, model: str, reply: Json | str, prices: tuple[float, float]
) -> None:
    noted: list[EngineCall] = []
    with engine_at(compatible(), latency_s=0.05) as (engine, server):
        STEPS[step](engine, noted.append)
        asked, said = tokens(server.requests[0], reply)

    (call,) = noted
    assert (call.step, call.engine, call.model, call.trouble) == (step, "openai cheap/strong", model, "")
    assert (call.input_tokens, call.output_tokens) == (asked, said)
    assert call.cost_usd == pytest.approx((asked * prices[0] + said * prices[1]) / 1_000_000, abs=1e-12)
    assert call.ms >= 50


def test_every_text_is_noted() -> None:
    noted: list[EngineCall] = []
    with engine_hearing(polite) as engine:
        engine.classify([MESSAGE] * 3, noted.append)

    assert [call.step for call in noted] == ["classify"] * 3


def test_tokens_of_a_failure_are_noted_with_every_way_that_was_tried() -> None:
    noted: list[EngineCall] = []
    wrong = READING | {"intent": "rage"}
    with engine_at(compatible(saying(wrong))) as (engine, server):
        with pytest.raises(EngineError):
            engine.classify([MESSAGE], noted.append)
        spent = [tokens(body, wrong) for body in server.requests]

    assert noted[0].trouble
    assert noted[0].input_tokens == sum(asked for asked, _ in spent)
    assert noted[0].output_tokens == sum(said for _, said in spent)


def test_without_a_price_the_cost_is_not_known() -> None:
    noted: list[EngineCall] = []
    with (
        WireServer(compatible()) as server,
        closing(OpenAIEngine(replace(CONNECTION, base_url=server.url, prices={}))) as engine,
    ):
        engine.classify([MESSAGE], noted.append)

    assert noted[0].cost_usd is None


def test_where_tokens_are_not_reported_the_cost_is_not_known() -> None:
    def silent_on_tokens(exchange: Exchange) -> None:
        exchange.begin_stream()
        exchange.event(chunk(exchange.body, {"content": ANSWER}, "stop"))

    noted: list[EngineCall] = []
    with engine_at(silent_on_tokens) as (engine, _):
        engine.answer(ANSWER_TASK, note=noted.append)

    assert noted[0].cost_usd is None


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_failure_is_tried_again_once(status: int, step: str) -> None:
    failures = iter([status])

    def recovers(exchange: Exchange) -> None:
        failure = next(failures, None)
        if failure is None:
            compatible()(exchange)
        else:
            error(exchange, failure, "Not now", headers={"Retry-After": "0.1"})

    with engine_at(recovers) as (engine, server):
        STEPS[step](engine, unnoted)

        assert len(server.requests) == 2


@pytest.mark.parametrize(("wait", "requests"), [("3", 1), ("Wed, 21 Oct 2037 07:28:00 GMT", 1), ("0", 2)])
def test_an_endpoint_that_asks_for_a_long_wait_is_not_waited_for(wait: str, requests: int) -> None:
    def busy(exchange: Exchange) -> None:
        error(exchange, 429, "Not now", headers={"Retry-After": wait})

    with engine_at(busy) as (engine, server):
        with pytest.raises(EngineError, match="429"):
            engine.classify([MESSAGE])

        assert len(server.requests) == requests


@pytest.mark.parametrize(("key", "model"), [("sk-wrong", "cheap"), (KEY, "no-such-model")])
def test_what_no_other_way_of_asking_can_mend_fails_at_once(key: str, model: str) -> None:
    with WireServer(compatible()) as server:
        connection = replace(CONNECTION, base_url=server.url, api_key=SecretStr(key), cheap_model=model)
        with closing(OpenAIEngine(connection)) as engine, pytest.raises(EngineError, match=r"40[14]"):
            engine.classify([MESSAGE])

        assert len(server.requests) == 1


def test_after_a_failure_no_further_text_is_asked() -> None:
    def broken(exchange: Exchange) -> None:
        error(exchange, 401, "No")

    noted: list[EngineCall] = []
    with engine_at(broken) as (engine, server):
        with pytest.raises(EngineError):
            engine.classify([MESSAGE] * 100, noted.append)

        assert len(server.requests) <= 16
        assert all(call.trouble for call in noted)


def test_a_reply_that_does_not_end_is_cut_off_before_the_time_limit() -> None:
    with engine_at(MISBEHAVIOURS["runs on"]) as (engine, _):
        started = time.monotonic()
        with pytest.raises(EngineError, match="does not come to an end"):
            engine.answer(ANSWER_TASK)

        assert time.monotonic() - started < CONNECTION.timeout_s / 2
