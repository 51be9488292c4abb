"""What happened in the made-up year can be seen in its figures."""

from collections.abc import Iterator

import pytest

from agent.demo_history import write_history
from agent.demo_history.texts import read_texts
from agent.demo_history.year import DAY_S, END, STRIKE_AT, STRIKE_DAYS, V1, V2
from agent.store.database import Database
from agent.store.sqlite import SqliteDatabase
from agent.timestamps import seconds_between
from tests.flow.made_up_year import YEAR, each, frame
from tests.flow.test_made_up_records import POLICIES


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A year with enough in it for figures; nothing of these tests changes it."""
    database = SqliteDatabase(tmp_path_factory.mktemp("year") / "desk.sqlite")
    write_history(database, YEAR, conversations=3_000, seed=1)
    yield database
    database.close()


def test_large_refunds_took_two_people(year: Database) -> None:
    decided = frame(year, "decisions").sort_values("seat")
    paid = frame(year, "ledger").set_index("review_id")

    large = paid[paid.amount_minor > 500_00]
    seats = decided.groupby("review_id").subject.agg(["nunique", "size"])

    assert len(large) > 3
    assert (seats.loc[large.index] == 2).all(axis=None)
    assert (decided[decided.seat == 2].decided_at > YEAR.text(0.0)).all()


def test_the_year_is_plausible(year: Database) -> None:
    turns, reviews = frame(year, "turn_facts"), frame(year, "reviews")
    ratings = frame(year, "ratings").merge(turns, on="turn_id")
    refunds = reviews[reviews.kind == "refund"].decided_action.value_counts(normalize=True)
    handed = reviews[reviews.kind == "escalation"].decided_action.value_counts(normalize=True)
    reviews["minutes"] = [seconds_between(one.created_at, one.decided_at) / 60 for one in each(reviews)]
    order = reviews.sort_values("created_at").minutes

    assert 2.2 < len(turns) / 3_000 < 2.9
    assert 0.08 < len(reviews) / len(turns) < 0.15
    assert 0.15 < len(ratings) / len(turns) < 0.21
    assert 0.82 < (turns.language == "en").mean() < 0.9
    assert 0.6 < refunds["approve"] < 0.8
    assert 0.05 < refunds["edit"] < 0.2
    assert 0.09 < handed["deny"] < 0.16
    assert 22 < order.head(100).median() < 60
    assert 5 < order.tail(100).median() < 16
    assert (
        ratings[ratings.sentiment == "positive"].rating.mean() > ratings[ratings.sentiment == "negative"].rating.mean()
    )
    assert turns.customer_id.value_counts().drop("guest").max() > 5


def test_the_strike_can_be_seen_in_what_is_asked_in_moods_and_in_waits(year: Database) -> None:
    turns, reviews = frame(year, "turn_facts"), frame(year, "reviews")
    begun = STRIKE_AT * END
    window = (YEAR.text(begun), YEAR.text(begun + STRIKE_DAYS * DAY_S))
    strike = turns[turns.received_at.between(*window)]
    late = reviews.decided_at > reviews.due_at

    assert strike.lane.isin(("order", "issue")).mean() > 1.3 * turns.lane.isin(("order", "issue")).mean()
    assert strike.score.mean() < turns.score.mean() - 0.05
    assert late[reviews.created_at.between(*window)].mean() > 2 * late.mean()


def test_reviewers_who_start_in_spring_decide_nothing_before(year: Database) -> None:
    decided = frame(year, "decisions").groupby("subject").decided_at.min()

    assert decided["Kofi (demo)"] > "2026-03-02"
    assert decided["Nadia (demo)"] > "2026-04-13"
    assert decided["Jonas (demo)"] < "2025-11-01"


def test_the_incidents_and_the_bad_release_can_be_seen(year: Database) -> None:
    turns = frame(year, "turn_facts")
    out_from, out_until = map(YEAR.text, YEAR.outage)
    outage = turns[turns.received_at.between(out_from, out_until)]
    faq = turns[turns.lane == "faq"]
    sent = faq.groupby("policy").outcome.agg(lambda outcome: (outcome != "review").mean())

    assert (outage.topic == "technical").mean() > 2 * (turns.topic == "technical").mean()
    assert sent[V2.label] > sent[V1.label]
    assert {row.policy for row in each(turns)} == set(POLICIES)


def test_questions_without_an_article_are_asked_in_many_words(year: Database) -> None:
    texts = read_texts()
    turns = frame(year, "turn_facts").merge(frame(year, "inbox")[["turn_id", "text"]], on="turn_id")

    for subject in texts.subjects:
        ends = tuple(template.last for template in subject.texts)
        asked = turns[[any(end in text for end in ends if len(end) > 8) for text in turns.text]]
        assert len(subject.texts) >= 5
        assert asked.empty or asked.text.nunique() > 0.7 * len(asked)
    gaps = turns[turns.rules.str.contains("knowledge_gap")]
    assert gaps.text.nunique() > 120
    assert {"kettle-descaling", "student-discount"} <= set(turns[turns.received_at > "2026-04-01"].best_article)
    assert not {"kettle-descaling", "student-discount"} & set(turns[turns.received_at < "2026-02-01"].best_article)
