"""Tokens that the desk itself gives to a customer's browser: short-lived, signed, for one customer or one thread."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from agent.access import Access
from agent.timestamps import to_text

PREFIX = "ts_"
LIFE_S = 12 * 3600
"""A conversation ends after four hours without a word; this outlives it."""
ALGORITHM = "HS256"


@dataclass(frozen=True, kw_only=True)
class Session:
    """What a token says: whose browser it is in, and since when it opens nothing any more (seconds since 1970)."""

    customer_id: str
    session_id: str
    thread_id: str | None
    issued_by: str
    expires_at: int

    @property
    def expires(self) -> str:
        """When it ends, as text."""
        return to_text(datetime.fromtimestamp(self.expires_at, UTC))


def new_session(
    access: Access,
    customer_id: str,
    issued_by: str,
    thread_id: str | None = None,
    *,
    session_id: str | None = None,
    life_s: int = LIFE_S,
) -> Session:
    """A session that starts now. `issued_by` names the key whose end ends it as well; "" if it was none."""
    return Session(
        customer_id=customer_id,
        session_id=session_id or uuid4().hex,
        thread_id=thread_id,
        issued_by=issued_by,
        expires_at=access.now_s() + life_s,
    )


def write_token(access: Access, session: Session) -> str:
    """The token of a session."""
    claims = {
        "sub": session.customer_id,
        "sid": session.session_id,
        "thread": session.thread_id,
        "by": session.issued_by,
        "exp": session.expires_at,
    }
    return PREFIX + jwt.encode({"alg": ALGORITHM}, claims, _key(access), algorithms=[ALGORITHM])


def read_token(access: Access, token: str) -> Session | None:
    """The session of a token; None if it is not one of this desk or has ended."""
    try:
        claims = jwt.decode(token.removeprefix(PREFIX), _key(access), algorithms=[ALGORITHM]).claims
        registry = jwt.JWTClaimsRegistry(now=access.now_s(), exp={"essential": True}, sub={"essential": True})
        registry.validate(claims)
        return Session(
            customer_id=claims["sub"],
            session_id=claims["sid"],
            thread_id=claims["thread"],
            issued_by=claims["by"],
            expires_at=claims["exp"],
        )
    except (JoseError, ValueError, KeyError):
        return None


def _key(access: Access) -> OctKey:
    return OctKey.import_key(access.signing_secret("session tokens"))
