"""What the desk says to customers by itself, in their language where it knows it."""

from agent.wording.english import ENGLISH
from agent.wording.french import FRENCH
from agent.wording.german import GERMAN
from agent.wording.languages import day, is_written, phrases_in, when
from agent.wording.phrases import Phrases
from agent.wording.spanish import SPANISH

__all__ = ["ENGLISH", "FRENCH", "GERMAN", "SPANISH", "Phrases", "day", "is_written", "phrases_in", "when"]
