"""Two engines as one: the spare does what the first cannot, and a first that is out of reach is left alone."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from agent.adapters.fallback import FallbackEngine
from agent.adapters.unavailable import EngineUnavailableError
from agent.errors import EngineError
from agent.model import Answer, CitedSentence, Classification, EngineCall
from agent.ports.language import AnswerTask, Note, Say, unnoted, unsaid
from tests.wire.spare import ANSWER_TASK, MESSAGE, SPARE_ANSWER, SPARE_CLASSIFICATION, SpareEngine

OUT_OF_REACH = EngineUnavailableError("out of reach")
CANNOT = EngineError("cannot")
EARLY = CitedSentence(text="Said too early.", chunk_ids=("delivery#0",))
FOUND = SPARE_CLASSIFICATION.model_copy(update={"intent": "faq"})


@dataclass
class FickleEngine(SpareEngine):
    """Fails as long as it has a failure."""

    name = "fickle"
    failure: Exception | None = None
    asked: int = 0
    says: list[CitedSentence] = field(default_factory=list)

    def speaks(self, language: str) -> bool:
        return language == "fi"

    def classify(self, texts: Sequence[str], note: Note = unnoted) -> list[Classification]:
        self.asked += 1
        if self.failure is not None:
            raise self.failure
        note(EngineCall(step="classify", engine=self.name))
        return [FOUND for _ in texts]

    def answer(self, task: AnswerTask, say: Say = unsaid, note: Note = unnoted) -> Answer:
        del task, note
        for sentence in self.says:
            say(sentence, 9)
        raise self.failure or CANNOT


class ChattySpare(SpareEngine):
    """A spare that notes its own calls."""

    def classify(self, texts: Sequence[str], note: Note = unnoted) -> list[Classification]:
        note(EngineCall(step="classify", engine=self.name, ms=5))
        return super().classify(texts)


@dataclass
class Seconds:
    """A clock that moves when told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def test_what_the_first_engine_does_is_kept() -> None:
    noted: list[EngineCall] = []
    engine = FallbackEngine(FickleEngine(), SpareEngine())

    assert engine.classify([MESSAGE], noted.append) == [FOUND]
    assert [(call.engine, call.trouble) for call in noted] == [("fickle", "")]


def test_it_is_named_after_both_and_speaks_what_the_first_speaks() -> None:
    engine = FallbackEngine(FickleEngine(), SpareEngine())

    assert engine.name == "fickle (spare as spare)"
    assert engine.speaks("fi")
    assert not engine.speaks("en")


@pytest.mark.parametrize("failure", [CANNOT, OUT_OF_REACH])
def test_the_reason_for_the_spare_is_noted(failure: EngineError) -> None:
    noted: list[EngineCall] = []
    engine = FallbackEngine(FickleEngine(failure=failure), SpareEngine())

    assert engine.classify([MESSAGE], noted.append) == [SPARE_CLASSIFICATION]
    assert [(call.step, call.engine, call.trouble) for call in noted] == [("classify", "spare", str(failure))]


def test_what_the_spare_notes_itself_is_noted_once_and_with_the_reason() -> None:
    noted: list[EngineCall] = []

    FallbackEngine(FickleEngine(failure=CANNOT), ChattySpare()).classify([MESSAGE], noted.append)

    assert [(call.engine, call.ms, call.trouble) for call in noted] == [("spare", 5, "cannot")]


def test_an_unexpected_error_is_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    noted: list[EngineCall] = []
    engine = FallbackEngine(FickleEngine(failure=KeyError(MESSAGE)), SpareEngine())

    with caplog.at_level(logging.ERROR):
        assert engine.classify([MESSAGE], noted.append) == [SPARE_CLASSIFICATION]

    assert noted[0].trouble == "unexpected KeyError"
    assert "KeyError" in caplog.text
    assert "test_fallback.py" in caplog.text
    assert "Zebedee" not in caplog.text


def test_the_spares_answer_replaces_one_that_broke_off() -> None:
    said: list[CitedSentence] = []
    engine = FallbackEngine(FickleEngine(failure=CANNOT, says=[EARLY]), SpareEngine())

    answer = engine.answer(ANSWER_TASK, lambda sentence, _: said.append(sentence))

    assert answer == SPARE_ANSWER
    assert said == [EARLY]


def test_the_spare_says_its_sentences_if_nothing_was_said_yet() -> None:
    said: list[CitedSentence] = []
    engine = FallbackEngine(FickleEngine(failure=CANNOT), SpareEngine())

    engine.answer(ANSWER_TASK, lambda sentence, _: said.append(sentence))

    assert tuple(said) == SPARE_ANSWER.sentences


def test_an_engine_out_of_reach_is_left_alone_for_half_a_minute() -> None:
    seconds, fickle = Seconds(), FickleEngine(failure=OUT_OF_REACH)
    engine = FallbackEngine(fickle, SpareEngine(), seconds)
    noted: list[EngineCall] = []

    for _ in range(5):
        seconds.now += 1
        engine.classify([MESSAGE], noted.append)
    seconds.now += 27.9
    engine.classify([MESSAGE], noted.append)

    assert fickle.asked == 3
    assert [call.trouble for call in noted[:3]] == ["out of reach"] * 3
    assert {call.trouble for call in noted[3:]} == {"left alone for 30 s after 3 failures in a row: out of reach"}


def test_after_that_it_is_tried_once_and_left_alone_again() -> None:
    seconds, fickle = Seconds(), FickleEngine(failure=OUT_OF_REACH)
    engine = FallbackEngine(fickle, SpareEngine(), seconds)

    for _ in range(3):
        engine.classify([MESSAGE])
    seconds.now += 30
    for _ in range(3):
        engine.classify([MESSAGE])

    assert fickle.asked == 4


def test_once_it_is_reached_again_it_does_everything() -> None:
    seconds, fickle = Seconds(), FickleEngine(failure=OUT_OF_REACH)
    engine = FallbackEngine(fickle, SpareEngine(), seconds)

    for _ in range(3):
        engine.classify([MESSAGE])
    fickle.failure = None
    seconds.now += 30

    assert [engine.classify([MESSAGE]) for _ in range(3)] == [[FOUND]] * 3


@pytest.mark.parametrize("between", [CANNOT, None])
def test_only_failures_in_a_row_count(between: EngineError | None) -> None:
    fickle = FickleEngine()
    engine = FallbackEngine(fickle, SpareEngine(), Seconds())

    for _ in range(4):
        for failure in (OUT_OF_REACH, OUT_OF_REACH, between):
            fickle.failure = failure
            engine.classify([MESSAGE])

    assert fickle.asked == 12


def test_if_both_fail_the_spares_error_is_raised() -> None:
    first, spare = FickleEngine(failure=OUT_OF_REACH), FickleEngine(failure=CANNOT)

    with pytest.raises(EngineError, match="cannot"):
        FallbackEngine(first, spare).classify([MESSAGE])
