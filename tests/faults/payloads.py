"""What somebody who can write to the checkpoints could put there: a hundred ways to be run, believed or choked on."""

import gzip
import io
import json
import pickle
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import ormsgpack

NON_STRING_KEYS = ormsgpack.OPT_NON_STR_KEYS


class Payload(NamedTuple):
    """Type and content of a row. `sound` marks what may turn out to be readable, such as a flipped bit in a text."""

    name: str
    type: str
    content: bytes
    sound: bool = False


class Reduced:
    """Pickles into a call."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self._call = function, arguments

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self._call


def payloads(canary: Path, genuine: bytes) -> list[Payload]:
    """All of them; running any would make `canary`. `genuine` is the msgpack of an untouched row."""
    made = [*_pickles(canary), *_extensions(canary), *_json(canary), *_too_much(), *_wrong_kinds()]
    return [*made, *_inside_what_is_ours(canary), *_damaged(genuine)]


def _calls(canary: Path) -> list[tuple[str, str, tuple[Any, ...]]]:
    command = f"touch {canary}"
    python = f"open({str(canary)!r}, 'w')"
    return [
        ("os", "system", (command,)),
        ("posix", "system", (command,)),
        ("os", "popen", (command,)),
        ("subprocess", "getoutput", (command,)),
        ("subprocess", "check_output", (["touch", str(canary)],)),
        ("builtins", "eval", (python,)),
        ("builtins", "exec", (python,)),
        ("builtins", "open", (str(canary), "w")),
        ("pathlib", "PosixPath.touch", (str(canary),)),
        ("pickle", "loads", (_pickle(canary, 4),)),
    ]


def _pickle(canary: Path, protocol: int) -> bytes:
    return pickle.dumps(Reduced(eval, f"open({str(canary)!r}, 'w')"), protocol)


def _pickles(canary: Path) -> Iterator[Payload]:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        for kind in ("pickle", "msgpack"):
            yield Payload(f"pickle {protocol} as {kind}", kind, _pickle(canary, protocol))
    yield Payload("pickle as json", "json", _pickle(canary, 0))


def _packed(value: Any) -> bytes:
    return ormsgpack.packb(value, option=NON_STRING_KEYS)


def _call(code: int, module: str, name: str, arguments: Any, *more: Any) -> ormsgpack.Ext:
    return ormsgpack.Ext(code, _packed((module, name, arguments, *more)))


def _extensions(canary: Path) -> Iterator[Payload]:
    for module, name, arguments in _calls(canary):
        yield Payload(f"single argument: {module}.{name}", "msgpack", _packed(_call(0, module, name, arguments[0])))
        yield Payload(f"arguments: {module}.{name}", "msgpack", _packed(_call(1, module, name, arguments)))
    for module, name, arguments in _calls(canary)[:6]:
        yield Payload(f"method: {module}.{name}", "msgpack", _packed(_call(3, module, "path", arguments[0], name)))
        named = {"command": arguments[0], "cmd": arguments[0]}
        yield Payload(f"names: {module}.{name}", "msgpack", _packed(_call(2, module, name, named)))
        yield Payload(f"pydantic 1: {module}.{name}", "msgpack", _packed(_call(4, module, name, named)))
        yield Payload(f"pydantic 2: {module}.{name}", "msgpack", _packed(_call(5, module, name, named)))
    python = f"open({str(canary)!r}, 'w')"
    touching = _call(3, "pathlib", "Path", str(canary), "touch")
    yield Payload("method: Path.touch", "msgpack", _packed(touching))
    yield Payload(
        "array of objects", "msgpack", _packed(ormsgpack.Ext(6, _packed(("|O", (1,), "C", _pickle(canary, 4)))))
    )
    yield Payload(
        "delta around a call", "msgpack", _packed(ormsgpack.Ext(7, _packed(_call(0, "builtins", "eval", python))))
    )
    yield Payload("a path", "msgpack", _packed(_call(1, "pathlib", "PosixPath", [str(canary)])))
    yield Payload("a pattern", "msgpack", _packed(_call(1, "re", "compile", ["(a+)+$", 0])))
    yield Payload("a command", "msgpack", _packed(_call(2, "langgraph.types", "Command", {"goto": "issue_refund"})))
    for code in (8, 42, 127):
        yield Payload(f"extension {code}", "msgpack", _packed(ormsgpack.Ext(code, b"x")))


def _json(canary: Path) -> Iterator[Payload]:
    for module, name, arguments in _calls(canary)[:7]:
        envelope = {"lc": 2, "type": "constructor", "id": [module, name], "args": list(arguments), "kwargs": {}}
        yield Payload(f"json: {module}.{name}", "json", json.dumps(envelope).encode())
    template = {"template": "{{ ''.__class__ }}", "template_format": "jinja2", "input_variables": []}
    prompt = {
        "lc": 1,
        "type": "constructor",
        "id": ["langchain", "prompts", "prompt", "PromptTemplate"],
        "kwargs": template,
    }
    yield Payload("json: a prompt", "json", json.dumps(prompt).encode())
    yield Payload(
        "json: a secret", "json", json.dumps({"lc": 1, "type": "secret", "id": ["AWS_SECRET_ACCESS_KEY"]}).encode()
    )
    yield Payload("json: plain", "json", b"{}")


def _too_much() -> Iterator[Payload]:
    yield Payload("lists in lists", "msgpack", b"\x91" * 200_000 + b"\xc0")
    yield Payload("lists in lists, json", "json", b"[" * 200_000 + b"]" * 200_000)
    yield Payload("a list of four billion", "msgpack", b"\xdd\xff\xff\xff\xff")
    yield Payload("a table of four billion", "msgpack", b"\xdf\xff\xff\xff\xff")
    yield Payload("a text of four billion", "msgpack", b"\xdb\xff\xff\xff\xff")
    deep: Any = 1
    for _level in range(300):
        deep = _call(0, "builtins", "set", [deep])
    yield Payload("objects in objects", "msgpack", _packed(deep))
    yield Payload("packed zeros", "msgpack", gzip.compress(bytes(50_000_000)))
    twice = io.BytesIO()
    with gzip.GzipFile(fileobj=twice, mode="wb") as outer:
        outer.write(zlib.compress(bytes(50_000_000)))
    yield Payload("packed zeros, packed", "bytes", twice.getvalue())


def _wrong_kinds() -> Iterator[Payload]:
    yield Payload("an empty list", "msgpack", _packed([]), sound=True)  # of messages, or of pauses, may be
    values: tuple[Any, ...] = (
        42,
        "a letter",
        [1, 2],
        {},
        True,
        1.5,
        {"checkpoint": 1},
        {"v": 1, "id": "1", "channel_values": []},
    )
    for value in values:
        yield Payload(f"{value!r}", "msgpack", _packed(value))
    yield Payload("nothing", "null", b"")
    yield Payload("bytes", "bytes", b"\x00" * 64)
    for kind in ("yaml", "dill", "pickle+gzip", "MSGPACK", "Pickle"):
        yield Payload(f"format {kind}", kind, b"\x80")


def _inside_what_is_ours(canary: Path) -> Iterator[Payload]:
    """In an object that may be built."""
    evil = _call(0, "os", "system", f"touch {canary}")
    message = {"content": "hello", "type": "human"}
    human = ("langchain_core.messages.human", "HumanMessage")
    yield Payload("in a message", "msgpack", _packed([_call(5, *human, {**message, "content": evil}, "x")]))
    yield Payload(
        "beside a message", "msgpack", _packed([_call(5, *human, {**message, "additional_kwargs": {"a": evil}}, "x")])
    )
    yield Payload("a message of nothing", "msgpack", _packed([_call(5, *human, {"content": 42}, "x")]))
    yield Payload("a message as a call", "msgpack", _packed([_call(0, *human, "hello")]))
    yield Payload("in a set", "msgpack", _packed([_call(0, "builtins", "set", [evil])]))
    yield Payload(
        "in a pause", "msgpack", _packed([_call(2, "langgraph.types", "Interrupt", {"value": evil, "id": "a"})])
    )
    yield Payload(
        "a pause of nothing", "msgpack", _packed([_call(2, "langgraph.types", "Interrupt", {"value": 1, "id": 2})])
    )


def _damaged(genuine: bytes) -> Iterator[Payload]:
    for part in (0, 1, len(genuine) // 4, len(genuine) // 2, len(genuine) - 1):
        yield Payload(f"cut after {part}", "msgpack", genuine[:part])
    yield Payload("with a tail", "msgpack", genuine + b"\xc0", sound=True)
    for place in range(0, len(genuine), max(1, len(genuine) // 12)):
        flipped = bytes([genuine[place] ^ 0x80])
        yield Payload(f"bit at {place}", "msgpack", genuine[:place] + flipped + genuine[place + 1 :], sound=True)
