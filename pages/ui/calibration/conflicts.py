"""What is wrong with settings, by the control where it can be mended; the desk itself says what."""

from collections.abc import Iterable

from agent import Desk, InvalidDecisionError, Policy, contradictions
from pages.ui.calibration.calibration_words import field_name
from pages.ui.calibration.draft import Draft


def tried_policy(desk: Desk, draft: Draft) -> tuple[Policy | None, dict[str, str]]:
    """The settings as a policy, or None and what is wrong, by field; nothing is wrong where nothing was changed."""
    if not draft.changes:
        return draft.base, {}
    wrong = _alone(desk, draft)
    if wrong:
        return None, wrong
    policy = draft.base.model_validate({**draft.base.model_dump(), **draft.changes})
    for found in contradictions(policy):
        told = _in_words(found.sentence, found.fields)
        wrong |= {field: told for field in found.fields if field in draft.changes}
    return (None, wrong) if wrong else (policy, {})


def _alone(desk: Desk, draft: Draft) -> dict[str, str]:
    wrong = {}
    for field, value in draft.changes.items():
        try:
            desk.calibration.tried({field: value})
        except InvalidDecisionError as error:
            wrong[field] = _in_words(str(error), [field])
    return wrong


def _in_words(sentence: str, fields: Iterable[str]) -> str:
    for field in fields:
        sentence = sentence.replace(field, f"“{field_name(field)}”")
    return sentence
