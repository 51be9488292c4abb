import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("card 4111 1111 1111 1111, exp 12/29", "card [card ending 1111], exp 12/29"),
        ("4111-1111-1111-1111", "[card ending 1111]"),
        ("378282246310005 is my amex", "[card ending 0005] is my amex"),
        ("6011\u00a01111\u00a01111\u00a01117", "[card ending 1117]"),
        ("my account is DE89 3704 0044 0532 0130 00 please", "my account is [account ending 3000] please"),
        ("GB29NWBK60161331926819.", "[account ending 6819]."),
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
