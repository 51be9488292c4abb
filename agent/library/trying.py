"""What the live desk would do with a question, found out on its own graph up to where something would be written."""

from uuid import uuid4

from langgraph.checkpoint.memory import InMemorySaver

from agent.backoffice import Backoffice, configuration
from agent.graph import LANES, build_graph
from agent.model import GUEST, FiredRule, Routing, Value
from agent.policy import Policy
from agent.rules import answer_shortfalls
from agent.state import Json, TurnInput

STOPS = tuple(LANES.values())
"""Every lane: nothing before them writes, and of them only the answer itself is tried."""

BEST_MARK = 10.0


class Trial(Value):
    """What would become of a question: `why` names the rules that keep an answer back, "" where it is sent."""

    relevance: float
    answered: bool
    why: str


class Trials:
    """Tries questions as the first message of a guest, each alone, under the policy in force; nothing is written."""

    def __init__(self, office: Backoffice) -> None:
        """The services are the live ones; the steps that would write or pay are never reached."""
        self._services = office.serving(office.policy())
        self._now = office.now()
        self._saver = InMemorySaver()
        self._graph = build_graph(self._saver)

    def of(self, text: str) -> Trial:
        """What would become of this question."""
        thread_id = str(uuid4())
        try:
            return self._tried(thread_id, text)
        finally:
            self._saver.delete_thread(thread_id)

    def _tried(self, thread_id: str, text: str) -> Trial:
        config, policy = configuration(thread_id), self._services.policy
        turn = TurnInput(thread_id=thread_id, customer_id=GUEST, turn_id=thread_id, text=text, received_at=self._now)
        state = self._graph.invoke(turn, config, context=self._services, interrupt_before=STOPS)
        relevance = _relevance(state)
        routing = Routing.model_validate(state["routing"])
        if routing.lane != "faq":
            return Trial(relevance=relevance, answered=False, why=_why(routing.rules, {"escalate"}))
        if relevance < _least(policy):  # no need to have an answer written that would not be sent
            shortfalls = answer_shortfalls(relevance, BEST_MARK, policy)
            return Trial(relevance=relevance, answered=False, why=_why(shortfalls, {"escalate"}))
        state = self._graph.invoke(None, config, context=self._services, interrupt_after=["handle_faq"])
        if state["unsent_answer"] is None:
            return Trial(relevance=relevance, answered=True, why="")
        held = Routing.model_validate(state["routing"]).rules
        return Trial(relevance=relevance, answered=False, why=_why(held, {"escalate", "review"}))


def _relevance(state: Json) -> float:
    return float(state["hits"][0]["relevance"]) if state["hits"] else 0.0


def _least(policy: Policy) -> float:
    """Below this no answer goes out, not even one that says that it is uncertain."""
    return policy.uncertain_from if policy.below_limits == "state uncertainty" else policy.min_relevance


def _why(rules: tuple[FiredRule, ...], effects: set[str]) -> str:
    """The rules that hold it back, else the one that chose another lane."""
    names = [rule.name for rule in rules if rule.effect in effects] or [rule.name for rule in rules]
    return ",".join(names)
