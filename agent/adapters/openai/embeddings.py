"""Sentence embeddings by an OpenAI-compatible endpoint."""

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

import numpy as np
import openai
from openai.types import CreateEmbeddingResponse

from agent.adapters.openai.background import BackgroundLoop
from agent.adapters.openai.connection import Connection
from agent.adapters.openai.failures import explain, retrying
from agent.errors import ConfigurationError, EngineError
from agent.observing.model_calls import Asked, model_call
from agent.ports.embeddings import Vectors
from agent.reading.recent import RecentVectors

BATCH = 128
REMEMBERED_TEXTS = 512
MAX_CHARS = 8_000
"""What lies behind it is not read: OpenAI's models refuse more than 8191 tokens."""
BLANK = "."
"""Embedded in place of an empty text, which endpoints refuse."""


class OpenAIEmbedder:
    """Embeds in batches; each takes at most the connection's `timeout_s`. Raises EngineError where it cannot."""

    def __init__(self, connection: Connection) -> None:
        """Make the client, nothing is sent yet; raises ConfigurationError if the connection names no model."""
        if not connection.embedding_model:
            message = "The connection names no embedding model. Nothing was started; name one, or embed locally."
            raise ConfigurationError(message)
        self._model = connection.embedding_model
        self._place = urlsplit(connection.url).netloc.rpartition("@")[2]
        self._timeout_s = connection.timeout_s
        self._url = connection.url
        self._client = openai.AsyncOpenAI(
            api_key=connection.key.get_secret_value(),
            base_url=connection.url,
            timeout=connection.timeout_s,
            max_retries=0,  # our own retry stays within the time limit
        )
        self._loop = BackgroundLoop("openai embedder")
        self._recent = RecentVectors(lambda text: self._compute([text])[0], REMEMBERED_TEXTS)
        self._dimensions: int | None = None

    @property
    def fingerprint(self) -> str:
        """Endpoint, model and dimensions; asks the endpoint for a first vector if there was none yet."""
        return f"openai {self._place} {self._model} {self._known_dimensions()}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row per text, each of length 1."""
        if not texts:
            return np.zeros((0, self._known_dimensions()), dtype=np.float32)
        if len(texts) == 1:
            return self._recent.get(texts[0])[np.newaxis]
        return self._compute(texts)

    def close(self) -> None:
        """Give connections and thread back."""
        self._loop.run(self._client.close())
        self._loop.close()

    def _known_dimensions(self) -> int:
        if self._dimensions is None:
            self.embed([BLANK])
        return self._dimensions or 0

    def _compute(self, texts: Sequence[str]) -> Vectors:
        batches = [texts[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        vectors = np.concatenate([self._checked(self._loop.run(self._ask(batch)), len(batch)) for batch in batches])
        self._dimensions = vectors.shape[1]
        return vectors

    async def _ask(self, batch: Sequence[str]) -> list[Vectors]:
        asked = [text[:MAX_CHARS] if text.strip() else BLANK for text in batch]
        with model_call(Asked(operation="embeddings", model=self._model, url=self._url)) as call:
            try:
                async with asyncio.timeout(self._timeout_s):
                    reply: CreateEmbeddingResponse = await retrying()(
                        self._client.embeddings.create, input=asked, model=self._model, encoding_format="float"
                    )
                rows = sorted(reply.data, key=lambda one: one.index)
                call.used(getattr(getattr(reply, "usage", None), "prompt_tokens", None))
                return [np.array(list(row.embedding), dtype=np.float32) for row in rows]
            except Exception as error:  # noqa: BLE001  the library raises many things at a malformed reply
                # without its cause: that may quote the texts
                raise explain(error, self._model, self._timeout_s) from None

    def _checked(self, rows: Sequence[Vectors], expected: int) -> Vectors:
        """Unit vectors; raises EngineError if they are not as many or as long as expected, or no directions."""
        lengths = {len(row) for row in rows} | ({self._dimensions} if self._dimensions else set())
        if len(rows) != expected or len(lengths) != 1:
            message = f"the endpoint returned other vectors for {self._model} than were asked for"
            raise EngineError(message)
        vectors = np.stack(rows)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not (np.isfinite(norms).all() and norms.all()):
            message = f"the endpoint returned vectors without a direction for {self._model}"
            raise EngineError(message)
        unit: Vectors = vectors / norms
        return unit
