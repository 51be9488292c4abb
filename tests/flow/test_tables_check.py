"""The check that the tables have everything that this version works with."""

from pathlib import Path

import pytest

from agent.model import Check
from tests.stand_ins import open_test_desk


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ("ALTER TABLE inbox DROP COLUMN traceparent", "inbox.traceparent"),
        ("DROP INDEX threads_leased", "threads.threads_leased"),
        ("DROP TABLE views", "views.review_id"),
    ],
)
def test_what_is_missing_is_named_with_the_remedy(change: str, lacking: str, tmp_path: Path) -> None:
    before = tables(tmp_path / "well")

    after = tables(tmp_path / "ill", change)

    assert before.ok
    assert not after.ok
    assert lacking in after.detail
    assert "python -m agent restore" in after.remedy


def tables(home: Path, change: str = "SELECT 1") -> Check:
    desk = open_test_desk(home)
    with desk._office.database.write() as connection:  # noqa: SLF001  what somebody with the file would do
        connection.exec_driver_sql(change)
    (check,) = [check for check in desk.checks() if check.name == "tables"]
    desk.close()
    return check
