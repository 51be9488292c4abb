"""Whatever keeps decisions keeps these promises."""

from pathlib import Path

import pytest

from agent.errors import AlarmError
from agent.model import Decision, Money
from agent.store.decisions import DecisionBook, add_decision, stored
from tests.conftest import OpenDatabase
from tests.stand_ins import REVIEWER


def test_a_decision_comes_back_as_it_was_taken(tmp_path: Path, open_database: OpenDatabase) -> None:
    database = open_database(tmp_path / "desk.sqlite")
    decision = Decision(action="edit", amount=Money(minor=4250), reply="Here you go.", note="agreed by phone")
    taken = stored("r-1", decision, REVIEWER, payload_sha256="0" * 64, at="2026-11-21T12:00:00.000Z")
    with database.write() as connection:
        add_decision(connection, taken)

    assert DecisionBook(database).read("r-1") == taken


def test_a_review_without_a_decision_raises_the_alarm(tmp_path: Path, open_database: OpenDatabase) -> None:
    with pytest.raises(AlarmError, match="nothing was paid"):
        DecisionBook(open_database(tmp_path / "desk.sqlite")).read("r-1")
