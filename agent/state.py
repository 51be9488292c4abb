"""What is checkpointed: plain JSON types and messages, nothing else.

Four kinds of fields:
  immutable      thread_id, customer_id: set with the first message, never changed
  append-only    messages: trimmed to the last `kept_messages` of the policy; the transcript in the store keeps all
  carried over   from turn to turn until something changes them
  replaced       belongs to the current turn; intake clears it

Nodes that run after a gate read fields that a past release did not know with `get`: it may have paused the thread.
"""

from typing import Annotated, Any

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages
from typing_extensions import TypedDict  # before Python 3.12 pydantic describes no other

Json = dict[str, Any]


class Streaks(TypedDict):
    """How many turns in a row something was so, the current one included."""

    low_confidence: int
    unknown: int


def gather(before: list[Json], more: list[Json] | None) -> list[Json]:
    """Steps that run side by side each add theirs; None clears the list."""
    return [] if more is None else [*before, *more]


class State(TypedDict, total=False):
    """The state of one thread."""

    thread_id: str
    customer_id: str

    messages: Annotated[list[AnyMessage], add_messages]

    # carried over
    language: str  # ISO 639-1 code of the customer's language
    mood: list[float]  # sentiment scores of the last turns, oldest first
    streaks: Streaks
    awaiting: str | None  # Awaited: what the customer was asked for
    task: Json | None  # OrderTask under way
    proven: list[str]  # numbers of orders that the customer proved by e-mail address
    summary: str  # what is older than `messages`
    refund_request: Json | None  # order, amount and words of a refund about which a reviewer asked the customer
    shelf: list[Json]  # Hits of articles cited in earlier turns, oldest first

    # replaced
    turn_id: str
    text: str
    received_at: str
    policy_version: int  # of the policy that the turn began under; a run that is made again goes on with it

    classification: Json
    sentiment: Json
    hits: list[Json]
    tier: str | None  # of the signed-in customer
    routing: Json

    reply: str
    citations: list[Json]
    ticket_number: str | None
    action_result: str | None
    tool_calls: Annotated[list[Json], gather]
    engine_calls: Annotated[list[Json], gather]
    memory: Json | None  # Memory handed to the engine, without its texts

    order: Json | None  # the Order that a message is about
    order_step: str | None  # where the order lane goes next
    refund: Json | None  # RefundFacts of a refund that is being assessed
    answer_confidence: float | None  # the engine's mark for its answer, 0..10; None if none was written
    unsent_answer: Json | None  # a Grounded answer that was not sent by itself
    proposal: Json | None  # the interrupt's payload, frozen before the gate
    to_confirm: Json | None  # the second gate's payload: the review's id and the first decision
    decision: Json | None  # StoredDecision, for choosing the edge only; payments read the table again


class TurnInput(TypedDict):
    """What starts a turn; every field of the turn before is cleared by intake."""

    thread_id: str
    customer_id: str
    turn_id: str
    text: str
    received_at: str
