"""People: give roles and take them away, on record."""

from agent.backoffice import Backoffice
from agent.errors import ForbiddenError, InvalidDecisionError
from agent.model import GivenRole, Identity
from agent.names import subject_key
from agent.protocols.authority import authorise
from agent.store import people

NAME_CHARS = 200


def give_role(office: Backoffice, subject: str, role: GivenRole, identity: Identity) -> None:
    """Give a role, or take it away with "none". Raises ForbiddenError unless an admin does, and never to oneself."""
    name = subject.strip()
    if not name or len(name) > NAME_CHARS or not name.isprintable():
        message = f"A person needs a name of 1 to {NAME_CHARS} printable characters; nothing was changed."
        raise InvalidDecisionError(message)
    at = office.now()
    with office.database.write() as connection:
        who = authorise(office, connection, identity, {"admin"}, "give roles")
        if subject_key(name) == subject_key(who.subject):
            message = "Nobody changes their own role; nothing was changed. Ask another admin."
            raise ForbiddenError(message)
        before = people.role_of(connection, name)
        people.set_role(connection, name, role, by=who.subject, at=at)
        office.audit.append(
            connection,
            identity=who,
            action="role_given",
            at=at,
            thread_id=None,
            review_id=None,
            detail={"subject": name, "role": role, "before": before},
        )
    office.audit.anchor_head()
