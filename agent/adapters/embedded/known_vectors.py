"""Vectors of texts that are asked for several times in a row, each computed once."""

from collections.abc import Sequence

import numpy as np

from agent.ports.embeddings import Embedder, Vectors


class KnownVectors:
    """An embedder that has computed these texts already, and asks the real one for any other."""

    def __init__(self, texts: Sequence[str], embedder: Embedder) -> None:
        """Embed the texts, equal ones once."""
        self._embedder = embedder
        unique = list(dict.fromkeys(texts))
        self._vectors = dict(zip(unique, embedder.embed(unique), strict=True))

    @property
    def fingerprint(self) -> str:
        """That of the real embedder."""
        return self._embedder.fingerprint

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text, in order."""
        if not all(text in self._vectors for text in texts):
            return self._embedder.embed(texts)
        return np.stack([self._vectors[text] for text in texts]) if texts else self._embedder.embed(texts)
