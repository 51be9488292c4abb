"""Facts about turns: written with what they tell of, in the same transaction."""

import json
from typing import Any

from sqlalchemy import Connection, select, update

from agent.canonical import canonical_json
from agent.model import TurnFacts
from agent.store.tables import turn_facts
from agent.store.upsert import insert_into


def add_facts(connection: Connection, facts: TurnFacts) -> None:
    """Keep the facts of a turn; what is kept already stays as it is."""
    connection.execute(insert_into(connection, turn_facts).values(**as_row(facts)).on_conflict_do_nothing())


def settle_facts(connection: Connection, turn_id: str, *, at: str, node_ms: dict[str, float]) -> None:
    """The turn's review was carried out, by these further steps."""
    before = connection.execute(select(turn_facts.c.node_ms).where(turn_facts.c.turn_id == turn_id)).scalar()
    if before is not None:
        together = json.loads(before) | node_ms
        connection.execute(
            update(turn_facts)
            .where(turn_facts.c.turn_id == turn_id)
            .values(settled_at=at, node_ms=canonical_json(together))
        )


def as_row(facts: TurnFacts) -> dict[str, Any]:
    """The facts as a row of the table."""
    row = facts.model_dump()
    row["rules"] = ",".join(facts.rules)
    row["cited"] = ",".join(facts.cited)
    row["node_ms"] = canonical_json(facts.node_ms)
    return row
