"""The made-up year is marked, harms nothing, and can be taken out again."""

from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import insert, select

from agent.backoffice import Backoffice
from agent.demo_history import remove_history, write_history
from agent.demo_history.writing import count_demo
from agent.errors import DeskError
from agent.protocols.oversight import next_second_look
from agent.protocols.recover import expire_reviews, reconcile, waiting_threads
from agent.store.sqlite import SqliteDatabase
from agent.store.tables import ledger, threads
from tests.flow.bench import Bench
from tests.flow.made_up_year import COUNT, YEAR, dump, frame
from tests.stand_ins import REFUND_MESSAGE, REVIEWER


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


def test_the_doctor_and_the_audit_chain_have_nothing_to_say(bench: Bench) -> None:
    desk, database = bench.desk, bench.office.database
    write_history(database, YEAR, conversations=COUNT, seed=7)

    checks = {check.name: check for check in desk.checks()}

    assert [check.name for check in checks.values() if not check.ok] == []
    assert checks["money"].detail.startswith("0 refunds entered")
    assert (desk.verify_audit().entries, desk.payments_made(), desk.queue()) == (0, 0, [])


def test_a_real_refund_without_an_approval_is_found_among_the_made_up_ones(bench: Bench) -> None:
    desk, database = bench.desk, bench.office.database
    write_history(database, YEAR, conversations=COUNT, seed=7)
    with database.write() as connection:
        thread_id = connection.execute(select(threads.c.thread_id).limit(1)).scalar_one()
        row = {"key": "refund:x", "review_id": "x", "thread_id": thread_id, "amount_minor": 1, "currency": "USD"}
        connection.execute(insert(ledger).values(**row, reference="pay-1", entered_at=YEAR.text(0.0)))

    (money,) = [check for check in desk.checks() if check.name == "money"]

    assert (money.ok, money.detail.startswith("1 refunds entered, 1 without an approval")) == (False, True)


def test_removal_leaves_the_tables_as_they_were(bench: Bench) -> None:
    desk, database = bench.desk, bench.office.database
    review_id = desk.chat(REFUND_MESSAGE, customer_id="C-1001").review_id
    assert review_id is not None
    before = dump(database)
    write_history(database, YEAR, conversations=COUNT, seed=7)

    removed = remove_history(database)

    assert (removed.threads, removed.kept) == (COUNT, 0)
    assert dump(database) == before
    assert remove_history(database).threads == 0


def test_whoever_wrote_in_a_made_up_thread_keeps_their_messages(bench: Bench) -> None:
    desk, database = bench.desk, bench.office.database
    write_history(database, YEAR, conversations=20, seed=7)
    thread_id = desk.threads(limit=1)[0].thread_id
    desk.chat("how long does it take to deliver?", thread_id=thread_id)

    removed = remove_history(database)

    assert (removed.threads, removed.kept) == (19, 1)
    left = desk.thread(thread_id)
    assert [turn.text for turn in left.turns] == ["how long does it take to deliver?"]
    assert (left.thread.turns, left.thread.status) == (1, "DONE")
    assert [check.name for check in desk.checks() if not check.ok] == []


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


def test_no_audit_entry_and_no_event_is_written(office: Backoffice) -> None:
    assert frame(office.database, "audit").empty
    assert frame(office.database, "events").empty


def test_each_message_has_its_facts(office: Backoffice, turns: pd.DataFrame) -> None:
    assert sorted(frame(office.database, "inbox").turn_id) == sorted(turns.turn_id)


def test_a_decided_review_can_be_looked_at_again(office: Backoffice) -> None:
    assert next_second_look(office, REVIEWER) is not None
