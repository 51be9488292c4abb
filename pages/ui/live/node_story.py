"""What a node did in a turn: shown when it is selected in the graph."""

from collections.abc import Callable, Mapping
from typing import Any

from agent import GraphStructure, TurnView
from pages.ui.blocks import Block, facts, note, points, quote
from pages.ui.clock import milliseconds
from pages.ui.live.decision_record import classification_facts, hit_table, rule_table, sentiment_facts, tool_table

Json = Mapping[str, Any]

WRITES = {"cancel_order", "update_order"}
"""Tools that change an order; the others only look."""

PURPOSE: Mapping[str, str] = {
    "intake": "Takes the message in and prepares what the agent keeps in mind of the conversation.",
    "classify": "Reads what the message is about: intent, topic, category, and details such as an order number.",
    "gauge_sentiment": "Reads how the customer feels, and by which signals.",
    "retrieve": "Looks for articles of the help centre that might answer the message.",
    "route": "Applies the policy's rules and chooses one lane.",
    "handle_faq": "Answers from the articles that were found; holds back what is not good enough or has no source.",
    "create_ticket": "Opens a ticket, so that the customer has a number and a due time at once.",
    "assess_refund": "Freezes the facts of the order and judges each clause of the refund policy; asks if it knows "
    "neither order nor amount.",
    "identify_order": "Finds out which order is meant and whether it is the customer's; asks if it cannot tell.",
    "confirm_order": "Shows the order and what would be done to it, and asks for a yes. Without one, nothing is done.",
    "resolve_order": "Says how the order stands, or does what the customer said yes to, once. A cancelled order that "
    "was paid goes on to the refund's gate.",
    "fallback": "Says what the desk can do and asks one question back.",
    "prepare_handoff": "Packs the conversation for a person: summary, what may help, draft, mood, and what was found. "
    "An answer that is only to be checked comes this way too.",
    "human_gate": "Stops the thread until a reviewer has decided. Nothing can be paid before that.",
    "second_gate": "Stops a large refund once more, until a second, different person has confirmed exactly what the "
    "first one approved.",
    "human_handoff": "Stops the thread until a person has sent or edited the draft, answered, or taken over.",
    "issue_refund": "Reads the decision again from the table and pays the approved amount, once.",
    "refund_denied": "Tells the customer that the refund was denied, why, and what they can do.",
    "deliver": "Sends what the person decided to say.",
    "record": "Closes the turn: the reply joins the conversation, and a question stays open until it is answered.",
}


def node_blocks(structure: GraphStructure, name: str, turn: TurnView | None) -> list[Block]:
    """Purpose, time and findings of a node; says so where it did not run."""
    label = next((node.label for node in structure.nodes if node.name == name), name)
    purpose = note(PURPOSE.get(name, label), "soft")
    if turn is None or name not in turn.record.get("timings", {}):
        waits = turn is not None and turn.status == "paused" and _is_waited_at(name, turn)
        return [purpose, note("It waits for the decision now." if waits else "It did not run in this turn.")]
    took = facts([("Took", milliseconds(turn.record["timings"][name]))])
    return [purpose, took, *FINDINGS.get(name, _nothing)(turn)]


def _is_waited_at(name: str, turn: TurnView) -> bool:
    """Whether a paused turn stands at this gate; the second one comes after the first."""
    if name == "second_gate":
        return "human_gate" in turn.record.get("timings", {})
    return name in {"human_gate", "human_handoff"}


def _nothing(_turn: TurnView) -> list[Block]:
    return []


def _message(turn: TurnView) -> list[Block]:
    return [quote(turn.text)]


def _classification(turn: TurnView) -> list[Block]:
    return [classification_facts(turn.record["classification"])] if turn.record.get("classification") else []


def _sentiment(turn: TurnView) -> list[Block]:
    return [sentiment_facts(turn.record["sentiment"])] if turn.record.get("sentiment") else []


def _hits(turn: TurnView) -> list[Block]:
    hits = turn.record.get("hits") or ()
    return [hit_table(hits)] if hits else [note("No article came close.")]


def _routing(turn: TurnView) -> list[Block]:
    routing = turn.record.get("routing")
    if not routing:
        return []
    chosen = facts([("Lane", routing["lane"]), ("Priority", routing["priority"]), ("Tone", routing["tone"])])
    return [chosen, rule_table(routing["rules"])] if routing["rules"] else [chosen]


def _reply(turn: TurnView) -> list[Block]:
    reply = turn.record.get("reply")
    sources = [citation["title"] for citation in turn.record.get("citations") or ()]
    return [quote(reply), *([points(dict.fromkeys(sources))] if sources else [])] if reply else []


def _ticket(turn: TurnView) -> list[Block]:
    ticket = turn.record.get("ticket")
    return [facts([("Ticket", ticket)])] if ticket else []


def _looked_up(turn: TurnView) -> list[Block]:
    calls = [call for call in turn.record.get("tool_calls") or () if call["tool"] not in WRITES]
    return [tool_table(calls)] if calls else []


def _consent(turn: TurnView) -> list[Block]:
    """The question while it is open; else the message that it was given."""
    if (turn.record.get("awaiting") or "").startswith("order_"):
        return _reply(turn)
    return [note("The customer was asked before, and said:"), quote(turn.text)]


def _resolved(turn: TurnView) -> list[Block]:
    calls = [call for call in turn.record.get("tool_calls") or () if call["tool"] in WRITES]
    return [*_outcome(turn), *([tool_table(calls)] if calls else [])]


def _outcome(turn: TurnView) -> list[Block]:
    result = turn.record.get("action_result")
    return [facts([("Outcome", result)])] if result else []


FINDINGS: Mapping[str, Callable[[TurnView], list[Block]]] = {
    "intake": _message,
    "classify": _classification,
    "gauge_sentiment": _sentiment,
    "retrieve": _hits,
    "route": _routing,
    "handle_faq": _reply,
    "fallback": _reply,
    "deliver": _reply,
    "create_ticket": _ticket,
    "prepare_handoff": _ticket,
    "identify_order": _looked_up,
    "confirm_order": _consent,
    "resolve_order": _resolved,
    "issue_refund": _outcome,
    "refund_denied": _outcome,
    "record": _outcome,
}
