"""Wait for a second person to confirm what the first one approved."""

from langgraph.runtime import Runtime
from langgraph.types import interrupt

from agent.proposals import SecondGateAnswer, as_decided
from agent.services import Services
from agent.state import Json, State


def second_gate(state: State, runtime: Runtime[Services]) -> Json:
    """The second decision as the table holds it. A gate of its own: a crash must not let one person fill both seats."""
    # resuming runs this node again from its first line, so nothing may stand before the interrupt
    answer = interrupt(state["to_confirm"], response_schema=SecondGateAnswer)
    return {"decision": as_decided(answer, runtime.context.decisions.read(answer.review_id))}
