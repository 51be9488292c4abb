"""Who writes in the made-up year: customers who come back, each with a language and a temper of their own."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.model import GUEST

NEW = 0.62
"""How many conversations are with somebody who never wrote before."""
GUESTS = 0.1
RECENT = 0.12
"""Who comes back was last here this share of all conversations ago, on average."""
LANGUAGES = ("en", "es", "de", "fr")
SHARES = (0.86, 0.06, 0.045, 0.035)
TEMPER = 0.07
FIRST_NUMBER = 100_000


@dataclass(frozen=True)
class Customers:
    """By conversation, in the order in which they begin: who it is, and what they are like."""

    numbers: npt.NDArray[np.int64]
    is_guest: npt.NDArray[np.bool_]
    language: npt.NDArray[np.int64]
    temper: npt.NDArray[np.float64]

    def customer_id(self, conversation: int) -> str:
        """As whom the desk knows the customer."""
        if self.is_guest[conversation]:
            return GUEST
        return f"D-{FIRST_NUMBER + int(self.numbers[conversation])}"

    def language_of(self, conversation: int) -> str:
        """The language that this customer writes."""
        return LANGUAGES[int(self.language[conversation])]

    def temper_of(self, conversation: int) -> float:
        """How much better or worse the customer's mood is than usual."""
        return float(self.temper[conversation])


def draw_customers(count: int, generator: np.random.Generator) -> Customers:
    """The customers of so many conversations: whoever wrote lately is the likeliest to write again."""
    places = np.arange(count)
    back = 1 + generator.exponential(RECENT * count, count).astype(np.int64)
    # a conversation goes on with the customer of an earlier one, found by following the links to their beginning
    earlier = np.where((generator.random(count) < NEW) | (back > places), places, places - back)
    while not np.array_equal(following := earlier[earlier], earlier):
        earlier = following
    language = np.searchsorted(np.cumsum(SHARES), generator.random(count), side="right").clip(max=len(SHARES) - 1)
    temper = generator.normal(0.0, TEMPER, count)
    return Customers(
        numbers=earlier,
        is_guest=generator.random(count) < GUESTS,
        language=language[earlier],
        temper=temper[earlier],
    )
