"""How each person decides: pure figures over decisions, for leads and for the people themselves."""

from collections.abc import Sequence
from statistics import median

from agent.model import PastDecision, ReviewerFigures
from agent.names import subject_key

QUICK_S = 3.0
"""An approval in less than this cannot rest on the evidence."""


def reviewer_figures(
    past: Sequence[PastDecision], second_looks: Sequence[tuple[str, bool, bool]]
) -> tuple[ReviewerFigures, ...]:
    """The figures of everybody who decided, those with the most decisions first.

    `second_looks` are pairs of verdicts: the key of who decided, whether they approved, whether the other would have.
    """
    by_person: dict[str, list[PastDecision]] = {}
    for each in past:
        if each.decision.action != "expire":
            by_person.setdefault(subject_key(each.decision.subject), []).append(each)
    looks: dict[str, list[tuple[bool, bool]]] = {}
    for key, decided, looked in second_looks:
        looks.setdefault(key, []).append((decided, looked))
    figures = [_figures(rows, looks.get(key, ())) for key, rows in by_person.items()]
    return tuple(sorted(figures, key=lambda each: (-each.decisions, each.subject)))


def _figures(rows: Sequence[PastDecision], looks: Sequence[tuple[bool, bool]]) -> ReviewerFigures:
    standing = [row for row in rows if row.withdrawn_at is None]
    refunds = [row for row in standing if row.kind == "refund" and not row.is_check_case]
    approved = [row for row in refunds if row.decision.action in {"approve", "edit"}]
    looked = [row.looked_s for row in standing if row.looked_s is not None]
    checks = [row for row in standing if row.is_check_case]
    return ReviewerFigures(
        subject=rows[0].decision.subject,
        decisions=len(standing),
        approve_share=_share(len(approved), len(refunds)),
        edit_share=_share(sum(row.decision.action == "edit" for row in standing), len(standing)),
        median_s=round(median(looked), 1) if looked else None,
        quick=sum(row.looked_s is not None and row.looked_s < QUICK_S for row in approved),
        against_rule=sum(row.recommendation != "approve" for row in approved),
        called_back=len(rows) - len(standing),
        checks_seen=len(checks),
        checks_caught=sum(row.decision.action not in {"approve", "edit"} for row in checks),
        second_looks=len(looks),
        agreement=_share(sum(decided == looked for decided, looked in looks), len(looks)),
        kappa=cohens_kappa(looks),
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def cohens_kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Agreement beyond chance of two people's verdicts, -1..1; None if it is not defined."""
    if not pairs:
        return None
    count = len(pairs)
    observed = sum(one == other for one, other in pairs) / count
    first, second = (sum(pair[seat] for pair in pairs) / count for seat in (0, 1))
    expected = first * second + (1 - first) * (1 - second)
    return None if expected == 1 else round((observed - expected) / (1 - expected), 4)
