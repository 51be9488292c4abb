"""Messages of the made-up year, and what an engine found in them; it is right as often as it says."""

from dataclasses import dataclass
from typing import cast

from agent.demo_history.chance import Chance, Weighted
from agent.demo_history.kinds import KINDS, Kind
from agent.demo_history.texts import Choices, Question, Subject, Template, Texts
from agent.demo_history.year import Year
from agent.model import (
    Category,
    Classification,
    Entities,
    Intent,
    Money,
    OrderAction,
    Sentiment,
    SentimentLabel,
    Topic,
)

NO_ENTITIES = Entities()
MISREAD = 0.008
"""How often a message seems to be about something that a person has to answer, although it is not."""
MISREAD_TOPIC = Weighted[Topic]({"billing_dispute": 0.6, "account_deletion": 0.25, "legal_threat": 0.15})
ANGRY, NEGATIVE, POSITIVE = -0.75, -0.3, 0.35
"""Scores at which the label of a mood changes."""
STRIKE_MOOD = -0.14


@dataclass(frozen=True, slots=True)
class Seen:
    """The fields of a Classification; the rules only read them, and making checked values takes ten times as long."""

    intent: Intent
    confidence: float
    topic: Topic
    topic_confidence: float
    category: Category
    category_confidence: float
    asks_for_person: bool
    person_confidence: float
    entities: Entities
    language: str
    order_action: OrderAction


@dataclass(frozen=True, slots=True)
class Mood:
    """The fields of a Sentiment, likewise."""

    label: SentimentLabel
    score: float
    confidence: float


@dataclass(slots=True)
class Found:
    """A message and what is known of it. `relevance` is the best article's, `is_right` whether the intent is."""

    kind: str
    text: str
    is_courtesy: bool
    is_urgent: bool
    classification: Classification
    sentiment: Sentiment
    best: str
    relevance: float
    is_right: bool
    source: Question | Subject | None


@dataclass(slots=True)
class Topics:
    """What a customer has in mind in one conversation; kept while messages go on about it."""

    language: str
    number: str
    paid: int
    temper: float
    source: Question | Subject | None = None


class Finder:
    """Writes messages and judges them."""

    def __init__(self, texts: Texts, year: Year, subjects: Weighted[Subject]) -> None:
        """`subjects` are the ones without an article, by how often they come up."""
        self._texts = texts
        self._year = year
        self._subjects = subjects

    def find(self, kind_name: str, moment: float, mind: Topics, chance: Chance) -> Found:
        """A message of this kind; "again" asks the last question in other words."""
        name = kind_name
        if name == "again":
            name = "gap" if isinstance(mind.source, Subject) else "question"
        elif name in {"question", "gap"}:
            mind.source = self._source(name, mind, chance)
        kind = KINDS[name]
        source = mind.source if name in {"question", "gap"} else None
        template, text = self._write(name, source, mind, chance)
        answered = isinstance(source, Subject) and source.came is not None and self._year.articles_came(moment)
        shape = KINDS["question"].relevance if answered else kind.relevance
        best = self._best(kind, source, chance, answered=answered)
        classification, is_right = _classification(kind, source, template, mind, chance)
        return Found(
            kind=name,
            text=text,
            is_courtesy=template.is_courtesy,
            is_urgent=template.is_urgent,
            classification=classification,
            sentiment=_sentiment(kind, name, mind, chance, strike=self._year.in_strike(moment, 4)),
            best=best,
            relevance=chance.beta(*shape),
            is_right=is_right,
            source=source,
        )

    def _source(self, name: str, mind: Topics, chance: Chance) -> Question | Subject:
        return chance.of(self._subjects) if name == "gap" else chance.one_of(self._texts.questions[mind.language])

    def _write(
        self, name: str, source: Question | Subject | None, mind: Topics, chance: Chance
    ) -> tuple[Template, str]:
        language = mind.language
        own: Choices = {}
        if isinstance(source, Subject):
            templates, language, own = source.texts, "en", source.slots
        elif source is not None:
            templates = source.texts[language]
        else:
            templates = self._texts.messages[name][language]
        template = chance.one_of(templates)
        given = {"number": mind.number, "mail": "me@example.com"}
        if template.names_amount:
            given["amount"] = str(Money(minor=mind.paid))
        text = self._texts.fill(template, chance, given, own)
        if template.is_courtesy or name in {"order_number", "yes", "refund_details"}:
            return template, text
        return template, self._texts.framed(text, language, chance)

    @staticmethod
    def _best(kind: Kind, source: Question | Subject | None, chance: Chance, *, answered: bool) -> str:
        if isinstance(source, Question):
            return source.article
        if source is not None:
            return source.came if answered and source.came else source.near
        return chance.one_of(kind.near)


def _classification(
    kind: Kind, source: Question | Subject | None, template: Template, mind: Topics, chance: Chance
) -> tuple[Classification, bool]:
    """The judgement, and whether its intent is the one that was meant."""
    sure = chance.beta(*kind.sure)
    is_right = not kind.taken_for or chance.happens(sure)
    intent = kind.intent if is_right else chance.one_of(kind.taken_for)
    topic, category = (source.topic if isinstance(source, Question) else kind.topic), kind.category
    if source is not None:
        category = source.category
    topic_sure, category_sure = chance.beta(12.0, 1.6), chance.beta(10.0, 1.8)
    misread = chance.share()
    if misread < MISREAD:
        topic, topic_sure = chance.of(MISREAD_TOPIC), chance.beta(5.0, 4.5)
    elif misread > 1 - MISREAD:
        category, category_sure = "complaint", chance.beta(5.0, 4.5)
    found = Seen(
        intent=intent,
        confidence=sure,
        topic=topic,
        topic_confidence=topic_sure,
        category=category,
        category_confidence=category_sure,
        asks_for_person=kind.asks_for_person,
        person_confidence=round(chance.beta(12.0, 1.5) if kind.asks_for_person else chance.beta(1.2, 16.0), 4),
        entities=_entities(template, mind),
        language=mind.language,
        order_action="delivery" if kind.is_order_change else "status",
    )
    return cast("Classification", found), is_right


def _entities(template: Template, mind: Topics) -> Entities:
    if not template.names_order and not template.names_amount:
        return NO_ENTITIES
    return Entities.model_construct(
        order_number=mind.number if template.names_order else None,
        amount=Money(minor=mind.paid) if template.names_amount else None,
    )


def _sentiment(kind: Kind, name: str, mind: Topics, chance: Chance, *, strike: bool) -> Sentiment:
    mean, spread = kind.mood
    shift = 0.0 if name in {"angry", "thanks"} else mind.temper + STRIKE_MOOD * strike
    score = round(max(-1.0, min(1.0, chance.normal(mean + shift, spread))), 3)
    if name != "angry":
        score = max(score, ANGRY + 0.01)
    mood = Mood(label=_label(score, is_angry=name == "angry"), score=score, confidence=chance.beta(9.0, 2.0))
    return cast("Sentiment", mood)


def _label(score: float, *, is_angry: bool) -> SentimentLabel:
    if is_angry:
        return "angry"
    if score < NEGATIVE:
        return "negative"
    return "positive" if score > POSITIVE else "neutral"
