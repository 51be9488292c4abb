"""The keys of programs. Only a hash of each is stored."""

from sqlalchemy import Connection, RowMapping, insert, select, update

from agent.model import ApiKey
from agent.store.tables import api_keys


def add_key(connection: Connection, key: ApiKey, sha256: str) -> None:
    """Keep a new key under the hash of what its bearer will send."""
    connection.execute(insert(api_keys).values(**key.model_dump(), sha256=sha256))


def find_key(connection: Connection, sha256: str) -> ApiKey | None:
    """The key of this hash, revoked or not."""
    row = connection.execute(select(api_keys).where(api_keys.c.sha256 == sha256)).mappings().first()
    return None if row is None else _view(row)


def list_keys(connection: Connection) -> list[ApiKey]:
    """All keys ever made, oldest first."""
    return [_view(row) for row in connection.execute(select(api_keys).order_by(api_keys.c.seq)).mappings()]


def any_key(connection: Connection) -> bool:
    """Whether a key was ever made, revoked ones included."""
    return connection.execute(select(api_keys.c.seq).limit(1)).first() is not None


def standing_keys(connection: Connection, name_or_id: str) -> list[ApiKey]:
    """Keys of this id or name that still open something."""
    wanted = (api_keys.c.key_id == name_or_id) | (api_keys.c.name == name_or_id)
    rows = connection.execute(select(api_keys).where(wanted, api_keys.c.revoked_at.is_(None))).mappings()
    return [_view(row) for row in rows]


def revoke_key(connection: Connection, key_id: str, *, by: str, at: str) -> None:
    """From now on the key opens nothing."""
    connection.execute(update(api_keys).where(api_keys.c.key_id == key_id).values(revoked_at=at, revoked_by=by))


def _view(row: RowMapping) -> ApiKey:
    return ApiKey(**{name: row[name] for name in ApiKey.model_fields})
