"""One turn of the made-up year while it is being made up, and the thread that it belongs to."""

from dataclasses import dataclass, field
from hashlib import sha1
from typing import Literal
from uuid import NAMESPACE_URL

from agent.demo_history.chance import Chance
from agent.demo_history.found import Found, Topics
from agent.demo_history.rows import Batch
from agent.demo_history.texts import Texts
from agent.demo_history.timing import node_times
from agent.demo_history.year import Year
from agent.model import Citation, FiredRule, Lane, Outcome, Priority, SpokenLine, StoredDecision, Tone
from agent.policy import Policy
from agent.state import Streaks
from agent.voice import Voice

_SPACE = NAMESPACE_URL.bytes

Speaker = Literal["customer", "agent"]
LINES = 6
"""Lines of a conversation that somebody who takes over is shown."""


def named_id(name: str) -> str:
    """The UUID of this name, as `uuid5(NAMESPACE_URL, name)` has it; that is four times slower."""
    # version 5 of UUIDs is defined by this digest; nothing is kept secret with it
    digits = sha1(_SPACE + name.encode(), usedforsecurity=False).digest()[:16]
    marked = digits[:6] + bytes((digits[6] & 0x0F | 0x50, digits[7], digits[8] & 0x3F | 0x80)) + digits[9:]
    text = marked.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@dataclass(frozen=True, slots=True)
class Way:
    """The fields of a Routing, which is a checked value and takes ten times as long to make."""

    lane: Lane
    rules: tuple[FiredRule, ...]
    priority: Priority
    tone: Tone
    subject_rule: str
    rules_apply: bool
    understood: bool


@dataclass(slots=True)
class Talk:
    """A thread, and what the desk has in mind of it."""

    thread_id: str
    customer_id: str
    channel: str
    begun: float
    mind: Topics
    awaiting: str | None = None
    mood: list[float] = field(default_factory=list)
    streaks: Streaks = field(default_factory=lambda: Streaks(low_confidence=0, unknown=0))
    said: list[tuple[Speaker, str]] = field(default_factory=list)
    is_expired: bool = False
    turns: int = 0
    at: float = 0.0

    def lines(self, now: str) -> tuple[SpokenLine, ...]:
        """What was said lately, and what the customer says now."""
        said = (*self.said[-LINES:], ("customer", now))
        return tuple(SpokenLine(who=who, text=text) for who, text in said)


@dataclass(slots=True)
class Turn:
    """A message, what the desk did with it, and what the customer got. Moments are seconds since the year began."""

    turn_id: str
    message_id: str
    received: float
    found: Found
    routing: Way
    policy: Policy
    nodes: list[str]
    is_remote: bool
    reply: str = ""
    holding: str = ""
    who: str = "agent"
    author: str = "agent"
    citations: tuple[Citation, ...] = ()
    mark: float | None = None
    ticket: str | None = None
    outcome: Outcome = "answered"
    action_result: str | None = None
    review_id: str | None = None
    decision: StoredDecision | None = None
    answered: float = 0.0
    settled: float = 0.0
    helped: bool = True
    node_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    """What everything is made up from."""

    texts: Texts
    year: Year
    chance: Chance
    batch: Batch
    graph_version: str
    labelled: float
    """Share of turns that analysts look at afterwards."""

    def voice(self, talk: Talk, turn: Turn) -> Voice:
        """How the desk speaks in this turn."""
        return Voice(talk.mind.language, turn.routing.tone)

    def due_at(self, turn: Turn) -> str:
        """When a person answers at the latest."""
        minutes = turn.policy.sla_minutes(turn.routing.priority)
        return self.year.text(turn.received + 60 * minutes)

    def run(self, turn: Turn) -> None:
        """Let the steps take their time that have not run yet."""
        new = [node for node in turn.nodes if node not in turn.node_ms]
        outage = self.year.in_outage(turn.received, hours_after=12)
        turn.node_ms |= node_times(new, self.chance, is_remote=turn.is_remote, outage=outage)

    def cited(self, article: str) -> Citation:
        """The article as a citation."""
        return self.texts.citations[article]
