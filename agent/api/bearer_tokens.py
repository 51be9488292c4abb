"""Tokens of another issuer: signature, algorithm, issuer, audience and times are checked; nothing else is believed."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc import jwk, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey

from agent.errors import ConfigurationError
from agent.settings import Settings

logger = logging.getLogger(__name__)

PUBLIC_ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
"""What public keys may sign with. A shared secret signs with HS256 only, and a public key is never taken for one."""
SECRET_BYTES = 32
KEPT_S = 600.0
FETCH_S = 5.0


class BearerTokens:
    """Checks tokens against the keys that the settings name."""

    def __init__(self, settings: Settings, now_s: Callable[[], int], *, again_s: float) -> None:
        """An unknown key id has keys fetched again after `again_s`. Raises ConfigurationError for an unusable key."""
        self._settings = settings
        self._now_s = now_s
        self._again_s = again_s
        self._fixed = _fixed_key(settings)
        self._fetched: KeySet | None = None
        self._fetched_at = float("-inf")
        self._lock = threading.Lock()

    def claims(self, token: str) -> dict[str, Any] | None:
        """The claims of a token that stands; None otherwise, and the log says why."""
        try:
            return self._checked(token, anew=False)
        except (JoseError, ValueError, KeyError) as error:
            if self._fixed is None and "kid" in str(error).lower() + type(error).__name__.lower():
                return self._with_newer_keys(token)
            logger.info("a bearer token was refused: %s", error)
        except httpx.HTTPError as error:
            logger.warning("the keys of the issuer cannot be fetched, so its tokens are refused: %s", error)
        return None

    def _with_newer_keys(self, token: str) -> dict[str, Any] | None:
        try:
            return self._checked(token, anew=True)
        except (JoseError, ValueError, KeyError, httpx.HTTPError) as error:
            logger.info("a bearer token was refused: %s", error)
            return None

    def _checked(self, token: str, *, anew: bool) -> dict[str, Any]:
        key = self._fixed or self._issuers_keys(anew=anew)
        algorithms = ["HS256"] if isinstance(key, OctKey) else list(PUBLIC_ALGORITHMS)
        claims: dict[str, Any] = jwt.decode(token, key, algorithms=algorithms).claims
        jwt.JWTClaimsRegistry(
            now=self._now_s(),
            exp={"essential": True},
            sub={"essential": True},
            iss={"essential": True, "value": str(self._settings.jwt_issuer)},
            aud={"essential": True, "value": str(self._settings.jwt_audience)},
        ).validate(claims)
        return claims

    def _issuers_keys(self, *, anew: bool) -> KeySet:
        with self._lock:
            age = time.monotonic() - self._fetched_at
            if self._fetched is None or age > (self._again_s if anew else KEPT_S):
                answer = httpx.get(str(self._settings.jwks_url), timeout=FETCH_S, follow_redirects=False)
                answer.raise_for_status()
                public = [key for key in answer.json()["keys"] if key.get("kty") != "oct"]
                self._fetched = KeySet.import_key_set({"keys": public})
                self._fetched_at = time.monotonic()
            return self._fetched


def _fixed_key(settings: Settings) -> Any:
    if settings.jwt_key is None:
        _check_address(str(settings.jwks_url))
        return None
    written = settings.jwt_key.get_secret_value().strip()
    if not written.startswith("-----BEGIN"):
        if len(written.encode()) < SECRET_BYTES:
            message = f"TRIAGE_JWT_KEY has fewer than {SECRET_BYTES} bytes; no token is taken. Use a longer secret."
            raise ConfigurationError(message)
        return OctKey.import_key(written)
    for kind in ("RSA", "EC", "OKP"):
        try:
            return jwk.import_key(written, kind)
        except (JoseError, ValueError, TypeError):
            continue
    message = "TRIAGE_JWT_KEY is not a key in PEM; no token is taken. Give the issuer's public key."
    raise ConfigurationError(message)


def _check_address(url: str) -> None:
    place = urlsplit(url)
    if place.scheme != "https" and place.hostname not in {"localhost", "127.0.0.1", "::1"}:
        message = f"TRIAGE_JWKS_URL {url} is not https; no token is taken. Keys that anybody could swap prove nothing."
        raise ConfigurationError(message)
