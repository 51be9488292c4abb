"""A small deterministic engine and knowledge base, for tests whose subject is the desk and not the language."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from agent.backoffice import Backoffice
from agent.bootstrap import Mind, World, open_backoffice
from agent.desk import Desk
from agent.model import (
    Answer,
    ArticleDraft,
    Category,
    CitedSentence,
    Classification,
    Handover,
    Hit,
    Identity,
    Intent,
    Money,
    OrderAction,
    Scope,
    Sentiment,
    Topic,
)
from agent.ports.embeddings import Vectors
from agent.ports.language import AnswerTask, ArticleTask, HandoverTask, Note, Say, unnoted, unsaid
from agent.reading.entities import find_entities
from agent.settings import Settings
from agent.workers import RECOVER_S
from tests.dynamodb import checkpoints_for
from tests.postgres import KEY, copy_place, place_for

REVIEWER = Identity(subject="robin", role="reviewer", source="command-line")
OTHER_REVIEWER = Identity(subject="sam", role="lead", source="command-line")

REFUND_MESSAGE = "refund of $240 for order LF-10482"

KEYWORDS: dict[str, Intent] = {
    "refund": "refund",
    "order": "order",
    "broken": "issue",
    "how": "faq",
    "what": "faq",
}


ACTIONS: dict[str, OrderAction] = {
    "cancel": "cancel",
    "address": "address",
    "size": "item",
    "deliver": "delivery",
    "buy": "place",
}

LANGUAGES = {"es": "es", "de": "de", "fr": "fr", "it": "it"}
"""A text that begins with `de:` is German."""


class KeywordEngine:
    """Understands a handful of words; `trouble` in a text raises, to see what the desk makes of it."""

    name = "keyword stand-in"

    def speaks(self, language: str) -> bool:
        """English only."""
        return language == "en"

    def classify(self, texts: Sequence[str], note: Note = unnoted) -> list[Classification]:
        """By the first keyword found."""
        del note
        return [self._classify(text.lower(), text) for text in texts]

    def _classify(self, text: str, as_written: str) -> Classification:
        if "trouble" in text:
            message = "the engine is out of order"
            raise RuntimeError(message)
        intent = next((intent for word, intent in KEYWORDS.items() if word in text), "unknown")
        topic: Topic = "legal_threat" if "lawyer" in text else "general"
        category: Category = "complaint" if "complain" in text else "general"
        number = re.search(r"lf-\d+", text)
        amount = re.search(r"\$(\d+(?:\.\d\d)?)", text)
        return Classification(
            intent=intent,
            confidence=0.9,
            scores={"faq": 0.1, "issue": 0.0, "refund": 0.9, "order": 0.0, "unknown": 0.0},
            topic=topic,
            topic_confidence=0.9,
            category=category,
            category_confidence=0.9,
            asks_for_person="human" in text,
            person_confidence=0.9 if "human" in text else 0.1,
            entities=find_entities(as_written).model_copy(
                update={
                    "order_number": number.group().upper() if number else None,
                    "amount": Money.of(Decimal(amount.group(1))) if amount else None,
                }
            ),
            language=LANGUAGES.get(text.partition(":")[0]),
            order_action=next((action for word, action in ACTIONS.items() if word in text), "status"),
        )

    def gauge_sentiment(self, texts: Sequence[str], note: Note = unnoted) -> list[Sentiment]:
        """Furious is angry, sad is negative, all else neutral."""
        del note
        return [self._gauge(text.lower()) for text in texts]

    def _gauge(self, text: str) -> Sentiment:
        if "furious" in text:
            return Sentiment(label="angry", score=-0.9, confidence=0.9, signals=("furious",))
        if "sad" in text:
            return Sentiment(label="negative", score=-0.7, confidence=0.9)
        return Sentiment(label="neutral", score=0.0, confidence=0.9)

    def answer(self, task: AnswerTask, say: Say = unsaid, note: Note = unnoted) -> Answer:
        """The best passage's text."""
        del note
        if not task.passages:
            return Answer(sentences=(), confidence=0.0)
        best = task.passages[0]
        sentence = CitedSentence(text=best.text, chunk_ids=(best.chunk_id,))
        say(sentence, 10 * best.relevance)
        return Answer(sentences=(sentence,), confidence=10 * best.relevance)

    def hand_over(self, task: HandoverTask, note: Note = unnoted) -> Handover:
        """The first words, and a draft."""
        del note
        words = " ".join(line.text for line in task.memory.lines).split()
        return Handover(
            summary=" ".join(words[: task.max_words]), suggestion="Answer it.", draft="I am looking into it."
        )

    def write_article(self, task: ArticleTask, note: Note = unnoted) -> ArticleDraft:
        """Question and answer as they are."""
        del note
        return ArticleDraft(title=task.question, text=task.answer)


class OneArticle:
    """Knows about delivery only."""

    articles = 1

    def search(self, question: str, limit: int, note: Note = unnoted, scope: Scope | None = None) -> list[Hit]:
        """One hit, relevant if the question speaks of delivery."""
        del note, scope
        relevance = 0.95 if "deliver" in question.lower() else 0.2
        hit = Hit(
            chunk_id="delivery#0",
            article_id="delivery",
            title="How long does delivery take?",
            text="Standard delivery takes 3 to 5 working days.",
            similarity=0.5,
            relevance=relevance,
        )
        return [hit][:limit]

    def passages(self, article_id: str, relevance: float) -> list[Hit]:
        """The whole article."""
        del article_id
        return [hit.model_copy(update={"relevance": relevance}) for hit in self.search("delivery", 1)]


class NoEmbeddings:
    """The desk itself never embeds."""

    fingerprint = "none"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Not needed here."""
        raise NotImplementedError(len(texts))


@dataclass
class HandClock:
    """A clock that moves when told to, and a millisecond at each look, so that no two times are equal."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 1, 12, 0, tzinfo=UTC))

    def now(self) -> datetime:
        """The current time."""
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self.moment += by


MIND = Mind(embedder=NoEmbeddings(), language=KeywordEngine(), knowledge=OneArticle())


def settings_for(home: Path, policy: str = "default") -> Settings:
    """Settings that keep everything in `home`, or in the database that stands for it."""
    return _settings(home, place_for(home), policy)


def _settings(home: Path, url: str | None, policy: str = "default") -> Settings:
    key = SecretStr(KEY) if url else None  # a home makes its own
    return Settings(
        home=home,
        cache=home / "cache",
        policy=policy,
        engine="embedded",
        database_url=url,
        checkpoint_url=checkpoints_for(home),
        secret_key=key,
    )


def prepare_place(url: str) -> None:
    """Open a desk in an empty database once, so that it can be copied."""
    with TemporaryDirectory() as home:
        open_backoffice(_settings(Path(home), url), MIND).close()


OPENED: list[Backoffice] = []
"""Given back after the test that opened them, where it did not do so itself."""


def open_test_office(home: Path, world: World | None = None) -> Backoffice:
    """The stores and the real graph, with the stand-in engine."""
    office = open_backoffice(settings_for(home), MIND, world)
    OPENED.append(office)
    return office


def open_test_desk(home: Path, world: World | None = None, *, recover_s: float = RECOVER_S) -> Desk:
    """A desk with the real graph and stores and the stand-in engine."""
    return Desk(open_test_office(home, world), settings_for(home), recover_s=recover_s)


def copy_home(home: Path, target: Path) -> Path:
    """The same files under another roof."""
    shutil.copytree(home, target)
    copy_place(home, target)
    return target
