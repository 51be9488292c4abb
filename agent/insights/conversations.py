"""Turns of a thread that follow each other without a long silence make one conversation."""

from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

SILENCE = timedelta(hours=4)
"""A conversation ends after this long without a message. Source: product definition."""

LATER = timedelta(days=7)
"""Who does not come back within this time was helped for good."""

NEEDS_A_PERSON = ("issue", "escalation")
"""Lanes after which a person has something to do, review or not."""

NEVER = np.datetime64("NaT", "us")


def conversations_of(turns: pd.DataFrame) -> pd.DataFrame:
    """A row a conversation, in the order in which they began, with the rows of its first and last turn.

    `began` and `last_at` are instants, `contained` says that nobody had to help, `again_at` when the same customer
    (a guest: in the same thread) wrote next after it, `first_score` and `last_score` the mood, `cost` in USD.
    """
    count = len(turns)
    at = instants(turns.received_at)
    order = np.argsort(turns.thread.to_numpy(), kind="stable")
    thread = turns.thread.to_numpy()[order]
    begins = np.ones(count, dtype=bool)
    begins[1:] = (thread[1:] != thread[:-1]) | (np.diff(at[order]) > np.timedelta64(SILENCE))
    number = np.cumsum(begins) - 1
    first, last = order[begins], order[np.append(begins[1:], True)] if count else order
    helped = ~_needs_help(turns)[order]
    made = pd.DataFrame(
        {
            "first": first,
            "last": last,
            "began": at[first],
            "last_at": at[last],
            "turns": np.bincount(number, minlength=len(first)),
            "contained": _all_of(helped, begins),
            "first_score": turns.score.to_numpy()[first],
            "last_score": turns.score.to_numpy()[last],
            "cost": _known_sums(turns.cost_usd.to_numpy()[order], number, len(first)),
            "again_at": NEVER,
        }
    )
    made["again_at"] = _next_by_customer(turns, made)
    return made.sort_values("first", ignore_index=True)


def instants(times: pd.Series) -> npt.NDArray[np.datetime64]:
    """A column of times as instants in UTC."""
    return times.to_numpy(dtype="datetime64[us]")


def _needs_help(turns: pd.DataFrame) -> npt.NDArray[np.bool_]:
    held = turns.outcome.isin(("review", "failed")) | turns.lane.isin(NEEDS_A_PERSON)
    return held.to_numpy(dtype=bool)


def _all_of(flags: npt.NDArray[np.bool_], begins: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    return np.logical_and.reduceat(flags, np.flatnonzero(begins)) if len(flags) else flags


def _known_sums(values: npt.NDArray[np.float32], groups: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.float64]:
    """The sum of each group's values that are known; NaN where none is."""
    known = ~np.isnan(values)
    sums = np.bincount(groups[known], weights=values[known], minlength=size)
    return np.where(np.bincount(groups[known], minlength=size) > 0, sums, np.nan)


def _next_by_customer(turns: pd.DataFrame, made: pd.DataFrame) -> npt.NDArray[np.datetime64]:
    """When the next conversation of the same customer began; guests are told apart by their thread only."""
    customer = turns.customer_id.to_numpy()[made["first"]].copy()
    guest = turns.is_guest.to_numpy()[made["first"]]
    customer[guest] = turns.thread.to_numpy()[made["first"]][guest]
    began = made.began.to_numpy(dtype="datetime64[us]")
    order = np.lexsort((began, customer, guest))
    same = (customer[order][1:] == customer[order][:-1]) & (guest[order][1:] == guest[order][:-1])
    following = np.full(len(made), NEVER)
    following[order[:-1][same]] = began[order[1:][same]]
    return following
