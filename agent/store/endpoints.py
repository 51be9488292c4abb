"""The systems that deliveries go to: their pace and their troubles, held for all threads and processes of a home."""

from sqlalchemy import Connection, RowMapping, func, insert, select, true, update

from agent.model import TroubleKind
from agent.store.tables import endpoints


def endpoint(connection: Connection, target: str) -> RowMapping:
    """What is known of a system, locked until the transaction ends; a row is made for one that is new."""
    chosen = select(endpoints).where(endpoints.c.target == target).with_for_update()
    found = connection.execute(chosen).mappings().first()
    if found is not None:
        return found
    connection.execute(insert(endpoints).values(target=target, failures=0))
    return connection.execute(chosen).mappings().one()


def all_endpoints(connection: Connection) -> dict[str, RowMapping]:
    """Every system that something was ever sent to."""
    return {row["target"]: row for row in connection.execute(select(endpoints)).mappings()}


def reserve(connection: Connection, target: str, *, free_at: str, rest_until: str | None) -> None:
    """Requests start now: the next ones are on time from `free_at` on, and not before `rest_until`."""
    _set(connection, target, free_at=free_at, rest_until=rest_until)


def note_well(connection: Connection, target: str, *, since: str) -> TroubleKind | None:
    """It answered what was sent after `since`, so it is not away, and what it asked for before that is over.

    Gives the kind of trouble that has ended, if there was any.
    """
    before: TroubleKind | None = endpoint(connection, target)["trouble_kind"]
    well = {"failures": 0, "rest_until": None, "trouble": None, "trouble_kind": None, "trouble_at": None}
    # a wait that it asked for meanwhile, in answer to a request beside this one, still counts
    asked_meanwhile = endpoints.c.trouble_kind.in_(("busy", "refused")) & (endpoints.c.trouble_at >= since)
    over = endpoints.c.trouble_at.is_not(None) & func.coalesce(~asked_meanwhile, true())
    ended = connection.execute(update(endpoints).where(endpoints.c.target == target, over).values(**well))
    return before if ended.rowcount else None


def note_trouble(
    connection: Connection,
    target: str,
    *,
    failures: int,
    rest_until: str | None,
    trouble: str,
    kind: TroubleKind | None,
    at: str,
) -> None:
    """It did not take something; `kind` is None while that may be chance."""
    since = endpoint(connection, target)
    same = since["trouble_kind"] == kind and since["trouble_at"] is not None
    values = {"failures": failures, "rest_until": rest_until, "trouble": trouble, "trouble_kind": kind}
    _set(connection, target, **values, trouble_at=since["trouble_at"] if same else at)


def rest_no_longer(connection: Connection, target: str) -> None:
    """A person says that it is well again."""
    _set(connection, target, failures=0, rest_until=None, trouble=None, trouble_kind=None, trouble_at=None)


def take_look(connection: Connection, target: str, *, before: str, at: str) -> bool:
    """Whether nobody has looked for changes since `before`; then it is ours to do."""
    endpoint(connection, target)
    free = endpoints.c.looked_at.is_(None) | (endpoints.c.looked_at < before)
    taken = update(endpoints).where(endpoints.c.target == target, free).values(looked_at=at)
    return connection.execute(taken).rowcount == 1


def note_look(connection: Connection, target: str, *, bookmark: str) -> bool:
    """How far changes were read; an empty bookmark begins anew. True if they could not be read before."""
    failed_before = endpoint(connection, target)["look_trouble"] is not None
    _set(connection, target, look_trouble=None, bookmark=bookmark or None)
    return failed_before


def note_failed_look(connection: Connection, target: str, *, trouble: str, looked_at: str, begins_anew: bool) -> bool:
    """Why changes could not be read; the next look is due a minute after `looked_at`. True if they could before."""
    well_before = endpoint(connection, target)["look_trouble"] is None
    _set(connection, target, look_trouble=trouble, looked_at=looked_at, **({"bookmark": None} if begins_anew else {}))
    return well_before


def _set(connection: Connection, target: str, **values: str | int | None) -> None:
    connection.execute(update(endpoints).where(endpoints.c.target == target).values(**values))
