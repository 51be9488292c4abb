"""One model of an endpoint: asked to fill in a form, or to write while somebody listens."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast

import openai
from langchain_core.messages import AIMessage, AIMessageChunk, SystemMessage
from langchain_core.messages.ai import UsageMetadata
from langchain_openai import ChatOpenAI
from pydantic import ValidationError

from agent.adapters.openai.connection import Connection
from agent.adapters.openai.failures import (
    UNFINISHED,
    RefusedError,
    UnusableReplyError,
    asks_otherwise,
    explain,
    retrying,
)
from agent.adapters.openai.forms import Form
from agent.adapters.openai.prompts import Prompt
from agent.adapters.openai.tally import Tally
from agent.errors import EngineError
from agent.observing.model_calls import Asked, ModelCall, model_call

Method = Literal["json_schema", "function_calling", "json_mode"]
METHODS: tuple[Method, ...] = ("json_schema", "function_calling", "json_mode")
MAX_CHARS = 20_000
"""Far longer than any answer: a model that runs on is stopped before the time limit. Some endpoints refuse a limit in
tokens, and models that think before they write would use it up."""
FENCED = re.compile(r"\s*```(?:json)?\s*(?P<inside>.*?)\s*```\s*", re.DOTALL | re.IGNORECASE)

F = TypeVar("F", bound=Form)
Hear = Callable[[str], None]
Chunks = AsyncGenerator[AIMessageChunk, None]


@dataclass
class Heard:
    """What is known of a streamed reply so far."""

    begun: bool = False
    chars: int = 0
    usage: UsageMetadata | None = None
    finish: str | None = None

    def take(self, chunk: AIMessageChunk) -> None:
        """Count a piece; the last one that tells tokens or an end is right."""
        self.begun = True
        self.chars += len(chunk.text)
        self.usage = chunk.usage_metadata or self.usage
        self.finish = chunk.response_metadata.get("finish_reason") or self.finish


class Chat:
    """Talks to one model; whatever goes wrong raises EngineError, after the connection's `timeout_s` at the latest."""

    def __init__(self, connection: Connection, model: str, temperature: float | None = None) -> None:
        """Nothing is asked yet; `temperature` None leaves it to the model."""
        self.model = model
        self._http = openai.DefaultAsyncHttpxClient()  # our own: the library shares one among event loops
        self._url = connection.url
        self._timeout_s = connection.timeout_s
        self._method: Method | None = None
        self._client = ChatOpenAI(
            model=model,
            api_key=connection.key,
            base_url=connection.url,
            timeout=connection.timeout_s,
            temperature=temperature,
            max_retries=0,  # our own retry stays within the time limit
            stream_usage=True,
            stream_chunk_timeout=None,  # the whole has a limit
            use_responses_api=False,  # compatible endpoints have chat completions only
            output_version="v0",
            disabled_params={"parallel_tool_calls": None},  # some endpoints refuse it
            http_async_client=self._http,
        )

    async def fill(self, form: type[F], prompt: Prompt, tally: Tally) -> F:
        """The form, filled in. The first way of asking that works is remembered and the only one from then on."""
        asked = Asked(operation="chat", model=self.model, url=self._url, output="json", messages=prompt)
        with model_call(asked) as call, _told(call, tally):
            filled = await self._filled(form, prompt, tally)
            call.said(filled.model_dump_json())
            return filled

    async def _filled(self, form: type[F], prompt: Prompt, tally: Tally) -> F:
        async with self._limited():
            methods = [self._method] if self._method else list(METHODS)
            while True:
                client = self._client
                try:
                    filled = await self._fill_by(methods[0], client, form, prompt, tally)
                except (openai.APIStatusError, UnusableReplyError) as error:
                    if self._drops_temperature(client, error):
                        continue
                    if len(methods) == 1 or not asks_otherwise(error):
                        raise
                    del methods[0]
                else:
                    self._method = methods[0]
                    return filled

    async def _fill_by(self, method: Method, client: ChatOpenAI, form: type[F], prompt: Prompt, tally: Tally) -> F:
        schema = form.model_json_schema()
        # a schema and not the class: with that, a wrong word raises inside the client, and its tokens are not told
        asked = client.with_structured_output(
            schema, method=method, include_raw=True, strict=None if method == "json_mode" else True
        )
        messages = [*prompt, _shape(schema)] if method == "json_mode" else prompt
        with _counted(tally):
            result = cast("dict[str, Any]", await retrying()(asked.ainvoke, messages))
        raw: AIMessage = result["raw"]
        tally.add(raw.usage_metadata)
        self._check_finished(raw.response_metadata.get("finish_reason"))
        if raw.additional_kwargs.get("refusal"):
            message = f"{self.model} refused"
            raise RefusedError(message)
        return self._read(form, raw)

    def _read(self, form: type[F], raw: AIMessage) -> F:
        """Strictly: the library's parser completes JSON that was cut, and a cut draft would pass for a whole one."""
        try:
            if raw.tool_calls:
                return form.model_validate(raw.tool_calls[0]["args"])
            fenced = FENCED.fullmatch(raw.text)
            return form.model_validate(json.loads(fenced["inside"] if fenced else raw.text))
        except (ValidationError, ValueError):
            message = f"the reply of {self.model} is not in the form that was asked for"
            raise UnusableReplyError(message) from None

    def _drops_temperature(self, client: ChatOpenAI, error: Exception) -> bool:
        """Models that think reject every temperature but their own; they are asked without from then on."""
        refused = isinstance(error, openai.BadRequestError) and error.param == "temperature"
        if not refused or client.temperature is None:
            return False
        self._client = client.model_copy(update={"temperature": None})
        return True

    async def write(self, prompt: Prompt, hear: Hear, tally: Tally) -> None:
        """Hand every piece of the reply to `hear` as it comes in; returns when the reply is complete."""
        asked = Asked(operation="chat", model=self.model, url=self._url, output="text", messages=prompt)
        pieces: list[str] = []

        def listen(piece: str) -> None:
            pieces.append(piece)
            hear(piece)

        with model_call(asked) as call, _told(call, tally):
            heard = await self._written(prompt, listen, tally)
            call.said("".join(pieces))
            call.ended(heard.finish)

    async def _written(self, prompt: Prompt, hear: Hear, tally: Tally) -> Heard:
        heard = Heard()
        try:
            async with self._limited(lambda: heard.begun):
                stream: Chunks = await retrying()(self._opened, prompt)
                async with aclosing(stream) as chunks:
                    async for chunk in chunks:
                        heard.take(chunk)
                        if heard.chars > MAX_CHARS:
                            message = f"the reply of {self.model} does not come to an end"
                            raise RefusedError(message)
                        hear(chunk.text)
        finally:
            if heard.begun:
                tally.add(heard.usage)
        if heard.finish is None:
            message = f"the reply of {self.model} broke off"
            raise EngineError(message)
        self._check_finished(heard.finish)
        return heard

    async def _opened(self, prompt: Prompt) -> Chunks:
        """The stream, once its first piece is there: until then an attempt can be repeated unheard."""
        chunks = cast("Chunks", self._client.astream(prompt))
        first = await anext(chunks)
        return _rejoined(first, chunks)

    def _check_finished(self, reason: str | None) -> None:
        if reason in UNFINISHED:
            message = f"{self.model} {UNFINISHED[reason]}"
            raise RefusedError(message)

    @asynccontextmanager
    async def _limited(self, begun: Callable[[], bool] = lambda: False) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._timeout_s):
                yield
        except Exception as error:  # noqa: BLE001  libraries raise many things at a malformed reply
            # without its cause: that may quote the message
            raise explain(error, self.model, self._timeout_s, begun=begun()) from None

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.aclose()


async def _rejoined(first: AIMessageChunk, rest: Chunks) -> Chunks:
    async with aclosing(rest):
        yield first
        async for chunk in rest:
            yield chunk


@contextmanager
def _told(call: ModelCall, tally: Tally) -> Iterator[None]:
    """Tell the tokens of the call, whether or not it came to something."""
    try:
        yield
    finally:
        call.used(tally.input_tokens, tally.output_tokens)


@contextmanager
def _counted(tally: Tally) -> Iterator[None]:
    """Count the tokens also where the library turns an unfinished reply into an exception."""
    try:
        yield
    except (openai.LengthFinishReasonError, openai.ContentFilterFinishReasonError) as error:
        usage = error.completion.usage if error.completion else None
        if usage is None:
            tally.add(None)
        else:
            told, said = usage.prompt_tokens, usage.completion_tokens
            tally.add(UsageMetadata(input_tokens=told, output_tokens=said, total_tokens=told + said))
        raise


def _shape(schema: dict[str, Any]) -> SystemMessage:
    return SystemMessage(f"Reply with one JSON object of this JSON schema and nothing else: {json.dumps(schema)}")
