"""A release to come, whose human gate has a name that this one does not know."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import StateGraph

from agent.desk import Desk
from agent.graph import NODES, Graph, build_graph
from agent.services import Services
from agent.state import State, TurnInput
from tests.stand_ins import open_test_office, settings_for

RENAMED = {"human_gate": "money_gate"}


def open_newer_desk(home: Path) -> Desk:
    """A desk of the newer release on the same home."""
    office = open_test_office(home)
    structure = office.structure.model_copy(update={"version": "newer"})
    return Desk(replace(office, graph=newer_graph(office.checkpoints), structure=structure), settings_for(home))


def newer_graph(saver: BaseCheckpointSaver[str]) -> Graph:
    """The same process with the gate renamed."""
    known: Any = build_graph(None).builder
    graph = StateGraph(State, context_schema=Services, input_schema=TurnInput)
    for name, (_band, step) in NODES.items():
        graph.add_node(_new(name), step)
    for source, target in known.edges:
        graph.add_edge(_new(source), _new(target))
    for sources, target in known.waiting_edges:
        graph.add_edge([_new(source) for source in sources], _new(target))
    for source, branches in known.branches.items():
        for branch in branches.values():
            ends = {label: _new(end) for label, end in branch.ends.items()}
            graph.add_conditional_edges(_new(source), branch.path, ends)
    return graph.compile(checkpointer=saver)


def _new(name: str) -> str:
    return RENAMED.get(name, name)
