"""JSON over HTTP with another system; whatever it answers, or does not, becomes a document or a DeliveryError."""

import json
import re
import time
from collections.abc import Generator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from agent.errors import DeliveryError
from agent.ports.clock import Clock

Json = dict[str, Any]

TIMEOUT_S = 10.0
"""For one request from begin to end; three of them and two waits fit into the 90 s of a ticket's delivery."""

LARGEST_BYTES = 16 * 1024 * 1024
WORDS_CHARS = 300

REFUSED = frozenset({301, 302, 303, 307, 308, 401, 404})
"""Credentials or address are wrong, so the next request would be answered the same; 403 may be about one ticket."""

AGAIN = frozenset({408, 409, 423, 425, 429})
"""What may pass; so may whatever begins with 5."""


class Bearer(httpx.Auth):
    """An OAuth token."""

    def __init__(self, token: str) -> None:
        """Send this token with every request."""
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with the token."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class RestClient:
    """Requests to one system, each within ten seconds; it is never followed to another address."""

    def __init__(
        self, *, name: str, base_url: str, auth: httpx.Auth | None, secret: str, clock: Clock, timeout_s: float
    ) -> None:
        """`secret` is struck out of everything that the system says, since it ends up on pages and in logs."""
        self._name = name
        self._secret = secret
        self._clock = clock
        self._timeout_s = timeout_s
        self._client = httpx.Client(
            base_url=base_url.rstrip("/"),
            auth=auth,
            timeout=timeout_s,
            headers={"Accept": "application/json", "User-Agent": "support-triage-autopilot"},
            follow_redirects=False,
        )

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def ask(self, method: str, path: str, **request: Any) -> Json:
        """The answer to a request, which takes httpx's own arguments; raises DeliveryError for all but a good one."""
        response, content = self._exchange(method, path, request)
        if not response.is_success:
            raise self._failure(response, content)
        try:
            document = json.loads(content)
        except ValueError:
            document = None
        if not isinstance(document, dict):
            message = f"{self._name} answered {response.status_code} with something that is no JSON object"
            raise DeliveryError(self._clean(f"{message}: {_plain(content)}"), again=True)
        return document

    def tell(self, method: str, path: str, **request: Any) -> None:
        """The same where only the status of the answer counts."""
        response, content = self._exchange(method, path, request)
        if not response.is_success:
            raise self._failure(response, content)

    def _exchange(self, method: str, path: str, request: Mapping[str, Any]) -> tuple[httpx.Response, bytes]:
        deadline = time.monotonic() + self._timeout_s
        try:
            with self._client.stream(method, path, **request) as response:
                content = bytearray()
                for part in response.iter_bytes():  # httpx limits each silence only, not their sum
                    content += part
                    if time.monotonic() > deadline or len(content) > LARGEST_BYTES:
                        message = f"{self._name} did not end its answer within {self._timeout_s:g} s"
                        raise DeliveryError(message, again=True)
                return response, bytes(content)
        except httpx.TimeoutException as error:
            message = f"{self._name} did not answer within {self._timeout_s:g} s"
            raise DeliveryError(message, again=True) from error
        except httpx.HTTPError as error:
            message = self._clean(f"{self._name} cannot be reached: {error or type(error).__name__}")
            raise DeliveryError(message, again=True) from error

    def _failure(self, response: httpx.Response, content: bytes) -> DeliveryError:
        status = response.status_code
        message = self._clean(f"{self._name} answered {status}: {_words(content) or response.reason_phrase}")
        return DeliveryError(
            message,
            again=status in AGAIN or status >= httpx.codes.INTERNAL_SERVER_ERROR,
            refused=status in REFUSED,
            rest_s=self._rest_s(response.headers),
        )

    def _rest_s(self, headers: httpx.Headers) -> float | None:
        """Seconds or a date in Retry-After; None if there is none that can be read."""
        told = headers.get("retry-after", "").strip()
        if re.fullmatch(r"\d{1,9}(\.\d+)?", told):
            return float(told)
        try:
            return max(0.0, (parsedate_to_datetime(told) - self._clock.now()).total_seconds())
        except (TypeError, ValueError):
            return None

    def _clean(self, message: str) -> str:
        shown = message.replace(self._secret, "…") if self._secret else message
        return " ".join("".join(char if char.isprintable() else " " for char in shown).split())[:WORDS_CHARS]


def _words(content: bytes) -> str:
    """What an error document says in its own words, as Zendesk, ServiceNow and most others write them."""
    try:
        document = json.loads(content)
    except ValueError:
        return _plain(content)
    if not isinstance(document, dict):
        return _plain(content)
    error = document.get("error")
    parts = error if isinstance(error, dict) else {}
    said = [error if isinstance(error, str) else "", *(parts.get(name) for name in ("title", "message", "detail"))]
    said += [document.get("description"), document.get("message")]
    said += _descriptions(document.get("details"))
    return ". ".join(str(one).strip(". ") for one in said if one) or _plain(content)


def _descriptions(details: object) -> list[str]:
    """What is said of single fields, however deep it stands."""
    if isinstance(details, dict):
        here = [str(details["description"])] if isinstance(details.get("description"), str) else []
        return here + [one for value in details.values() for one in _descriptions(value)]
    return [one for value in details for one in _descriptions(value)] if isinstance(details, list) else []


def _plain(content: bytes) -> str:
    text = content[:4000].decode("utf-8", "replace")
    return re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL).strip()
