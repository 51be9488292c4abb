"""The gate: from what a request brings to who calls, or to a refusal that says how to get in."""

import ipaddress
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from agent.api.bearer_tokens import BearerTokens
from agent.api.callers import Caller
from agent.api.problems import Problem
from agent.api.session_tokens import PREFIX as SESSION_PREFIX
from agent.api.session_tokens import Session, read_token
from agent.api.waits import Waits
from agent.claims import RANK, read_claims
from agent.desk import Desk
from agent.model import GUEST, Identity, Role
from agent.protocols.keys import PREFIX as KEY_PREFIX
from agent.settings import Settings
from agent.timestamps import to_text

DEMO_PERSON = "Demo"
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}


class Gate:
    """Lets callers in. `demo_allowed` says whether the pages run as a demo as well, where there are pages."""

    def __init__(self, settings: Settings, demo_allowed: Callable[[], bool], waits: Waits) -> None:
        """Keys of the settings are read at the first token."""
        self._settings = settings
        self._waits = waits
        self._demo_allowed = demo_allowed
        self._tokens: BearerTokens | None = None

    def admit(self, desk: Desk, connection: HTTPConnection) -> Caller:
        """Who calls; raises a Problem. Reads the desk's tables, so not for the event loop's own thread."""
        brought = _brought(connection)
        if brought is None:
            return self._demo(desk, connection)
        if brought.startswith(KEY_PREFIX):
            return _by_key(desk, brought)
        if brought.startswith(SESSION_PREFIX):
            return _by_session(desk, brought, address_of(connection))
        return self._by_token(desk, brought)

    def _by_token(self, desk: Desk, token: str) -> Caller:
        if not self._settings.takes_tokens:
            raise _unknown()
        if self._tokens is None:
            self._tokens = BearerTokens(self._settings, desk.access.now_s, again_s=self._waits.keys_again_s)
        claims = self._tokens.claims(token)
        person = None if claims is None else read_claims(claims, self._settings.roles_claim)
        if claims is None or person is None:
            raise _unknown()
        identity = Identity(
            subject=person.subject,
            role=person.role or "stakeholder",
            source="jwt",
            valid_until=to_text(datetime.fromtimestamp(person.expires_at, UTC)),
        )
        client = f"token {person.subject}"
        customer: Any = claims.get(self._settings.jwt_customer_claim)
        if customer is None:
            if person.role is None and desk.access.role_of(person.subject) is None:
                raise _nobody_here()
            return Caller(identity=_as_known_here(desk, identity), client=client)
        if not isinstance(customer, str) or not customer.isprintable() or customer in {"", GUEST}:
            raise _unknown()
        return _customer(identity, client, customer)

    def _demo(self, desk: Desk, connection: HTTPConnection) -> Caller:
        """Without any key, anybody on this machine may try everything, as with the pages' demo switch."""
        closed = (
            self._settings.sign_in == "required"
            or self._settings.takes_tokens
            or not self._demo_allowed()
            or desk.access.any_key()
        )
        if closed or not _is_here(connection):
            raise _missing()
        if not _asked_from_here(connection):
            detail = "Another website asked in the name of this browser; nothing was done. Make it a key."
            raise Problem(403, "foreign-origin", detail)
        subject = connection.headers.get("x-triage-person") or DEMO_PERSON
        role: Role = "admin"
        identity = Identity(subject=subject, role=role, source="demo-switch")
        return Caller(identity=_as_known_here(desk, identity), client=f"address {address_of(connection)}", is_demo=True)


def address_of(connection: HTTPConnection) -> str:
    """The address that a request came from, an IPv4 one in its own spelling."""
    host = connection.client.host if connection.client else "unknown"
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def _brought(connection: HTTPConnection) -> str | None:
    scheme, _, credential = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and credential.strip():
        return credential.strip()
    if scheme:
        raise _unknown()
    key = connection.headers.get("x-api-key", "").strip()
    token = connection.query_params.get("token", "")
    if token and not token.startswith(SESSION_PREFIX):
        # addresses end up in logs and histories
        detail = "Keys and bearer tokens are not taken from the address; nothing was done. Send a header."
        raise Problem(401, "unauthorized", detail, {"WWW-Authenticate": "Bearer"})
    return key or token or None


def _by_key(desk: Desk, secret: str) -> Caller:
    key = desk.access.key_of(secret)
    if key is None:
        raise _unknown()
    identity = Identity(subject=key.subject, role=key.role, source="api-key")
    if key.customer_id is not None:
        return _customer(identity, key.key_id, key.customer_id)
    return Caller(identity=_as_known_here(desk, identity), client=key.key_id)


def _by_session(desk: Desk, token: str, address: str) -> Caller:
    session = read_token(desk.access, token)
    if session is None or not _issuer_stands(desk, session):
        raise _unknown()
    identity = Identity(subject=session.customer_id, role="stakeholder", source="session", valid_until=session.expires)
    # anybody can have as many visitors' tokens as they ask for, so visitors are counted by where they come from
    client = f"visitors at {address}" if session.customer_id == GUEST else f"session {session.session_id}"
    return Caller(
        identity=identity,
        client=client,
        customer_id=session.customer_id,
        thread_id=session.thread_id,
        namespace=session.session_id,
    )


def _issuer_stands(desk: Desk, session: Session) -> bool:
    return not session.issued_by or desk.access.key_stands(session.issued_by)


def _customer(identity: Identity, client: str, customer_id: str) -> Caller:
    as_customer = identity.model_copy(update={"role": "stakeholder"})
    return Caller(identity=as_customer, client=client, customer_id=customer_id, namespace=customer_id)


def _as_known_here(desk: Desk, identity: Identity) -> Identity:
    given = desk.access.role_of(identity.subject)
    if given == "none":
        detail = "This person has no role at this desk any more; nothing was done. Ask an admin."
        raise Problem(403, "forbidden", detail)
    if given is None:
        return identity
    # a key never opens more than it was made for, whoever it acts for
    role = min(given, identity.role, key=RANK.index) if identity.source == "api-key" else given
    return identity.model_copy(update={"role": role})


def _is_here(connection: HTTPConnection) -> bool:
    # a proxy on this machine would make everybody look like somebody on this machine
    forwarded = any(name in connection.headers for name in FORWARDED)
    try:
        return not forwarded and ipaddress.ip_address(address_of(connection)).is_loopback
    except ValueError:
        return False


def _asked_from_here(connection: HTTPConnection) -> bool:
    """In the demo being on this machine is enough, so in a browser it has to be this desk's own page that speaks."""
    if connection.url.hostname not in LOOPBACK_NAMES:
        return False
    origin = connection.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == connection.headers.get("host")


def _nobody_here() -> Problem:
    """An issuer may sign customers in as well, and the least role speaks for any customer."""
    detail = (
        "This token names neither a role of the desk nor a customer; nothing was done. Let its issuer add one, or an "
        "admin of the desk give this person a role."
    )
    return Problem(403, "forbidden", detail)


def _missing() -> Problem:
    detail = (
        "This needs a key or a token; nothing was done. Send `Authorization: Bearer …`; "
        "`python -m agent keys create` makes a key."
    )
    return Problem(401, "unauthorized", detail, {"WWW-Authenticate": "Bearer"})


def _unknown() -> Problem:
    detail = "The key or token is unknown, has ended, or was revoked; nothing was done. Ask for a new one."
    return Problem(401, "unauthorized", detail, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
