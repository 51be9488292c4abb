"""Rows of the desk's tables, gathered until they are written together."""

from operator import itemgetter
from typing import Any

from agent.store.tables import (
    decisions,
    inbox,
    labels,
    ledger,
    ratings,
    replies,
    reviews,
    second_looks,
    threads,
    tickets,
    turn_facts,
    views,
)
from agent.store.tickets import FIRST_NUMBER

Row = dict[str, Any]
Rows = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]
"""Names of columns and rows, by table."""

ARRIVAL = {"inbox": "received_at", "turn_facts": "received_at", "replies": "at", "reviews": "created_at"}
"""Tables whose numbers grow with time, and the column that tells it."""


class Batch:
    """Rows by table."""

    def __init__(self, last_ticket: int) -> None:
        """`last_ticket` is the highest number of a ticket that is stored."""
        self.threads: list[Row] = []
        self.inbox: list[Row] = []
        self.replies: list[Row] = []
        self.turn_facts: list[Row] = []
        self.reviews: list[Row] = []
        self.decisions: list[Row] = []
        self.views: list[Row] = []
        self.ledger: list[Row] = []
        self.tickets: list[Row] = []
        self.ratings: list[Row] = []
        self.labels: list[Row] = []
        self.second_looks: list[Row] = []
        self._last_ticket = last_ticket

    def add_ticket(self, row: Row) -> str:
        """Keep a ticket and return its number."""
        self._last_ticket += 1
        self.tickets.append({**row, "seq": self._last_ticket})
        return f"T-{FIRST_NUMBER + self._last_ticket}"

    def packed(self) -> Rows:
        """The rows of each table that has any, in the order in which they came to be, ready for another process."""
        found: Rows = {}
        for table in TABLES:
            rows: list[Row] = getattr(self, table.name)
            if table.name in ARRIVAL:
                rows.sort(key=itemgetter(ARRIVAL[table.name]))
            if rows:
                columns = tuple(rows[0])
                values = itemgetter(*columns)
                found[table.name] = (columns, [values(row) for row in rows])
        return found


TABLES = (
    threads,
    inbox,
    replies,
    turn_facts,
    reviews,
    decisions,
    views,
    ledger,
    tickets,
    ratings,
    labels,
    second_looks,
)
