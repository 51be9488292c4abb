"""The forms that a model fills in, and what the desk takes from them.

No field has numeric bounds, which many endpoints refuse in a schema: what lies outside is brought inside here.
"""

import re
from typing import get_args

from pydantic import BaseModel, ConfigDict, field_validator

from agent.model import Category, Classification, Handover, Intent, OrderAction, Sentiment, SentimentLabel, Topic
from agent.reading.entities import find_entities
from agent.reading.person import PERSON

INTENTS: tuple[Intent, ...] = get_args(Intent)
CODE = re.compile(r"\s*([a-z]{2})(?:[-_][a-z]{2,4})?\s*", re.IGNORECASE)
EVEN_ODDS = 0.5
MAX_SIGNALS = 4
SIGNAL_CHARS = 40


class Form(BaseModel):
    """Base of all forms; an endpoint that adds fields is forgiven."""

    model_config = ConfigDict(extra="ignore")


class Reading(Form):
    """What the message is about."""

    intent: Intent
    intent_confidence: int
    topic: Topic
    topic_confidence: int
    category: Category
    category_confidence: int
    asks_for_person: bool
    person_confidence: int
    language: str
    order_action: OrderAction

    def classification(self, text: str) -> Classification:
        """With what can be read in the text itself; a plain request for a person counts whatever the model says."""
        confidence = max(_share(self.intent_confidence), 1 / len(INTENTS))  # the likeliest has at least an even share
        person = self._person_odds()
        if PERSON.search(text):
            person = 1 - (1 - person) / 2
        rest = (1 - confidence) / (len(INTENTS) - 1)
        code = CODE.fullmatch(self.language)
        return Classification(
            intent=self.intent,
            confidence=confidence,
            scores={intent: confidence if intent == self.intent else rest for intent in INTENTS},
            topic=self.topic,
            topic_confidence=_share(self.topic_confidence),
            category=self.category,
            category_confidence=_share(self.category_confidence),
            asks_for_person=person >= EVEN_ODDS,
            person_confidence=person,
            entities=find_entities(text),
            language=code[1].lower() if code else None,
            order_action=self.order_action,
        )

    def _person_odds(self) -> float:
        """The probability that a person is asked for; the model gives how sure it is of its yes or no."""
        sure = 0.5 + _share(self.person_confidence) / 2
        return sure if self.asks_for_person else 1 - sure


class Mood(Form):
    """How the customer feels."""

    label: SentimentLabel
    score: int
    confidence: int
    signals: list[str]

    def sentiment(self) -> Sentiment:
        """With a score that has the sign of the label: a model that gives only the strength means the same."""
        score = max(-100, min(100, self.score)) / 100
        if self.label != "neutral":
            score = abs(score) if self.label == "positive" else -abs(score)
        return Sentiment(
            label=self.label,
            score=score,
            confidence=_share(self.confidence),
            signals=tuple(signal.strip()[:SIGNAL_CHARS] for signal in self.signals if signal.strip())[:MAX_SIGNALS],
        )


class HandoverForm(Form):
    """What a colleague who takes over reads first."""

    summary: str
    suggestion: str
    draft: str

    @field_validator("summary", "suggestion", "draft")
    @classmethod
    def _is_written(cls, text: str) -> str:
        return _written(text)

    def handover(self, max_words: int) -> Handover:
        """With the summary cut to length."""
        summary = " ".join(self.summary.split()[:max_words])
        return Handover(summary=summary, suggestion=self.suggestion, draft=self.draft)


class ArticleForm(Form):
    """A help article."""

    title: str
    text: str

    @field_validator("title", "text")
    @classmethod
    def _is_written(cls, text: str) -> str:
        return _written(text)


def _share(percent: int) -> float:
    return max(0, min(100, percent)) / 100


def _written(text: str) -> str:
    if not text.strip():
        message = "left empty"
        raise ValueError(message)
    return text.strip()
