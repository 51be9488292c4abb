"""How close sections are to a question in meaning: exactly for all, or exactly for those that are proposed."""

import logging
from typing import Protocol

import faiss
import numpy as np
import numpy.typing as npt

from agent.knowledge.matching import Places, Scores
from agent.knowledge.material import Material
from agent.ports.embeddings import Vectors

EXACT_SECTIONS = 20_000
"""Up to so many sections every one is compared with the question; above, FAISS proposes some."""

PROPOSED = 400
"""Vectors that FAISS proposes: titles, wholes and snippets together."""

TRAINED_ON = 20_000
"""Vectors that the short codes are learnt from."""

logger = logging.getLogger(__name__)


class Closeness(Protocol):
    """Compares a question with sections."""

    def propose(self, wanted: Vectors, allowed: Places | None) -> Places:
        """The sections worth a close look, of those that are allowed (None: all), in order."""
        ...

    def compare(self, wanted: Vectors, places: Places) -> tuple[Scores, Scores, Scores, Places]:
        """Cosines with title, whole and best snippet of these sections, and the number of that snippet."""
        ...


class Exact:
    """Compares with every vector there is, by FAISS; nothing is ranked here, which took ten times as long."""

    def __init__(self, material: Material) -> None:
        """Take the vectors over."""
        self._sections = len(material.sections)
        self._owners = material.owners
        self._starts = np.concatenate([[0], np.cumsum(material.lengths)])[:-1]
        self._vectors = np.concatenate([material.titles, material.wholes, material.snippets])

    def propose(self, wanted: Vectors, allowed: Places | None) -> Places:
        """All that are allowed."""
        del wanted
        return np.arange(self._sections) if allowed is None else allowed

    def compare(self, wanted: Vectors, places: Places) -> tuple[Scores, Scores, Scores, Places]:
        """Cosines with title, whole and best snippet of these sections, and the number of that snippet."""
        found = faiss.pairwise_distances(wanted[np.newaxis], self._vectors, metric=faiss.METRIC_INNER_PRODUCT)
        cosines = found[0].astype(np.float64)
        titles, wholes, snippets = np.split(cosines, [self._sections, 2 * self._sections])
        best = _best_of(snippets, self._owners, self._sections)
        return titles[places], wholes[places], snippets[best[places]], best[places] - self._starts[places]


class Proposed:
    """FAISS proposes by short codes, and the vectors of what it proposes are compared in half precision.

    Measured on random vectors of 384 dimensions, the hardest case there is (recall of the true ten among the 400
    proposed, 300,000 vectors, two busy cores): product quantisation in 96 bytes 0.997 in 1.2 ms; flat 1.0 in 288 ms;
    8-bit scalars 1.0 in 28 ms. HNSW needed 656 bytes a vector and 10 ms for 0.97 at a fifth of the size, inverted lists
    found 0.75 in a look at half of them: random vectors have no neighbourhoods to lean on.
    """

    def __init__(self, material: Material) -> None:
        """Learn the codes and encode all vectors; some seconds per hundred thousand."""
        self._sections = len(material.sections)
        self._titles, self._wholes, self._snippets = (
            part.astype(np.float16) for part in (material.titles, material.wholes, material.snippets)
        )
        self._starts = np.concatenate([[0], np.cumsum(material.lengths)])
        everything = np.arange(self._sections)
        self._of_vector = np.concatenate([everything, everything, material.owners])
        self._index = short_codes([material.titles, material.wholes, material.snippets])

    def propose(self, wanted: Vectors, allowed: Places | None) -> Places:
        """The sections of the nearest vectors; where the scope is narrow, all that it allows."""
        if allowed is not None and len(allowed) <= EXACT_SECTIONS // 10:
            return allowed
        count = PROPOSED if allowed is None else min(len(self._of_vector), PROPOSED * self._sections // len(allowed))
        _, order = self._index.search(wanted[np.newaxis], count)
        places = np.unique(self._of_vector[order[0][order[0] >= 0]])
        return places if allowed is None else np.intersect1d(places, allowed)

    def compare(self, wanted: Vectors, places: Places) -> tuple[Scores, Scores, Scores, Places]:
        """Cosines with title, whole and best snippet of these sections, and the number of that snippet."""
        lengths = self._starts[places + 1] - self._starts[places]
        own = np.repeat(np.arange(len(places)), lengths)
        firsts = np.concatenate([[0], np.cumsum(lengths)])[:-1]
        rows = np.arange(lengths.sum()) - np.repeat(firsts, lengths) + np.repeat(self._starts[places], lengths)
        snippets = _cosines(self._snippets[rows], wanted)
        best = _best_of(snippets, own, len(places))
        titles, wholes = _cosines(self._titles[places], wanted), _cosines(self._wholes[places], wanted)
        return titles, wholes, snippets[best], best - firsts


def short_codes(parts: list[Vectors]) -> faiss.Index:
    """A FAISS index over all rows in order: two dimensions in four bits each, searched many at a time."""
    dimensions = parts[0].shape[1]
    index = faiss.IndexPQFastScan(dimensions, dimensions // 2, 4, faiss.METRIC_INNER_PRODUCT)
    index.pq.cp.min_points_per_centroid = 1  # no warnings on stderr; real collections have thousands
    rows = sum(len(part) for part in parts)
    step = max(1, rows // TRAINED_ON)
    index.train(np.concatenate([part[::step] for part in parts]))
    for part in parts:
        index.add(np.ascontiguousarray(part))
    return index


def _cosines(rows: npt.NDArray[np.float16], wanted: Vectors) -> Scores:
    cosines: Scores = (rows.astype(np.float32) @ wanted).astype(np.float64)
    return cosines


def _best_of(cosines: Scores, owners: Places, count: int) -> Places:
    """For each owner the number of its closest snippet, the first of equal ones; `owners` are in order, none lacks."""
    highest = np.maximum.reduceat(cosines, np.searchsorted(owners, np.arange(count)))
    rows = np.flatnonzero(cosines == highest[owners])
    _, firsts = np.unique(owners[rows], return_index=True)
    best: Places = rows[firsts]
    return best


def closeness(material: Material, exact_sections: int = EXACT_SECTIONS) -> Closeness:
    """The way of comparing that suits the size."""
    return Exact(material) if len(material.sections) <= exact_sections else Proposed(material)
