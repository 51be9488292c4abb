"""What happens to an answer between the engine and the customer, through the whole desk."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from agent.bootstrap import Mind, open_backoffice
from agent.desk import Desk
from agent.model import Answer, CitedSentence, Decision, Hit, Scope
from agent.ports.language import AnswerTask, Note, Say, unnoted, unsaid
from tests.stand_ins import MIND, REVIEWER, KeywordEngine, NoEmbeddings, OneArticle, settings_for


class Talkative(KeywordEngine):
    """Says what it was told to say, with the sources it was told to name."""

    def __init__(self, *sentences: CitedSentence, confidence: float = 9.0) -> None:
        self._answer = Answer(sentences=sentences, confidence=confidence)

    def answer(self, task: AnswerTask, say: Say = unsaid, note: Note = unnoted) -> Answer:
        del task, note
        for sentence in self._answer.sentences:
            say(sentence, self._answer.confidence)
        return self._answer


SOURCE = ("delivery#0",)
TRUE = CitedSentence(text="Standard delivery takes 3 to 5 working days.", chunk_ids=SOURCE)
QUESTION = "how long does delivery take?"


class Relevance(OneArticle):
    """The same article, as relevant as it is told to be."""

    def __init__(self, relevance: float) -> None:
        self._relevance = relevance

    def search(self, question: str, limit: int, note: Note = unnoted, scope: Scope | None = None) -> list[Hit]:
        found = super().search(question, limit, note, scope)
        return [hit.model_copy(update={"relevance": self._relevance}) for hit in found]


@contextmanager
def desk_with(home: Path, mind: Mind = MIND, **policy: Any) -> Iterator[Desk]:
    home.mkdir(parents=True)
    file = home / "policy.json"
    file.write_text(json.dumps(policy))
    settings = settings_for(home, str(file) if policy else "default")
    with closing(Desk(open_backoffice(settings, mind), settings)) as desk:
        yield desk


def speaking(engine: KeywordEngine, relevance: float = 0.95) -> Mind:
    return Mind(embedder=NoEmbeddings(), language=engine, knowledge=Relevance(relevance))


@pytest.mark.parametrize(
    "unsupported",
    [
        CitedSentence(text="Delivery is free for everybody.", chunk_ids=()),
        CitedSentence(text="Delivery takes 2 days.", chunk_ids=SOURCE),
        CitedSentence(text="Delivery is quick.", chunk_ids=("other#3",)),
        CitedSentence(text="See https://evil.example.com for more.", chunk_ids=SOURCE),
    ],
)
def test_a_sentence_without_a_source_does_not_leave(tmp_path: Path, unsupported: CitedSentence) -> None:
    with desk_with(tmp_path / "home", speaking(Talkative(unsupported, TRUE))) as desk:
        result = desk.chat(QUESTION)
        events = desk.events(result.thread_id)

    assert TRUE.text in result.reply
    assert unsupported.text not in result.reply
    assert unsupported.text not in str([event.payload for event in events])


def test_an_answer_of_which_nothing_is_supported_goes_to_a_person(tmp_path: Path) -> None:
    with desk_with(tmp_path / "home", speaking(Talkative(CitedSentence(text="Trust me.", chunk_ids=())))) as desk:
        result = desk.chat(QUESTION)

    assert result.status == "PAUSED_FOR_APPROVAL"
    assert "Trust me" not in result.reply


def test_at_most_three_sentences_leave(tmp_path: Path) -> None:
    many = [CitedSentence(text=f"Standard delivery takes working days{'!' * n}", chunk_ids=SOURCE) for n in range(5)]
    with desk_with(tmp_path / "home", speaking(Talkative(*many))) as desk:
        reply = desk.chat(QUESTION).reply

    assert reply.count("Standard delivery") == 3


def test_every_answer_says_what_happens_next_and_when(desk: Desk) -> None:
    assert "a colleague will answer you by" in desk.chat(QUESTION).reply


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        (QUESTION, "Standard delivery"),
        (f"sad: {QUESTION}", "I'm sorry about the trouble."),
        (f"{QUESTION} I need it ASAP", "I see that this is urgent."),
    ],
)
def test_the_tone_changes_the_wording(desk: Desk, text: str, opening: str) -> None:
    assert desk.chat(text).reply.startswith(opening)


def test_a_close_call_is_held_until_somebody_approves_it(tmp_path: Path) -> None:
    with desk_with(tmp_path / "home", speaking(Talkative(TRUE), 0.75), soft_review_margin=0.1) as desk:
        held = desk.chat(QUESTION)
        assert held.review_id is not None
        review = desk.review(held.review_id)
        sent = desk.decide(held.review_id, Decision(action="approve"), REVIEWER)

    assert (held.status, review.kind, review.evidence.draft) == ("PAUSED_FOR_APPROVAL", "draft", TRUE.text)
    assert TRUE.text not in held.reply
    assert "You will have it by" in held.reply
    assert held.ticket is None
    assert (sent.status, sent.reply) == ("DONE", TRUE.text)


def test_a_held_answer_that_nobody_approves_is_not_sent(tmp_path: Path) -> None:
    with desk_with(tmp_path / "home", speaking(Talkative(TRUE), 0.75), soft_review_margin=0.1) as desk:
        held = desk.chat(QUESTION)
        assert held.review_id is not None
        answered = desk.decide(held.review_id, Decision(action="respond", reply="It is 4 days."), REVIEWER)

    assert answered.reply == "It is 4 days."


def test_an_uncertain_answer_says_so(tmp_path: Path) -> None:
    with desk_with(tmp_path / "home", speaking(Talkative(TRUE), 0.5), below_limits="state uncertainty") as desk:
        result = desk.chat(QUESTION)

    assert result.status == "DONE"
    assert "I'm not certain about this one" in result.reply
    assert TRUE.text in result.reply
    assert "knowledge_gap" in [rule.name for rule in result.rules]


@pytest.mark.parametrize(
    ("prefix", "language", "part"),
    [("de: ", "de", "Ticket"), ("es: ", "es", "ticket"), ("fr: ", "fr", "ticket"), ("it: ", "it", "in English")],
)
def test_the_customer_is_answered_in_their_language_or_told_why_not(
    desk: Desk, prefix: str, language: str, part: str
) -> None:
    result = desk.chat(f"{prefix}my kettle is broken")

    assert result.language == language
    assert part in result.reply
    assert ("Thank you" in result.reply) == (language == "it")


def test_a_language_stays_until_another_is_told(desk: Desk) -> None:
    first = desk.chat("de: my kettle is broken")

    second = desk.chat("my lamp is broken", thread_id=first.thread_id)

    assert second.language == "de"


def test_english_sentences_are_announced_in_the_customers_language(desk: Desk) -> None:
    reply = desk.chat(f"de: {QUESTION}").reply

    assert "Standard delivery takes 3 to 5 working days." in reply
    assert not reply.startswith("Standard")


def test_the_record_tells_what_the_engine_was_told(desk: Desk) -> None:
    result = desk.chat(QUESTION)

    (turn,) = desk.thread(result.thread_id).turns
    assert 0 < turn.record["memory"]["tokens"] <= desk.policy.memory_tokens
    assert turn.record["memory"]["dropped"] == []


def test_what_did_not_fit_is_in_the_record(tmp_path: Path) -> None:
    with desk_with(tmp_path / "home", memory_tokens=2000) as desk:
        first = desk.chat(f"{QUESTION} {'really ' * 200}")
        second = desk.chat(QUESTION, thread_id=first.thread_id)
        turns = desk.thread(second.thread_id).turns

    assert turns[-1].record["memory"]["dropped"] != []
    assert turns[-1].record["memory"]["tokens"] <= 2000


def test_a_long_conversation_keeps_a_summary_and_stays_small(desk: Desk) -> None:
    thread_id = desk.chat("how does delivery of my first chair work?").thread_id
    for number in range(25):
        desk.chat(f"how does delivery work for chair {number}?", thread_id=thread_id)

    record = desk.thread(thread_id).turns[-1].record
    assert record["memory"]["tokens"] < 4000
    assert record["summary"].startswith("customer: how does delivery of my first chair work?")
    assert len(record["summary"].split()) <= 150
