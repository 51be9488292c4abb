import json
from pathlib import Path

import pytest

from agent.errors import ConfigurationError
from agent.policy import PRESETS, Policy, load_policy, reference
from agent.settings import PROJECT


def test_every_field_says_what_it_decides() -> None:
    undocumented = [name for name, field in Policy.model_fields.items() if not field.description]

    assert undocumented == []


def test_presets_are_found_by_name() -> None:
    assert load_policy("strict") == PRESETS["strict"]


def test_a_file_overrides_single_fields(tmp_path: Path) -> None:
    file = tmp_path / "ours.json"
    file.write_text(json.dumps({"refund_window_days": 14}))

    policy = load_policy(str(file))

    assert (policy.name, policy.refund_window_days, policy.low_score) == ("ours", 14, -0.6)


@pytest.mark.parametrize("content", ['{"refund_window": 14}', '{"low_score": 0.3}', "[1]", "not json"])
def test_an_unusable_file_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "broken.json"
    file.write_text(content)

    with pytest.raises(ConfigurationError, match=r"broken\.json"):
        load_policy(str(file))


def test_an_unknown_name_lists_the_presets() -> None:
    with pytest.raises(ConfigurationError, match="default, strict"):
        load_policy("lenient")


def test_the_reference_in_the_docs_is_the_policy_itself() -> None:
    written = (PROJECT / "docs" / "policy.md").read_text(encoding="utf-8")

    assert reference() in written, "write it again: python -m agent policy"
