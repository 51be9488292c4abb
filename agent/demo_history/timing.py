"""How long the steps of a made-up turn took."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from agent.demo_history.chance import Chance

EMBEDDED_MS: Mapping[str, float] = MappingProxyType(
    {
        "intake": 0.9,
        "classify": 21.0,
        "gauge_sentiment": 14.0,
        "retrieve": 17.0,
        "route": 1.3,
        "handle_faq": 34.0,
        "create_ticket": 6.0,
        "assess_refund": 9.0,
        "identify_order": 6.0,
        "confirm_order": 3.5,
        "resolve_order": 5.5,
        "fallback": 0.8,
        "prepare_handoff": 13.0,
        "human_gate": 1.4,
        "second_gate": 1.4,
        "human_handoff": 1.4,
        "issue_refund": 9.5,
        "refund_denied": 1.6,
        "deliver": 1.5,
        "record": 1.2,
    }
)
"""Medians by node, for the embedded engine."""

REMOTE_MS: Mapping[str, float] = MappingProxyType(
    {"classify": 520.0, "gauge_sentiment": 430.0, "handle_faq": 1650.0, "prepare_handoff": 1400.0}
)
SPREAD = 0.35
SIDE_BY_SIDE = ("classify", "gauge_sentiment", "retrieve")
OVERHEAD_S = 0.05
OUTAGE = 9.0
"""How many times longer a payment took while they failed again and again."""


def node_times(nodes: Iterable[str], chance: Chance, *, is_remote: bool, outage: bool) -> dict[str, float]:
    """Milliseconds by node."""
    found = {}
    for node in nodes:
        median = REMOTE_MS.get(node, EMBEDDED_MS[node]) if is_remote else EMBEDDED_MS[node]
        if outage and node == "issue_refund":
            median *= OUTAGE
        found[node] = chance.ms(median, SPREAD)
    return found


def seconds_of(node_ms: Mapping[str, float]) -> float:
    """Until the customer has the reply; three of the steps run side by side."""
    beside = max(node_ms[name] for name in SIDE_BY_SIDE)
    behind = sum(ms for name, ms in node_ms.items() if name not in SIDE_BY_SIDE)
    return (beside + behind) / 1000 + OVERHEAD_S
