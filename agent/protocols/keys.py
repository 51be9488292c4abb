"""Keys: made by an admin, told once, taken away at once, all of it on record.

A key is 256 random bits. A plain SHA-256 of it is enough to store: there is nothing to guess that a slow hash would
have to protect, and the hash can be looked up, so that every request may ask anew whether the key still stands.
"""

import hashlib
import secrets

from agent.backoffice import Backoffice
from agent.errors import ConflictError, InvalidDecisionError
from agent.model import GUEST, ApiKey, Identity, NewApiKey, Role
from agent.protocols.authority import RESERVED, authorise
from agent.store import keys

PREFIX = "tk_"
KEY_BYTES = 32
NAME_CHARS = 200


def create_key(
    office: Backoffice, name: str, role: Role, identity: Identity, *, subject: str | None, customer_id: str | None
) -> NewApiKey:
    """Make a key. Raises InvalidDecisionError, ConflictError for a name in use, ForbiddenError unless an admin asks."""
    name, subject = _name(name, "A key"), _name(subject or name, "Whoever a key acts for")
    _check_scope(role, subject, customer_id)
    secret = PREFIX + secrets.token_urlsafe(KEY_BYTES)
    at = office.now()
    with office.database.write() as connection:
        who = authorise(office, connection, identity, {"admin"}, "make keys")
        if keys.standing_keys(connection, name):
            message = f"A key named {name} stands already; none was made. Revoke that one or choose another name."
            raise ConflictError(message)
        key = ApiKey(
            key_id=f"key-{secrets.token_hex(4)}",
            name=name,
            role=role,
            subject=subject,
            customer_id=customer_id,
            created_at=at,
            created_by=who.subject,
        )
        keys.add_key(connection, key, sha256_of(secret))
        office.audit.append(
            connection,
            identity=who,
            action="key_created",
            at=at,
            thread_id=None,
            review_id=None,
            detail={"key_id": key.key_id, "name": name, "role": role, "subject": subject, "customer_id": customer_id},
        )
    office.audit.anchor_head()
    return NewApiKey(key=key, secret=secret)


def revoke_key(office: Backoffice, name_or_id: str, identity: Identity) -> ApiKey:
    """Take a key away. Raises InvalidDecisionError if none of this name or id stands, ForbiddenError."""
    at = office.now()
    with office.database.write() as connection:
        who = authorise(office, connection, identity, {"admin"}, "revoke keys")
        found = keys.standing_keys(connection, name_or_id) if name_or_id.isprintable() else []
        if len(found) != 1:
            message = f"No standing key is named {name_or_id[:60]!a}; nothing was revoked. `keys list` shows them."
            raise InvalidDecisionError(message)
        keys.revoke_key(connection, found[0].key_id, by=who.subject, at=at)
        office.audit.append(
            connection,
            identity=who,
            action="key_revoked",
            at=at,
            thread_id=None,
            review_id=None,
            detail={"key_id": found[0].key_id, "name": found[0].name},
        )
    office.audit.anchor_head()
    return found[0].model_copy(update={"revoked_at": at, "revoked_by": who.subject})


def sha256_of(secret: str) -> str:
    """Under which hash a key is kept."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _check_scope(role: Role, subject: str, customer_id: str | None) -> None:
    if role == "system" or subject == RESERVED:
        message = "The desk's own role and name are nobody's; no key was made. Choose another."
        raise InvalidDecisionError(message)
    if customer_id is None:
        return
    _name(customer_id, "A customer")
    if role != "stakeholder":
        message = f"A customer's key has no role at the desk; no key was made. Leave out {role}, or the customer."
        raise InvalidDecisionError(message)
    if customer_id == GUEST:
        message = "All guests share one customer id; no key was made for it, since it would open all their threads."
        raise InvalidDecisionError(message)


def _name(name: str, what: str) -> str:
    name = name.strip()
    if not name or len(name) > NAME_CHARS or not name.isprintable():
        message = f"{what} needs a name of 1 to {NAME_CHARS} printable characters; no key was made."
        raise InvalidDecisionError(message)
    return name
