"""How the desk's state is written into checkpoints, and the little that is ever built when one is read.

Whoever can write a row of checkpoints could otherwise have any importable function called by who reads it. Here nothing
is imported by name: a handful of classes can be built, and everything else makes the whole row unreadable.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import ormsgpack
from langchain_core.messages import AIMessage, HumanMessage, RemoveMessage, SystemMessage
from langgraph.checkpoint.serde.jsonplus import (
    EXT_CONSTRUCTOR_KW_ARGS,
    EXT_CONSTRUCTOR_SINGLE_ARG,
    EXT_PYDANTIC_V2,
    JsonPlusSerializer,
)
from langgraph.types import Interrupt

DEEPEST = 8
"""Objects inside objects; ours are one deep, and each level costs the reader a frame of its stack."""

BUILT: Mapping[tuple[int, str, str], Callable[[Any], object]] = {
    (EXT_CONSTRUCTOR_SINGLE_ARG, "builtins", "set"): set,
    (EXT_CONSTRUCTOR_KW_ARGS, "langgraph.types", "Interrupt"): lambda fields: Interrupt(**fields),
    **{
        (EXT_PYDANTIC_V2, message.__module__, message.__name__): message.model_validate
        for message in (HumanMessage, AIMessage, SystemMessage, RemoveMessage)
    },
}
"""By kind of extension, module and name: everything beside plain JSON that the graph's state consists of."""

READ = frozenset({"msgpack", "null", "bytes", "bytearray"})
"""The formats that are written; LangGraph's older `json` and `pickle` never were."""


class PlainSerializer(JsonPlusSerializer):
    """LangGraph's serializer, reading only what the desk's state consists of.

    Reading raises ValueError, TypeError or another of the decoder's errors for a row that holds anything else.
    """

    def __init__(self) -> None:
        """There is nothing to choose."""
        super().__init__(allowed_msgpack_modules=None, __unpack_ext_hook__=partial(_build, DEEPEST))

    def loads_typed(self, data: tuple[str, bytes]) -> Any:
        """The value that was written in this format."""
        if data[0] not in READ:
            message = f"format {data[0]!r} is never written by the desk"
            raise ValueError(message)
        return super().loads_typed(data)


def _build(levels: int, code: int, packed: bytes) -> object:
    """The object in a msgpack extension; raises ValueError unless it is one of ours."""
    if not levels:
        message = f"objects lie more than {DEEPEST} deep"
        raise ValueError(message)
    parts = ormsgpack.unpackb(packed, ext_hook=partial(_build, levels - 1), option=ormsgpack.OPT_NON_STR_KEYS)
    module, name, fields = parts[:3]
    build = BUILT.get((code, module, name))
    if build is None:
        message = f"it would build {module}.{name}, which is no part of the desk's state"
        raise ValueError(message)
    return build(fields)
