"""How the desk speaks in one turn: in the customer's language, and in the tone that the mood asks for."""

from dataclasses import dataclass
from typing import Any

from agent.model import Order, Routing, Tone
from agent.state import State
from agent.wording import Phrases, day, is_written, phrases_in, when

SHOWN_ITEMS = 4


@dataclass(frozen=True)
class Voice:
    """The sentences of a language, ready to be filled in."""

    language: str
    tone: Tone = "standard"

    @property
    def phrases(self) -> Phrases:
        """The sentences; English where the desk does not write the customer's language."""
        return phrases_in(self.language)

    @property
    def opening(self) -> str:
        """What the tone puts before a reply; ends with a blank, or is empty."""
        return self.phrases.openings[self.tone]

    @property
    def note(self) -> str:
        """That the reply is in English, for customers whose language the desk does not write; else empty."""
        return "" if is_written(self.language) else self.phrases.other_language

    def say(self, sentence: str, **values: Any) -> str:
        """The sentence with opening and values; `due` is given as the time's text and written as people do."""
        return self.opening + self.note + self.fill(sentence, **values)

    def fill(self, sentence: str, **values: Any) -> str:
        """The sentence without opening."""
        if "due" in values:
            values = {**values, "due": when(self.language, values["due"])}
        return sentence.format(**values)

    def day(self, moment: str) -> str:
        """A day as readers of this language expect it."""
        return day(self.language, moment)

    def items(self, order: Order) -> str:
        """What is in an order, in a few words."""
        named = [f"{item.quantity} × {item.name}{f' ({item.variant})' if item.variant else ''}" for item in order.items]
        return ", ".join([*named[:SHOWN_ITEMS], *(["…"] if len(named) > SHOWN_ITEMS else [])])


def voice_of(state: State) -> Voice:
    """The voice of this turn."""
    return Voice(state.get("language") or "en", Routing.model_validate(state["routing"]).tone)
