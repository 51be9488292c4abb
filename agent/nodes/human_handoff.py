"""Wait for a person to take care of a conversation."""

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agent.proposals import GateAnswer, as_decided
from agent.services import Services
from agent.state import Json, State


def human_handoff(state: State, runtime: Runtime[Services]) -> Json:
    """The decision as the table holds it, for the reply and the status that follow from it."""
    # resuming runs this node again from its first line, so nothing may stand before the interrupt
    answer = interrupt(state["proposal"], response_schema=GateAnswer)
    return {"decision": as_decided(answer, runtime.context.decisions.read(answer.review_id))}
