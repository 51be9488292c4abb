"""Engines that talk to a server of the test's own."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from pydantic import SecretStr

from agent.adapters.openai.connection import Connection
from agent.adapters.openai.engine import OpenAIEngine
from agent.ports.language import LanguageEngine, Note
from tests.wire.compatible import KEY, Script, compatible
from tests.wire.server import Json, Respond, WireServer
from tests.wire.spare import ANSWER_TASK, ARTICLE_TASK, HANDOVER_TASK, MESSAGE

CONNECTION = Connection(
    api_key=SecretStr(KEY),
    cheap_model="cheap",
    strong_model="strong",
    embedding_model="embedding",
    timeout_s=5.0,
    prices={"cheap": (0.4, 1.6), "strong": (2.5, 10.0)},
)
STEPS: dict[str, Callable[[LanguageEngine, Note], object]] = {
    "classify": lambda engine, note: engine.classify([MESSAGE], note),
    "sentiment": lambda engine, note: engine.gauge_sentiment([MESSAGE], note),
    "answer": lambda engine, note: engine.answer(ANSWER_TASK, note=note),
    "hand-over": lambda engine, note: engine.hand_over(HANDOVER_TASK, note),
    "article": lambda engine, note: engine.write_article(ARTICLE_TASK, note),
}


@contextmanager
def engine_at(respond: Respond, latency_s: float = 0.0) -> Iterator[tuple[OpenAIEngine, WireServer]]:
    """An engine and the server that answers it."""
    with (
        WireServer(respond, latency_s) as server,
        closing(OpenAIEngine(replace(CONNECTION, base_url=server.url))) as engine,
    ):
        yield engine, server


@contextmanager
def engine_hearing(script: Script) -> Iterator[OpenAIEngine]:
    """An engine whose models say this."""
    with engine_at(compatible(script)) as (engine, _):
        yield engine


def saying(reply: Json | str) -> Script:
    """A model that always says the same."""
    return lambda _: reply
