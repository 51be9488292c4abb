import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.masking import mask, mask_personal


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("card 4111 1111 1111 1111, exp 12/29", "card [card ending 1111], exp 12/29"),
        ("4111-1111-1111-1111", "[card ending 1111]"),
        ("378282246310005 is my amex", "[card ending 0005] is my amex"),
        ("6011\u00a01111\u00a01111\u00a01117", "[card ending 1117]"),
        ("my account is DE89 3704 0044 0532 0130 00 please", "my account is [account ending 3000] please"),
        ("GB29NWBK60161331926819.", "[account ending 6819]."),
        ("4111 1111 1111 1111 12 29", "[card ending 1111] 12 29"),
        ("2 4111 1111 1111 1111 5555 5555 5555 4444", "2 [card ending 1111] [card ending 4444]"),
        ("gb29 nwbk 6016 1331 9268 19 and 5555555555554444", "[account ending 6819] and [card ending 4444]"),
    ],
)
def test_card_and_account_numbers_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "order LF-10482 of 21 November 2026",
        "tracking number 4111 1111 1111 1112",
        "call me at +49 170 1234567 or ana@example.com",
        "DE89 3704 0044 0532 0130 05",
        "DE44 is a road and AB12 cdef ghij klmn",
        "1Z999AA10123456784",
        "thread 93a823bb-fc95-41e9-bc82-00e0cf31538d",
        "",
    ],
)
def test_other_numbers_and_addresses_stay(text: str) -> None:
    assert mask(text) == text


@given(st.text(max_size=300))
def test_any_text_can_be_masked_and_masking_again_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("write to ana.lopez+shop@mail.example.com!", "write to [e-mail address]!"),
        ("call +49 (0)170 1234567 or 0044 20 7946 0958", "call [phone number] or [phone number]"),
        ("my card4111/1111/1111/1111usd", "my card[card ending 1111]usd"),
        ("4111\u20131111\u20131111\u20131111 in DE89370400440532013000", "[card ending 1111] in [account ending 3000]"),
        ("5555 _5555 _5555 _4444", "[card ending 4444]"),
        ("order LF-10482, thread 93a823bb-fc95-41e9-bc82-00e0cf31538d", None),
        ("2026-11-21T23:46:16.123Z took 1234.5678 ms", None),
    ],
)
def test_logs_and_traces_name_nobody(text: str, masked: str | None) -> None:
    assert mask_personal(text) == (text if masked is None else masked)


@given(st.text(alphabet="0123456789 -@.a+/", max_size=60))
def test_masking_for_logs_again_changes_nothing(text: str) -> None:
    assert mask_personal(mask_personal(text)) == mask_personal(text)


def test_the_longest_message_is_masked_in_a_blink() -> None:
    begun = time.perf_counter()

    for text in ("4 " * 4000, "4" * 8000, "a@" * 4000, "+49 " * 2000, "DE44 " * 1600):
        mask_personal(text)

    assert time.perf_counter() - begun < 2
