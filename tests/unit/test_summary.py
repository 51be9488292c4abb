import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.model import SpokenLine
from agent.reading.summary import LINE_WORDS, fold_in, summarise


def customer(text: str) -> SpokenLine:
    return SpokenLine(who="customer", text=text)


def agent(text: str) -> SpokenLine:
    return SpokenLine(who="agent", text=text)


def numbered(count: int) -> str:
    return " ".join(f"w{number}" for number in range(count))


def test_nothing_asked_is_nothing_to_sum_up() -> None:
    assert summarise([], 50) == ""
    assert summarise([agent("hello")], 50) == ""


def test_one_message_is_told_in_its_own_words() -> None:
    assert summarise([customer("my lamp is broken"), agent("oh")], 50) == "The customer writes: my lamp is broken"


@pytest.mark.parametrize(("words", "whole"), [(17, True), (18, False)])
def test_one_message_is_cut_only_where_it_does_not_fit(words: int, *, whole: bool) -> None:
    told = summarise([customer(numbered(words))], 20)

    assert len(told.split()) == 20
    assert told.endswith("…") is not whole


def test_of_several_messages_the_first_and_the_last_are_told() -> None:
    lines = [customer("my lamp is broken"), agent("which?"), customer("the blue one"), customer("I want a new one")]

    assert summarise(lines, 50) == (
        "3 messages. The customer began with: my lamp is broken The latest message: I want a new one"
    )


@given(st.lists(st.text(alphabet="ab \n", max_size=300), max_size=4), st.integers(min_value=20, max_value=80))
def test_a_summary_is_never_longer_than_asked(texts: list[str], words: int) -> None:
    assert len(summarise([customer(text) for text in texts], words).split()) <= words


def test_lines_that_leave_are_added_with_their_speaker() -> None:
    folded = fold_in("customer: hello", [agent("how can I help?"), customer("a refund")], 50)

    assert folded == "customer: hello agent: how can I help? customer: a refund"


@pytest.mark.parametrize(("words", "whole"), [(LINE_WORDS, True), (LINE_WORDS + 1, False)])
def test_of_a_long_line_the_beginning_is_kept(words: int, *, whole: bool) -> None:
    folded = fold_in("", [customer(numbered(words))], 50)

    assert len(folded.split()) == 1 + LINE_WORDS
    assert folded.endswith("…") is not whole


@pytest.mark.parametrize(("words", "whole"), [(20, True), (21, False)])
def test_a_summary_that_grows_too_long_loses_its_middle(words: int, *, whole: bool) -> None:
    told = numbered(words)

    folded = fold_in(told, [], 20)

    assert (folded == told) is whole
    assert len(folded.split()) == 20
    assert (folded.split()[0], folded.split()[-1]) == ("w0", f"w{words - 1}")


@given(st.lists(st.text(alphabet="ab ", max_size=300), max_size=12), st.integers(min_value=20, max_value=60))
def test_folding_again_and_again_stays_within_the_words(texts: list[str], words: int) -> None:
    summary = ""
    for text in texts:
        summary = fold_in(summary, [customer(text)], words)

        assert len(summary.split()) <= words
