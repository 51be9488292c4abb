"""Roles that were given or taken away at this desk."""

from sqlalchemy import Connection, delete, insert, select

from agent.model import GivenRole, Person
from agent.names import subject_key
from agent.store.tables import people


def role_of(connection: Connection, subject: str) -> GivenRole | None:
    """The role given to this person, "none" if it was taken away, None if nothing is known here."""
    found: GivenRole | None = connection.execute(
        select(people.c.role).where(people.c.subject_key == subject_key(subject))
    ).scalar()
    return found


def set_role(connection: Connection, subject: str, role: GivenRole, *, by: str, at: str) -> None:
    """Give a person this role from now on."""
    connection.execute(delete(people).where(people.c.subject_key == subject_key(subject)))
    connection.execute(
        insert(people).values(
            subject_key=subject_key(subject), subject=subject, role=role, changed_at=at, changed_by=by
        )
    )


def list_people(connection: Connection) -> list[Person]:
    """Everybody whose role was set here, by name."""
    rows = connection.execute(select(people).order_by(people.c.subject_key)).mappings()
    return [
        Person(subject=row["subject"], role=row["role"], changed_at=row["changed_at"], changed_by=row["changed_by"])
        for row in rows
    ]
