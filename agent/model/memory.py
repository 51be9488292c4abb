"""What an engine is told of a conversation."""

from agent.model.evidence import SpokenLine
from agent.model.understanding import Hit
from agent.model.value import Value


class Dropped(Value):
    """Something that was left out to stay within the budget, and the tokens that this saved."""

    what: str
    tokens: int


class Memory(Value):
    """The latest messages whole, a summary of what is older, passages, and what had to be left out."""

    summary: str = ""
    lines: tuple[SpokenLine, ...] = ()
    passages: tuple[Hit, ...] = ()
    tokens: int = 0
    dropped: tuple[Dropped, ...] = ()
