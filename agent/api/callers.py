"""Who calls: found out anew for every request from a key, a token, or, in the demo, from being on this machine."""

from collections.abc import Collection
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from agent.api.problems import Problem
from agent.model import GUEST, Identity, Role, ThreadSummary

OPERATORS: frozenset[Role] = frozenset({"analyst", "reviewer", "lead", "admin"})


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Whoever sent a request.

    `customer_id` is set for a customer's credential, which opens only that customer's threads, or, with `thread_id`,
    only that one. `client` is what limits are counted by, `namespace` keeps customers' message ids apart.
    """

    identity: Identity
    client: str
    customer_id: str | None = None
    thread_id: str | None = None
    namespace: str = ""
    is_demo: bool = False

    @property
    def is_customer(self) -> bool:
        """Whether this is a customer and not somebody who works here."""
        return self.customer_id is not None

    def owns(self, thread: ThreadSummary) -> bool:
        """Whether this thread may be shown to the caller. All guests share one id, so that id opens nothing."""
        if self.customer_id is None:
            return True
        if self.thread_id is not None:
            return thread.thread_id == self.thread_id
        return self.customer_id != GUEST and thread.customer_id == self.customer_id

    def require(self, roles: Collection[Role], deed: str) -> None:
        """Raise a 403 unless the caller works here in one of the roles; `deed` completes "may not …"."""
        if self.is_customer or self.identity.role not in roles:
            who = "A customer's credential" if self.is_customer else f"The role {self.identity.role}"
            allowed = ", ".join(sorted(roles))
            detail = f"{who} may not {deed}; nothing was done. Use a key or token with one of the roles {allowed}."
            raise Problem(403, "forbidden", detail)


def caller_of(connection: HTTPConnection) -> Caller:
    """The caller that the doorkeeper let in."""
    caller: Caller = connection.state.caller
    return caller
