"""What is left out when an engine cannot be told everything, in which order, and that the record says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.memory import RESERVED_TOKENS, count_tokens, recall
from agent.model import Hit, Memory, SpokenLine
from agent.policy import Policy

HUNDRED_TOKENS = "a" * 300


def hit(name: str, text: str = HUNDRED_TOKENS) -> Hit:
    return Hit(chunk_id=name, article_id=name, title=name, text=text, similarity=0.5, relevance=0.9)


def line(text: str) -> SpokenLine:
    return SpokenLine(who="customer", text=text)


LINES = (line("b" * 300), line("c" * 300))
PASSAGES = (hit("best"), hit("second"))
SHELF = (hit("oldest"), hit("older"))
SUMMARY = " ".join(["word"] * 60)
"""100 tokens of 60 words; all of the above comes to 700 tokens."""


def told(room: int, *, summary: str = SUMMARY, lines: tuple[SpokenLine, ...] = LINES) -> Memory:
    policy = Policy(memory_tokens=RESERVED_TOKENS + room)
    return recall(lines=lines, summary=summary, passages=PASSAGES, shelf=SHELF, policy=policy)


def names(memory: Memory) -> list[str]:
    return [passage.chunk_id for passage in memory.passages]


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("a", 1), ("abc", 1), ("abcd", 2), ("äö", 2), ("订单", 2)])
def test_tokens_are_rather_counted_too_many(text: str, tokens: int) -> None:
    assert count_tokens(text) == tokens


def test_what_fits_exactly_is_told_whole() -> None:
    memory = told(700)

    assert (memory.tokens, memory.dropped, memory.summary, memory.lines) == (700, (), SUMMARY, LINES)
    assert names(memory) == ["best", "second", "older", "oldest"]


def test_one_token_more_costs_the_oldest_article() -> None:
    memory = told(699)

    assert names(memory) == ["best", "second", "older"]
    assert [(gone.what, gone.tokens) for gone in memory.dropped] == [("passage oldest", 100)]
    assert memory.tokens == 600


@pytest.mark.parametrize(
    ("room", "passages", "words", "lines"),
    [
        (600, ["best", "second", "older"], 60, 2),
        (599, ["best", "second"], 60, 2),
        (499, ["best"], 60, 2),
        (400, ["best"], 60, 2),
        (399, ["best"], 59, 2),
        (350, ["best"], 30, 2),
        (300, ["best"], 0, 2),
        (299, ["best"], 0, 1),
        (200, ["best"], 0, 1),
        (0, ["best"], 0, 1),
    ],
)
def test_articles_go_before_the_summary_and_the_summary_before_messages(
    room: int, passages: list[str], words: int, lines: int
) -> None:
    memory = told(room)

    assert (names(memory), len(memory.summary.split()), memory.lines) == (passages, words, LINES[-lines:])


def test_the_summary_keeps_its_beginning() -> None:
    memory = told(350, summary=" ".join(f"w{number:03}" for number in range(60)))

    assert memory.summary.startswith("w000 w001")
    assert "w059" not in memory.summary


def test_the_last_message_and_the_best_passage_stay_though_they_do_not_fit() -> None:
    memory = told(-500, lines=(line("old"), line("d" * 3000)))

    assert (names(memory), [said.text[0] for said in memory.lines], memory.summary) == (["best"], ["d"], "")
    assert memory.tokens == 1100


def test_the_oldest_messages_go_first() -> None:
    memory = told(350, summary="", lines=tuple(line(letter * 300) for letter in "defgh"))

    assert [said.text[0] for said in memory.lines] == ["g", "h"]
    assert [gone.what for gone in memory.dropped[-3:]] == ["a message of the customer"] * 3


@pytest.mark.parametrize(("kept", "first"), [(2, "c1"), (3, "c0"), (20, "c0")])
def test_only_the_latest_messages_are_kept_in_mind(kept: int, first: str) -> None:
    lines = tuple(line(f"c{number}") for number in range(3))

    memory = recall(lines=lines, summary="", passages=(), shelf=(), policy=Policy(kept_messages=kept))

    assert memory.lines[0].text == first
    assert memory.dropped == ()


def test_an_article_found_again_is_told_once_and_in_its_new_place() -> None:
    memory = recall(lines=LINES, summary="", passages=(hit("again"),), shelf=(hit("again"), hit("b")), policy=Policy())

    assert names(memory) == ["again", "b"]


@pytest.mark.parametrize(("length", "kept"), [(80, 80), (81, 80)])
def test_a_long_passage_is_cut(length: int, kept: int) -> None:
    memory = recall(
        lines=(), summary="", passages=(hit("a", "x" * length),), shelf=(hit("b", "x" * length),),
        policy=Policy(snippet_chars=80),
    )  # fmt: skip  # one call on few lines

    assert [len(passage.text) for passage in memory.passages] == [kept, kept]


def test_nothing_to_tell_is_an_empty_memory() -> None:
    assert recall(lines=(), summary="", passages=(), shelf=(), policy=Policy()) == Memory()


texts = st.lists(st.text(alphabet="aé ", max_size=300), min_size=1, max_size=5)


@given(texts, texts, st.text(alphabet="aé ", max_size=300), st.integers(min_value=-400, max_value=900))
def test_the_budget_is_kept_and_the_log_accounts_for_all_that_is_missing(
    articles: list[str], messages: list[str], summary: str, room: int
) -> None:
    passages = [hit(str(place), text) for place, text in enumerate(articles)]
    lines = [line(text) for text in messages]
    policy = Policy(memory_tokens=RESERVED_TOKENS + room)

    memory = recall(lines=lines, summary=summary, passages=passages[:2], shelf=passages[2:], policy=policy)

    everything = sum(count_tokens(text) for text in [*articles, *messages, summary])
    assert memory.tokens + sum(gone.tokens for gone in memory.dropped) == everything
    assert memory.tokens <= max(room, count_tokens(articles[0]) + count_tokens(messages[-1]))
    assert (memory.passages[0], memory.lines[-1]) == (passages[0], lines[-1])
