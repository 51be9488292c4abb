"""An endpoint that keeps OpenAI's protocol: chat completions with forms and streams, and embeddings."""

import json
import zlib
from collections.abc import Callable, Sequence

from tests.wire.server import Exchange, Json, Respond

METHODS = ("json_schema", "function_calling", "json_mode")
MODELS = ("cheap", "strong", "embedding")
KEY = "sk-test-0123456789"
DIMENSIONS = 8

Script = Callable[[Json], Json | str]
"""What the model makes of a request: a form's fields, or text for a stream."""

READING: Json = {
    "intent": "refund",
    "intent_confidence": 80,
    "topic": "billing_dispute",
    "topic_confidence": 70,
    "category": "billing",
    "category_confidence": 60,
    "asks_for_person": False,
    "person_confidence": 90,
    "language": "en",
    "order_action": "other",
}
MOOD: Json = {"label": "negative", "score": -60, "confidence": 75, "signals": ["waited for long"]}
HANDOVER: Json = {
    "summary": "The customer wants money back for a kettle.",
    "suggestion": "Look at the order.",
    "draft": "We are looking into it.",
}
ARTICLE: Json = {"title": "When is a kettle paid back?", "text": "Within 5 days."}
ANSWER = "CONFIDENCE: 8\n[1] Delivery takes 3 to 5 working days.\n[1,2] Express takes 1 day.\n[2] - Choose express.\n"


def polite(body: Json) -> Json | str:
    """A model that does as it is told."""
    if body.get("stream"):
        return ANSWER
    prompt = body["messages"][0]["content"]
    if "You sort" in prompt:
        return READING
    if "You write an article" in prompt:
        return ARTICLE
    return MOOD if "You gauge" in prompt else HANDOVER


def method_of(body: Json) -> str:
    """The way in which a form is asked for."""
    if "tools" in body:
        return "function_calling"
    return "json_schema" if body.get("response_format", {}).get("type") == "json_schema" else "json_mode"


def tokens(body: Json, reply: Json | str) -> tuple[int, int]:
    """What the endpoint counts: any figures do, as long as they differ from request to request."""
    return sum(len(message["content"]) for message in body["messages"]), len(str(reply))


def compatible(script: Script = polite, methods: Sequence[str] = METHODS) -> Respond:
    """Refuses a wrong key, an unknown model and a way of asking that is not in `methods`."""

    def respond(exchange: Exchange) -> None:
        body = exchange.body
        if exchange.authorization != f"Bearer {KEY}":
            error(exchange, 401, "Incorrect API key provided")
        elif body["model"] not in MODELS:
            error(exchange, 404, "The model does not exist")
        elif exchange.path.endswith("/embeddings"):
            exchange.send(embeddings(body))
        elif body.get("stream"):
            stream(exchange, str(script(body)))
        elif method_of(body) not in methods:
            error(exchange, 400, "This way of asking is not supported")
        else:
            exchange.send(completion(body, script(body)))

    return respond


def error(
    exchange: Exchange, status: int, message: str, *, param: str | None = None, headers: dict[str, str] | None = None
) -> None:
    """An error as OpenAI words it; like some endpoints it repeats the key and the whole request."""
    told = f"{message}: {exchange.authorization} {json.dumps(exchange.body)}"
    exchange.send({"error": {"message": told, "type": "error", "param": param, "code": None}}, status, headers)


def completion(body: Json, reply: Json | str, finish: str = "stop") -> Json:
    """A complete reply; a form goes into a tool call where one was asked for."""
    text = reply if isinstance(reply, str) else json.dumps(reply)
    message: Json = {"role": "assistant", "content": text, "refusal": None}
    if method_of(body) == "function_calling" and isinstance(reply, dict):
        name = body["tools"][0]["function"]["name"]
        call = {"id": "call-1", "type": "function", "function": {"name": name, "arguments": text}}
        message |= {"content": None, "tool_calls": [call]}
    return completed(body, message, finish, usage(tokens(body, reply)))


def completed(body: Json, message: Json, finish: str | None, used: Json | None) -> Json:
    """The envelope of a reply."""
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {
        "id": "1", "object": "chat.completion", "created": 1, "model": body["model"], "choices": [choice], "usage": used
    }  # fmt: skip  # the envelope is of no interest


def usage(counted: tuple[int, int]) -> Json:
    """Tokens as the protocol tells them."""
    asked, said = counted
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def stream(exchange: Exchange, text: str, finish: str | None = "stop") -> None:
    """The text in pieces of a few characters, the reason for its end, and the tokens if they were asked for."""
    exchange.begin_stream()
    exchange.event(chunk(exchange.body, {"role": "assistant", "content": ""}))
    for start in range(0, len(text), 7):
        exchange.event(chunk(exchange.body, {"content": text[start : start + 7]}))
    exchange.event(chunk(exchange.body, {}, finish))
    if exchange.body.get("stream_options", {}).get("include_usage"):
        exchange.event({**chunk(exchange.body, {}), "choices": [], "usage": usage(tokens(exchange.body, text))})
    exchange.event("[DONE]")


def chunk(body: Json, delta: Json, finish: str | None = None) -> Json:
    """One piece of a stream."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": body["model"], "choices": [choice]}


def embeddings(body: Json) -> Json:
    """A vector of its own for every text, not of length 1, and the last one first."""
    data = [
        {"object": "embedding", "index": place, "embedding": vector(text)} for place, text in enumerate(body["input"])
    ]
    return {
        "object": "list",
        "data": data[::-1],
        "model": body["model"],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }


def vector(text: str) -> list[float]:
    """Figures that depend on the text alone."""
    return [(zlib.crc32(f"{place} {text}".encode()) % 1000) / 100 + 0.01 for place in range(DIMENSIONS)]
