"""LangSmith: langchain tells it of every run; what people wrote is hidden, or masked where it may be shown."""

from typing import Any

import langsmith

from agent.reading.masking import mask_personal


def hide_content(*, with_content: bool) -> None:
    """From now on runs are sent without inputs and outputs, or with masked ones; errors say their kind only.

    Whatever LANGSMITH_HIDE_INPUTS and LANGSMITH_HIDE_OUTPUTS say: one setting decides for all.
    """
    client = langsmith.Client(
        anonymizer=masked if with_content else kinds_of_errors,
        hide_inputs=not with_content,
        hide_outputs=not with_content,
    )
    langsmith.configure(client=client)


def masked(told: dict[str, Any]) -> dict[str, Any]:
    """The same with every text masked."""
    return {name: _masked(value) for name, value in told.items()}


def kinds_of_errors(told: dict[str, Any]) -> dict[str, Any]:
    """The same with every text masked, and of an error its kind alone: what it says may quote a message."""
    kept = masked(told)
    if set(told) == {"error"}:
        kept["error"] = str(told["error"]).partition("(")[0]
    return kept


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_personal(value)
    if isinstance(value, dict):
        return masked(value)
    if isinstance(value, list):
        return [_masked(one) for one in value]
    return value
