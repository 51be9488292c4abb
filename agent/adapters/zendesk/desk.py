"""Zendesk's tickets: created with our key as external id, found by it, followed by the incremental export."""

from typing import Any, Literal

import httpx

from agent.adapters.rest import TIMEOUT_S, Bearer, Json, RestClient
from agent.errors import DeliveryError
from agent.model import DeskTicket, TicketChanges, TicketLetter
from agent.ports.clock import Clock
from agent.timestamps import from_text

Plan = Literal["team", "growth", "professional", "enterprise", "high-volume"]

PER_MINUTE: dict[Plan, int] = {
    "team": 200,
    "growth": 400,
    "professional": 400,
    "enterprise": 700,
    "high-volume": 2500,
}
"""Requests a minute for a whole account, as Zendesk documents them."""

SOLVED = frozenset({"solved", "closed", "deleted"})

EXPORT_LAG_S = 60
"""The export refuses to start within the last minute."""

PAGE = 100


class ZendeskDesk:
    """A Zendesk account."""

    name = "Zendesk"

    def __init__(
        self, *, url: str, email: str, token: str, plan: Plan, clock: Clock, timeout_s: float = TIMEOUT_S
    ) -> None:
        """With an e-mail address the token is an API token, without one an OAuth token."""
        self.per_minute = PER_MINUTE[plan]
        self._url = url.rstrip("/")
        self._clock = clock
        auth: httpx.Auth = httpx.BasicAuth(f"{email}/token", token) if email else Bearer(token)
        self._client = RestClient(
            name=self.name, base_url=self._url, auth=auth, secret=token, clock=clock, timeout_s=timeout_s
        )

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def create(self, letter: TicketLetter) -> DeskTicket:
        """Open the ticket there, as an internal note that customers never get; raises DeliveryError."""
        ticket = {
            "external_id": letter.key,
            "subject": letter.subject,
            "comment": {"body": letter.body, "public": False},
            "priority": letter.priority,
            "type": "problem" if letter.kind == "issue" else "question",
            "tags": ["support-triage", letter.kind],
        }
        # Zendesk keeps the key for two hours: it covers a repeat while the first request is still being worked on
        answer = self._client.ask(
            "POST", "/api/v2/tickets.json", json={"ticket": ticket}, headers={"Idempotency-Key": letter.key}
        )
        return self._ticket(answer.get("ticket"), letter.key)

    def find(self, key: str) -> DeskTicket | None:
        """The ticket with this external id, the oldest if there are more; raises DeliveryError."""
        answer = self._client.ask("GET", "/api/v2/tickets.json", params={"external_id": key})
        ours = [one for one in _listed(answer) if one.get("external_id") == key and one.get("id")]
        return self._ticket(min(ours, key=lambda one: int(one["id"])), key) if ours else None

    def changed(self, bookmark: str | None, since: str) -> TicketChanges:
        """Tickets that changed, by the cursor of the incremental export; raises DeliveryError."""
        earliest = int(min(from_text(since).timestamp(), self._clock.now().timestamp() - EXPORT_LAG_S - 1))
        where: dict[str, Any] = {"cursor": bookmark} if bookmark else {"start_time": earliest, "per_page": PAGE}
        answer = self._client.ask("GET", "/api/v2/incremental/tickets/cursor.json", params=where)
        return TicketChanges(
            tickets=tuple(self._ticket(one, str(one["external_id"])) for one in _listed(answer) if one["external_id"]),
            bookmark=str(answer.get("after_cursor") or bookmark or ""),
            more=not answer.get("end_of_stream", True),
        )

    def _ticket(self, told: object, key: str) -> DeskTicket:
        if not isinstance(told, dict) or not told.get("id"):
            message = f"{self.name} answered without a ticket"
            raise DeliveryError(message, again=True)
        said = str(told.get("status") or "new")
        return DeskTicket(
            key=key,
            number=str(told["id"]),
            url=f"{self._url}/agent/tickets/{told['id']}",
            status="solved" if said in SOLVED else "open",
            said=said,
        )


def _listed(answer: Json) -> list[Json]:
    found = answer.get("tickets")
    if not isinstance(found, list):
        message = f"{ZendeskDesk.name} answered without a list of tickets"
        raise DeliveryError(message, again=True)
    return [{"external_id": None, **one} for one in found if isinstance(one, dict)]
