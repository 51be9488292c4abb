"""Questions about one thing, put together and named."""

import re
from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
import numpy.typing as npt

from agent.ports.embeddings import Vectors
from agent.reading.plain_words import plain_words

APART = 0.6
"""Mean cosine distance from which two groups stay apart, average linkage.

Chosen on the 380 questions of data/training/questions.jsonl that one article answers, three an article, which is as
finely as questions can be told apart: the adjusted Rand index is 0.12 at 0.6 and 0.13 at its best, 0.65, but at 0.6
groups are purer (homogeneity 0.85 instead of 0.80), and one group too many does less harm than one that mixes
subjects. HDBSCAN leaves 30 to 78 % of them in no group at all; adding n-grams to the vectors made it worse.
"""

WORD = re.compile(r"[^\W\d_]{3,}")
COMMON = frozenset(
    WORD.findall(
        """
    about after all also and any anything are because been but can could customer did does doing don for from get
    give got had has have hello help her here how into its just know like may more much need not now off one our out
    please should some tell than thank thanks that the their them then there they this too use very want was way
    were what when where which who why will with without would you your como con cual del donde esta este gracias
    hola las los mas para pero por porque puedo que quiero sin sobre una aber auch auf aus bei bitte das dem den der
    des die dieser ein eine einen einer gibt habe hallo ich ist kann mein meine mich mir mit nach nicht noch oder
    sie sind und von warum was wenn wie wird zum zur avec bonjour dans des elle est être une les mais mon nous par
    pas peut plus pour quand que qui sont sur vous
    """
    )
)
"""Words that tell nothing about a subject, in the four languages of the desk."""
TELLING = 3
"""Words named for each group."""


def group(vectors: Vectors, apart: float = APART) -> npt.NDArray[np.intp]:
    """The group of each row, numbered from 0; equal rows are always together, and equal input gives equal groups."""
    if len(vectors) <= 1:
        return np.zeros(len(vectors), dtype=np.intp)
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415  slow to import, and few need it

    count = len(vectors)
    # pairs in one row, as it is wanted there: a square of 5,000 questions in several copies took 900 MB
    distances = np.empty(count * (count - 1) // 2)
    start = 0
    for row in range(count - 1):
        rest = vectors[row + 1 :] @ vectors[row]
        distances[start : start + len(rest)] = 1.0 - rest
        start += len(rest)
    merged = linkage(np.maximum(distances, 0.0, out=distances), method="average")
    groups: npt.NDArray[np.intp] = np.asarray(fcluster(merged, t=apart, criterion="distance"), dtype=np.intp) - 1
    return groups


def most_typical(vectors: Vectors) -> list[int]:
    """The rows from the one nearest to the middle to the farthest."""
    closeness = vectors @ vectors.mean(axis=0)
    return [int(place) for place in np.argsort(-closeness, kind="stable")]


def telling_words(groups: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """For each group of texts the words that stand in many of them and in few of the others."""
    within = [Counter(word for text in texts for word in _words(text)) for texts in groups]
    together: Counter[str] = sum(within, Counter())
    everything = sum(map(len, groups))
    named = []
    for counts in within:
        weights = {word: n * log((1 + everything) / together[word]) for word, n in counts.items()}
        named.append(tuple(sorted(weights, key=lambda word: (-weights[word], word))[:TELLING]))
    return named


def _words(text: str) -> set[str]:
    return set(WORD.findall(plain_words(text).lower())) - COMMON
