"""What the identity provider says of a person: its claims, read so that a doubtful one gives less and never more."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from agent.model import Role

RANK: tuple[Role, ...] = ("stakeholder", "analyst", "reviewer", "lead", "admin")
"""The roles that a claim can give, the least first; "system" is the desk's own and cannot be claimed."""
LAST_TIME_S = datetime(9999, 1, 1, tzinfo=UTC).timestamp()


@dataclass(frozen=True, kw_only=True)
class Claims:
    """A person as the provider knows them; `role` is None if the claims name none of the desk's roles.

    `expires_at` is when the token ends, in seconds since 1970; 0 if it does not say so in a usable way.
    """

    subject: str
    name: str
    role: Role | None
    expires_at: float


def read_claims(claims: Mapping[str, Any], roles_claim: str) -> Claims | None:
    """The person, or None if the claims name nobody; `roles_claim` may lead into nested claims by dots."""
    subject = _verified_email(claims) or _account(claims)
    if subject is None:
        return None
    return Claims(
        subject=subject,
        name=_text(claims.get("name")) or subject,
        role=_highest(_words(_find(claims, roles_claim))),
        expires_at=_expiry(claims.get("exp")),
    )


def _verified_email(claims: Mapping[str, Any]) -> str | None:
    """Many providers say nothing about it; one that says anything but yes has not verified the address."""
    email = _text(claims.get("email"))
    verified = claims.get("email_verified", True)
    # letters that only look like others would name somebody else, since the desk ignores case and width of names
    return email.lower() if "@" in email and email.isascii() and (verified is True or verified == "true") else None


def _account(claims: Mapping[str, Any]) -> str | None:
    """With a mark: where people choose their own account's name, it could be somebody else's address or name."""
    account = _text(claims.get("sub"))
    return f"sub:{account}" if account else None


def _find(claims: Mapping[str, Any], path: str) -> Any:
    """The claim of exactly this name, which may be an address with dots in it, else the one that the dots lead to."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _words(claim: Any) -> Iterable[str]:
    if isinstance(claim, str):
        return re.split(r"[\s,]+", claim)
    return [word for word in claim if isinstance(word, str)] if isinstance(claim, list | tuple) else []


def _highest(words: Iterable[str]) -> Role | None:
    said = {word.strip().lower() for word in words}
    return next((role for role in reversed(RANK) if role in said), None)


def _expiry(claim: Any) -> float:
    if isinstance(claim, bool) or not isinstance(claim, int | float) or not 0 < claim < LAST_TIME_S:
        return 0.0
    return float(claim)


def _text(claim: Any) -> str:
    return claim.strip() if isinstance(claim, str) else ""
