"""What an analyst asks for, and the figures that come back."""

from datetime import date
from typing import Literal

from pydantic import Field

from agent.model.value import Value
from agent.model.words import Category, Intent, Team

Unit = Literal["share", "count", "seconds", "money", "score", "stars", "tokens", "USD"]
Subject = Literal["turns", "conversations", "reviews", "ratings"]
"""What a metric counts: messages with their turns, conversations, reviews by people, ratings by customers."""


class FactFilter(Value):
    """Which facts are looked at: days are whole days of the time zone, both included; empty means all.

    A turn counts on the day on which its message came, a review on the day on which it was opened, a conversation on
    that of its first message. With a team or a reviewer only turns with such a review are left.
    """

    since: date | None = None
    until: date | None = None
    zone: str = "UTC"
    category: Category | None = None
    intent: Intent | None = None
    channel: str | None = None
    team: Team | None = None
    reviewer: str | None = None
    demo: bool = Field(default=True, description="Whether demo data counts too.")


class Definition(Value):
    """What a metric means: of which rows it is made up, in words that stand beside the figure."""

    name: str
    title: str
    text: str
    subject: Subject
    unit: Unit


class Figure(Value):
    """A value with how many rows it rests on; None where there is nothing to say.

    Shares bring the 95 % Wilson interval; money and counts have none. `p90` goes with a median in seconds, and `open`
    counts cases that are not finished and enter as "longer than until now".
    """

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    p90: float | None = None
    open: int = 0


class Bar(Value):
    """One group of a breakdown: `key` names it to the desk, `label` to people."""

    key: str
    label: str
    figure: Figure


class Kpi(Value):
    """A figure, the same one for the span of equal length before, and its course."""

    definition: Definition
    figure: Figure
    before: Figure | None
    course: tuple[Bar, ...]


class Flow(Value):
    """How many turns went from one place to another: `column` 0 is from intent to lane, 1 from lane to outcome."""

    column: int
    source: str
    target: str
    turns: int


class Curve(Value):
    """Share of cases that still wait after so many seconds, by Kaplan and Meier, with its 95 % band."""

    seconds: tuple[float, ...]
    waiting: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    median: float | None
    p90: float | None
    n: int
    open: int


class MoneyLine(Value):
    """Refunds of one currency in minor units; `unexplained` is what was issued without, or beyond, an approval."""

    currency: str
    requested: int
    approved: int
    denied: int
    issued: int
    on_the_way: int
    unexplained: int


class NodeTime(Value):
    """Milliseconds of one step of the graph over the turns that passed it."""

    node: str
    n: int
    p50: float
    p95: float


class FactRow(Value):
    """One row behind a figure, with the thread that it belongs to."""

    thread_id: str
    turn_id: str | None
    review_id: str | None
    at: str
    title: str
    intent: str | None
    outcome: str | None
    value: float | None


class FilterChoices(Value):
    """What can be chosen in the filter, and how much there is."""

    channels: tuple[str, ...]
    reviewers: tuple[str, ...]
    first_day: date | None
    last_day: date | None
    turns: int
    demo_turns: int
