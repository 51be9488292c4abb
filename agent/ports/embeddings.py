"""Sentence embeddings."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def fingerprint(self) -> str:
        """Identifies model and files; caches made with another fingerprint are not used."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row per text, float32, shape (len(texts), dimensions), each of length 1."""
        ...
