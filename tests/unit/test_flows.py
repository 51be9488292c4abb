"""Where turns and money went on a desk small enough to count by hand."""

from agent.insights.facts import FactBook
from agent.insights.flows import flows, money, node_times
from agent.insights.rows import Slice, Snapshot
from agent.store.database import Database
from agent.store.tables import ledger
from tests.unit.march import ALL, NOW


def test_money_is_kept_apart_by_currency(everything: Slice) -> None:
    lines = {line.currency: line.model_dump(exclude={"currency"}) for line in money(everything)}

    assert lines["USD"] == {
        "requested": 24_000, "approved": 20_000, "denied": 0, "issued": 20_000, "on_the_way": 0, "unexplained": 0,
    }  # fmt: skip
    assert lines["EUR"] == {
        "requested": 1_000, "approved": 0, "denied": 0, "issued": 0, "on_the_way": 0, "unexplained": 0,
    }  # fmt: skip


def test_what_was_paid_beyond_an_approval_stands_out(database: Database, book: FactBook) -> None:
    with database.write() as connection:
        connection.execute(ledger.update().values(amount_minor=20_500))

    (line,) = [line for line in money(Snapshot(book.read(NOW)).cut(ALL)) if line.currency == "USD"]

    assert line.unexplained == 500


def test_flows_end_where_people_sent_them(everything: Slice) -> None:
    found = {(flow.source, flow.target): flow.turns for flow in flows(everything) if flow.column == 1}

    assert found == {
        ("faq", "answered"): 3,
        ("faq", "uncertain"): 1,
        ("faq", "denied by a person"): 1,
        ("issue", "ticket"): 1,
        ("order", "asked"): 1,
        ("refund", "changed by a person"): 1,
        ("refund", "waits for a person"): 1,
        ("escalation", "taken over by a person"): 1,
    }


def test_step_times_leave_out_turns_that_did_not_pass(everything: Slice) -> None:
    found = {one.node: (one.n, one.p50) for one in node_times(everything)}

    assert found == {"classify": (1, 4.0), "retrieve": (1, 9.0)}
