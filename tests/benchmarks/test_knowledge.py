"""Figures of the knowledge base; `ARTICLES` and `CHUNKS` say how large."""

import random
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import faiss
import numpy as np
import pytest

from agent.bootstrap import Mind, open_backoffice
from agent.desk import Desk
from agent.knowledge.articles import read_articles
from agent.knowledge.dense import PROPOSED, short_codes
from agent.ports.embeddings import Vectors
from agent.settings import DATA
from tests.benchmarks.figures import milliseconds, percentiles, show
from tests.shelf import LEAD
from tests.stand_ins import KeywordEngine, settings_for

pytestmark = pytest.mark.benchmark

ARTICLES = 10_000
CHUNKS = 1_000_000
DIMENSIONS = 384
QUESTIONS = 200
NEAREST = 10


@pytest.fixture
def real_desk(mind: Mind, tmp_path: Path) -> Iterator[Desk]:
    """The real embedder and index; the language engine does not matter here."""
    settings = settings_for(tmp_path / "home")
    plain = Mind(embedder=mind.embedder, language=KeywordEngine(), knowledge=mind.knowledge)
    with closing(Desk(open_backoffice(settings, plain), settings)) as desk:
        yield desk


def written(folder: Path, count: int) -> Path:
    """So many articles of about 150 words, made of the paragraphs of our own."""
    choose = random.Random(7)  # noqa: S311  the same articles each time
    sentences = [line for one in read_articles(DATA / "knowledge") for line in one.text.splitlines() if line.strip()]
    folder.mkdir()
    for number in range(count):
        text = "\n\n".join(choose.sample(sentences, 4))
        (folder / f"article-{number}.md").write_text(f"# Article {number}: {choose.choice(sentences)[:60]}\n\n{text}")
    return folder


def test_ten_thousand_articles_come_in(real_desk: Desk, tmp_path: Path) -> None:
    folder = written(tmp_path / "docs", ARTICLES)
    questions = [one.title for one in read_articles(DATA / "knowledge")]
    alone = [milliseconds(partial(real_desk.library.search, one)) for one in questions]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    meanwhile: list[float] = []
    reports = []
    at_it = threading.Thread(target=lambda: reports.append(real_desk.library.ingest_folder(folder, LEAD)))

    at_it.start()
    while at_it.is_alive():
        for one in questions:
            meanwhile.append(milliseconds(partial(real_desk.library.search, f"{one} {len(meanwhile)}")))
            time.sleep(0.05)
    at_it.join()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    after = [milliseconds(partial(real_desk.library.search, f"{one} now")) for one in questions]
    again = milliseconds(lambda: reports.append(real_desk.library.ingest_folder(folder, LEAD)))

    report, unchanged = reports
    show(f"{ARTICLES} articles", f"{report.seconds:.0f} s, {report.sections} sections, again unchanged {again:,.0f} ms")
    show("  memory of the process at most", f"{peak / 1024:.0f} MB, before {before / 1024:.0f} MB")
    for what, sample in (("alone", alone), ("meanwhile", meanwhile), ("afterwards", after)):
        p50, p95 = percentiles(sample)
        show(f"  a search {what}", f"p50 {p50:.1f} p95 {p95:.1f} ms of {len(sample)}")
    assert report.added == unchanged.unchanged == ARTICLES


def random_units(count: int, seed: int) -> Vectors:
    """Directions without any neighbourhood: nothing is harder to search."""
    generator = np.random.default_rng(seed)
    vectors = generator.standard_normal((count, DIMENSIONS), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def test_a_million_chunks(mind: Mind) -> None:
    del mind
    chunks, questions = random_units(CHUNKS, 1), random_units(QUESTIONS, 2)
    flat = faiss.IndexFlatIP(DIMENSIONS)
    flat.add(chunks)
    begun = time.perf_counter()
    codes = short_codes([chunks])
    built = time.perf_counter() - begun
    exact: list[float] = []
    quick: list[float] = []
    found = []

    for question in questions:
        result: dict[str, set[int]] = {}

        def search_all(one: Vectors = question, into: dict[str, set[int]] = result) -> None:
            into["exact"] = set(flat.search(one[np.newaxis], NEAREST)[1][0].tolist())

        def search_codes(one: Vectors = question, into: dict[str, set[int]] = result) -> None:
            places = codes.search(one[np.newaxis], PROPOSED)[1][0]
            scores = chunks[places] @ one
            into["quick"] = set(places[np.argsort(-scores)[:NEAREST]].tolist())

        exact.append(milliseconds(search_all))
        quick.append(milliseconds(search_codes))
        found.append(len(result["exact"] & result["quick"]) / NEAREST)

    (flat_p50, flat_p95), (p50, p95) = percentiles(exact), percentiles(quick)
    size = faiss.serialize_index(codes).nbytes / CHUNKS
    show(
        f"FAISS, {CHUNKS} random chunks",
        f"p50 {p50:.2f} p95 {p95:.2f} ms, built in {built:.0f} s, {size:.0f} bytes each",
    )
    show(
        "  flat and exact in the same run",
        f"p50 {flat_p50:.1f} p95 {flat_p95:.1f} ms, {flat_p95 / p95:.0f} times as long",
    )
    show(f"  recall@{NEAREST} of the exact ones", f"{np.mean(found):.3f}")
    assert np.mean(found) > 0.9
