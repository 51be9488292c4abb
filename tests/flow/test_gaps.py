"""What customers ask in vain: found, put together and named."""

from contextlib import closing
from pathlib import Path

import pytest

from agent.desk import Desk
from agent.knowledge.clusters import group, telling_words
from agent.library.gap_names import ids_as_before
from agent.model import Decision
from tests.shelf import LEAD, BagOfWords, open_library_desk
from tests.stand_ins import OTHER_REVIEWER, open_test_desk

LAMPS = ("how is a lava lamp repaired?", "how is my lava lamp repaired please?", "how is the lava lamp repaired?")
WOOL = "what about washing woollen blankets?"


def test_questions_about_one_thing_are_one_gap_and_the_largest_comes_first(library_desk: Desk) -> None:
    library_desk.chat(WOOL)
    for question in LAMPS:
        library_desk.chat(question)

    lamps, wool = library_desk.library.gaps()

    assert (lamps.count, wool.count) == (3, 1)
    assert {example.text for example in lamps.examples} == set(LAMPS)
    assert lamps.name.lower() in LAMPS
    assert {"lava", "lamp"} <= set(lamps.words)
    assert 0 < lamps.mean_relevance < 0.7
    assert wool.name.lower() == WOOL
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
    assert [example.text for example in gap.examples] == [LAMPS[0]]
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


def test_every_example_leads_to_its_conversation(library_desk: Desk) -> None:
    asked = {question: library_desk.chat(question).thread_id for question in LAMPS}

    (gap,) = library_desk.library.gaps()

    assert {example.text: example.thread_id for example in gap.examples} == asked


def test_a_greeting_neither_names_a_gap_nor_puts_questions_together(library_desk: Desk) -> None:
    for question in ("Hello there, how is a lava lamp repaired?", "Hello there, what about washing woollen blankets?"):
        library_desk.chat(question)

    names = {gap.name for gap in library_desk.library.gaps()}

    assert names == {"How is a lava lamp repaired?", "What about washing woollen blankets?"}


def test_a_gap_keeps_its_id_as_more_is_asked_and_after_a_restart(tmp_path: Path) -> None:
    with closing(open_library_desk(tmp_path / "home")) as desk:
        desk.chat(LAMPS[0])
        desk.chat(WOOL)
        lamps, wool = sorted(desk.library.gaps(), key=lambda gap: gap.name)
    with closing(open_library_desk(tmp_path / "home")) as desk:
        for question in (*LAMPS[1:], WOOL):
            desk.chat(question)

        later = {gap.gap_id: gap.count for gap in desk.library.gaps()}
        within = {gap.gap_id for gap in desk.library.gaps("2026-01-01")}

    assert later == {lamps.gap_id: 3, wool.gap_id: 2}
    assert within == set(later)


@pytest.mark.parametrize(
    ("groups", "before", "kept"),
    [
        ([["a", "b"], ["c"]], {"a": "X", "b": "X", "c": "Y"}, ["X", "Y"]),
        ([["new", "a", "b"]], {"a": "X", "b": "X"}, ["X"]),
        ([["a"], ["b", "c"]], {"a": "X", "b": "X", "c": "X"}, [None, "X"]),  # one fell apart
        ([["a", "b", "c"]], {"a": "X", "b": "Y", "c": "Y"}, ["Y"]),  # two became one
        ([["a", "c"], ["b"]], {"a": "X", "b": "X", "c": "Y"}, ["X", None]),
    ],
)
def test_a_gap_is_known_by_the_questions_it_shares_with_an_earlier_one(
    groups: list[list[str]], before: dict[str, str], kept: list[str | None]
) -> None:
    ids = ids_as_before(groups, before)

    assert len(set(ids)) == len(groups)
    assert [one if one in before.values() else None for one in ids] == kept
    assert ids_as_before(groups, {turn: one for one, turns in zip(ids, groups, strict=True) for turn in turns}) == ids


def test_a_first_look_tells_how_far_it_is(library_desk: Desk) -> None:
    for number in range(40):
        library_desk.chat(f"how is the {number} lamp number {number} repaired?")
    told: list[tuple[float, str]] = []

    library_desk.library.gaps(None, lambda share, doing: told.append((share, doing)))

    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert len({share for share in shares if 0 < share < 0.9}) >= 2
    assert any("of 40" in doing for _, doing in told)


def test_no_rows_and_one_row_are_groups_too() -> None:
    vectors = BagOfWords().embed(["a lamp"])

    assert group(vectors[:0]).tolist() == []
    assert group(vectors).tolist() == [0]


def test_words_that_everybody_uses_do_not_name_a_group() -> None:
    named = telling_words([["how can I repair a lamp please", "repair the lamp"], ["how can I wash wool please"]])

    assert named[0][:2] == ("lamp", "repair")
    assert "please" not in named[1]
