"""A tiny engine that never fails, and the tasks that the tests give it."""

from collections.abc import Sequence

from agent.model import (
    Answer,
    ArticleDraft,
    CitedSentence,
    Classification,
    Entities,
    Handover,
    Hit,
    Memory,
    Sentiment,
    SpokenLine,
)
from agent.ports.language import AnswerTask, ArticleTask, HandoverTask, Note, Say, unnoted, unsaid

MESSAGE = "Zebedee wants the money for kettle LF-90817 back"

PASSAGES = tuple(
    Hit(chunk_id=f"{name}#0", article_id=name, title=name.title(), text=text, similarity=0.8, relevance=0.9)
    for name, text in {
        "delivery": "Delivery takes 3 to 5 working days.",
        "express": "Express takes 1 day. Choose express in the basket.",
    }.items()
)
ANSWER_TASK = AnswerTask(question=MESSAGE, passages=PASSAGES)
HANDOVER_TASK = HandoverTask(
    topic="billing_dispute", memory=Memory(lines=(SpokenLine(who="customer", text=MESSAGE),)), max_words=20
)

ARTICLE_TASK = ArticleTask(question=MESSAGE, answer="Kettles are paid back within 5 days.")

SPARE_CLASSIFICATION = Classification(
    intent="unknown",
    confidence=1.0,
    scores={"faq": 0.0, "issue": 0.0, "refund": 0.0, "order": 0.0, "unknown": 1.0},
    topic="general",
    topic_confidence=1.0,
    category="general",
    category_confidence=1.0,
    asks_for_person=False,
    person_confidence=0.0,
    entities=Entities(),
)
SPARE_SENTIMENT = Sentiment(label="neutral", score=0.0, confidence=1.0)
SPARE_SENTENCE = CitedSentence(text="The spare answers.", chunk_ids=("delivery#0",))
SPARE_ANSWER = Answer(sentences=(SPARE_SENTENCE,), confidence=5.0)
SPARE_HANDOVER = Handover(summary="spare", suggestion="spare", draft="spare")
SPARE_ARTICLE = ArticleDraft(title="spare", text="spare")


class SpareEngine:
    """Always says the same."""

    name = "spare"

    def speaks(self, language: str) -> bool:
        return language == "en"

    def classify(self, texts: Sequence[str], note: Note = unnoted) -> list[Classification]:
        del note
        return [SPARE_CLASSIFICATION for _ in texts]

    def gauge_sentiment(self, texts: Sequence[str], note: Note = unnoted) -> list[Sentiment]:
        del note
        return [SPARE_SENTIMENT for _ in texts]

    def answer(self, task: AnswerTask, say: Say = unsaid, note: Note = unnoted) -> Answer:
        del task, note
        say(SPARE_SENTENCE, SPARE_ANSWER.confidence)
        return SPARE_ANSWER

    def hand_over(self, task: HandoverTask, note: Note = unnoted) -> Handover:
        del task, note
        return SPARE_HANDOVER

    def write_article(self, task: ArticleTask, note: Note = unnoted) -> ArticleDraft:
        del task, note
        return SPARE_ARTICLE
