"""Old questions asked again come to what the live desk would do with them, and write nothing."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.backoffice import Backoffice
from agent.bootstrap import Mind, open_backoffice
from agent.desk import Desk
from agent.library.asking_again import ask
from agent.library.trying import Trials
from agent.model import GapQuestion
from tests.faults.records import query
from tests.shelf import LEAD, BagOfWords, shipped_index
from tests.stand_ins import KeywordEngine, settings_for

LAMP = b"# How is a lava lamp repaired?\n\nA lava lamp is repaired within twelve days in our workshop.\n"
QUESTION = "how is a lava lamp repaired?"
LESS_SURE = "how are lamps repaired in workshops?"
"""Its relevance is 0.88."""
FURIOUS = "I am furious, how is a lava lamp repaired?"
COUNTED = tuple(
    f"SELECT count(*) FROM {table}"  # noqa: S608  names that stand here
    for table in ("inbox", "events", "threads", "turn_facts", "tickets", "reviews", "replies", "audit", "ledger")
)

WHY = {
    QUESTION: "",
    "how is the lava lamp repaired please?": "",
    FURIOUS: "angry",
    "how is a lava lamp repaired? I want a human": "person_requested",
    "a lawyer asks how a lava lamp is repaired": "topic_legal_threat",
    "a lava lamp is broken, is a lava lamp repaired?": "lane_issue",
    "is a lava lamp repaired in an order": "lane_order",
    "refund of $7 for a lava lamp": "lane_refund_decided_by_a_person",
    "a lava lamp repaired": "lane_unknown",
    "what about washing woollen blankets?": "knowledge_gap,unsure_answer",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Backoffice]:
    words = BagOfWords()
    mind = Mind(embedder=words, language=KeywordEngine(), knowledge=shipped_index(words))
    with closing(open_backoffice(settings_for(tmp_path / "home"), mind)) as opened:
        yield opened


@pytest.fixture
def desk(office: Backoffice, tmp_path: Path) -> Desk:
    """The same desk as people see it, with an article about lava lamps."""
    made = Desk(office, settings_for(tmp_path / "home"))
    made.library.ingest_files([("lamp.md", LAMP)], LEAD)
    return made


@pytest.mark.parametrize("text", WHY)
def test_what_is_tried_is_what_the_live_desk_does(office: Backoffice, desk: Desk, text: str) -> None:
    tried = Trials(office).of(text)

    live = desk.chat(text)

    assert tried.answered == bool(live.citations)
    assert set(tried.why.split(",")) <= {"", *(rule.name for rule in live.rules)}
    assert tried.why.partition(",")[0] == WHY[text].partition(",")[0]


@pytest.mark.parametrize(
    ("changes", "question", "expected"),
    [
        ({"min_relevance": 0.9, "uncertain_from": 0.0}, LESS_SURE, (False, "knowledge_gap")),
        ({"min_relevance": 0.9, "uncertain_from": 0.0, "below_limits": "state uncertainty"}, LESS_SURE, (True, "")),
        ({"soft_review_margin": 0.29}, LESS_SURE, (False, "soft_review")),
        ({"angry_escalates": False}, FURIOUS, (True, "")),
        ({"unknown_answered_from": 0.99}, "a lava lamp repaired", (True, "")),
        ({"unknown_answered_from": 0.9999}, "a lava lamp repaired", (False, "lane_unknown")),
    ],
)
def test_the_policy_in_force_decides(
    office: Backoffice, desk: Desk, changes: dict[str, object], question: str, expected: tuple[bool, str]
) -> None:
    desk.calibration.save_policy(changes, based_on=1, reason="try", identity=LEAD)

    tried = Trials(office).of(question)

    assert (tried.answered, tried.why) == expected


def test_trying_writes_nothing(office: Backoffice, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "home" / "desk.sqlite"
    desk.chat(QUESTION)
    before = [query(file, counted) for counted in COUNTED]

    for text in WHY:
        Trials(office).of(text)

    threads = query(file.with_name("checkpoints.sqlite"), "SELECT count(DISTINCT thread_id) FROM checkpoints")
    assert [query(file, counted) for counted in COUNTED] == before
    assert threads == [(1,)]


def test_only_what_the_desk_would_send_by_itself_counts_and_the_rest_says_why(office: Backoffice, desk: Desk) -> None:
    turns = {desk.chat(text).turn_id: text for text in WHY}
    told: list[float] = []
    questions = [
        GapQuestion(turn_id=turn, thread_id="t", text=text, relevance=0.1, asked_at="", best_article=None)
        for turn, text in turns.items()
    ]

    found = ask(office, "lamp", questions, lambda share, _doing: told.append(share))

    assert (found.asked, found.answered_after) == (len(WHY), 2)
    assert {turns[one.turn_id] for one in found.questions if not one.why} == {
        text for text, why in WHY.items() if not why
    }
    assert desk.library.asked_again("lamp") == found
    assert told == sorted(told)
