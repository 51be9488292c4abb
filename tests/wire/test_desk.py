"""The whole desk with a remote engine, over HTTP: what the customer gets, and what operators see."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier

import pytest
from pydantic import SecretStr

from agent.adapters.fallback import FallbackEngine
from agent.adapters.openai.connection import Connection
from agent.adapters.openai.engine import OpenAIEngine
from agent.bootstrap import Mind, open_backoffice
from agent.desk import Desk
from agent.model import ChatResult
from tests.stand_ins import KeywordEngine, NoEmbeddings, OneArticle, settings_for
from tests.wire.compatible import KEY, MOOD, READING, compatible
from tests.wire.misbehaving import MISBEHAVIOURS
from tests.wire.server import Json, Respond, WireServer

QUESTION = "how long does delivery take?"
ANSWER = "CONFIDENCE: 9\n[1] Standard delivery takes 3 to 5 working days.\nMade up, without a source.\n"
PRICES = {"cheap": (0.4, 1.6), "strong": (2.5, 10.0)}


def clerk(body: Json) -> Json | str:
    """A model that takes everything for a question about delivery."""
    if body.get("stream"):
        return ANSWER
    prompt = body["messages"][0]["content"]
    if "You sort" in prompt:
        return READING | {"intent": "faq", "topic": "general", "category": "general", "language": "en"}
    if "You gauge" in prompt:
        return MOOD | {"label": "neutral", "score": 0}
    return {"summary": "A question.", "suggestion": "Answer it.", "draft": "I am looking into it."}


@contextmanager
def desk_at(home: Path, respond: Respond, *, latency_s: float = 0.0, timeout_s: float = 5.0) -> Iterator[Desk]:
    """A desk whose engine is behind this server, with the stand-in as spare."""
    with WireServer(respond, latency_s) as server:
        connection = Connection(
            api_key=SecretStr(KEY),
            base_url=server.url,
            cheap_model="cheap",
            strong_model="strong",
            timeout_s=timeout_s,
            prices=PRICES,
        )
        with closing(OpenAIEngine(connection)) as remote:
            mind = Mind(
                embedder=NoEmbeddings(), language=FallbackEngine(remote, KeywordEngine()), knowledge=OneArticle()
            )
            settings = settings_for(home)
            with closing(Desk(open_backoffice(settings, mind), settings)) as desk:
                yield desk


def calls_of(desk: Desk, result: ChatResult) -> list[Json]:
    (turn,) = desk.thread(result.thread_id).turns
    return list(turn.record["engine_calls"])


def test_a_question_is_answered_from_the_passages_and_nothing_else(tmp_path: Path) -> None:
    with desk_at(tmp_path / "home", compatible(clerk)) as desk:
        result = desk.chat(QUESTION)

    assert result.status == "DONE"
    assert "Standard delivery takes 3 to 5 working days." in result.reply
    assert "Made up" not in result.reply
    assert [citation.chunk_id for citation in result.citations] == ["delivery#0"]


def test_tokens_and_cost_of_every_call_are_in_the_record(tmp_path: Path) -> None:
    with desk_at(tmp_path / "home", compatible(clerk)) as desk:
        calls = calls_of(desk, desk.chat(QUESTION))

    assert sorted(call["step"] for call in calls) == ["answer", "classify", "sentiment"]
    for call in calls:
        per_input, per_output = PRICES[call["model"]]
        expected = (per_input * call["input_tokens"] + per_output * call["output_tokens"]) / 1_000_000
        assert call["cost_usd"] == pytest.approx(expected)
        assert call["input_tokens"] > 0


@pytest.mark.parametrize("text", [QUESTION, "what is the glaze made of?", "let me talk to a human"])
def test_a_turn_waits_for_two_calls_at_most(tmp_path: Path, text: str) -> None:
    """The two that understand have to be under way at the same moment; after them there is one that writes."""
    together = Barrier(2)
    models = []

    def meeting(body: Json) -> Json | str:
        models.append(body["model"])
        if body["model"] == "cheap":
            together.wait(timeout=4)  # breaks, and the call fails, unless the other one is there as well
        return clerk(body)

    with desk_at(tmp_path / "home", compatible(meeting)) as desk:
        result = desk.chat(text)
        calls = calls_of(desk, result)

    assert sorted(models) == ["cheap", "cheap", "strong"]
    assert not any(call["trouble"] for call in calls)


@pytest.mark.parametrize("name", sorted(MISBEHAVIOURS))
def test_whatever_the_endpoint_does_the_customer_gets_an_answer_or_a_person(tmp_path: Path, name: str) -> None:
    with desk_at(tmp_path / "home", MISBEHAVIOURS[name], timeout_s=0.5) as desk:
        result = desk.chat(QUESTION)
        troubles = desk.troubles()

    assert result.status in {"DONE", "PAUSED_FOR_APPROVAL"}
    assert "working days" in result.reply or result.ticket is not None
    assert troubles != []
    assert not any(KEY in str(event.payload) or QUESTION in str(event.payload) for event in troubles)
    assert not any(str(event.payload["message"]) in result.reply for event in troubles)
