"""What people said of past turns: whether a person was needed, and whether the answer was right."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from agent.insights.replay import Mask, Places, has_word

Verdicts = npt.NDArray[np.int8]
"""1: yes, 0: no, -1: nobody said."""

UNSAID = -1

USED = ("approve", "edit", "respond", "take-over")
"""Decisions of a person who had something to do; "deny" rejects the escalation."""

GOOD_STARS, POOR_STARS = 4, 2


def needed(turns: pd.DataFrame, reviews: pd.DataFrame, labels: pd.DataFrame) -> Verdicts:
    """Whether a turn needed a person: by its review, else by the majority of its labels.

    Every refund needs one. An escalation or draft that was rejected did not; one that was used did.
    """
    said = _by_labels(len(turns), labels, went_to_person=has_word(turns.outcome, "review"))
    placed = reviews.turn.to_numpy() >= 0
    refund, rejected = has_word(reviews.kind, "refund"), has_word(reviews.decided_action, "deny")
    used = has_word(reviews.decided_action, *USED)
    said[_turns(reviews, placed & used)] = 1
    said[_turns(reviews, placed & rejected)] = 0
    said[_turns(reviews, placed & refund)] = 1
    return said


def blind(turns: pd.DataFrame, labels: pd.DataFrame) -> Verdicts:
    """The same by labels of the blind sample alone, of turns that no person saw at the time."""
    went = has_word(turns.outcome, "review")
    said = _by_labels(len(turns), labels[has_word(labels["sample"], "blind")], went_to_person=went)
    said[went] = UNSAID
    return said


def answer_right(turns: pd.DataFrame, reviews: pd.DataFrame, ratings: pd.DataFrame, labels: pd.DataFrame) -> Verdicts:
    """Whether the best article's answer was right: by whoever checked it, else by labels, else by the customer's stars.

    Sent as it was by a reviewer, labelled right, or 4 stars and more: right. Replaced or rejected, labelled
    otherwise, or 2 stars and less: not. Turns of which no answer was written say nothing.
    """
    said = np.full(len(turns), UNSAID, dtype=np.int8)
    placed, stars = ratings.turn.to_numpy() >= 0, ratings.rating.to_numpy()
    said[_turns(ratings, placed & (stars >= GOOD_STARS))] = 1
    said[_turns(ratings, placed & (stars <= POOR_STARS))] = 0
    went = has_word(turns.outcome, "review")
    said[went] = UNSAID  # the stars are for what a person wrote
    votes = np.zeros(len(turns), dtype=np.int64)
    right = has_word(labels.verdict, "right")
    np.add.at(votes, _turns(labels, np.ones(len(labels), dtype=bool)), np.where(right, 1, -1))
    said[~went & (votes > 0)], said[~went & (votes < 0)] = 1, 0
    checked = (reviews.turn.to_numpy() >= 0) & ~has_word(reviews.kind, "refund")
    said[_turns(reviews, checked & has_word(reviews.decided_action, "approve"))] = 1
    said[_turns(reviews, checked & has_word(reviews.decided_action, "respond", "deny"))] = 0
    said[~has_word(turns.lane, "faq") | turns.answer_confidence.isna().to_numpy()] = UNSAID
    return said


def desk_right(turns: pd.DataFrame, labels: pd.DataFrame) -> Verdicts:
    """Whether people who looked afterwards would have done what the desk did, by the majority."""
    went = has_word(turns.outcome, "review")
    said = _by_labels(len(turns), labels, went_to_person=went)
    return np.where(said == UNSAID, UNSAID, said == went).astype(np.int8)


VOTES: Mapping[str, int] = MappingProxyType({"should_escalate": 1, "should_answer": -1})


def _by_labels(count: int, labels: pd.DataFrame, *, went_to_person: Mask) -> Verdicts:
    votes = np.zeros(count, dtype=np.int64)
    placed = labels.turn.to_numpy() >= 0
    for verdict, vote in VOTES.items():
        np.add.at(votes, _turns(labels, placed & has_word(labels.verdict, verdict)), vote)
    agreed = _turns(labels, placed & has_word(labels.verdict, "right"))
    np.add.at(votes, agreed, np.where(went_to_person[agreed], 1, -1))
    return np.where(votes > 0, 1, np.where(votes < 0, 0, UNSAID)).astype(np.int8)


def _turns(rows: pd.DataFrame, kept: Mask) -> Places:
    places: Places = rows.turn.to_numpy()[kept].astype(np.int64)
    return places
