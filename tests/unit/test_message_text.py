import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.errors import InvalidMessageError, UnknownThreadError
from agent.protocols.receive import clean_text, known_thread_id

LIMIT = 8000


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x01\x02", "\u200b\u202e"])
def test_nothing_visible_is_refused(text: str) -> None:
    with pytest.raises(InvalidMessageError, match="nothing was stored"):
        clean_text(text, LIMIT)


def test_the_longest_allowed_message_is_kept_whole_and_one_more_is_refused() -> None:
    assert len(clean_text("x" * LIMIT, LIMIT)) == LIMIT
    with pytest.raises(InvalidMessageError, match="8,001 characters"):
        clean_text("x" * (LIMIT + 1), LIMIT)


def test_a_lone_surrogate_is_refused_and_not_replaced() -> None:
    with pytest.raises(InvalidMessageError, match="not valid Unicode"):
        clean_text("refund \ud800", LIMIT)


def test_control_characters_and_direction_overrides_leave() -> None:
    assert clean_text("re\x00fu\u202end\r\nplease\x1b[31m", LIMIT) == "refund\nplease[31m"


def test_joined_emoji_survive() -> None:
    assert clean_text("👩\u200d💻 hi", LIMIT) == "👩\u200d💻 hi"


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        once = clean_text(text, LIMIT)
    except InvalidMessageError:
        return

    assert clean_text(once, LIMIT) == once


@pytest.mark.parametrize("thread_id", ["", "None", "1", "('a', 'b')", "../../etc/passwd", "\ud800", "x" * 500])
def test_what_is_no_uuid_is_no_thread(thread_id: str) -> None:
    with pytest.raises(UnknownThreadError, match="nothing was stored"):
        known_thread_id(thread_id)
