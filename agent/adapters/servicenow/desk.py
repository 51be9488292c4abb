"""ServiceNow's incidents: created with our key as correlation id, found by it, followed by their time of change."""

import httpx

from agent.adapters.rest import TIMEOUT_S, Bearer, Json, RestClient
from agent.errors import DeliveryError
from agent.model import DeskTicket, Priority, TicketChanges, TicketLetter
from agent.ports.clock import Clock
from agent.timestamps import seconds_between, to_text

TABLE = "/api/now/table/incident"
FIELDS = "sys_id,number,state,correlation_id,sys_updated_on"
OURS = "support-triage"

GRADES: dict[Priority, tuple[str, str]] = {"urgent": ("1", "1"), "high": ("2", "1"), "normal": ("2", "2")}
"""Our priority → impact and urgency, from which ServiceNow's usual matrix makes 1 critical, 2 high, 3 moderate."""

STATES = {"1": "new", "2": "in progress", "3": "on hold", "6": "resolved", "7": "closed", "8": "canceled"}
SOLVED = frozenset({"6", "7", "8"})

DESCRIPTION_CHARS = 4000
"""Length of an incident's description where nobody changed it."""

SHORT_CHARS = 160
PAGE = 100
OVERLAP_MIN = 5
"""Read twice: an incident bears the time at which its request began to write, and is seen once that has ended."""


class ServiceNowDesk:
    """A ServiceNow instance."""

    name = "ServiceNow"

    def __init__(
        self, *, url: str, user: str, secret: str, per_hour: int, clock: Clock, timeout_s: float = TIMEOUT_S
    ) -> None:
        """With a user the secret is a password, without one an OAuth token."""
        self.per_minute = max(1, per_hour // 60)
        self._url = url.rstrip("/")
        self._clock = clock
        auth: httpx.Auth = httpx.BasicAuth(user, secret) if user else Bearer(secret)
        self._client = RestClient(
            name=self.name, base_url=self._url, auth=auth, secret=secret, clock=clock, timeout_s=timeout_s
        )

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def create(self, letter: TicketLetter) -> DeskTicket:
        """Open an incident; raises DeliveryError. Its description is cut to 4,000 characters, the end left out."""
        impact, urgency = GRADES[letter.priority]
        incident = {
            "correlation_id": letter.key,
            "correlation_display": OURS,
            "short_description": letter.subject[:SHORT_CHARS],
            "description": letter.body[:DESCRIPTION_CHARS],
            "impact": impact,
            "urgency": urgency,
            "contact_type": "chat",
        }
        answer = self._client.ask("POST", TABLE, json=incident, params={"sysparm_fields": FIELDS})
        return self._ticket(answer.get("result"), letter.key)

    def find(self, key: str) -> DeskTicket | None:
        """The incident with this correlation id, the oldest if there are more; raises DeliveryError."""
        if "^" in key:  # it would end the condition
            message = f"{self.name} cannot look up {key!a}"
            raise DeliveryError(message, again=False)
        query = f"correlation_id={key}^ORDERBYsys_created_on"
        found = self._listed({"sysparm_query": query, "sysparm_limit": "1"})
        return self._ticket(found[0], key) if found else None

    def changed(self, bookmark: str | None, since: str) -> TicketChanges:
        """Our incidents that changed; the bookmark is the time of the look and, while pages are left, their place.

        The time goes out as "minutes ago", since ServiceNow reads times of day in the zone of whoever asks.
        """
        now = to_text(self._clock.now())
        begun, _, place = (bookmark or f"{since}|").partition("|")
        last, _, offset = (place or f"{now}#0").partition("#")
        minutes = int(seconds_between(begun, now) // 60) + OVERLAP_MIN
        query = f"correlation_display={OURS}^sys_updated_onRELATIVEGT@minute@ago@{max(minutes, OVERLAP_MIN)}"
        window = {"sysparm_limit": str(PAGE), "sysparm_offset": offset}
        found = self._listed({"sysparm_query": f"{query}^ORDERBYsys_created_on", **window})
        ours = [self._ticket(one, str(one["correlation_id"])) for one in found if one.get("correlation_id")]
        more = len(found) == PAGE
        reached = f"{begun}|{last}#{int(offset) + PAGE}" if more else f"{last}|"
        return TicketChanges(tickets=tuple(ours), bookmark=reached, more=more)

    def _listed(self, window: dict[str, str]) -> list[Json]:
        asked = {"sysparm_fields": FIELDS, "sysparm_exclude_reference_link": "true", **window}
        found = self._client.ask("GET", TABLE, params=asked).get("result")
        if not isinstance(found, list):
            message = f"{self.name} answered without a list of incidents"
            raise DeliveryError(message, again=True)
        return [one for one in found if isinstance(one, dict)]

    def _ticket(self, told: object, key: str) -> DeskTicket:
        if not isinstance(told, dict) or not told.get("sys_id"):
            message = f"{self.name} answered without an incident"
            raise DeliveryError(message, again=True)
        state = str(told.get("state") or "1")
        return DeskTicket(
            key=key,
            number=str(told.get("number") or told["sys_id"]),
            url=f"{self._url}/nav_to.do?uri=incident.do?sys_id={told['sys_id']}",
            status="solved" if state in SOLVED else "open",
            said=STATES.get(state, state),
        )
