"""What a process counts of its own work, for Prometheus. Labels come from closed sets, never from what people wrote."""

from collections.abc import Mapping, Sequence
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.process_collector import ProcessCollector

TURN_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
NODE_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
DECISION_S = (10, 30, 60, 300, 900, 1800, 3600, 7200, 14400, 28800, 86400, 259200)
SCORE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
MS = 1000

UNNAMED = "lane"
"""In place of a rule where the lane itself is one that people handle."""

METERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "turns": ("counter", "Messages that got their first reply.", ("intent", "route", "outcome")),
    "escalations": ("counter", "Hand-overs and held drafts, by each rule that led there.", ("rule",)),
    "reviews": ("counter", "Cases put before a person.", ("kind",)),
    "decisions": ("counter", "Decisions; also expire, where nobody decided, and called_back.", ("kind", "action")),
    "tickets": ("counter", "Tickets that came to a state: opened, delivered, failed, closed.", ("state",)),
    "model_calls": ("counter", "Calls to language models in turns: done or failed.", ("step", "model", "result")),
    "model_tokens": ("counter", "Tokens as endpoints counted them: input or output.", ("model", "direction")),
    "model_cost_usd": ("counter", "Cost of calls in USD, where the price is known.", ("model",)),
    "fallbacks": ("counter", "Steps that the embedded engine did in place of the remote one.", ("step",)),
    "reply_seconds": ("histogram", "From a message to its first reply.", ("outcome",)),
    "turn_seconds": ("histogram", "Work on a turn until its first reply.", ("route",)),
    "node_seconds": ("histogram", "Work of one step of the graph.", ("node",)),
    "retrieval_seconds": ("histogram", "Looking up a question's articles.", ()),
    "retrieval_top_score": ("histogram", "Relevance of the best article, 0 to 1.", ()),
    "decision_seconds": ("histogram", "From opening a case to a person's decision.", ("kind",)),
}
"""Name → kind, meaning, labels."""

Record = Mapping[str, Any]
"""A turn's decision record."""


class Meters:
    """Counters and histograms of one desk in one process; a new process begins at 0."""

    def __init__(self) -> None:
        """Everything stands at 0."""
        self.registry = CollectorRegistry()
        self._turns = self._counter("turns")
        self._escalations = self._counter("escalations")
        self._reviews = self._counter("reviews")
        self._decisions = self._counter("decisions")
        self._tickets = self._counter("tickets")
        self._calls = self._counter("model_calls")
        self._tokens = self._counter("model_tokens")
        self._cost = self._counter("model_cost_usd")
        self._fallbacks = self._counter("fallbacks")
        self._reply_s = self._histogram("reply_seconds", TURN_S)
        self._turn_s = self._histogram("turn_seconds", TURN_S)
        self._node_s = self._histogram("node_seconds", NODE_S)
        self._retrieval_s = self._histogram("retrieval_seconds", NODE_S)
        self._top_score = self._histogram("retrieval_top_score", SCORE)
        self._decision_s = self._histogram("decision_seconds", DECISION_S)
        ProcessCollector(registry=self.registry)

    def count_turn(self, record: Record, *, outcome: str, waited_s: float, worked_s: float) -> None:
        """A turn got its first reply, `waited_s` after its message came."""
        route = record["routing"]["lane"]
        self._turns.labels(record["classification"]["intent"], route, outcome).inc()
        self._reply_s.labels(outcome).observe(max(waited_s, 0.0))
        self._turn_s.labels(route).observe(worked_s)
        if record["ticket"] is not None:
            self.count_ticket("opened")
        self.count_nodes(record["timings"])
        self._count_retrieval(record)
        for call in record["engine_calls"]:
            self._count_call(call)

    def count_nodes(self, timings_ms: Mapping[str, float]) -> None:
        """Steps of the graph that ran."""
        for node, ms in timings_ms.items():
            self._node_s.labels(node).observe(ms / MS)

    def count_failure(self) -> None:
        """A turn was given up; a person has a ticket for it."""
        self._turns.labels("none", "none", "failed").inc()
        self.count_ticket("opened")

    def count_review(self, kind: str, rules: Sequence[str]) -> None:
        """A case was put before a person, by these rules."""
        self._reviews.labels(kind).inc()
        if kind != "refund":
            for rule in rules or (UNNAMED,):
                self._escalations.labels(rule).inc()

    def count_decision(self, kind: str, action: str, seconds: float | None) -> None:
        """A decision was taken or withdrawn; `seconds` since the case was opened, None unless a person took it."""
        self._decisions.labels(kind, action).inc()
        if seconds is not None:
            self._decision_s.labels(kind).observe(max(seconds, 0.0))

    def count_ticket(self, state: str) -> None:
        """A ticket was opened, delivered, given up or closed."""
        self._tickets.labels(state).inc()

    def _count_retrieval(self, record: Record) -> None:
        hits, ms = record["hits"], record["timings"].get("retrieve")
        self._top_score.observe(hits[0]["relevance"] if hits else 0.0)
        if ms is not None:
            self._retrieval_s.observe(ms / MS)

    def _count_call(self, call: Record) -> None:
        if not call["model"]:  # the spare engine, which names none, tells of itself only where it had to step in
            self._fallbacks.labels(call["step"]).inc()
            return
        self._calls.labels(call["step"], call["model"], "failed" if call["trouble"] else "done").inc()
        self._tokens.labels(call["model"], "input").inc(call["input_tokens"])
        self._tokens.labels(call["model"], "output").inc(call["output_tokens"])
        self._cost.labels(call["model"]).inc(call["cost_usd"] or 0.0)

    def _counter(self, name: str) -> Counter:
        _kind, meaning, labels = METERS[name]
        return Counter(f"triage_{name}", meaning, labels, registry=self.registry)

    def _histogram(self, name: str, buckets: Sequence[float]) -> Histogram:
        _kind, meaning, labels = METERS[name]
        return Histogram(f"triage_{name}", meaning, labels, buckets=buckets, registry=self.registry)
