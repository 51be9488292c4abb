"""The made-up year is marked, harms nothing, can be taken out again, and agrees with the desk's own rules."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import insert, select

from agent.backoffice import Backoffice
from agent.canonical import canonical_json, digest
from agent.demo_history import Year, remove_history, write_history
from agent.demo_history.texts import read_texts
from agent.demo_history.writing import count_demo
from agent.demo_history.year import DAY_S, END, STRIKE_AT, STRIKE_DAYS, V1, V2, V3
from agent.errors import DeskError
from agent.graph import NODES
from agent.model import Classification, Entities, Evidence, Routing, Sentiment
from agent.policy import Policy
from agent.protocols import facts as protocol
from agent.protocols.decide import get_review
from agent.protocols.oversight import next_second_look
from agent.protocols.recover import expire_reviews, reconcile, waiting_threads
from agent.rules import (
    MOOD_TURNS,
    answer_shortfalls,
    choose_answer_route,
    choose_lane,
    choose_priority,
    count_streaks,
    escalation_rules,
    is_knowledge_gap,
    soft_review_rule,
)
from agent.settings import DATA
from agent.state import Streaks
from agent.store.database import Database
from agent.store.sqlite import SqliteDatabase
from agent.store.tables import audit, inbox, ledger, metadata, threads, turn_facts
from agent.timestamps import seconds_between
from tests.stand_ins import REFUND_MESSAGE, REVIEWER, open_test_desk, open_test_office

YEAR = Year(datetime(2026, 10, 1, tzinfo=UTC))
COUNT = 300
POLICIES: dict[str, Policy] = {policy.label: policy for policy in (V1, V2, V3)}


def dump(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with database.read() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def frame(database: Database, name: str) -> pd.DataFrame:
    """A table as a data frame."""
    with database.read() as connection:
        rows = connection.execute(select(metadata.tables[name])).mappings().all()
    return pd.DataFrame([dict(row) for row in rows])


def each(rows: pd.DataFrame) -> Iterator[Any]:
    """The rows with their columns as attributes."""
    return iter(rows.itertuples())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backoffice]:
    """A desk on a made-up year; nothing of these tests changes it."""
    opened = open_test_office(tmp_path_factory.mktemp("demo") / "home")
    write_history(opened.database, YEAR, conversations=COUNT, seed=7)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A year with enough in it for figures; nothing of these tests changes it."""
    database = SqliteDatabase(tmp_path_factory.mktemp("year") / "desk.sqlite")
    write_history(database, YEAR, conversations=3_000, seed=1)
    yield database
    database.close()


@pytest.fixture(scope="module")
def turns(office: Backoffice) -> pd.DataFrame:
    return frame(office.database, "turn_facts").sort_values("seq")


@pytest.fixture(scope="module")
def reviews(office: Backoffice) -> pd.DataFrame:
    return frame(office.database, "reviews")


def test_everything_is_marked(office: Backoffice, turns: pd.DataFrame) -> None:
    written = frame(office.database, "threads")
    decided = frame(office.database, "decisions")

    assert len(written) == COUNT
    assert written.demo.eq(1).all()
    assert turns.demo.eq(1).all()
    assert written.title.str.startswith("Demo: ").all()
    assert decided.subject.str.endswith("(demo)").sum() + decided.subject.eq("desk").sum() == len(decided)
    assert frame(office.database, "ledger").reference.str.startswith("demo-").all()


def test_nothing_of_it_waits_for_anybody(office: Backoffice, turns: pd.DataFrame, reviews: pd.DataFrame) -> None:
    before = dump(office.database)

    assert (waiting_threads(office), expire_reviews(office), reconcile(office)) == ([], 0, [])
    assert dump(office.database) == before
    assert set(reviews.status) == {"applied"}
    assert set(frame(office.database, "inbox").status) == {"done"}
    assert turns.settled_at.notna().all()
    assert reviews[["claimed_by", "held_until", "check_case"]].isna().all(axis=None)


def test_the_doctor_and_the_audit_chain_have_nothing_to_say(tmp_path: Path) -> None:
    desk = open_test_desk(tmp_path / "home")
    write_history(desk._office.database, YEAR, conversations=COUNT, seed=7)  # noqa: SLF001  as the command does

    checks = {check.name: check for check in desk.checks()}

    assert [check.name for check in checks.values() if not check.ok] == []
    assert checks["money"].detail.startswith("0 refunds entered")
    assert (desk.verify_audit().entries, desk.payments_made(), desk.queue()) == (0, 0, [])
    desk.close()


def test_a_real_refund_without_an_approval_is_found_among_the_made_up_ones(tmp_path: Path) -> None:
    desk = open_test_desk(tmp_path / "home")
    database = desk._office.database  # noqa: SLF001  what a thief with the file would do
    write_history(database, YEAR, conversations=COUNT, seed=7)
    with database.write() as connection:
        thread_id = connection.execute(select(threads.c.thread_id).limit(1)).scalar_one()
        row = {"key": "refund:x", "review_id": "x", "thread_id": thread_id, "amount_minor": 1, "currency": "USD"}
        connection.execute(insert(ledger).values(**row, reference="pay-1", entered_at=YEAR.text(0.0)))

    (money,) = [check for check in desk.checks() if check.name == "money"]

    assert (money.ok, money.detail.startswith("1 refunds entered, 1 without an approval")) == (False, True)
    desk.close()


def test_removal_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    desk = open_test_desk(tmp_path / "home")
    review_id = desk.chat(REFUND_MESSAGE, customer_id="C-1001").review_id
    assert review_id is not None
    database = desk._office.database  # noqa: SLF001  as the command does
    before = dump(database)
    write_history(database, YEAR, conversations=COUNT, seed=7)

    removed = remove_history(database)

    assert (removed.threads, removed.kept) == (COUNT, 0)
    assert dump(database) == before
    assert remove_history(database).threads == 0
    desk.close()


def test_whoever_wrote_in_a_made_up_thread_keeps_their_messages(tmp_path: Path) -> None:
    desk = open_test_desk(tmp_path / "home")
    database = desk._office.database  # noqa: SLF001  as the command does
    write_history(database, YEAR, conversations=20, seed=7)
    thread_id = desk.threads(limit=1)[0].thread_id
    desk.chat("how long does it take to deliver?", thread_id=thread_id)

    removed = remove_history(database)

    assert (removed.threads, removed.kept) == (19, 1)
    left = desk.thread(thread_id)
    assert [turn.text for turn in left.turns] == ["how long does it take to deliver?"]
    assert (left.thread.turns, left.thread.status) == (1, "DONE")
    assert [check.name for check in desk.checks() if not check.ok] == []
    desk.close()


def test_a_second_history_is_refused(office: Backoffice) -> None:
    before = dump(office.database)

    with pytest.raises(DeskError, match="demo data already, 300 threads") as refusal:
        write_history(office.database, YEAR, conversations=10, seed=8)

    assert refusal.value.exit_code == 1
    assert dump(office.database) == before


def test_the_same_seed_gives_the_same_rows(tmp_path: Path) -> None:
    homes = [SqliteDatabase(tmp_path / f"{name}.sqlite") for name in ("one", "two", "three")]
    for database, seed in zip(homes, (3, 3, 4), strict=True):
        write_history(database, YEAR, conversations=60, seed=seed)

    one, two, three = (dump(database) for database in homes)

    assert one == two
    assert one["inbox"] != three["inbox"]
    for database in homes:
        database.close()


def test_a_history_that_was_cut_off_can_be_removed(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "desk.sqlite")
    before = dump(database)

    class Killed(BaseException):
        pass

    def cut_off(_share: float, _doing: str) -> None:
        raise Killed

    with pytest.raises(Killed):
        write_history(database, YEAR, conversations=2_500, seed=1, progress=cut_off)
    with database.read() as connection:
        assert count_demo(connection) == 2_000

    assert remove_history(database).threads == 2_000
    assert dump(database) == before
    assert write_history(database, YEAR, conversations=10, seed=1).threads == 10
    database.close()


def test_replaying_the_rules_gives_what_was_recorded(turns: pd.DataFrame) -> None:
    for _, thread in turns.groupby("thread_id", sort=False):
        mood: list[float] = []
        streaks = Streaks(low_confidence=0, unknown=0)
        for row in each(thread):
            mood = [*mood, row.score][-MOOD_TURNS:]
            expected, streaks = replayed(row, mood, streaks)
            assert row.rules.split(",") == expected, row.turn_id


def replayed(row: Any, mood: list[float], streaks: Streaks) -> tuple[list[str], Streaks]:
    """The rules that the pure functions give for these facts under the policy of that day."""
    policy = POLICIES[row.policy]
    seen, sentiment = read(row)
    streaks = count_streaks(seen, streaks, policy, understood_anyway=bool(row.understood))
    rules = escalation_rules(seen, sentiment, mood, streaks, policy) if row.rules_apply else ()
    names = [rule.name for rule in rules]
    subject_rule: str = row.subject_rule
    keeps_gate = subject_rule == "lane_refund_decided_by_a_person" and "person_requested" not in names
    chosen = "lane_escalation" if names and not keeps_gate else subject_rule
    names.append(chosen)
    if chosen in {"lane_faq", "lane_faq_by_article"}:
        relevance, mark = row.relevance, row.answer_confidence
        shortfalls = answer_shortfalls(relevance, mark, policy)
        route = choose_answer_route(relevance, mark, shortfalls, policy)
        held = (soft_review_rule(relevance, mark, policy),) if route == "review" else shortfalls
        names += [rule.name for rule in held]
        assert (row.outcome == "review") is (route in {"review", "escalate"})
        gap = is_knowledge_gap(relevance, policy) and route != "answered"
        assert row.priority == choose_priority(sentiment, seen, knowledge_gap=gap, policy=policy)
    else:
        is_refund = chosen == "lane_refund_decided_by_a_person"
        assert (row.outcome == "review") is (is_refund or chosen == "lane_escalation")
    return names, streaks


def read(row: Any) -> tuple[Classification, Sentiment]:
    """What the rules looked at."""
    fields = ("intent", "confidence", "topic", "topic_confidence", "category", "category_confidence")
    seen = Classification(
        **{name: getattr(row, name) for name in fields},
        scores={},
        asks_for_person=bool(row.asks_for_person),
        person_confidence=0.0,
        entities=Entities(),
    )
    return seen, Sentiment(label=row.sentiment, score=row.score, confidence=1.0)


def test_the_subject_rule_is_the_lane_that_the_words_alone_lead_to(office: Backoffice) -> None:
    for row in each(frame(office.database, "inbox")):
        record = json.loads(row.record)
        if record["routing"]["subject_rule"] not in {"lane_faq", "lane_issue", "lane_unknown"}:
            continue
        seen = Classification.model_validate(record["classification"])

        assert choose_lane(seen, (), None, text=row.text)[1].name == record["routing"]["subject_rule"]


def test_facts_are_those_that_the_desk_keeps_of_such_a_record(office: Backoffice, turns: pd.DataFrame) -> None:
    by_turn = {row["turn_id"]: row for row in turns.to_dict("records")}
    for row in each(frame(office.database, "inbox")):
        record = json.loads(row.record)
        kept = protocol._found(record)  # noqa: SLF001  the desk's own reading of a record
        expected = {name: value for name, value in kept.items() if name not in {"rules", "cited", "node_ms"}}
        found = by_turn[row.turn_id]

        assert row.record == canonical_json(record)
        assert {name: none_for_nan(found[name]) for name in expected} == expected
        assert found["rules"] == ",".join(kept["rules"])
        assert found["node_ms"] == canonical_json(kept["node_ms"])
        assert Routing.model_validate(record["routing"]).lane == found["lane"]


def none_for_nan(value: object) -> object:
    return None if isinstance(value, float) and value != value else value  # noqa: PLR0124  NaN alone differs from itself


def test_evidence_is_whole_and_its_digest_holds(office: Backoffice, reviews: pd.DataFrame) -> None:
    for row in each(reviews):
        payload = json.loads(row.payload)
        evidence = Evidence.model_validate(payload["evidence"])

        assert digest(payload) == row.payload_sha256
        assert (evidence.refund is not None) is (row.kind == "refund")
        assert row.created_at < row.decided_at < row.expires_at or row.decided_action == "expire"
        assert row.requester != row.decided_by
    assert all(get_review(office, review_id).status == "applied" for review_id in reviews.review_id.head(20))


def test_large_refunds_took_two_people(year: Database) -> None:
    decided = frame(year, "decisions").sort_values("seat")
    paid = frame(year, "ledger").set_index("review_id")

    large = paid[paid.amount_minor > 500_00]
    seats = decided.groupby("review_id").subject.agg(["nunique", "size"])

    assert len(large) > 3
    assert (seats.loc[large.index] == 2).all(axis=None)
    assert (decided[decided.seat == 2].decided_at > YEAR.text(0.0)).all()


def test_all_times_lie_within_the_year_and_in_order(office: Backoffice, turns: pd.DataFrame) -> None:
    first, last = YEAR.text(0.0), "2026-10-01T00:00:00.000Z"
    columns = {
        "inbox": "finished_at",
        "replies": "at",
        "reviews": "decided_at",
        "decisions": "decided_at",
        "ratings": "at",
    }

    for name, column in columns.items():
        times = frame(office.database, name)[column]
        assert (times.min() >= first, times.max() <= last) == (True, True), name
    assert (turns.received_at < turns.answered_at).all()
    assert (turns.answered_at <= turns.settled_at).all()
    for _, thread in turns.groupby("thread_id"):
        assert (thread.received_at.iloc[1:].to_numpy() > thread.settled_at.iloc[:-1].to_numpy()).all()


def test_steps_and_articles_are_the_desks_own(office: Backoffice, turns: pd.DataFrame) -> None:
    known = {file.stem for file in (DATA / "knowledge").glob("*.md")}

    assert {name for text in turns.node_ms for name in json.loads(text)} <= set(NODES)
    assert set(turns.best_article) <= known
    assert {one for cited in turns.cited if cited for one in cited.split(",")} <= known
    assert set(frame(office.database, "replies").who) == {"agent", "person"}


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


def test_no_audit_entry_and_no_event_is_written(office: Backoffice) -> None:
    with office.database.read() as connection:
        assert connection.execute(select(audit)).all() == []
        assert len(connection.execute(select(inbox.c.seq)).all()) == len(
            connection.execute(select(turn_facts.c.seq)).all()
        )


def test_a_decided_review_can_be_looked_at_again(office: Backoffice) -> None:
    assert next_second_look(office, REVIEWER) is not None
