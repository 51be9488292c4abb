"""Policies that were saved at this desk. The latest is in force; none is ever changed or taken away."""

import json

from pydantic import ValidationError
from sqlalchemy import Connection, RowMapping, insert, select

from agent.canonical import canonical_json
from agent.errors import ConfigurationError
from agent.policy import Policy, SavedPolicy
from agent.store.tables import policies


def latest_policy(connection: Connection) -> SavedPolicy | None:
    """The version in force, None if none was saved here; raises ConfigurationError if it cannot be read."""
    row = connection.execute(select(policies).order_by(policies.c.version.desc()).limit(1)).mappings().first()
    return None if row is None else _saved(row)


def find_policy(connection: Connection, version: int) -> SavedPolicy | None:
    """This version, None if there is none; raises ConfigurationError if it cannot be read."""
    row = connection.execute(select(policies).where(policies.c.version == version)).mappings().first()
    return None if row is None else _saved(row)


def list_policies(connection: Connection) -> list[SavedPolicy]:
    """Every version that was saved here, the latest first."""
    rows = connection.execute(select(policies).order_by(policies.c.version.desc())).mappings()
    return [_saved(row) for row in rows]


def add_policy(connection: Connection, saved: SavedPolicy) -> None:
    """Keep a version; the caller has made sure, in the same transaction, that it is the next one."""
    fields = canonical_json(saved.policy.model_dump(mode="json"))
    connection.execute(insert(policies).values(**saved.model_dump(exclude={"policy"}), fields=fields))


def _saved(row: RowMapping) -> SavedPolicy:
    known = {name: row[name] for name in ("version", "author", "role", "reason", "at", "restored_from")}
    try:
        policy = Policy.model_validate(json.loads(row["fields"]) | {"version": row["version"]})
        return SavedPolicy(**known, policy=policy)
    except (ValidationError, TypeError, ValueError) as error:
        message = (
            f"Version {row['version']} of the policy, saved by {row['author']}, cannot be read: {error}. "
            "Nothing was decided by it; use the release that saved it."
        )
        raise ConfigurationError(message) from error
