"""Endpoints that keep the protocol badly or not at all. Each repeats the key and the message wherever it can."""

import socket
from collections.abc import Mapping
from types import MappingProxyType

from tests.wire.compatible import MOOD, READING, chunk, completed, completion, error, method_of, polite, stream
from tests.wire.server import Exchange, Json, Respond


def _fails(status: int, headers: dict[str, str] | None = None) -> Respond:
    return lambda exchange: error(exchange, status, "No", headers=headers)


def _echo(exchange: Exchange) -> str:
    return " ".join(f"{exchange.authorization} {exchange.body['messages'][-1]['content']}".split())


def _replies(exchange: Exchange, text: str, finish: str = "stop") -> None:
    if exchange.body.get("stream"):
        stream(exchange, text, finish)
    else:
        exchange.send(completion(exchange.body, text, finish))


def silent(exchange: Exchange) -> None:
    """Takes the request and never answers."""
    exchange.stopped.wait(30)


def drips(exchange: Exchange) -> None:
    """A byte now and then, each within any limit on silence."""
    exchange.begin_stream()
    while not exchange.stopped.wait(0.1):
        exchange.write(b" ")


def drips_its_head(exchange: Exchange) -> None:
    """The same, before the reply has even begun."""
    exchange.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not exchange.stopped.wait(0.1):
        exchange.write(b"a")


def runs_on(exchange: Exchange) -> None:
    """A small model that repeats itself for ever."""
    if not exchange.body.get("stream"):
        silent(exchange)
        return
    exchange.begin_stream()
    while not exchange.stopped.wait(0.001):
        exchange.event(chunk(exchange.body, {"content": f"and {_echo(exchange)} "}))


def cuts_the_stream(exchange: Exchange) -> None:
    """Resets the connection after a good sentence."""
    exchange.begin_stream()
    for text in ("CONFIDENCE: 9\n", "[1] Delivery takes 3 to 5 working days.\n", "[1] Expr"):
        exchange.event(chunk(exchange.body, {"content": text}))
    exchange.reset()


def ends_the_stream(exchange: Exchange) -> None:
    """Ends as if all was well, but without a reason for the end."""
    if not exchange.body.get("stream"):
        exchange.send(completed(exchange.body, {"role": "assistant", "content": None}, None, None))
        return
    exchange.begin_stream()
    exchange.event(chunk(exchange.body, {"content": "CONFIDENCE: 9\n[1] Delivery takes 3 to 5 working days.\n[1] Ex"}))


def reports_an_error_later(exchange: Exchange) -> None:
    """Begins well, then sends an error."""
    exchange.begin_stream()
    exchange.event(chunk(exchange.body, {"content": "CONFIDENCE: 9\n"}))
    exchange.event({"error": {"message": _echo(exchange), "type": "server_error", "code": None}})


def refuses(exchange: Exchange) -> None:
    """A refusal as OpenAI marks it."""
    if exchange.body.get("stream"):
        stream(exchange, f"I'm sorry, I can't help with {_echo(exchange)}.")
        return
    message = {"role": "assistant", "content": None, "refusal": f"I can't help with {_echo(exchange)}."}
    exchange.send(completed(exchange.body, message, "stop", None))


def runs_out_of_tokens(exchange: Exchange) -> None:
    """Stops in the middle and says so."""
    text = str(polite(exchange.body))
    _replies(exchange, text[: len(text) // 2], "length")


def is_filtered(exchange: Exchange) -> None:
    """A filter stops the reply."""
    _replies(exchange, "", "content_filter")


def invents_words(exchange: Exchange) -> None:
    """Labels that are not in the list, empty fields, and a source that does not exist."""
    if exchange.body.get("stream"):
        stream(exchange, f"CONFIDENCE: 9\n[7] {_echo(exchange)}\n")
        return
    wrong = READING | MOOD | {"intent": "rage", "label": "furious", "summary": "", "suggestion": "", "draft": ""}
    exchange.send(completion(exchange.body, wrong))


def chats(exchange: Exchange) -> None:
    """Prose where a form was asked for."""
    _replies(exchange, f"Sure! You wrote {_echo(exchange)}, so it is about a refund, I think.")


def calls_no_tool(exchange: Exchange) -> None:
    """Supports nothing but tools, and then calls none."""
    if exchange.body.get("stream"):
        stream(exchange, "")
    elif method_of(exchange.body) != "function_calling":
        error(exchange, 400, "Not supported")
    else:
        message = {"role": "assistant", "content": None, "tool_calls": None}
        exchange.send(completed(exchange.body, message, "tool_calls", None))


def cuts_the_form(exchange: Exchange) -> None:
    """Half a form, and no word about it."""
    text = '{"summary": "Kettle", "suggestion": "Look", "draft": "We are look'
    _replies(exchange, text if not exchange.body.get("stream") else "CONFIDENCE")


def sends_no_choice(exchange: Exchange) -> None:
    """An envelope with nothing in it."""
    document: Json = {"id": "1", "object": "chat.completion", "created": 1, "model": "cheap", "choices": None}
    if exchange.body.get("stream"):
        exchange.begin_stream()
        exchange.event({**document, "choices": []})
        exchange.event("[DONE]")
    else:
        exchange.send(document)


def sends_a_page(exchange: Exchange) -> None:
    """What a captive portal does."""
    exchange.send_text(f"<html><body>Welcome! {_echo(exchange)}</body></html>", "text/html")


def sends_half_a_document(exchange: Exchange) -> None:
    """Declared as JSON, but is none."""
    exchange.send_text('{"id": "1", "choices": [{"mess', "application/json")


def empty(exchange: Exchange) -> None:
    """A reply without a word."""
    _replies(exchange, "")


MISBEHAVIOURS: Mapping[str, Respond] = MappingProxyType(
    {
        "wrong key": _fails(401),
        "key without rights": _fails(403),
        "unknown model": _fails(404),
        "invalid request": _fails(400),
        "too many requests, wait long": _fails(429, {"Retry-After": "30"}),
        "too many requests, wait little": _fails(429, {"Retry-After": "0.05"}),
        "too many requests, wait till a date": _fails(429, {"Retry-After": "Wed, 21 Oct 2037 07:28:00 GMT"}),
        "too many requests": _fails(429),
        "server error": _fails(500),
        "bad gateway": _fails(502),
        "not implemented": _fails(501),
        "silent": silent,
        "drips": drips,
        "drips its head": drips_its_head,
        "runs on": runs_on,
        "cuts the stream": cuts_the_stream,
        "ends the stream": ends_the_stream,
        "reports an error later": reports_an_error_later,
        "empty": empty,
        "refuses": refuses,
        "runs out of tokens": runs_out_of_tokens,
        "is filtered": is_filtered,
        "invents words": invents_words,
        "chats": chats,
        "calls no tool": calls_no_tool,
        "cuts the form": cuts_the_form,
        "sends no choice": sends_no_choice,
        "sends a page": sends_a_page,
        "sends half a document": sends_half_a_document,
    }
)


def closed_port() -> str:
    """An address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/v1"
