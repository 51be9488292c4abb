"""What programs get in with: keys, and the secrets that sign shorter-lived tokens. Reached as `desk.access`."""

import hashlib
import hmac

from agent.backoffice import Backoffice
from agent.model import ApiKey, GivenRole, Identity, NewApiKey, Role
from agent.protocols.authority import authorise
from agent.protocols.keys import create_key, revoke_key, sha256_of
from agent.store import keys, people


class Access:
    """Makes keys, takes them away, and says whom one belongs to, looked up at every call."""

    def __init__(self, office: Backoffice) -> None:
        """Made by the desk."""
        self._office = office

    def create_key(
        self, name: str, role: Role, identity: Identity, *, subject: str | None = None, customer_id: str | None = None
    ) -> NewApiKey:
        """Make a key; deeds are recorded under `subject` (else the key's name). Nobody can see the key again.

        Raises InvalidDecisionError, ConflictError for a name in use, ForbiddenError unless an admin asks.
        """
        return create_key(self._office, name, role, identity, subject=subject, customer_id=customer_id)

    def keys(self, identity: Identity) -> list[ApiKey]:
        """All keys ever made, oldest first; raises ForbiddenError unless an admin asks."""
        with self._office.database.read() as connection:
            authorise(self._office, connection, identity, {"admin"}, "see keys")
            return keys.list_keys(connection)

    def revoke_key(self, name_or_id: str, identity: Identity) -> ApiKey:
        """Take a key away, from the next request on; raises InvalidDecisionError if none stands, ForbiddenError."""
        return revoke_key(self._office, name_or_id, identity)

    def key_of(self, secret: str) -> ApiKey | None:
        """The standing key that this is; None if there is none or it was revoked."""
        with self._office.database.read() as connection:
            found = keys.find_key(connection, sha256_of(secret))
        return None if found is None or found.revoked_at is not None else found

    def key_stands(self, key_id: str) -> bool:
        """Whether the key of this id still opens something."""
        with self._office.database.read() as connection:
            return bool(keys.standing_keys(connection, key_id))

    def any_key(self) -> bool:
        """Whether a key was ever made here: whoever revokes the last one does not want the demo back."""
        with self._office.database.read() as connection:
            return keys.any_key(connection)

    def role_of(self, subject: str) -> GivenRole | None:
        """The role given to this person at this desk; counts more than the one a key or token brings."""
        with self._office.database.read() as connection:
            return people.role_of(connection, subject)

    def signing_secret(self, purpose: str) -> bytes:
        """32 bytes that only this desk knows, another for each purpose; the audit chain's own key stays apart."""
        return hmac.digest(self._office.secret, purpose.encode(), hashlib.sha256)

    def now_s(self) -> int:
        """The desk's time in whole seconds since 1970."""
        return int(self._office.services.clock.now().timestamp())
