"""A million past turns under other thresholds, on one core."""

from collections.abc import Iterator
from functools import partial
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

from agent.insights.compare import FRONTIERS, compare_on, frontier, grounds_of
from agent.insights.replay import SUBJECTS, escalations, finish, past_of, replay
from agent.model import Category, Classification, Entities, Intent, Sentiment, SentimentLabel, Topic
from agent.policy import PRESETS, Policy
from agent.rules import answer_shortfalls, choose_answer_route, count_streaks, escalation_rules
from agent.state import Streaks
from tests.benchmarks.figures import milliseconds, percentiles, show

pytestmark = pytest.mark.benchmark

TURNS = 1_000_000
PLAIN = 10_000
RUNS = 10
TIGHTER = Policy(min_relevance=0.8)


@pytest.fixture(autouse=True)
def one_core() -> Iterator[None]:
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def turns() -> pd.DataFrame:
    """Made-up turns: four in five are questions, one in ten was escalated, threads of three turns lie in between."""
    chance = np.random.default_rng(7)

    def words(known: tuple[str, ...], weights: list[float] | None = None) -> pd.Categorical:
        codes = chance.choice(len(known), size=TURNS, p=weights)
        return pd.Categorical.from_codes(codes, pd.Index(known, dtype="str"))

    def shares(low: float = 0.0, high: float = 1.0) -> np.ndarray[Any, np.dtype[np.float32]]:
        return chance.uniform(low, high, TURNS).astype(np.float32)

    lane = words(("faq", "escalation"), [0.9, 0.1])
    marks = shares(4, 10)
    marks[lane.codes == 1] = np.nan
    minutes = np.sort(chance.integers(0, 365 * 24 * 60, TURNS))
    start = np.datetime64("2026-01-01", "us")
    return pd.DataFrame(
        {
            "received_at": pd.DatetimeIndex(start + minutes * np.timedelta64(1, "m")).tz_localize("UTC"),
            "thread": pd.factorize(chance.integers(0, TURNS // 3, TURNS))[0].astype(np.int32),
            "channel": words(("chat", "mail")),
            "outcome": words(("answered", "review"), [0.85, 0.15]),
            "lane": lane,
            "subject_rule": words(SUBJECTS, [0.8, *[0.2 / (len(SUBJECTS) - 1)] * (len(SUBJECTS) - 1)]),
            "rules": words(("lane_faq", "angry,lane_escalation")),
            "rules_apply": chance.random(TURNS) < 0.95,
            "understood": chance.random(TURNS) < 0.1,
            "intent": words(get_args(Intent)),
            "confidence": shares(),
            "topic": words(get_args(Topic)),
            "topic_confidence": shares(),
            "category": words(get_args(Category)),
            "category_confidence": shares(),
            "asks_for_person": chance.random(TURNS) < 0.02,
            "sentiment": words(get_args(SentimentLabel), [0.2, 0.6, 0.15, 0.05]),
            "score": shares(-1, 1),
            "relevance": shares(),
            "answer_confidence": marks,
        }
    )


def test_a_replay_of_a_million_turns(turns: pd.DataFrame) -> None:
    whole = [milliseconds(lambda: replay(turns, TIGHTER)) for _run in range(RUNS)]
    past = past_of(turns)
    again = [milliseconds(lambda: finish(past, TIGHTER, escalations(past, TIGHTER))) for _run in range(RUNS)]

    (p50, p95), (again_p50, _p95) = percentiles(whole), percentiles(again)
    show(f"Replay of {TURNS:,} turns under one policy", f"p50 {p50:.0f} p95 {p95:.0f} ms")
    show("The same for another policy on the same turns", f"p50 {again_p50:.0f} ms")
    assert replay(turns, TIGHTER).counted.all()


def test_the_same_row_by_row(turns: pd.DataFrame) -> None:
    rows = turns.head(PLAIN).to_dict("records")

    taken = milliseconds(lambda: by_the_rules(rows, TIGHTER))

    show(
        f"The same with agent.rules for each of {PLAIN:,} turns, scaled to {TURNS:,}",
        f"{taken * TURNS / PLAIN / 1000:,.0f} s ({taken:,.0f} ms measured)",
    )


def by_the_rules(rows: list[dict[Any, Any]], policy: Policy) -> list[bool]:
    """Whether each turn goes to a person, as far as a plain loop over the rules tells."""
    streaks: dict[int, Streaks] = {}
    moods: dict[int, list[float]] = {}
    found = []
    for row in rows:
        about = Classification(
            scores={},
            person_confidence=1.0,
            entities=Entities(),
            **{name: row[name] for name in ("intent", "confidence", "topic", "topic_confidence")},
            **{name: row[name] for name in ("category", "category_confidence", "asks_for_person")},
        )
        mood = moods[row["thread"]] = [*moods.get(row["thread"], []), row["score"]][-10:]
        before = streaks.get(row["thread"], {"low_confidence": 0, "unknown": 0})
        now = streaks[row["thread"]] = count_streaks(about, before, policy, understood_anyway=row["understood"])
        feels = Sentiment(label=row["sentiment"], score=row["score"], confidence=1.0)
        rules = escalation_rules(about, feels, mood, now, policy) if row["rules_apply"] else ()
        shortfalls = answer_shortfalls(row["relevance"], row["answer_confidence"], policy)
        route = choose_answer_route(row["relevance"], row["answer_confidence"], shortfalls, policy)
        found.append(bool(rules) or route in {"review", "escalate"})
    return found


def test_what_an_analyst_waits_for(turns: pd.DataFrame) -> None:
    reviewed = np.flatnonzero((turns.outcome == "review").to_numpy())
    chance = np.random.default_rng(8)
    reviews = pd.DataFrame(
        {
            "turn": reviewed,
            "kind": pd.Categorical(np.where(chance.random(len(reviewed)) < 0.3, "refund", "escalation")),
            "decided_action": pd.Categorical(chance.choice(["deny", "respond", "approve"], len(reviewed))),
            "amount_minor": chance.integers(100, 100_000, len(reviewed)),
            "currency": pd.Categorical(np.full(len(reviewed), "USD")),
            "check_case": pd.Categorical(np.full(len(reviewed), None)),
        }
    )
    labels = pd.DataFrame(
        {
            "turn": chance.choice(TURNS, 500, replace=False),
            "sample": pd.Categorical(np.full(500, "blind")),
            "verdict": pd.Categorical(chance.choice(["right", "should_escalate"], 500)),
        }
    )

    grounded = milliseconds(lambda: grounds_of(turns, reviews, labels))
    grounds = grounds_of(turns, reviews, labels)
    compared = milliseconds(lambda: compare_on(grounds, Policy(), PRESETS["strict"]))
    drawn = {field: milliseconds(partial(frontier, grounds, Policy(), field)) for field in FRONTIERS}

    show(f"Comparing two policies on {TURNS:,} turns", f"{compared:,.0f} ms, and {grounded:,.0f} ms once")
    for field, taken in drawn.items():
        show(f"The frontier along {field}, 40 points", f"{taken:,.0f} ms")
