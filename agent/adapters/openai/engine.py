"""The engine behind an OpenAI-compatible endpoint: a cheap model understands, a strong one writes."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import Generic, TypeVar

from agent.adapters.openai import prompts
from agent.adapters.openai.background import BackgroundLoop
from agent.adapters.openai.chat import Chat
from agent.adapters.openai.connection import Connection
from agent.adapters.openai.forms import ArticleForm, Form, HandoverForm, Mood, Reading
from agent.adapters.openai.prompts import Prompt
from agent.adapters.openai.reply import Reply
from agent.adapters.openai.tally import Tally
from agent.errors import EngineError
from agent.model import Answer, ArticleDraft, Classification, EngineCall, EngineStep, Handover, Sentiment
from agent.ports.language import AnswerTask, ArticleTask, HandoverTask, Note, Say, unnoted, unsaid

AT_ONCE = 8
"""Requests under way for one call with many texts."""

F = TypeVar("F", bound=Form)


@dataclass(frozen=True, kw_only=True)
class Done(Generic[F]):
    """One form that a model was asked to fill in, and the record of it; `filled` or `failure` is there."""

    call: EngineCall
    filled: F | None = None
    failure: EngineError | None = None


class OpenAIEngine:
    """Raises EngineError with a short reason for operators where a step could not be done; never does it half.

    The reason holds neither the key nor anything that a customer wrote. A step takes at most the connection's
    `timeout_s` for each text; several texts are worked on side by side.
    """

    def __init__(self, connection: Connection) -> None:
        """Make the clients; nothing is sent yet."""
        self.name = f"openai {connection.cheap_model}/{connection.strong_model}"
        self._connection = connection
        self._cheap = Chat(connection, connection.cheap_model, temperature=0.0)
        self._strong = Chat(connection, connection.strong_model)
        self._loop = BackgroundLoop("openai engine")

    def speaks(self, language: str) -> bool:
        """Every language: which of them the models write well is the operator's choice of models."""
        del language
        return True

    def classify(self, texts: Sequence[str], note: Note = unnoted) -> list[Classification]:
        """One classification per text, in order."""
        asked = [prompts.to_classify(text) for text in texts]
        readings = self._filled("classify", self._cheap, Reading, asked, note)
        return [reading.classification(text) for reading, text in zip(readings, texts, strict=True)]

    def gauge_sentiment(self, texts: Sequence[str], note: Note = unnoted) -> list[Sentiment]:
        """One sentiment per text, in order."""
        moods = self._filled("sentiment", self._cheap, Mood, [prompts.to_gauge(text) for text in texts], note)
        return [mood.sentiment() for mood in moods]

    def answer(self, task: AnswerTask, say: Say = unsaid, note: Note = unnoted) -> Answer:
        """At most 3 sentences plus steps, each said as soon as its line is complete; none without passages."""
        if not task.passages:
            return Answer(sentences=(), confidence=0.0)
        tally, reply = Tally(), Reply([hit.chunk_id for hit in task.passages])
        asked = prompts.to_answer(task)
        try:
            with closing(self._loop.pieces(lambda put: self._strong.write(asked, put, tally))) as pieces:
                for piece in chain(pieces, "\n"):  # the last line may lack its end
                    for sentence in reply.read(piece):
                        say(sentence, reply.confidence)
            answer = reply.answer()
        except EngineError as error:
            note(self._call("answer", self._strong, tally, str(error)))
            raise
        note(self._call("answer", self._strong, tally))
        return answer

    def hand_over(self, task: HandoverTask, note: Note = unnoted) -> Handover:
        """What a colleague reads first; the summary has at most `max_words` words."""
        (form,) = self._filled("hand-over", self._strong, HandoverForm, [prompts.to_hand_over(task)], note)
        return form.handover(task.max_words)

    def write_article(self, task: ArticleTask, note: Note = unnoted) -> ArticleDraft:
        """A help article from what a colleague answered; whoever asks checks its figures and links."""
        (form,) = self._filled("article", self._strong, ArticleForm, [prompts.to_write_article(task)], note)
        return ArticleDraft(title=form.title, text=form.text)

    def close(self) -> None:
        """Give connections and thread back; what is under way fails."""
        for chat in (self._cheap, self._strong):
            self._loop.run(chat.close())
        self._loop.close()

    def _filled(self, step: EngineStep, chat: Chat, form: type[F], asked: Sequence[Prompt], note: Note) -> list[F]:
        """All forms, in order; notes every one that was asked for, then raises the first failure."""
        done = self._loop.run(self._fill_all(step, chat, form, asked))
        for one in done:
            note(one.call)
        for one in done:
            if one.failure is not None:
                raise one.failure
        return [one.filled for one in done if one.filled is not None]

    async def _fill_all(self, step: EngineStep, chat: Chat, form: type[F], asked: Sequence[Prompt]) -> list[Done[F]]:
        """Side by side; after a failure nothing further is asked."""
        places = asyncio.Semaphore(AT_ONCE)
        failed = asyncio.Event()

        async def ask(prompt: Prompt) -> Done[F] | None:
            async with places:
                if failed.is_set():
                    return None
                one = await self._fill(step, chat, form, prompt)
                if one.failure is not None:
                    failed.set()
                return one

        return [one for one in await asyncio.gather(*map(ask, asked)) if one is not None]

    async def _fill(self, step: EngineStep, chat: Chat, form: type[F], prompt: Prompt) -> Done[F]:
        tally = Tally()
        try:
            filled = await chat.fill(form, prompt, tally)
        except EngineError as error:
            return Done(call=self._call(step, chat, tally, str(error)), failure=error)
        return Done(call=self._call(step, chat, tally), filled=filled)

    def _call(self, step: EngineStep, chat: Chat, tally: Tally, trouble: str = "") -> EngineCall:
        return tally.call(step, self.name, self._connection, chat.model, trouble)
