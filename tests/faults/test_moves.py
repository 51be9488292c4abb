"""A desk is moved from its files into a real PostgreSQL database."""

import shutil
import time
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, text

from agent import ConfigurationError, Decision, StorageError
from agent.bootstrap import TABLE_PARTS, open_backoffice
from agent.desk import Desk
from agent.errors import ConflictError
from agent.moving.move import move
from agent.settings import Settings
from agent.store.home_notes import MOVED
from agent.store.postgres import postgres_url
from tests.faults.processes import PATIENCE_S, exit_code_of, running
from tests.postgres import new_database
from tests.stand_ins import MIND, OTHER_REVIEWER, REFUND_MESSAGE, REVIEWER, open_test_desk, settings_for

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def url(postgres_server: str) -> str:
    """An empty database."""
    return new_database(postgres_server, f"m_{uuid4().hex}")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed desk with something in most tables: paid, denied and paused refunds, orders, a policy, a ticket."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    desk = open_test_desk(home)
    paid = desk.chat("refund of $7 please")
    desk.decide(str(paid.review_id), Decision(action="approve"), REVIEWER)
    denied = desk.chat("refund of $8 please, für Zoë 🙂")
    desk.decide(str(denied.review_id), Decision(action="deny", reason="other", note="no"), REVIEWER)
    desk.chat(REFUND_MESSAGE, customer_id="C-1001")
    large = desk.chat("refund of $900 please")
    desk.decide(str(large.review_id), Decision(action="approve"), REVIEWER)
    desk.chat("my kettle is broken")
    desk.chat("how long does delivery take?")
    desk.close()
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(prepared, tmp_path / "home"))


def moved_settings(home: Path, url: str) -> Settings:
    """What a process needs to go on in the new place."""
    key = SecretStr((home / "secret.key").read_text(encoding="utf-8"))
    return settings_for(home).model_copy(update={"database_url": url, "secret_key": key})


def open_moved(home: Path, url: str) -> Desk:
    settings = moved_settings(home, url)
    return Desk(open_backoffice(settings, MIND), settings)


def test_a_moved_desk_has_every_row_and_its_paused_refund_is_paid_exactly_once(home: Path, url: str) -> None:
    done = move(settings_for(home), url)

    desk = open_moved(home, url)
    waiting = {review.amount.minor: review for review in desk.queue() if review.status == "pending" and review.amount}
    decided = desk.decide(waiting[240_00].review_id, Decision(action="approve"), REVIEWER)
    with pytest.raises(ConflictError, match=r"already decided"):
        desk.decide(waiting[240_00].review_id, Decision(action="deny", reason="other", note="x"), OTHER_REVIEWER)

    assert [table.name for table in done.tables if not table.same] == []
    assert {table.name for table in done.tables} == {t for part in TABLE_PARTS.values() for t in part.tables}
    assert (done.threads, done.paused_threads) == (6, 2)
    assert decided.action_result == "Refund issued: $240.00"
    assert desk.payments_made() == 2
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()


def test_numbers_go_on_and_a_second_person_confirms_in_the_new_place(home: Path, url: str) -> None:
    move(settings_for(home), url)

    desk = open_moved(home, url)
    [large] = [review for review in desk.queue() if review.status == "awaiting_second"]
    confirmed = desk.decide(large.review_id, Decision(action="approve"), OTHER_REVIEWER)
    told = desk.chat("my toaster is broken")

    assert confirmed.action_result == "Refund issued: $900.00"
    assert told.status == "DONE"
    assert desk.payments_made() == 2
    assert desk.verify_audit().ok
    desk.close()


def test_the_old_files_are_closed_and_say_where_the_desk_went(home: Path, url: str) -> None:
    move(settings_for(home), url)

    with pytest.raises(ConfigurationError, match=r"was moved to postgresql://.* would pay again .*Nothing was started"):
        open_test_desk(home)
    (home / MOVED).unlink()

    assert open_test_desk(home).verify_audit().ok


def test_a_database_that_holds_something_is_refused_and_untouched(home: Path, url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE letters (text text)")

    with pytest.raises(ConflictError, match=r"is not empty \(letters .*Nothing was changed"):
        move(settings_for(home), url)

    assert tables_in(url) == ["letters"]
    assert open_test_desk(home).verify_audit().ok


def test_a_second_move_into_the_same_database_is_refused(home: Path, url: str) -> None:
    move(settings_for(home), url)

    with pytest.raises(ConfigurationError, match=r"was moved to"):
        move(settings_for(home), url)


def test_a_home_in_use_is_not_moved(home: Path, url: str) -> None:
    desk = open_test_desk(home)

    with pytest.raises(ConflictError, match=r"works on .*Nothing was moved; end it"):
        move(settings_for(home), url)

    assert tables_in(url) == []
    assert desk.chat("how long does delivery take?").status == "DONE"


def test_files_of_a_newer_version_are_not_moved(home: Path, url: str) -> None:
    engine = create_engine(f"sqlite:///{home / 'desk.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(StorageError, match=r"has schema 9999"):
        move(settings_for(home), url)

    assert tables_in(url) == []


def test_an_address_of_another_kind_is_refused(home: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no address like postgresql://"):
        move(settings_for(home), "mysql://root@localhost/desk")


MORE = [pytest.param(table, marks=pytest.mark.exhaustive) for table in ("inbox", "orders")]


@pytest.mark.parametrize("reached", ["checkpoint_blobs", *MORE])
def test_a_move_that_was_killed_leaves_a_place_that_opens_nowhere_and_is_run_again(
    home: Path, url: str, reached: str
) -> None:
    with running(move_slowly, home, url) as child:
        wait_for_rows(url, reached)
        child.kill()
        assert exit_code_of(child) == -9

    with pytest.raises(StorageError, match=r"only half filled: .*Nothing was started; run the same"):
        open_moved(home, url)
    open_test_desk(home).close()
    done = move(settings_for(home), url)
    desk = open_moved(home, url)

    assert [table.name for table in done.tables if not table.same] == []
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()


def test_a_move_that_was_killed_at_its_very_end_is_run_again(home: Path, url: str) -> None:
    (home / MOVED).write_text("{}", encoding="utf-8")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE triage_unfinished_move (told text)")

    move(settings_for(home), url)

    desk = open_moved(home, url)
    assert desk.verify_audit().ok
    desk.close()


def move_slowly(home: Path, url: str) -> None:
    """Move, with time to be killed in."""
    move(settings_for(home), url, lambda _share, _doing: time.sleep(0.15))


def wait_for_rows(url: str, table: str) -> None:
    """Until rows of this table are there."""
    deadline = time.monotonic() + PATIENCE_S
    engine = create_engine(postgres_url(url))
    while True:
        assert time.monotonic() < deadline, "nothing is moved"
        with engine.connect() as connection:
            exists = connection.execute(text("SELECT to_regclass(:name)"), {"name": table}).scalar()
            if exists and connection.execute(text(f"SELECT count(*) FROM {table}")).scalar():  # noqa: S608  ours
                break
        time.sleep(0.01)
    engine.dispose()


def tables_in(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return sorted(name for (name,) in found)
