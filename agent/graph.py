"""The business process. Read this first.

START → intake → (classify ∥ gauge_sentiment ∥ retrieve) → route → one lane → record → END. A refund stops at
human_gate, a large one at second_gate as well, and an escalation at human_handoff until a person has decided.
"""

import hashlib
import json
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from agent.model import GraphEdge, GraphNode, GraphStructure, StoredDecision
from agent.nodes.assess_refund import assess_refund
from agent.nodes.classify import classify
from agent.nodes.confirm_order import confirm_order
from agent.nodes.create_ticket import create_ticket
from agent.nodes.deliver import deliver
from agent.nodes.fallback import fallback
from agent.nodes.gauge_sentiment import gauge_sentiment
from agent.nodes.handle_faq import handle_faq
from agent.nodes.human_gate import human_gate
from agent.nodes.human_handoff import human_handoff
from agent.nodes.identify_order import identify_order
from agent.nodes.intake import intake
from agent.nodes.issue_refund import issue_refund
from agent.nodes.prepare_handoff import prepare_handoff
from agent.nodes.record import record
from agent.nodes.refund_denied import refund_denied
from agent.nodes.resolve_order import resolve_order
from agent.nodes.retrieve import retrieve
from agent.nodes.route import route
from agent.nodes.second_gate import second_gate
from agent.observing.turn_spans import observed
from agent.proposals import needs_second
from agent.rules import choose_after_assessment
from agent.services import Services
from agent.state import Json, State, TurnInput

Graph = CompiledStateGraph[State, Services, TurnInput, State]

LANES: dict[Hashable, str] = {
    "faq": "handle_faq",
    "issue": "create_ticket",
    "refund · high risk": "assess_refund",
    "order": "identify_order",
    "unknown": "fallback",
    "escalate": "prepare_handoff",
}
"""Edge label → node."""

NODES: dict[str, tuple[str, Any]] = {
    "intake": ("understand", intake),
    "classify": ("understand", classify),
    "gauge_sentiment": ("understand", gauge_sentiment),
    "retrieve": ("understand", retrieve),
    "route": ("route", route),
    "handle_faq": ("lane", handle_faq),
    "create_ticket": ("lane", create_ticket),
    "assess_refund": ("lane", assess_refund),
    "identify_order": ("lane", identify_order),
    "confirm_order": ("lane", confirm_order),
    "resolve_order": ("lane", resolve_order),
    "fallback": ("lane", fallback),
    "prepare_handoff": ("lane", prepare_handoff),
    "human_gate": ("gate", human_gate),
    "second_gate": ("gate", second_gate),
    "human_handoff": ("gate", human_handoff),
    "issue_refund": ("outcome", issue_refund),
    "refund_denied": ("outcome", refund_denied),
    "deliver": ("outcome", deliver),
    "record": ("close", record),
}
"""Node → the band it is drawn in, and the function that is the step."""


Step = Callable[[State, Runtime[Services]], Json]
ServedBy = Callable[[State], Services]


def build_graph(checkpointer: BaseCheckpointSaver[str] | None, served_by: ServedBy | None = None) -> Graph:
    """The compiled process, saving to `checkpointer`.

    Services are handed in with every run; with `served_by` each step asks it for them instead, for whoever runs the
    graph and cannot hand any in.
    """
    graph = StateGraph(State, context_schema=None if served_by else Services, input_schema=TurnInput)
    for name, (_band, node) in NODES.items():
        step: Any = observed(name, node)
        graph.add_node(name, _served(step, served_by) if served_by else step)

    graph.add_edge(START, "intake")
    for name in ("classify", "gauge_sentiment", "retrieve"):
        graph.add_edge("intake", name)
    graph.add_edge(["classify", "gauge_sentiment", "retrieve"], "route")
    graph.add_conditional_edges("route", lane_of, LANES)

    graph.add_conditional_edges(
        "handle_faq", after_faq, {"answered": "record", "review": "prepare_handoff", "escalate": "prepare_handoff"}
    )
    graph.add_edge("create_ticket", "record")
    graph.add_edge("fallback", "record")

    graph.add_conditional_edges(
        "assess_refund",
        after_assessment,
        {"decide": "human_gate", "ask": "record", "escalate": "prepare_handoff"},
    )
    graph.add_conditional_edges(
        "human_gate",
        after_gate,
        {"approve": "issue_refund", "large": "second_gate", "deny": "refund_denied", "answer": "deliver"},
    )
    graph.add_conditional_edges(
        "second_gate", after_second_gate, {"approve": "issue_refund", "deny": "refund_denied", "answer": "deliver"}
    )
    graph.add_edge("issue_refund", "record")
    graph.add_edge("refund_denied", "record")

    graph.add_conditional_edges(
        "identify_order",
        order_step,
        {"ask": "record", "status": "resolve_order", "change": "confirm_order", "person": "prepare_handoff"},
    )
    graph.add_conditional_edges(
        "confirm_order",
        order_step,
        {
            "yes": "resolve_order",
            "ask": "record",
            "done": "record",
            "person": "prepare_handoff",
            "refund": "assess_refund",
        },
    )
    graph.add_conditional_edges("resolve_order", order_step, {"done": "record", "refund": "assess_refund"})
    graph.add_edge("prepare_handoff", "human_handoff")
    graph.add_edge("human_handoff", "deliver")
    graph.add_edge("deliver", "record")
    graph.add_edge("record", END)
    return graph.compile(checkpointer=checkpointer, name="support-triage")


def _served(step: Step, served_by: ServedBy) -> Any:
    @wraps(step)
    def served(state: State, runtime: Runtime[Services]) -> Json:
        return step(state, runtime.override(context=served_by(state)))

    return served


def lane_of(state: State) -> str:
    """The label of the lane that route chose."""
    lane: str = state["routing"]["lane"]
    return {"refund": "refund · high risk", "escalation": "escalate"}.get(lane, lane)


def after_faq(state: State) -> str:
    """Deliver, have it checked, or hand over what must not be sent."""
    if state["unsent_answer"] is None:
        return "answered"
    return "review" if any(rule["effect"] == "review" for rule in state["routing"]["rules"]) else "escalate"


def order_step(state: State) -> str:
    """Where the order lane goes next, as its step decided."""
    return str(state["order_step"])


def after_assessment(state: State) -> str:
    """To the gate, back to the customer, or to a person."""
    return choose_after_assessment(ready=state["proposal"] is not None, asked_before=not state["reply"])


def after_gate(state: State) -> str:
    """The way that the decision opened; a large approval goes to a second person first."""
    chosen = after_second_gate(state)
    if chosen != "approve":
        return chosen
    large = needs_second(state["proposal"] or {}, StoredDecision.model_validate(state["decision"]))
    return "large" if large else "approve"


def after_second_gate(state: State) -> str:
    """The way that the decision opened; whatever is not an approval never leads to a payment."""
    action = (state["decision"] or {}).get("action")
    if action in {"approve", "edit"}:
        return "approve"
    return "answer" if action in {"respond", "take-over"} else "deny"


def structure_of(graph: Graph) -> GraphStructure:
    """The compiled graph as nodes and labelled edges, for drawing; `version` changes when its shape does."""
    drawn = graph.get_graph()
    bands = {START: "start", END: "end"} | {name: band for name, (band, _step) in NODES.items()}
    nodes = tuple(
        GraphNode.model_validate({"name": name, "label": _label(name), "group": bands[name]}) for name in drawn.nodes
    )
    edges = tuple(
        GraphEdge(source=edge.source, target=edge.target, label=str(edge.data or ""), conditional=edge.conditional)
        for edge in drawn.edges
    )
    shape = json.dumps([[node.name for node in nodes], [list(edge.model_dump().values()) for edge in edges]])
    return GraphStructure(version=hashlib.sha256(shape.encode()).hexdigest()[:12], nodes=nodes, edges=edges)


def _label(name: str) -> str:
    names = {START: "Start", END: "End", "handle_faq": "Handle FAQ"}
    return names.get(name, name.replace("_", " ").title())
