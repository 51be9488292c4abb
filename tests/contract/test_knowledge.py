"""Whatever finds articles keeps these promises."""

import json
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from agent.adapters.fallback_knowledge import FallbackKnowledge
from agent.bootstrap import Mind, open_backoffice
from agent.desk import Desk
from agent.errors import ConfigurationError, EngineError
from agent.knowledge.articles import read_article, read_articles
from agent.knowledge.chunks import SNIPPET_CHARS, cut
from agent.knowledge.index import KnowledgeIndex, open_knowledge
from agent.knowledge.sections import whole
from agent.ports.embeddings import Vectors
from agent.settings import DATA
from tests.shelf import LEAD, BagOfWords, shipped_index
from tests.stand_ins import KeywordEngine, settings_for

HEAD = "---\nid: {id}\ntitle: {title}\ntopic: general\ncategory: product\nupdated: 2026-10-05\ntags: one, two\n---\n"

ARTICLES = {
    "delivery": ("How long does delivery take?", "Standard delivery takes three days. Express delivery takes one day."),
    "returns": ("Can I return goods?", "Goods can be returned within thirty days. Keep the wrapping."),
    "payment": ("Which cards are taken?", "Visa and Mastercard are taken. Cash is not."),
}


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, (title, text) in ARTICLES.items():
        (folder / f"{name}.md").write_text(HEAD.format(id=name, title=title) + text, encoding="utf-8")
    questions = [{"text": title, "gold_ids": [name]} for name, (title, _) in ARTICLES.items()]
    questions.append({"text": "who won the cup", "gold_ids": []})
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    (tmp_path / "cache").mkdir()
    return tmp_path


def opened(shelf: Path, embedder: BagOfWords) -> KnowledgeIndex:
    return open_knowledge(
        articles_dir=shelf / "articles",
        questions_file=shelf / "questions.jsonl",
        cache_dir=shelf / "cache",
        embedder=embedder,
    )


def test_the_article_that_answers_comes_first(shelf: Path) -> None:
    hits = opened(shelf, BagOfWords()).search("how long does delivery take", 3)

    assert hits[0].article_id == "delivery"
    assert len({hit.article_id for hit in hits}) == 3
    assert all(0 <= hit.relevance <= 1 for hit in hits)


def test_no_more_hits_than_asked_for(shelf: Path) -> None:
    assert len(opened(shelf, BagOfWords()).search("cards", 1)) == 1


def test_a_second_start_reads_the_cache_and_finds_the_same(shelf: Path) -> None:
    first = opened(shelf, BagOfWords()).search("return goods", 3)
    again = BagOfWords()

    second = opened(shelf, again).search("return goods", 3)

    assert second == first
    assert again.calls == 1


@pytest.mark.parametrize("name", ["articles.faiss", "relevance.json", "manifest.json"])
@pytest.mark.parametrize("damage", [b"", b"\x00" * 50, b"IxFI random bytes"])
def test_a_damaged_index_is_built_again(shelf: Path, name: str, damage: bytes) -> None:
    whole = opened(shelf, BagOfWords()).search("return goods", 3)
    (file,) = (shelf / "cache").glob(f"*/{name}")
    file.write_bytes(damage)

    assert opened(shelf, BagOfWords()).search("return goods", 3) == whole


def test_a_changed_article_is_found_with_its_new_text(shelf: Path) -> None:
    opened(shelf, BagOfWords())
    (shelf / "articles" / "payment.md").write_text(
        HEAD.format(id="payment", title="Which cards are taken?") + "Only gift cards are taken.", encoding="utf-8"
    )

    (hit,) = opened(shelf, BagOfWords()).search("which cards are taken", 1)

    assert hit.text == "Only gift cards are taken."


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("no head", "line 1"),
        ("---\nid: x\n", "does not end"),
        ("---\nid: x\n---\ntext", "lacks title"),
        (HEAD.format(id="other", title="T") + "text", "must be the file's name"),
        (HEAD.format(id="x", title="T"), "no text"),
        (HEAD.format(id="x", title="T").replace("2026-10-05", "soon") + "text", "not like 2026-10-05"),
        (HEAD.format(id="x", title="T").replace("product", "stuff") + "text", "none of billing"),
        ("---\nid x\n---\ntext", "without a colon"),
    ],
)
def test_a_broken_article_is_named_with_its_line(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "x.md"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(ConfigurationError, match=complaint) as caught:
        read_article(file)

    assert str(file) in str(caught.value)


def test_an_article_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"---\nid: \xff")

    with pytest.raises(ConfigurationError, match="UTF-8"):
        read_articles(tmp_path)


def test_an_empty_shelf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="put at least one"):
        read_articles(tmp_path)


def test_a_question_about_an_article_that_is_gone_is_named(shelf: Path) -> None:
    (shelf / "questions.jsonl").write_text('{"text": "t", "gold_ids": ["gone"]}', encoding="utf-8")

    with pytest.raises(ConfigurationError, match="line 1"):
        opened(shelf, BagOfWords())


def test_every_snippet_of_our_own_articles_is_short_and_nothing_is_lost() -> None:
    for article in read_articles(DATA / "knowledge"):
        snippets = cut(whole(article))

        assert all(0 < len(snippet.text) <= SNIPPET_CHARS for snippet in snippets)
        assert "".join("".join(one.text for one in snippets).split()) == "".join(article.text.split())


class Away(BagOfWords):
    """An embedder behind an endpoint that can be away."""

    fingerprint = "remote words 1"
    away = False

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self.away:
            message = "the endpoint cannot be reached"
            raise EngineError(message)
        return super().embed(texts)


def test_articles_come_in_although_the_endpoint_is_away_and_it_follows_later(tmp_path: Path) -> None:
    remote, words = Away(), BagOfWords()
    both = FallbackKnowledge(shipped_index(remote), shipped_index(words))
    mind = Mind(embedder=words, language=KeywordEngine(), knowledge=both)
    settings = settings_for(tmp_path / "home")
    with closing(Desk(open_backoffice(settings, mind), settings)) as desk:
        remote.away = True
        report = desk.library.ingest_files([("lamp.md", b"# Lava lamps\n\nLava lamps are repaired.")], LEAD)
        meanwhile = desk.library.search("lava lamps repaired", limit=1)
        remote.away = False
        words.calls = 0
    with closing(Desk(open_backoffice(settings, mind), settings)) as desk:
        afterwards = desk.library.search("lava lamps repaired", limit=1)

    assert report.added == 1
    assert [hit.article_id for hit in (*meanwhile, *afterwards)] == ["lamp", "lamp"]
    assert words.calls == 0
