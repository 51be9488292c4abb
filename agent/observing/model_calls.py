"""Spans of calls to models, by OpenTelemetry's conventions for generative AI."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from langchain_core.messages import BaseMessage
from opentelemetry.trace import SpanKind

from agent.observing.spans import Attributes, content, note, span
from agent.observing.tracing import tracing
from agent.observing.turn_context import turn_at_work

PROVIDER = "openai"
"""The protocol that is spoken; `server.address` says with whom."""

ROLES = {"human": "user", "ai": "assistant", "system": "system"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of which model, at an endpoint with this address."""

    operation: Literal["chat", "embeddings"]
    model: str
    url: str
    output: Literal["text", "json"] | None = None
    messages: Sequence[BaseMessage] = ()


class ModelCall:
    """Takes down what came of a call, in its span."""

    def used(self, input_tokens: int | None, output_tokens: int | None = None) -> None:
        """Tokens as the endpoint counted them; left out where it told none."""
        note({"gen_ai.usage.input_tokens": input_tokens or None, "gen_ai.usage.output_tokens": output_tokens or None})

    def ended(self, reason: str | None) -> None:
        """Why the reply ended."""
        note({"gen_ai.response.finish_reasons": None if reason is None else [reason]})

    def said(self, text: str) -> None:
        """The reply, which stays out of the span unless content is asked for."""
        shown = content(text)
        if shown is not None:
            note({"gen_ai.output.messages": _messages([("assistant", shown)])})


@contextmanager
def model_call(asked: Asked) -> Iterator[ModelCall]:
    """A span around one call to a model, repeated attempts included."""
    with span(f"{asked.operation} {asked.model}", _attributes(asked), kind=SpanKind.CLIENT):
        yield ModelCall()


def _attributes(asked: Asked) -> Attributes:
    made, turn, place = tracing(), turn_at_work(), urlsplit(asked.url)
    if made is None:
        return {}
    told = [(ROLES.get(one.type, one.type), content(one.text) or "") for one in asked.messages]
    return {
        "gen_ai.operation.name": asked.operation,
        "gen_ai.provider.name": PROVIDER,
        "gen_ai.request.model": asked.model,
        "gen_ai.output.type": asked.output,
        "gen_ai.conversation.id": turn.thread_id if turn is not None else None,
        "server.address": place.hostname,
        "server.port": place.port,
        "gen_ai.input.messages": _messages(told) if told and made.with_content else None,
    }


def _messages(told: Sequence[tuple[str, str]]) -> str:
    return json.dumps([{"role": role, "parts": [{"type": "text", "content": text}]} for role, text in told])
