"""What every place promises in which checkpoints may lie."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import boto3
import pytest
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import Checkpoint, CheckpointTuple, empty_checkpoint
from langgraph.types import Interrupt

from agent.bootstrap import checkpoints_of
from agent.errors import CheckpointTooLargeError, DamagedCheckpointError, LeaseLostError
from agent.store.checkpoint_place import open_checkpoints
from agent.store.checkpoints import Checkpoints
from agent.store.dynamodb import TableAddress
from agent.store.opening import Place
from tests.kinds import KINDS, settings_on

PAUSE = ("__interrupt__", (Interrupt(value={"kind": "refund"}, id="a" * 32),))
ANSWER = ("__resume__", {"a" * 32: {"review_id": "r"}})


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A new place of each kind."""
    return checkpoints_of(settings_on(request.param, tmp_path, request))


@pytest.fixture
def saver(place: Place) -> Iterator[Checkpoints]:
    with closing(open_checkpoints(place)) as opened:
        yield opened


def thread(name: str = "t") -> RunnableConfig:
    return {"configurable": {"thread_id": name, "checkpoint_ns": ""}}


def checkpoint(name: str, text: str = "hello", thread_id: str = "t") -> Checkpoint:
    values = {"thread_id": thread_id, "text": text, "messages": [HumanMessage(text, id="1"), AIMessage("yes", id="2")]}
    return {
        **empty_checkpoint(),
        "id": name,
        "channel_values": values,
        "channel_versions": dict.fromkeys(values, f"{1:032}.1"),
    }


def put(saver: Checkpoints, config: RunnableConfig, name: str, text: str = "hello") -> RunnableConfig:
    made = checkpoint(name, text, config["configurable"]["thread_id"])
    return saver.put(config, made, {"source": "loop", "step": 1}, made["channel_versions"])


def latest(saver: Checkpoints, name: str = "t") -> CheckpointTuple:
    found = saver.get_tuple(thread(name))
    assert found is not None
    return found


def test_what_was_saved_is_read_back_by_whoever_opens_the_place_next(place: Place) -> None:
    with closing(open_checkpoints(place)) as saver:
        saved = put(saver, thread(), "1")
        saver.put_writes(saved, [("reply", "soon"), ("mood", [0.5])], "task")

    with closing(open_checkpoints(place)) as saver:
        found = latest(saver)

    assert found.checkpoint["channel_values"] == checkpoint("1")["channel_values"]
    assert found.metadata["step"] == 1
    assert sorted(found.pending_writes or []) == [("task", "mood", [0.5]), ("task", "reply", "soon")]


def test_a_run_that_was_overtaken_is_refused(saver: Checkpoints) -> None:
    first = put(saver, thread(), "1")
    put(saver, first, "2")

    with pytest.raises(LeaseLostError, match=r"moved on by another process"):
        put(saver, first, "3")
    with pytest.raises(LeaseLostError, match=r"moved on by another process"):
        put(saver, thread(), "4")

    assert latest(saver).checkpoint["id"] == "2"


def test_of_many_that_go_on_from_the_same_place_one_does(saver: Checkpoints) -> None:
    first = put(saver, thread(), "1")

    def go_on(number: int) -> bool:
        try:
            put(saver, first, f"2{number}")
        except LeaseLostError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(go_on, range(8)))

    assert won.count(True) == 1
    assert latest(saver).checkpoint["id"] == f"2{won.index(True)}"


def test_saving_the_same_again_changes_nothing(saver: Checkpoints) -> None:
    first = put(saver, thread(), "1")
    for _time in range(2):
        second = put(saver, first, "2")
        saver.put_writes(second, [("reply", "soon"), ("text", "hello")], "task")

    assert latest(saver).checkpoint["id"] == "2"
    assert len(latest(saver).pending_writes or []) == 2
    assert len(list(saver.list(thread()))) == 2


def test_a_thread_is_paused_until_it_is_answered(saver: Checkpoints) -> None:
    for name in ("t", "u"):
        saver.put_writes(put(saver, thread(name), "1"), [PAUSE], "task")
    put(saver, thread("never paused"), "1")
    before = saver.paused_threads()

    saver.put_writes(latest(saver).config, [ANSWER], "other task")
    after = saver.paused_threads()

    assert sorted(before) == ["t", "u"]
    assert after == ["u"]


def test_a_pause_may_be_saved_before_its_checkpoint_is(saver: Checkpoints) -> None:
    first = put(saver, thread(), "1")
    coming: RunnableConfig = {"configurable": {**first["configurable"], "checkpoint_id": "2"}}

    saver.put_writes(coming, [PAUSE], "task")
    put(saver, first, "2")

    assert saver.paused_threads() == ["t"]


def test_a_thread_that_went_on_is_not_paused_at_its_old_checkpoint(saver: Checkpoints) -> None:
    first = put(saver, thread(), "1")
    saver.put_writes(first, [PAUSE], "task")

    put(saver, first, "2")

    assert saver.paused_threads() == []


def test_pruning_keeps_the_latest_with_its_results(saver: Checkpoints) -> None:
    config = thread()
    for name in ("1", "2", "3"):
        config = put(saver, config, name)
        saver.put_writes(config, [("reply", name)], "task")
    other = put(saver, thread("u"), "1")

    saver.keep_latest("t")

    assert [found.checkpoint["id"] for found in saver.list(thread())] == ["3"]
    assert latest(saver).pending_writes == [("task", "reply", "3")]
    assert latest(saver, "u").config["configurable"]["checkpoint_id"] == other["configurable"]["checkpoint_id"]
    assert put(saver, config, "4")


def test_a_deleted_thread_is_gone_and_may_begin_anew(saver: Checkpoints) -> None:
    saver.put_writes(put(saver, thread(), "1"), [PAUSE], "task")
    put(saver, thread("u"), "1")

    saver.delete_thread("t")

    assert saver.get_tuple(thread()) is None
    assert (saver.paused_threads(), list(saver.thread_ids())) == ([], ["u"])
    put(saver, thread(), "0")
    assert latest(saver).checkpoint["id"] == "0"


def test_checkpoints_are_listed_newest_first_for_one_thread(saver: Checkpoints) -> None:
    config = thread()
    for name in ("1", "2", "3"):
        config = put(saver, config, name)
    put(saver, thread("u"), "9")

    assert [found.checkpoint["id"] for found in saver.list(thread())] == ["3", "2", "1"]
    assert [found.checkpoint["id"] for found in saver.list(thread(), limit=1)] == ["3"]


def test_versions_are_counted_alike_everywhere(saver: Checkpoints) -> None:
    first = saver.get_next_version(None, None)
    second = saver.get_next_version(first, None)

    assert isinstance(first, str)
    assert first.partition(".")[0] == f"{1:032}"
    assert first < second


def test_a_long_conversation_fits(saver: Checkpoints) -> None:
    text = "I would like to know where my order is, and why nobody answers me. " * 20_000

    put(saver, thread(), "1", text)

    assert latest(saver).checkpoint["channel_values"]["text"] == text


def test_a_place_says_that_it_is_well(saver: Checkpoints) -> None:
    check = saver.check()

    assert check.ok
    assert not check.remedy


@pytest.mark.parametrize("place", ["dynamodb"], indirect=True)
def test_what_does_not_fit_is_refused_and_named(saver: Checkpoints) -> None:
    first = put(saver, thread(), "1")

    with pytest.raises(CheckpointTooLargeError, match=r"state of thread t has .* DynamoDB takes 400,000.* not stored"):
        put(saver, first, "2", os.urandom(400_000).hex())

    assert latest(saver).checkpoint["id"] == "1"


@pytest.mark.parametrize("place", ["dynamodb"], indirect=True)
@pytest.mark.parametrize("lost", ["CHUNK_", "CHECKPOINT_"])
def test_a_latest_one_that_lost_its_content_is_damaged_and_the_one_before_does_not_stand_for_it(
    lost: str, place: Place, saver: Checkpoints
) -> None:
    first = put(saver, thread(), "1")
    put(saver, first, "2")
    where = TableAddress.parse(str(place))
    table = boto3.resource("dynamodb", region_name=where.region, endpoint_url=where.endpoint).Table(where.table)
    for item in table.scan()["Items"]:
        if item["PK"].startswith(lost) and "2" in {item["PK"][-1], item["SK"][-1]}:
            table.delete_item(Key={"PK": item["PK"], "SK": item["SK"]})

    with pytest.raises(DamagedCheckpointError):
        saver.get_tuple(thread())

    kept = saver.get_tuple(first)
    assert kept is not None
    assert kept.checkpoint["id"] == "1"
