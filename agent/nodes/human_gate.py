"""Wait for a person's decision on a refund."""

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agent.proposals import GateAnswer, as_decided
from agent.services import Services
from agent.state import Json, State


def human_gate(state: State, runtime: Runtime[Services]) -> Json:
    """The decision as the table holds it, for choosing the way on; and what a second person would confirm."""
    # resuming runs this node again from its first line, so nothing may stand before the interrupt
    answer = interrupt(state["proposal"], response_schema=GateAnswer)
    decision = as_decided(answer, runtime.context.decisions.seats(answer.review_id)[0])
    return {"decision": decision, "to_confirm": {"review_id": answer.review_id, "first": decision}}
