"""What is wrong with settings, by the control where it can be mended. The desk checks again when they are saved."""

from collections.abc import Callable

from agent import Desk, InvalidDecisionError, Policy
from pages.ui.calibration.calibration_words import field_name, setting
from pages.ui.calibration.draft import Draft

BEST_MARK = 10

Check = tuple[tuple[str, ...], Callable[[Policy], bool], Callable[[Policy], str]]

TOGETHER: tuple[Check, ...] = (
    (
        ("uncertain_from", "min_relevance"),
        lambda policy: policy.uncertain_from > policy.min_relevance,
        lambda policy: (
            f"“{field_name('uncertain_from')}” ({setting(policy.uncertain_from)}) is above “"
            f"{field_name('min_relevance')}” ({setting(policy.min_relevance)}): what is good enough to be sent as "
            "certain would be too poor to be sent as uncertain."
        ),
    ),
    (
        ("soft_review_margin", "min_relevance"),
        lambda policy: policy.soft_review_margin > 0 and policy.min_relevance + policy.soft_review_margin > 1,
        lambda policy: (
            f"Relevance {setting(policy.min_relevance)} and the margin {setting(policy.soft_review_margin)} are above "
            "1 together: no answer would ever be sent by itself."
        ),
    ),
    (
        ("soft_review_margin", "min_answer_confidence"),
        lambda policy: (
            policy.soft_review_margin > 0
            and policy.min_answer_confidence + BEST_MARK * policy.soft_review_margin > BEST_MARK
        ),
        lambda policy: (
            f"Mark {setting(policy.min_answer_confidence)} and ten times the margin "
            f"{setting(policy.soft_review_margin)} are above 10 together: no answer would ever be sent by itself."
        ),
    ),
    (
        ("low_score",),
        lambda policy: policy.urgent_score > policy.low_score,
        lambda policy: (
            f"A case is urgent below {setting(policy.urgent_score)}: "
            f"a mood would be urgent that is not even low (below {setting(policy.low_score)})."
        ),
    ),
)


def tried_policy(desk: Desk, draft: Draft) -> tuple[Policy | None, dict[str, str]]:
    """The settings as a policy, or None and what is wrong, by field; nothing is wrong where nothing was changed."""
    if not draft.changes:
        return draft.base, {}
    wrong = _alone(desk, draft)
    if wrong:
        return None, wrong
    policy = draft.base.model_validate({**draft.base.model_dump(), **draft.changes})
    for fields, is_so, says in TOGETHER:
        if is_so(policy) and any(field in draft.changes for field in fields):
            wrong |= {field: says(policy) for field in fields if field in draft.changes}
    return (None, wrong) if wrong else (policy, {})


def _alone(desk: Desk, draft: Draft) -> dict[str, str]:
    wrong = {}
    for field, value in draft.changes.items():
        try:
            desk.calibration.tried({field: value})
        except InvalidDecisionError as error:
            wrong[field] = str(error).replace(field, f"“{field_name(field)}”")
    return wrong
