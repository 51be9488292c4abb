"""Who has no shell takes in what lies in the folder for documents, and nothing else of the server."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.bootstrap import World
from agent.desk import Desk
from agent.errors import DeskError, ForbiddenError
from agent.model import Identity
from tests.shelf import LEAD, open_library_desk
from tests.stand_ins import HandClock

ALEX = Identity(subject="alex", role="analyst", source="demo-switch")
LAMP = "# Lamps\n\nA lava lamp is repaired within twelve days.\n"


@pytest.fixture
def clock() -> HandClock:
    return HandClock(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    with closing(open_library_desk(tmp_path / "home", world=World(clock=clock))) as opened:
        yield opened


@pytest.fixture
def docs(desk: Desk) -> Path:
    """A folder among the documents."""
    made = desk.library.documents / "lamps"
    made.mkdir(parents=True)
    (made / "lamp.md").write_text(LAMP, encoding="utf-8")
    return made


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A folder elsewhere on the server."""
    made = tmp_path / "payroll"
    made.mkdir()
    (made / "pay.md").write_text("# Pay\n\nEverybody is paid twelve crowns.\n", encoding="utf-8")
    return made


@pytest.mark.parametrize("named", ["lamps", ".", "lamps/.", "{docs}"])
def test_what_lies_in_the_folder_is_taken_in_by_any_honest_name(desk: Desk, docs: Path, named: str) -> None:
    assert desk.library.ingest_folder(Path(named.format(docs=docs)), ALEX).added == 1


@pytest.mark.parametrize(
    "named",
    [
        "..",
        "../../payroll",
        "lamps/../../../payroll",
        "{secret}/../home/documents/lamps",
        "{secret}",
        "/",
        "/proc/self",
        "~",
        "way-out",
        "loop",
        "a\0b",
    ],
)
def test_nothing_else_of_the_server_is_read(desk: Desk, docs: Path, secret: Path, named: str) -> None:
    (docs.parent / "way-out").symlink_to(secret)
    (docs.parent / "loop").symlink_to(docs.parent / "loop")

    with pytest.raises(DeskError, match="Nothing was changed"):
        desk.library.ingest_folder(Path(named.format(secret=secret)), ALEX)

    assert desk.library.last_ingestions() == []


def test_the_refusal_does_not_tell_what_is_there(desk: Desk, docs: Path, secret: Path) -> None:
    del docs
    with pytest.raises(ForbiddenError) as there:
        desk.library.ingest_folder(secret, ALEX)
    with pytest.raises(ForbiddenError) as not_there:
        desk.library.ingest_folder(secret.with_name("nowhere"), ALEX)

    assert str(there.value).replace("payroll", "nowhere") == str(not_there.value)
    assert "TRIAGE_DOCUMENTS" in str(there.value)


def test_links_within_do_not_lead_out_by_day_or_night(desk: Desk, docs: Path, secret: Path, clock: HandClock) -> None:
    (docs / "pay.md").symlink_to(secret / "pay.md")
    (docs / "all").symlink_to(secret)
    (docs / "again.md").symlink_to(docs / "lamp.md")

    report = desk.library.ingest_folder(docs, ALEX)
    clock.advance(timedelta(days=1))
    (docs / "more.md").symlink_to(secret / "pay.md")
    desk.library.take_in_again()

    nightly = desk.library.last_ingestions()[0]
    assert (report.added, nightly.started_by, nightly.report.added) == (2, "desk", 0)
    assert [remark.file for remark in nightly.report.failed] == ["all", "more.md", "pay.md"]
    assert not [one for one in desk.library.articles() if "pay" in one.title.lower() and one.source != "shipped"]


def test_a_folder_that_was_swapped_for_a_link_is_refused_at_night(
    desk: Desk, docs: Path, secret: Path, clock: HandClock
) -> None:
    desk.library.ingest_folder(docs, ALEX)
    docs.rename(docs.with_name("away"))
    docs.symlink_to(secret)
    clock.advance(timedelta(days=1))

    desk.library.take_in_again()

    latest = desk.library.last_ingestions()[0]
    assert (latest.status, "does not lie in" in latest.why) == ("failed", True)


def test_whoever_has_the_shell_names_any_folder(desk: Desk, secret: Path) -> None:
    assert desk.library.ingest_folder(secret, LEAD).added == 1
