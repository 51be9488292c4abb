"""Nothing that names a customer stands in logs, spans, figures or the checkpoints' metadata."""

import dataclasses
import io
import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent.bootstrap import Mind
from agent.model import Answer, ArticleDraft, Classification, Decision, Handover, Sentiment
from agent.observing.logs import configure_logs
from agent.ports.language import AnswerTask, ArticleTask, HandoverTask, LanguageEngine, Note, Say, unnoted, unsaid
from tests.api.conftest import running_api
from tests.observing.canaries import Canary, canaries, found_in
from tests.observing.collector import traced
from tests.stand_ins import REVIEWER

METADATA = {
    "checkpoints": "thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, type, metadata",
    "writes": "thread_id, checkpoint_ns, checkpoint_id, task_id, idx, channel, type",
}


@dataclasses.dataclass
class Quoting:
    """An engine whose errors quote the message, as those of libraries do."""

    inner: LanguageEngine

    @property
    def name(self) -> str:
        return self.inner.name

    def speaks(self, language: str) -> bool:
        return self.inner.speaks(language)

    def classify(self, texts: Sequence[str], note: Note = unnoted) -> list[Classification]:
        if any("boom" in text for text in texts):
            raise ValueError(texts)
        return self.inner.classify(texts, note)

    def gauge_sentiment(self, texts: Sequence[str], note: Note = unnoted) -> list[Sentiment]:
        return self.inner.gauge_sentiment(texts, note)

    def answer(self, task: AnswerTask, say: Say = unsaid, note: Note = unnoted) -> Answer:
        return self.inner.answer(task, say, note)

    def hand_over(self, task: HandoverTask, note: Note = unnoted) -> Handover:
        return self.inner.hand_over(task, note)

    def write_article(self, task: ArticleTask, note: Note = unnoted) -> ArticleDraft:
        return self.inner.write_article(task, note)


def sinks_after(home: Path, mind: Mind, planted: Sequence[Canary], *, with_content: bool) -> dict[str, str]:
    """Send every canary through the real desk, decide what waits, and read what was told of it."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    configure_logs("json", logging.DEBUG, with_content=with_content)
    (ours,) = [one for one in root.handlers if one.get_name() == "desk"]
    assert isinstance(ours, logging.StreamHandler)
    lines = io.StringIO()
    ours.setStream(lines)
    quoting = dataclasses.replace(mind, language=Quoting(mind.language))
    try:
        with traced(with_content=with_content) as collector, running_api(home, quoting, metrics="open") as api:
            for number, canary in enumerate(planted):
                sender: dict[str, Any] = {"customer_id": canary.mail, "message_id": f"{canary.mail} {canary.card}"}
                if number % 10 == 0:  # over HTTP, with secrets in the address as well
                    found = api.client().get("/threads", params={"search": canary.card})
                    assert found.status_code == 200
                    answer = api.client().post("/chat", json={"text": canary.text, **sender})
                    review_id = answer.json().get("review_id")
                else:
                    review_id = api.desk.chat(canary.text, **sender).review_id
                if review_id is not None and number % 3 == 0:
                    decision = Decision(action="deny", reason="other", note=canary.text, reply=canary.text)
                    api.desk.decide(review_id, decision, REVIEWER)
            figures = api.client().get("/metrics").text
            spans = collector.spans()
            sent = b"".join(collector.bodies).decode("utf-8", "ignore")
            turns = sum(len(api.desk.thread(one.thread_id).turns) for one in api.desk.threads(limit=len(planted) + 1))
    finally:
        root.handlers = before
        root.setLevel(level)
    assert turns == len(planted)
    assert len([span for span in spans if span.name.startswith("invoke_agent")]) >= len(planted)
    with closing(sqlite3.connect(home / "checkpoints.sqlite")) as connection:
        metadata = "\n".join(
            str(row)
            for table, columns in METADATA.items()
            for row in connection.execute(f"SELECT {columns} FROM {table}")  # noqa: S608  our own names
        )
    assert metadata
    return {"logs": lines.getvalue(), "spans": sent + str(spans), "figures": figures, "checkpoints": metadata}


def leaks(sinks: dict[str, str], planted: Sequence[Canary]) -> dict[str, set[str]]:
    found = {name: found_in(text, planted) for name, text in sinks.items()}
    return {name: secrets for name, secrets in found.items() if secrets}


@pytest.mark.sqlite_only
@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.long)])
def test_no_number_or_address_of_a_customer_is_in_what_operators_read(count: int, tmp_path: Path, mind: Mind) -> None:
    planted = list(canaries(count))

    sinks = sinks_after(tmp_path / "home", mind, planted, with_content=False)

    assert leaks(sinks, planted) == {}
    assert "standard delivery" not in sinks["logs"] + sinks["spans"]  # nor what they asked
    assert "invoke_agent" in sinks["spans"]
    assert "Turn answered" in sinks["logs"]


@pytest.mark.sqlite_only
def test_with_content_they_are_masked_as_well(tmp_path: Path, mind: Mind) -> None:
    planted = list(canaries(64))

    sinks = sinks_after(tmp_path / "home", mind, planted, with_content=True)

    assert leaks(sinks, planted) == {}
    assert "How long does standard delivery take? I paid with [card ending" in sinks["spans"]


def test_the_search_finds_what_is_there() -> None:
    (canary,) = canaries(1)

    assert len(found_in(canary.text, [canary])) == 2
    assert found_in(f"x {canary.card[:4]}-{canary.card[4:]}", [canary]) == {canary.card}
