"""What is checkpointed: plain JSON types and messages, nothing else.

Three kinds of fields:
  immutable      thread_id, customer_id: set with the first message, never changed
  append-only    messages: trimmed to the last `kept_messages` of the policy; the transcript in the store keeps all
  replaced       everything else: belongs to the current turn, except `mood` and `streaks`, which carry over
"""

from typing import Annotated, Any, TypedDict

from langchain_core.messages import AnyMessage
from langgraph.graph.message import add_messages

Json = dict[str, Any]


class Streaks(TypedDict):
    """How many turns in a row something was so, the current one included."""

    low_confidence: int
    unknown: int


class State(TypedDict, total=False):
    """The state of one thread."""

    thread_id: str
    customer_id: str

    messages: Annotated[list[AnyMessage], add_messages]

    turn_id: str
    text: str
    received_at: str

    classification: Json
    sentiment: Json
    hits: list[Json]
    routing: Json

    reply: str
    citations: list[Json]
    ticket_number: str | None
    action_result: str | None

    awaiting: str | None  # "refund_details" while the customer was asked for order or amount
    order: Json | None  # the Order that a message is about
    refund: Json | None  # RefundFacts of a refund that is being assessed
    unsent_answer: Json | None  # an Answer that was not good enough to send
    proposal: Json | None  # the interrupt's payload, frozen before the gate
    decision: Json | None  # StoredDecision, for choosing the edge only; payments read the table again

    mood: list[float]  # sentiment scores of the last turns, oldest first
    streaks: Streaks


class TurnInput(TypedDict):
    """What starts a turn; every field of the turn before is cleared by intake."""

    thread_id: str
    customer_id: str
    turn_id: str
    text: str
    received_at: str
