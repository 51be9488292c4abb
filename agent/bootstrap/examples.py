"""The scripted messages that come with the desk."""

import json
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from agent.errors import ConfigurationError
from agent.model import CheckCase, Scenario, Value
from agent.settings import DATA

Entry = TypeVar("Entry", bound=Value)


def load_check_cases() -> tuple[CheckCase, ...]:
    """The requests that have to be denied, of data/check_cases; raises ConfigurationError if the file is damaged."""
    return _load_list(DATA / "check_cases" / "check_cases.json", CheckCase)


def load_scenarios() -> tuple[Scenario, ...]:
    """The scripted openings of data/scenarios; raises ConfigurationError if the file is damaged."""
    return _load_list(DATA / "scenarios" / "scenarios.json", Scenario)


def _load_list(path: Path, kind: type[Entry]) -> tuple[Entry, ...]:
    try:
        return tuple(kind.model_validate(entry) for entry in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        message = f"{path}: {error}. Restore the file."
        raise ConfigurationError(message) from error
