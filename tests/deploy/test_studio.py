"""What `langgraph.json` names opens in LangGraph's own server: a graph without a checkpointer, drawn without a desk."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command
from langgraph_cli.config import validate_config_file

from agent.errors import AlarmError
from agent.graph import Graph, build_graph, structure_of
from agent.settings import PROJECT
from agent.state import TurnInput
from agent.studio import dry_services
from tests.stand_ins import open_test_office

FILE = PROJECT / "langgraph.json"
ASKED: TurnInput = {
    "thread_id": "t",
    "customer_id": "C-1001",
    "turn_id": "1",
    "text": "I want a refund of $240 for order LF-10482",
    "received_at": "2026-11-21T10:00:00Z",
}


def graph_named_in_the_file() -> Graph:
    path, _, name = json.loads(FILE.read_text(encoding="utf-8"))["graphs"]["support_triage"]["path"].partition(":")
    module = import_module(path.removeprefix("./").removesuffix(".py").replace("/", "."))
    graph: Graph = getattr(module, name)()
    return graph


def test_the_servers_own_tool_takes_the_file() -> None:
    config = validate_config_file(FILE)

    assert set(config["graphs"]) == {"support_triage"}


def test_the_graph_is_the_desks_and_leaves_saving_to_the_server() -> None:
    graph = graph_named_in_the_file()

    assert graph.checkpointer is None
    assert structure_of(graph).version == structure_of(build_graph(InMemorySaver())).version


def test_its_form_asks_for_what_starts_a_turn_and_for_no_services() -> None:
    graph = graph_named_in_the_file()

    assert set(graph.get_input_jsonschema()["required"]) == set(ASKED)
    assert graph.get_context_jsonschema() is None


@pytest.mark.parametrize(
    ("action", "result"), [("approve", "Refund issued: $240.00"), ("deny", "Refund denied: other")]
)
def test_a_refund_goes_through_its_gate_and_nothing_is_paid(tmp_path: Path, action: str, result: str) -> None:
    office = open_test_office(tmp_path / "home")
    graph = build_graph(InMemorySaver(), served_by=lambda state: dry_services(office, state))
    thread: RunnableConfig = {"configurable": {"thread_id": "t"}}

    paused = graph.invoke(ASKED, thread)
    values = graph.invoke(Command(resume={"review_id": action, "action": action}), thread)

    assert paused["__interrupt__"]
    assert values["action_result"] == result
    assert office.services.ledger.count_paid() == 0
    office.close()


def test_an_answer_that_is_no_action_decides_nothing(tmp_path: Path) -> None:
    office = open_test_office(tmp_path / "home")
    graph = build_graph(InMemorySaver(), served_by=lambda state: dry_services(office, state))
    thread: RunnableConfig = {"configurable": {"thread_id": "t"}}
    graph.invoke(ASKED, thread)

    with pytest.raises(AlarmError, match="R-17 is no action; nothing would be paid"):
        graph.invoke(Command(resume={"review_id": "R-17", "action": "approve"}), thread)

    office.close()
