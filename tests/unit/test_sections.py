import json
from itertools import pairwise

import numpy as np
import pytest
from tokenizers import Tokenizer

from agent.adapters.embedded.model_files import packaged_model
from agent.bootstrap import Mind
from agent.errors import ConfigurationError
from agent.knowledge.articles import read_articles
from agent.knowledge.chunks import snippets_of
from agent.knowledge.dense import PROPOSED, Exact, Proposed
from agent.knowledge.index import KnowledgeIndex, ShippedIndex, embed_articles, material_of
from agent.knowledge.material import Prepared, as_material, key_of, prepare
from agent.knowledge.sections import Cutting, Section, cut_up, document_of, whole
from agent.knowledge.tokens import count_tokens, first_tokens, last_tokens
from agent.model import Scope
from agent.settings import DATA
from tests.shelf import BagOfWords

ARTICLES = read_articles(DATA / "knowledge")
SENTENCES = [f"Sentence number {number} says something about washing wool in water." for number in range(200)]
LONG = "\n\n".join(" ".join(SENTENCES[start : start + 5]) for start in range(0, 200, 5))


def section(text: str, title: str = "Wool") -> Section:
    return Section("wool", "wool", title, text)


def test_a_short_article_is_one_section_with_its_own_id() -> None:
    (only,) = cut_up(section("Wool is washed cold.\n\nIt dries flat."))

    assert (only.section_id, only.title, only.text) == ("wool", "Wool", "Wool is washed cold.\nIt dries flat.")


def test_our_own_articles_would_all_stay_in_one_piece() -> None:
    assert all(len(cut_up(whole(article))) == 1 for article in ARTICLES)


@pytest.mark.parametrize(("tokens", "overlap"), [(512, 50), (100, 20), (64, 0), (32, 16)])
def test_a_long_article_is_cut_between_sentences_and_nothing_is_lost(tokens: int, overlap: int) -> None:
    parts = cut_up(section(LONG), Cutting(tokens=tokens, overlap=overlap))

    assert [part.section_id for part in parts[:3]] == ["wool", "wool~2", "wool~3"]
    assert {document_of(part.section_id) for part in parts} == {"wool"}
    assert all(count_tokens(part.text) <= tokens for part in parts)
    assert all(any(sentence in part.text for part in parts) for sentence in SENTENCES)
    for before, after in pairwise(parts):
        left, right = before.text.split(), after.text.split()
        shared = [size for size in range(1, 60) if left[-size:] == right[:size]]
        assert count_tokens(" ".join(right[: max(shared, default=0)])) <= overlap
        assert overlap < 20 or shared


def test_a_text_without_an_end_of_a_sentence_is_cut_between_words() -> None:
    text = " ".join(f"word{number}" for number in range(1000))

    parts = cut_up(section(text), Cutting(tokens=64, overlap=8))

    assert all(count_tokens(part.text) <= 64 for part in parts)
    assert set(text.split()) == {word for part in parts for word in part.text.split()}


def test_headings_lead_in_what_stands_under_them_and_name_later_sections() -> None:
    text = f"# Care\n\n{SENTENCES[0]}\n\n## Drying\n\n" + " ".join(SENTENCES[1:20])

    first, *rest = cut_up(section(text), Cutting(tokens=64, overlap=0))

    assert first.text.startswith(f"Care: {SENTENCES[0]}\nDrying: ")
    assert {part.title for part in rest} == {"Wool: Drying"}


def test_marks_of_markdown_are_not_read_out() -> None:
    text = (
        "**Wash** [cold](http://x) with `soap`.\n\n| Kind | Heat |\n|---|---|\n| Wool | 30 |\n\n---\n\n"
        "1. Fill the *basin*.\n2. Wait.\n\n<div>2 < 3</div> <!-- no -->"
    )

    (only,) = cut_up(section(text))

    assert only.text.splitlines() == [
        "Wash cold with soap.",
        "Kind; Heat",
        "Wool; 30",
        "1. Fill the basin.",
        "2. Wait.",
        "2 < 3",
    ]


def test_a_text_of_nothing_but_headings_is_found_by_them() -> None:
    (only,) = cut_up(section("# Washing\n\n## Drying"))

    assert only.text == "Washing\nDrying"
    assert cut_up(section("<!-- nothing -->")) == []


@pytest.mark.parametrize(("tokens", "overlap"), [(0, 0), (31, 0), (512, 300), (512, -1), (10_000, 0)])
def test_lengths_that_make_no_sense_are_refused(tokens: int, overlap: int) -> None:
    with pytest.raises(ConfigurationError, match="nothing was changed"):
        Cutting(tokens=tokens, overlap=overlap).checked()


def test_tokens_are_counted_as_the_embedder_does_but_for_a_tenth() -> None:
    tokenizer = Tokenizer.from_file(str(packaged_model().tokenizer))
    tokenizer.no_truncation()
    shares = [count_tokens(one.text) / (len(tokenizer.encode(one.text).ids) - 2) for one in ARTICLES]

    assert min(shares) > 0.9
    assert max(shares) < 1.1


def test_the_first_and_the_last_tokens_are_whole_words() -> None:
    assert first_tokens("one two three", 2) == "one two"
    assert first_tokens("incomprehensibilities", 1) == "incomprehensibilities"
    assert last_tokens("one two three", 2) == "two three"
    assert last_tokens("incomprehensibilities", 1) == ""


def test_a_whole_section_has_the_mean_of_its_windows() -> None:
    embedder = BagOfWords()
    long = section(" ".join(SENTENCES[:40]))

    (made,) = prepare([long], embedder)

    windows = [long.title, *snippets_of(long)]
    mean = sum(len(one) * embedder.embed([one])[0] for one in windows)
    assert len(windows) > 5
    assert np.allclose(made.vectors[1], mean / np.linalg.norm(mean))


def test_a_section_is_prepared_again_when_any_of_its_words_change() -> None:
    keys = {key_of(one) for one in (section("a"), section("b"), section("a", title="Silk"))}

    assert len(keys) == 3
    assert key_of(section("a")) in keys


def questions(count: int) -> list[str]:
    lines = (DATA / "training" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines[:count]]


def test_a_look_at_what_is_proposed_finds_what_a_look_at_everything_finds(mind: Mind) -> None:
    everything = mind.knowledge
    assert isinstance(everything, ShippedIndex)
    proposed = KnowledgeIndex(everything.material, everything.embedder, everything.relevance, exact_sections=10)

    for question in questions(40):
        exact, quick = everything.search(question, 5), proposed.search(question, 5)
        assert [hit.relevance for hit in quick] == pytest.approx([hit.relevance for hit in exact], abs=1e-3)
        swapped = [one.relevance for one, other in zip(exact, quick, strict=True) if one.article_id != other.article_id]
        assert swapped == [] or max(swapped) - min(swapped) < 1e-3  # ties, at half precision


def test_proposals_are_few_and_hold_the_nearest() -> None:
    generator = np.random.default_rng(7)
    vectors = generator.normal(size=(6_000, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    sections = [Section(f"s{number}", f"s{number}", "t", "x") for number in range(2_000)]
    counts = prepare(sections[:1], BagOfWords())[0]
    made = [Prepared(vectors[3 * row : 3 * row + 3], counts.columns, counts.times) for row in range(2_000)]
    material = as_material(sections, made, 64)
    exact, quick = Exact(material), Proposed(material)
    everywhere = np.arange(2_000)
    found = []
    for wanted in vectors[1::600]:
        titles, wholes, best, chunks = exact.compare(wanted, everywhere)
        places = quick.propose(wanted, None)
        some = quick.compare(wanted, places)
        assert len(places) <= PROPOSED
        assert np.allclose(some[1], wholes[places], atol=2e-3)
        assert np.allclose(some[0], titles[places], atol=2e-3)
        assert np.allclose(some[2], best[places], atol=2e-3)
        assert np.array_equal(some[3], chunks[places])
        found.append(len(set(np.argsort(-wholes)[:10].tolist()) & set(places.tolist())) / 10)
    assert np.mean(found) > 0.95


def test_a_scope_holds_however_sections_are_found() -> None:
    embedder = BagOfWords()
    material = material_of(ARTICLES, embed_articles(ARTICLES, embedder))
    for exact_sections in (10, 20_000):
        index = KnowledgeIndex(material, embedder, exact_sections=exact_sections)
        hits = index.search("how do I get an invoice", 20, scope=Scope(areas=("billing",)))
        areas = {article.article_id: article.category for article in ARTICLES}
        assert hits
        assert {areas[hit.article_id] for hit in hits} == {"billing"}
