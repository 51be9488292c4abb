"""Where turns go, what money did, and how long each step takes."""

import numpy as np
import numpy.typing as npt

from agent.insights.rows import Rows, Slice
from agent.model import Flow, MoneyLine, NodeTime

Amounts = npt.NDArray[np.float64]

TICKET = "ticket"

STAGES = ("requested", "approved", "denied", "issued", "on_the_way", "unexplained")
"""What a refund's money can have come to; the fields of MoneyLine."""

DECIDED = {
    "approve": "approved by a person",
    "edit": "changed by a person",
    "deny": "denied by a person",
    "respond": "answered by a person",
    "take-over": "taken over by a person",
    "expire": "expired",
}


def flows(cut: Slice) -> tuple[Flow, ...]:
    """Turns from intent to lane and from lane to what became of them."""
    rows = cut.turns
    intents, intent_names = rows.words("intent")
    lanes, lane_names = rows.words("lane")
    ends, end_names = ends_of(rows, cut)
    return (*_pairs(0, intents, intent_names, lanes, lane_names), *_pairs(1, lanes, lane_names, ends, end_names))


def _pairs(
    column: int, sources: np.ndarray, source_names: list[str], targets: np.ndarray, target_names: list[str]
) -> list[Flow]:
    known = (sources >= 0) & (targets >= 0)
    width = max(len(target_names), 1)
    counts = np.bincount(sources[known] * width + targets[known], minlength=len(source_names) * width)
    return [
        Flow(column=column, source=source_names[pair // width], target=target_names[pair % width], turns=int(count))
        for pair, count in enumerate(counts)
        if count
    ]


def ends_of(rows: Rows, cut: Slice) -> tuple[np.ndarray, list[str]]:
    """What became of each turn: its first reply, or what a person decided where one had to."""
    codes, outcomes = rows.words("outcome")
    ends, names = codes.copy(), [*outcomes, TICKET, *DECIDED.values(), "waits for a person"]
    ends[rows.is_any("lane", "issue") & rows.is_any("outcome", "answered")] = names.index(TICKET)
    reviewed = rows.is_any("outcome", "review")
    ends[reviewed] = names.index("waits for a person")
    actions, known = cut.reviews.words("decided_action")
    end_of_action = np.array([names.index(DECIDED.get(action, "approved by a person")) for action in known] or [-1])
    places = np.searchsorted(rows.places, cut.reviews.turn)
    fits = (places < len(rows)) & (actions >= 0)
    fits[fits] = rows.places[places[fits]] == cut.reviews.turn[fits]
    ends[places[fits]] = end_of_action[actions[fits]]
    return ends, names


def money(cut: Slice) -> tuple[MoneyLine, ...]:
    """Refunds by currency: asked for, approved, denied, issued, and what of it no approval explains."""
    codes, currencies = cut.reviews.words("currency")
    refund, amounts = cut.reviews.is_any("kind", "refund"), amounts_of(cut.reviews)
    return tuple(
        MoneyLine(currency=currency, **{stage: int(amounts[stage][here].sum()) for stage in STAGES})
        for number, currency in enumerate(currencies)
        if (here := refund & (codes == number)).any()
    )


def amounts_of(rows: Rows) -> dict[str, Amounts]:
    """Minor units of each review by STAGES; 0 where it did not come to that."""
    asked = np.maximum(rows.numbers("amount_minor"), 0)
    given = rows.numbers("approved_minor")
    approved = np.where(rows.is_any("decided_action", "approve", "edit"), np.where(given >= 0, given, asked), 0)
    issued = np.maximum(rows.numbers("issued_minor"), 0)
    amounts = (
        asked,
        approved,
        np.where(rows.is_any("decided_action", "deny", "expire"), asked, 0),
        issued,
        np.where(issued == 0, approved, 0),
        np.abs(np.where(issued > 0, issued - approved, 0)),
    )
    return dict(zip(STAGES, amounts, strict=True))


def node_times(cut: Slice) -> tuple[NodeTime, ...]:
    """Median and 95th percentile of each step's milliseconds, the slowest first."""
    spent = cut.node_ms[cut.turns.places]
    made = []
    for number, node in enumerate(cut.nodes):
        times = spent[:, number]
        times = times[~np.isnan(times)]
        if len(times):
            p50, p95 = np.quantile(times, [0.5, 0.95])
            made.append(NodeTime(node=node, n=len(times), p50=float(p50), p95=float(p95)))
    return tuple(sorted(made, key=lambda one: -one.p95))
