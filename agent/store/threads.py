"""Threads and their leases: whoever holds the lease may run turns of the thread, nobody else."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, and_, func, insert, or_, select, update

from agent.errors import UnknownThreadError
from agent.model import ThreadStatus, ThreadSummary
from agent.store.reviews import to_be_applied
from agent.store.tables import inbox, reviews, threads

TITLE_CHARS = 80


@dataclass(frozen=True, kw_only=True)
class Lease:
    """The right to run a thread until `until`; `owner` names the process, and the thread of it, that has it."""

    thread_id: str
    owner: str
    until: str


def create_thread(
    connection: Connection, *, thread_id: str, customer_id: str, channel: str, title: str, at: str
) -> None:
    """A new thread; its title is the beginning of the first message."""
    connection.execute(
        insert(threads).values(
            thread_id=thread_id,
            status="OPEN",
            customer_id=customer_id,
            channel=channel,
            title=title[:TITLE_CHARS],
            created_at=at,
            updated_at=at,
            turns=0,
        )
    )


def get_thread(connection: Connection, thread_id: str) -> ThreadSummary:
    """The thread; raises UnknownThreadError."""
    row = connection.execute(select(threads).where(threads.c.thread_id == thread_id)).mappings().first()
    if row is None:
        message = f"There is no thread {thread_id!r}; nothing was stored. Start a new one by leaving the id out."
        raise UnknownThreadError(message)
    return _summary(row)


def channel_of(connection: Connection, thread_id: str) -> str:
    """Where the thread came in; empty if there is no such thread."""
    return str(connection.execute(select(threads.c.channel).where(threads.c.thread_id == thread_id)).scalar() or "")


def customer_of(connection: Connection, thread_id: str) -> str:
    """Whose thread it is; empty if there is no such thread."""
    return str(connection.execute(select(threads.c.customer_id).where(threads.c.thread_id == thread_id)).scalar() or "")


def list_threads(connection: Connection, *, limit: int, search: str) -> list[ThreadSummary]:
    """The threads, last touched first; `search` looks at title, customer and id. Check cases stay hidden."""
    query = (
        select(threads)
        .where(threads.c.channel.not_like("check case %"))
        .order_by(threads.c.updated_at.desc())
        .limit(limit)
    )
    if search:
        query = query.where(
            or_(*(column.icontains(search, autoescape=True) for column in (threads.c.title, threads.c.customer_id)))
            | threads.c.thread_id.startswith(search, autoescape=True)
        )
    return [_summary(row) for row in connection.execute(query).mappings()]


def _summary(row: RowMapping) -> ThreadSummary:
    return ThreadSummary(
        thread_id=row["thread_id"],
        status=row["status"],
        title=row["title"],
        customer_id=row["customer_id"],
        updated_at=row["updated_at"],
        turns=row["turns"],
    )


def set_status(connection: Connection, thread_id: str, status: ThreadStatus, *, at: str) -> None:
    """The thread's new status."""
    connection.execute(update(threads).where(threads.c.thread_id == thread_id).values(status=status, updated_at=at))


def count_message(connection: Connection, thread_id: str, *, at: str) -> None:
    """One more message of the customer."""
    connection.execute(
        update(threads).where(threads.c.thread_id == thread_id).values(turns=threads.c.turns + 1, updated_at=at)
    )


def lease_holder(connection: Connection, thread_id: str) -> str | None:
    """Who holds the thread's lease, expired or not."""
    holder = connection.execute(select(threads.c.lease_owner).where(threads.c.thread_id == thread_id)).scalar()
    return None if holder is None else str(holder)


def take_lease(connection: Connection, lease: Lease, *, now: str, dead: Collection[str]) -> bool:
    """Take the lease if it is free, expired, or held by a process known to be dead; False if somebody has it."""
    free = or_(threads.c.lease_owner.is_(None), threads.c.lease_until < now, threads.c.lease_owner.in_(dead))
    taken = connection.execute(
        update(threads)
        .where(threads.c.thread_id == lease.thread_id, free)
        .values(lease_owner=lease.owner, lease_until=lease.until)
    )
    return taken.rowcount == 1


def renew_lease(connection: Connection, lease: Lease) -> bool:
    """Move the end of a lease that is still ours; False if another took over."""
    return (
        connection.execute(
            update(threads)
            .where(threads.c.thread_id == lease.thread_id, threads.c.lease_owner == lease.owner)
            .values(lease_until=lease.until)
        ).rowcount
        == 1
    )


def release_lease(connection: Connection, lease: Lease) -> None:
    """Give the lease back if it is still ours."""
    connection.execute(
        update(threads)
        .where(threads.c.thread_id == lease.thread_id, threads.c.lease_owner == lease.owner)
        .values(lease_owner=None, lease_until=None)
    )


def runnable_threads(connection: Connection, *, now: str, dead: Collection[str], limit: int) -> list[str]:
    """Threads that nobody is working on: with a decision, then with a message; the oldest `limit` of either."""
    free = or_(threads.c.lease_owner.is_(None), threads.c.lease_until < now, threads.c.lease_owner.in_(dead))
    with_message = (
        select(inbox.c.thread_id, func.min(inbox.c.seq).label("seq"))
        .join(threads, threads.c.thread_id == inbox.c.thread_id)
        .where(inbox.c.status.in_(("waiting", "running")), free)
        .group_by(inbox.c.thread_id)
        .order_by("seq")
        .limit(limit)
    )
    decided = (
        select(reviews.c.thread_id)
        .join(threads, and_(threads.c.thread_id == reviews.c.thread_id))
        .where(to_be_applied(now), free)
        .order_by(reviews.c.decided_at)
        .limit(limit)
    )
    found = [row.thread_id for row in connection.execute(decided)]
    found += [row.thread_id for row in connection.execute(with_message)]
    return list(dict.fromkeys(found))


def lease_owners(connection: Connection) -> list[str]:
    """Every process that holds a lease now."""
    return list(
        connection.execute(select(threads.c.lease_owner).where(threads.c.lease_owner.is_not(None)).distinct()).scalars()
    )
