"""Policies side by side on the same past turns, and the trade along one threshold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from agent.insights.estimates import hourly, pooled, share
from agent.insights.replay import Bits, Mask, Past, Replayed, escalations, finish, has_word, past_of, words_of
from agent.insights.verdicts import UNSAID, Verdicts, blind, needed
from agent.model import Comparison, Estimate, Frontier, FrontierPoint, PolicyOutcome
from agent.policy import BEST_MARK, Policy

POINTS = 40

FRONTIERS = ("min_relevance", "min_answer_confidence")
"""Thresholds of answers, along which nothing but the answers changes."""

NOBODY_LOOKED = "unknown: nobody looked"


@dataclass(frozen=True, kw_only=True, eq=False)
class Grounds:
    """Past turns with what people said of them, made once for any number of policies; only those `within` count."""

    turns: pd.DataFrame
    reviews: pd.DataFrame
    past: Past
    needed: Verdicts
    blind: Verdicts
    within: Mask
    hours: "np.ndarray[tuple[int], np.dtype[np.int64]]"


def grounds_of(turns: pd.DataFrame, reviews: pd.DataFrame, labels: pd.DataFrame, within: Mask | None = None) -> Grounds:
    """The frames of `agent.insights.facts`, and labels with `turn`, `sample` and `verdict`.

    Turns outside of `within` are there for the threads' sake: rows of turns go on through them, no figure counts them.
    """
    inside = np.ones(len(turns), dtype=bool) if within is None else within
    own = reviews[reviews.check_case.isna().to_numpy()]
    if within is not None:
        place = own.turn.to_numpy(dtype=np.int64)
        own = own[np.isin(place, np.flatnonzero(within))]
    at = turns.received_at.to_numpy(dtype="datetime64[us]").astype("datetime64[h]").astype(np.int64)
    first = at[inside].min() if inside.any() else 0
    return Grounds(
        turns=turns,
        reviews=own,
        past=past_of(turns),
        needed=needed(turns, own, labels),
        blind=blind(turns, labels),
        within=inside,
        hours=at - first,
    )


def compare(
    turns: pd.DataFrame, reviews: pd.DataFrame, labels: pd.DataFrame, policy_a: Policy, policy_b: Policy
) -> Comparison:
    """Two policies on the same turns."""
    return compare_on(grounds_of(turns, reviews, labels), policy_a, policy_b)


def compare_on(grounds: Grounds, policy_a: Policy, policy_b: Policy) -> Comparison:
    """The same where the grounds are at hand."""
    first, second = (_tried(grounds, each) for each in (policy_a, policy_b))
    return Comparison(
        first=outcome_of(grounds, first),
        second=outcome_of(grounds, second),
        to_person=int(np.count_nonzero(first.contained & second.to_person)),
        to_desk=int(np.count_nonzero(first.to_person & second.contained)),
    )


def side_by_side(grounds: Grounds, policies: Mapping[str, Policy]) -> dict[str, PolicyOutcome]:
    """Each policy by its name."""
    return {name: outcome_of(grounds, _tried(grounds, policy)) for name, policy in policies.items()}


def frontier(grounds: Grounds, policy: Policy, field: str, points: int = POINTS) -> Frontier:
    """How often a person is asked, and how often one is missed, for values of one of FRONTIERS over its whole range."""
    if field not in FRONTIERS:
        raise ValueError(field)
    escalating = escalations(grounds.past, policy)
    end = 1.0 if field == "min_relevance" else float(BEST_MARK)
    return Frontier(
        field=field,
        in_force=float(getattr(policy, field)),
        points=tuple(_point(grounds, policy, escalating, field, value) for value in np.linspace(0, end, points)),
    )


def _point(grounds: Grounds, policy: Policy, escalating: Bits, field: str, value: float) -> FrontierPoint:
    threshold = round(float(value), 4)
    replayed = _tried(grounds, policy.model_copy(update={field: threshold}), escalating)
    return FrontierPoint(
        threshold=threshold,
        escalation_rate=_escalation_rate(replayed),
        missed=_missed(grounds, replayed),
        not_known=int(np.count_nonzero(replayed.counted & ~replayed.known)),
    )


def _tried(grounds: Grounds, policy: Policy, escalating: Bits | None = None) -> Replayed:
    """The policy on all turns, with what is not within left out."""
    found = finish(grounds.past, policy, escalations(grounds.past, policy) if escalating is None else escalating)
    if grounds.within.all():
        return found
    kept = grounds.within
    return replace(
        found,
        counted=found.counted & kept,
        known=found.known & kept,
        to_person=found.to_person & kept,
        stated=found.stated & kept,
        fired=np.where(kept, found.fired, np.uint32(0)),
    )


def outcome_of(grounds: Grounds, replayed: Replayed) -> PolicyOutcome:
    """Every figure about one policy."""
    policy = replayed.policy
    load, load_p95 = hourly(_hourly_counts(grounds, replayed.to_person))
    judged, wrong = _judged_escalations(grounds, replayed)
    one, two = _by_limit(grounds.reviews, policy.four_eyes_above * 100)
    return PolicyOutcome(
        label=policy.label,
        turns=int(np.count_nonzero(replayed.counted)),
        not_known=int(np.count_nonzero(replayed.counted & ~replayed.known)),
        to_person=int(np.count_nonzero(replayed.to_person)),
        stated=int(np.count_nonzero(replayed.stated)),
        rules=replayed.counts(),
        escalation_rate=_escalation_rate(replayed),
        false_escalations=share(wrong, judged, f"{NOBODY_LOOKED} at an escalation of this policy"),
        false_seen=wrong,
        missed=_missed(grounds, replayed),
        missed_seen=int(np.count_nonzero(replayed.contained & (grounds.needed == 1))),
        load=load,
        load_p95=load_p95,
        one_person=one,
        two_people=two,
        no_undo=one if policy.undo_seconds == 0 else (),
    )


def _escalation_rate(replayed: Replayed) -> Estimate:
    known = int(np.count_nonzero(replayed.known))
    return share(int(np.count_nonzero(replayed.to_person)), known, "unknown: there are no turns")


def _judged_escalations(grounds: Grounds, replayed: Replayed) -> tuple[int, int]:
    """How many escalations people said something of, and of how many that no person was needed; without refunds."""
    judged = replayed.to_person & (grounds.needed != UNSAID)
    judged &= ~grounds.past.is_about("lane_refund_decided_by_a_person")
    return int(np.count_nonzero(judged)), int(np.count_nonzero(judged & (grounds.needed == 0)))


def _missed(grounds: Grounds, replayed: Replayed) -> Estimate:
    """The share of what no person would see although one is needed.

    What the desk answered itself is known from the blind sample only, what a person saw from what they did with it.
    """
    went = grounds.past.went_to_person
    contained = replayed.contained
    if not contained.any():
        return share(0, 0, "unknown: no turn would be left to the desk")
    strata = (_looked_at(contained & ~went, grounds.blind), _looked_at(contained & went, grounds.needed))
    whats = ("a blind sample of what the desk answered", "what would not be escalated any more")
    unseen = [what for what, (size, n, _hits) in zip(whats, strata, strict=True) if size and not n]
    return pooled(strata, f"{NOBODY_LOOKED} at {' and '.join(unseen)}")


def _looked_at(group: Mask, said: Verdicts) -> tuple[int, int, int]:
    return (
        int(np.count_nonzero(group)),
        int(np.count_nonzero(group & (said != UNSAID))),
        int(np.count_nonzero(group & (said == 1))),
    )


def _hourly_counts(grounds: Grounds, to_person: Mask) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Reviews of each hour from the first turn to the last; hours without any count too."""
    if not grounds.within.any():
        return np.empty(0, dtype=np.int64)
    hours = int(grounds.hours[grounds.within].max()) + 1
    return np.bincount(grounds.hours[to_person], minlength=hours).astype(np.int64)


def _by_limit(reviews: pd.DataFrame, limit_minor: int) -> tuple[tuple[Estimate, ...], tuple[Estimate, ...]]:
    """Requested refunds up to the limit, and above it, for each currency."""
    minor = reviews.amount_minor.to_numpy()
    refunds = has_word(reviews.kind, "refund") & (minor >= 0)
    one, two = [], []
    for currency in sorted(words_of(reviews.currency)):
        own = refunds & has_word(reviews.currency, currency)
        if own.any():
            one.append(_sum(minor[own & (minor <= limit_minor)], currency))
            two.append(_sum(minor[own & (minor > limit_minor)], currency))
    return tuple(one), tuple(two)


def _sum(minor: "np.ndarray[tuple[int], np.dtype[np.int64]]", currency: str) -> Estimate:
    total = int(minor.sum()) / 100
    return Estimate(value=total, low=total, high=total, n=len(minor), unit=currency)
