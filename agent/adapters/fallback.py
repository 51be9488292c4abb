"""Two engines as one: what the first cannot do, the spare one does."""

import logging
import traceback
from collections.abc import Callable, Sequence
from threading import Lock
from time import monotonic, perf_counter
from typing import TypeVar

from agent.adapters.unavailable import EngineUnavailableError
from agent.errors import EngineError
from agent.model import Answer, ArticleDraft, CitedSentence, Classification, EngineCall, EngineStep, Handover, Sentiment
from agent.ports.language import AnswerTask, ArticleTask, HandoverTask, LanguageEngine, Note, Say, unnoted, unsaid

log = logging.getLogger(__name__)

FAILURES_IN_A_ROW = 3
LEFT_ALONE_S = 30.0
MS = 1000

T = TypeVar("T")


class Breaker:
    """Leaves an engine alone for a while when it was out of reach several times in a row.

    After that one caller at a time tries it, until it is reached again.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        """`seconds` is a clock that never goes back."""
        self._seconds = seconds
        self._lock = Lock()
        self._failures = 0
        self._rest_until = 0.0
        self._why = ""

    def objection(self) -> str | None:
        """Why the engine should not be asked now; None means that the caller asks it and tells what came of it."""
        with self._lock:
            if self._failures < FAILURES_IN_A_ROW:
                return None
            if self._seconds() < self._rest_until:
                return f"left alone for {LEFT_ALONE_S:g} s after {self._failures} failures in a row: {self._why}"
            self._rest_until = self._seconds() + LEFT_ALONE_S  # the others wait for what this caller finds out
            return None

    def reached(self) -> None:
        """The engine was there, whether or not it could do the step."""
        with self._lock:
            self._failures = 0

    def missed(self, why: str) -> None:
        """The engine could not be reached, let nobody in or did not answer in time."""
        with self._lock:
            self._failures += 1
            self._why = why
            self._rest_until = self._seconds() + LEFT_ALONE_S


class FallbackEngine:
    """Does each step with `primary`, and with `spare` where that fails, so that a step fails only if both do."""

    def __init__(
        self, primary: LanguageEngine, spare: LanguageEngine, seconds: Callable[[], float] = monotonic
    ) -> None:
        """`seconds` is a clock that never goes back."""
        self.name = f"{primary.name} ({spare.name} as spare)"
        self._primary = primary
        self._spare = spare
        self._breaker = Breaker(seconds)

    def speaks(self, language: str) -> bool:
        """What the primary engine speaks."""
        return self._primary.speaks(language)

    def classify(self, texts: Sequence[str], note: Note = unnoted) -> list[Classification]:
        """One classification per text, in order, all by the same engine."""
        return self._do("classify", note, lambda engine, noted: engine.classify(texts, noted))

    def gauge_sentiment(self, texts: Sequence[str], note: Note = unnoted) -> list[Sentiment]:
        """One sentiment per text, in order, all by the same engine."""
        return self._do("sentiment", note, lambda engine, noted: engine.gauge_sentiment(texts, noted))

    def answer(self, task: AnswerTask, say: Say = unsaid, note: Note = unnoted) -> Answer:
        """An answer by one of the two; what the primary engine said before it failed is not part of it.

        The spare one says its sentences only if the primary one said none: a listener would hear two answers in one.
        """
        said: list[CitedSentence] = []

        def tell(sentence: CitedSentence, confidence: float) -> None:
            said.append(sentence)
            say(sentence, confidence)

        def do(engine: LanguageEngine, noted: Note) -> Answer:
            if engine is self._primary:
                return engine.answer(task, tell, noted)
            return engine.answer(task, unsaid if said else say, noted)

        return self._do("answer", note, do)

    def hand_over(self, task: HandoverTask, note: Note = unnoted) -> Handover:
        """What a colleague reads first."""
        return self._do("hand-over", note, lambda engine, noted: engine.hand_over(task, noted))

    def write_article(self, task: ArticleTask, note: Note = unnoted) -> ArticleDraft:
        """A help article from what a colleague answered."""
        return self._do("article", note, lambda engine, noted: engine.write_article(task, noted))

    def _do(self, step: EngineStep, note: Note, do: Callable[[LanguageEngine, Note], T]) -> T:
        why = self._breaker.objection()
        if why is None:
            try:
                done = do(self._primary, note)
            except EngineUnavailableError as error:
                why = str(error)
                self._breaker.missed(why)
            except EngineError as error:
                why = str(error)
                self._breaker.reached()
            except Exception as error:  # noqa: BLE001  whatever it is, the spare engine does the step
                why = f"unexpected {type(error).__name__}"
                # where it happened, but not what it says: that may quote the message
                log.error("%s failed at %s with an %s, at:\n%s", self._primary.name, step, why, _places(error))  # noqa: TRY400
                self._breaker.reached()
            else:
                self._breaker.reached()
                return done
        return self._do_with_spare(step, note, do, why)

    def _do_with_spare(self, step: EngineStep, note: Note, do: Callable[[LanguageEngine, Note], T], why: str) -> T:
        noted: list[EngineCall] = []
        started = perf_counter()
        done = do(self._spare, noted.append)
        ms = (perf_counter() - started) * MS
        for call in noted or [EngineCall(step=step, engine=self._spare.name, ms=ms)]:
            note(call.model_copy(update={"trouble": call.trouble or why}))
        return done


def _places(error: Exception) -> str:
    return "".join(traceback.format_tb(error.__traceback__))
