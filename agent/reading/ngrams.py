"""Words and pieces of words as a sparse vector: sees exact wording, and typing errors, that a sentence vector blurs."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from agent.reading.plain_words import plain_words

WORD_COLUMNS = 2**15
PIECE_COLUMNS = 2**16
COLUMNS = WORD_COLUMNS + PIECE_COLUMNS
"""Hashed columns of one text: first words and pairs of words, then pieces of words."""
PIECE_LENGTHS = (3, 4)
"""Lengths of 2 and 5 as well tripled the training time and got no more held-out messages right."""

WORD = re.compile(r"\w+|[^\w\s]")

Weights = npt.NDArray[np.float32]


def learn_rarity(texts: Sequence[str]) -> Weights:
    """How much an n-gram tells: smoothed inverse document frequency per column, shape (COLUMNS,)."""
    return rarity_in(count(texts))


def rarity_in(counts: Any) -> Weights:
    """The same from rows that `count` made."""
    documents = np.bincount(counts.indices, minlength=COLUMNS)
    rarity: Weights = (np.log((1 + counts.shape[0]) / (1 + documents)) + 1).astype(np.float32)
    return rarity


def weigh(texts: Sequence[str], rarity: Weights) -> Any:
    """TF-IDF rows, CSR of shape (len(texts), COLUMNS); words and pieces are each scaled to length 1."""
    return weigh_counts(count(texts), rarity)


def weigh_counts(counted: Any, rarity: Weights) -> Any:
    """The same from rows that `count` made; they stay as they are."""
    counts = counted.copy()
    texts = counts.shape[0]
    counts.data = (1 + np.log(counts.data)) * rarity[counts.indices]
    owners = 2 * np.repeat(np.arange(texts), np.diff(counts.indptr)) + (counts.indices >= WORD_COLUMNS)
    lengths = np.sqrt(np.bincount(owners, weights=counts.data**2, minlength=2 * texts))
    counts.data = (counts.data / np.maximum(lengths, 1e-12)[owners]).astype(np.float32)
    return counts


def count(texts: Sequence[str]) -> Any:
    """How often each n-gram stands in each text, CSR of shape (len(texts), COLUMNS)."""
    counted = [Counter(_columns(plain_words(text).lower())) for text in texts]
    bounds = np.cumsum([0, *(len(counts) for counts in counted)])
    columns = np.fromiter((column for counts in counted for column in counts), dtype=np.int32, count=bounds[-1])
    times = np.fromiter((n for counts in counted for n in counts.values()), dtype=np.float32, count=bounds[-1])
    return sparse.csr_array((times, columns, bounds.astype(np.int32)), shape=(len(texts), COLUMNS))


def _columns(text: str) -> Iterator[int]:
    words = WORD.findall(text)
    for gram in (*words, *map(" ".join, pairwise(words))):
        yield zlib.crc32(gram.encode()) % WORD_COLUMNS
    for word in words:
        padded = f" {word} "
        for length in PIECE_LENGTHS:
            for start in range(max(1, len(padded) - length + 1)):
                piece = padded[start : start + length]
                yield WORD_COLUMNS + zlib.crc32(piece.encode()) % PIECE_COLUMNS
