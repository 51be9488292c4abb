"""What the desk said last to this session about a review: a refusal with its reason, or that something was undone."""

from dataclasses import dataclass

import streamlit as st

SAID = "desk_said"


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence for the review's card; `worked` tells a confirmation from a refusal."""

    review_id: str
    text: str
    worked: bool


def say(review_id: str, text: str, *, worked: bool) -> None:
    """Keep a sentence for the review's card."""
    st.session_state[SAID] = Said(review_id=review_id, text=text, worked=worked)


def say_nothing() -> None:
    """Take the last sentence away: the card shows what became of it by itself."""
    st.session_state.pop(SAID, None)


def said_about(review_id: str) -> Said | None:
    """What was said last, if it was about this review."""
    said: Said | None = st.session_state.get(SAID)
    return said if said and said.review_id == review_id else None
