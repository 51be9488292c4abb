"""Facts are read from the tables once, and again where they changed."""

import pytest

from agent.insights.facts import FactBook
from agent.insights.figures import figure, metric_named
from agent.insights.flows import node_times
from agent.insights.rows import Snapshot
from agent.store.database import Database
from agent.store.facts import add_facts, settle_facts
from agent.store.ratings import keep_rating
from agent.store.tables import reviews, turn_facts
from tests.unit.march import ALL, NOW, turn


def test_only_what_is_new_is_read_and_what_was_open_is_read_again(database: Database, book: FactBook) -> None:
    before = book.read(NOW)
    with database.write() as connection:
        settle_facts(connection, "t11", at="2026-03-31T12:00:00.000Z", node_ms={"classify": 7.0})
        connection.execute(
            reviews.update()
            .where(reviews.c.review_id == "r11")
            .values(status="applied", decided_at="2026-03-31T11:59:00.000Z", decided_action="deny", decided_by="Kim")
        )
        add_facts(connection, turn("t12", "F", "31T11:30", "faq", "answered", relevance=0.8))
        keep_rating(connection, turn_id="t7", thread_id="E", rating=1, comment="", at="2026-03-31T11:59:00.000Z")

    after = book.read(NOW)

    cut = Snapshot(after).cut(ALL)
    assert (len(before.turns), len(after.turns)) == (12, 13)
    assert before.turns.settled_at.isna().sum() == after.turns.settled_at.isna().sum() + 1
    assert figure(metric_named("open_reviews"), cut).value == 0
    assert figure(metric_named("rating"), cut).value == pytest.approx(8 / 3)
    assert {one.node: one.n for one in node_times(cut)} == {"classify": 2, "retrieve": 1}
    assert book.read(NOW).turns is after.turns


def test_rows_that_are_gone_are_forgotten(database: Database, book: FactBook) -> None:
    with database.write() as connection:
        add_facts(connection, turn("d1", "A", "30T10:00", "faq", "answered", demo=True))
        add_facts(connection, turn("t13", "A", "30T10:00", "faq", "answered"))
    before = len(book.read(NOW).turns)
    with database.write() as connection:
        connection.execute(turn_facts.delete().where(turn_facts.c.demo == 1))

    assert (before, len(book.read(NOW).turns)) == (14, 13)
