"""Who may do what, asked anew for every deed and inside its transaction: roles end, and are taken away."""

from collections.abc import Collection

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.errors import ForbiddenError
from agent.model import Identity, Role
from agent.names import subject_key
from agent.store import people
from agent.timestamps import for_people

DECIDERS: frozenset[Role] = frozenset({"reviewer", "lead", "admin"})
RESERVED = "desk"
"""Who acts when no person does; as a reviewer's name it would sit on two seats when a review expires."""

LEADERS: frozenset[Role] = frozenset({"lead", "admin"})
READERS: frozenset[Role] = frozenset({"analyst", *DECIDERS})


def authorise(
    office: Backoffice, connection: Connection, identity: Identity, roles: Collection[Role], deed: str
) -> Identity:
    """The identity with the role that counts now; raises ForbiddenError if that may not do the deed.

    `deed` completes "may not …". A role given or taken away at this desk counts more than the one that was brought.
    """
    key = subject_key(identity.subject)
    if not key or key == RESERVED or not identity.subject.isprintable():
        message = f"{identity.subject[:60]!a} is nobody's name; nothing was changed. Sign in under a name."
        raise ForbiddenError(message)
    if identity.valid_until is not None and identity.valid_until <= office.now():
        message = (
            f"The sign-in of {identity.subject} ended at {for_people(identity.valid_until)}; nothing was changed. "
            "Sign in again."
        )
        raise ForbiddenError(message)
    given = people.role_of(connection, identity.subject)
    if given == "none":
        message = f"{identity.subject} has no role at this desk any more; nothing was changed. Ask an admin."
        raise ForbiddenError(message)
    known = identity if given is None else identity.model_copy(update={"role": given})
    if known.role not in roles:
        message = f"The role {known.role} may not {deed}; nothing was changed. Ask a {max(roles)}."
        raise ForbiddenError(message)
    return known
