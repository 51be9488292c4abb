"""Keys that programs bring instead of signing in."""

from agent.model.value import Value
from agent.model.words import Role


class ApiKey(Value):
    """A key as the desk keeps it: whom its deeds are recorded under, never the key itself.

    With `customer_id` its bearer is that customer, on a website for example, and sees only that customer's threads.
    """

    key_id: str
    name: str
    role: Role
    subject: str
    customer_id: str | None = None
    created_at: str
    created_by: str
    revoked_at: str | None = None
    revoked_by: str | None = None


class NewApiKey(Value):
    """A key that was just made. `secret` is what its bearer sends; it is told this once and kept nowhere."""

    key: ApiKey
    secret: str
