"""What a monitoring system is told: the counters of this process, and how much waits, read from the stores."""

from collections.abc import Iterator

from prometheus_client import generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from agent.backoffice import Backoffice
from agent.errors import DeskError
from agent.store import gauges
from agent.timestamps import seconds_between
from agent.version import VERSION

__all__ = ["CONTENT_TYPE_LATEST", "GAUGES", "Monitoring"]

GAUGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "triage_info": ("Release and language engine; always 1.", ("version", "engine")),
    "triage_store_up": ("1 if the stores could be read just now, else 0; the gauges below are missing then.", ()),
    "triage_reviews_open": ("Cases that nobody has decided.", ("kind",)),
    "triage_reviews_overdue": ("Those past their due time.", ("kind",)),
    "triage_reviews_oldest_seconds": ("Age of the oldest case that nobody has decided.", ("kind",)),
    "triage_messages_open": ("Messages without a reply.", ("status",)),
    "triage_messages_oldest_seconds": ("Age of the oldest message without a reply.", ("status",)),
    "triage_leases": ("Threads that a process is working on.", ()),
    "triage_leases_expired": ("Leases that ran out and were not given back.", ()),
    "triage_outbox": ("Tickets and webhooks that are not delivered, or were given up (failed).", ("kind", "status")),
    "triage_outbox_oldest_seconds": ("Age of the oldest of them.", ("kind", "status")),
}
"""Name → what it means, and its labels; a gauge has no line for what there is none of."""

Families = dict[str, GaugeMetricFamily]


class Monitoring:
    """Figures for Prometheus. Reached as `desk.monitoring`."""

    def __init__(self, office: Backoffice) -> None:
        """Made by the desk."""
        self._registry = office.meters.registry
        self._gauges = StoreGauges(office)

    def metrics(self) -> bytes:
        """Everything in Prometheus' text format; never raises: `triage_store_up` is 0 where stores cannot be read.

        Reads the stores, so not for an event loop's own thread.
        """
        return generate_latest(self._registry) + generate_latest(self._gauges)


class StoreGauges(Collector):
    """What stands in the stores now; every process on one database tells the same."""

    def __init__(self, office: Backoffice) -> None:
        """Nothing is read before it is asked for."""
        self._office = office

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Every figure once."""
        families = {name: GaugeMetricFamily(name, text, labels=labels) for name, (text, labels) in GAUGES.items()}
        families["triage_info"].add_metric([VERSION, self._office.services.language.name], 1)
        try:
            self._read(families)
        except DeskError:
            families["triage_store_up"].add_metric([], 0)
        else:
            families["triage_store_up"].add_metric([], 1)
        yield from families.values()

    def _read(self, families: Families) -> None:
        now = self._office.now()
        with self._office.database.read() as connection:
            for one in gauges.open_reviews(connection, now=now):
                families["triage_reviews_open"].add_metric([one.kind], one.count)
                families["triage_reviews_overdue"].add_metric([one.kind], one.late)
                families["triage_reviews_oldest_seconds"].add_metric([one.kind], _age_s(one.oldest, now))
            for one in gauges.waiting_messages(connection):
                families["triage_messages_open"].add_metric([one.kind], one.count)
                families["triage_messages_oldest_seconds"].add_metric([one.kind], _age_s(one.oldest, now))
            for status, one in gauges.outbox(connection):
                families["triage_outbox"].add_metric([one.kind, status], one.count)
                families["triage_outbox_oldest_seconds"].add_metric([one.kind, status], _age_s(one.oldest, now))
            held, expired = gauges.leases(connection, now=now)
        families["triage_leases"].add_metric([], held)
        families["triage_leases_expired"].add_metric([], expired)


def _age_s(since: str, now: str) -> float:
    return max(seconds_between(since, now), 0.0)
