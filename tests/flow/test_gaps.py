"""What customers ask in vain: found, put together and named."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.desk import Desk
from agent.knowledge.clusters import group, telling_words
from agent.model import Decision
from tests.shelf import LEAD, BagOfWords, open_library_desk
from tests.stand_ins import OTHER_REVIEWER, open_test_desk

LAMPS = ("how is a lava lamp repaired?", "how is my lava lamp repaired please?", "how is the lava lamp repaired?")
WOOL = "what about washing woollen blankets?"


@pytest.fixture
def library_desk(tmp_path: Path) -> Iterator[Desk]:
    with closing(open_library_desk(tmp_path / "home")) as desk:
        yield desk


def test_questions_about_one_thing_are_one_gap_and_the_largest_comes_first(library_desk: Desk) -> None:
    library_desk.chat(WOOL)
    for question in LAMPS:
        library_desk.chat(question)

    lamps, wool = library_desk.library.gaps()

    assert (lamps.count, wool.count) == (3, 1)
    assert set(lamps.examples) == set(LAMPS)
    assert lamps.name in LAMPS
    assert {"lava", "lamp"} <= set(lamps.words)
    assert 0 < lamps.mean_relevance < 0.7
    assert wool.name == WOOL
    assert library_desk.library.gaps() == [lamps, wool]


def test_what_was_answered_or_is_no_question_is_no_gap(library_desk: Desk) -> None:
    library_desk.chat("how long does delivery take?")
    library_desk.chat("refund of $7 please")
    library_desk.chat("my chair is broken")

    assert library_desk.library.gaps() == []


def test_check_cases_are_not_among_them(library_desk: Desk) -> None:
    library_desk.chat(LAMPS[0], channel="check case lava")

    assert library_desk.library.gaps() == []


def test_only_what_was_asked_since_counts(library_desk: Desk) -> None:
    library_desk.chat(LAMPS[0])

    assert len(library_desk.library.gaps("2026-01-01")) == 1
    assert library_desk.library.gaps("2999-01-01") == []


def test_the_same_question_asked_often_is_read_once(tmp_path: Path) -> None:
    embedder = BagOfWords()
    with closing(open_library_desk(tmp_path / "home", embedder)) as desk:
        for _time in range(3):
            desk.chat(LAMPS[0])
        embedder.calls = 0

        (gap,) = desk.library.gaps()
        once = embedder.calls
        desk.library.gaps()

    assert gap.count == 3
    assert gap.examples == (LAMPS[0],)
    assert (once, embedder.calls) == (1, 1)


def test_a_desk_without_embeddings_puts_equal_words_together(tmp_path: Path) -> None:
    with closing(open_test_desk(tmp_path / "home")) as desk:
        for question in (*LAMPS, WOOL):
            desk.chat(question)

        assert [gap.count for gap in desk.library.gaps()] == [3, 1]


def test_a_question_that_an_article_answers_since_is_no_gap_any_more(library_desk: Desk) -> None:
    held = [library_desk.chat(question) for question in LAMPS]
    reply = "A lava lamp is repaired within twelve days."
    review_id = held[0].review_id or ""
    library_desk.decide(review_id, Decision(action="edit", reply=reply), OTHER_REVIEWER)
    draft = library_desk.library.draft_from_review(review_id, LEAD)
    library_desk.library.approve(draft.article_id, LEAD)

    gone = library_desk.library.gaps()
    library_desk.library.remove(draft.article_id, LEAD)
    back = library_desk.library.gaps()

    assert gone == []
    assert [gap.count for gap in back] == [3]


def test_no_rows_and_one_row_are_groups_too() -> None:
    vectors = BagOfWords().embed(["a lamp"])

    assert group(vectors[:0]).tolist() == []
    assert group(vectors).tolist() == [0]


def test_words_that_everybody_uses_do_not_name_a_group() -> None:
    named = telling_words([["how can I repair a lamp please", "repair the lamp"], ["how can I wash wool please"]])

    assert named[0][:2] == ("lamp", "repair")
    assert "please" not in named[1]
