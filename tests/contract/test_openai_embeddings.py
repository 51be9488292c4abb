"""Embeddings by an OpenAI-compatible endpoint keep the promises of every embedder."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace

import numpy as np
import pytest
from pydantic import SecretStr

from agent.adapters.openai.embeddings import OpenAIEmbedder
from agent.errors import ConfigurationError, EngineError
from tests.wire.compatible import DIMENSIONS, KEY, compatible, embeddings, error, vector
from tests.wire.engines import CONNECTION
from tests.wire.misbehaving import MISBEHAVIOURS, closed_port
from tests.wire.server import Exchange, Json, Respond, WireServer

MESSAGE = "Zebedee's kettle"


@contextmanager
def embedder_at(respond: Respond, timeout_s: float = 5.0) -> Iterator[tuple[OpenAIEmbedder, WireServer]]:
    with WireServer(respond) as server:
        connection = replace(CONNECTION, base_url=server.url, timeout_s=timeout_s)
        with closing(OpenAIEmbedder(connection)) as embedder:
            yield embedder, server


def test_making_an_embedder_asks_nothing() -> None:
    with embedder_at(compatible()) as (_, server):
        assert server.requests == []


def test_every_text_becomes_a_unit_vector() -> None:
    texts = ["a parcel", "", "  ", "x" * 20_000, "😀"]
    with embedder_at(compatible()) as (embedder, server):
        vectors = embedder.embed(texts)

        assert vectors.dtype == np.float32
        assert vectors.shape == (5, DIMENSIONS)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
        assert all(0 < len(asked.strip()) <= 8_000 for asked in server.requests[0]["input"])


def test_rows_follow_the_texts_in_whatever_order_the_endpoint_answers() -> None:
    with embedder_at(compatible()) as (embedder, _):
        (row,) = embedder.embed(["first", "second", "third"])[1:2]

    expected = np.array(vector("second"))
    assert np.allclose(row, expected / np.linalg.norm(expected), atol=1e-6)


def test_no_texts_are_no_vectors() -> None:
    with embedder_at(compatible()) as (embedder, _):
        assert embedder.embed([]).shape == (0, DIMENSIONS)


def test_many_texts_are_sent_in_batches() -> None:
    texts = [f"text {number}" for number in range(300)]
    with embedder_at(compatible()) as (embedder, server):
        vectors = embedder.embed(texts)

        assert [len(body["input"]) for body in server.requests] == [128, 128, 44]
        assert np.allclose(vectors[299], embedder.embed(["text 299"])[0], atol=1e-6)


def test_a_recent_text_is_not_asked_again() -> None:
    with embedder_at(compatible()) as (embedder, server):
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda _: embedder.embed(["where is my parcel"]), range(20)))

        assert len(server.requests) == 1
        assert all(np.array_equal(one, together[0]) for one in together)


def test_the_fingerprint_names_endpoint_model_and_dimensions_but_no_password() -> None:
    with WireServer(lambda exchange: exchange.send(embeddings(exchange.body))) as server:
        url = server.url.replace("http://", "http://user:secret@")
        with closing(OpenAIEmbedder(replace(CONNECTION, base_url=url))) as embedder:
            fingerprint = embedder.fingerprint

        assert fingerprint == f"openai {server.url.split('/')[2]} embedding {DIMENSIONS}"


def test_without_a_model_nothing_is_started() -> None:
    with pytest.raises(ConfigurationError, match="Nothing was started"):
        OpenAIEmbedder(replace(CONNECTION, embedding_model=None))


def altered(change: Json) -> Respond:
    """Embeddings of which the first one given is changed."""

    def respond(exchange: Exchange) -> None:
        document = embeddings(exchange.body)
        document["data"][0] |= change
        exchange.send(document)

    return respond


@pytest.mark.parametrize("wrong", [[0.0] * DIMENSIONS, [1.0], [float("nan")] * DIMENSIONS, [], None])
def test_vectors_that_are_none_are_not_passed_on(wrong: object) -> None:
    with embedder_at(altered({"embedding": wrong})) as (embedder, _), pytest.raises(EngineError):
        embedder.embed(["a", "b"])


def test_a_model_that_changes_its_dimensions_is_noticed() -> None:
    with embedder_at(compatible()) as (embedder, server):
        embedder.embed(["a"])
        server.respond_from_now(altered({"embedding": [1.0, 2.0]}))

        with pytest.raises(EngineError, match="other vectors"):
            embedder.embed(["b"])


def test_a_passing_failure_is_tried_again_once() -> None:
    statuses = iter([503])

    def recovers(exchange: Exchange) -> None:
        status = next(statuses, None)
        if status is None:
            compatible()(exchange)
        else:
            error(exchange, status, "Not now")

    with embedder_at(recovers) as (embedder, server):
        assert embedder.embed(["a"]).shape == (1, DIMENSIONS)
        assert len(server.requests) == 2


@pytest.mark.parametrize("misbehaviour", sorted(MISBEHAVIOURS.keys() - {"calls no tool"}))
def test_whatever_an_endpoint_does_the_error_comes_in_time_and_tells_no_secret(misbehaviour: str) -> None:
    def respond(exchange: Exchange) -> None:
        exchange.body["messages"] = [{"content": MESSAGE}]  # what the others look for
        MISBEHAVIOURS[misbehaviour](exchange)

    with embedder_at(respond, timeout_s=0.5) as (embedder, _):
        started = time.monotonic()
        with pytest.raises(EngineError) as failure:
            embedder.embed([MESSAGE])

    assert time.monotonic() - started < 1.5
    assert KEY not in str(failure.value)
    assert "Zebedee" not in str(failure.value)


def test_a_failure_is_not_remembered() -> None:
    with embedder_at(MISBEHAVIOURS["unknown model"]) as (embedder, server):
        with pytest.raises(EngineError, match="404"):
            embedder.embed(["a"])
        server.respond_from_now(compatible())

        assert embedder.embed(["a"]).shape == (1, DIMENSIONS)


def test_a_closed_port_is_an_error() -> None:
    connection = replace(CONNECTION, base_url=closed_port(), api_key=SecretStr(""))
    with closing(OpenAIEmbedder(connection)) as embedder, pytest.raises(EngineError, match="cannot be reached"):
        _ = embedder.fingerprint
