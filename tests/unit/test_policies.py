import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from agent.errors import ConfigurationError, InvalidDecisionError
from agent.policy import PRESETS, Policy, SavedPolicy, changed_policy, contradictions, policy_differences
from agent.settings import PROJECT
from agent.store.database import Database
from agent.store.policies import add_policy, find_policy, latest_policy, list_policies
from agent.store.tables import policies

OpenDatabase = Callable[[Path], Database]


def saved(version: int, **fields: Any) -> SavedPolicy:
    return SavedPolicy(
        version=version,
        policy=Policy(version=version, **fields),
        author="ana",
        role="analyst",
        reason="figures",
        at=f"2026-11-{version:02d}T12:00:00.000Z",
    )


@pytest.mark.parametrize("policy", PRESETS.values(), ids=PRESETS)
def test_no_preset_contradicts_itself(policy: Policy) -> None:
    assert contradictions(policy) == ()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"uncertain_from": 0.8}, "uncertain_from 0.8 is above min_relevance 0.7"),
        ({"soft_review_margin": 0.3, "min_relevance": 0.75}, "no answer would ever be sent by itself"),
        ({"soft_review_margin": 0.3, "min_answer_confidence": 7.5}, "no answer would ever be sent by itself"),
        ({"urgent_score": -0.4}, "urgent that is not even low"),
        ({"sla_urgent_minutes": 121}, "Urgent cases would have more time"),
        ({"sla_high_minutes": 481}, "Cases of high priority would have more time"),
        ({"review_expires_hours": 7}, "would expire after 420 minutes"),
        ({"refund_window_days": 61}, "Members of Larkfield Plus"),
    ],
)
def test_fields_that_make_no_sense_together_are_named(fields: dict[str, Any], why: str) -> None:
    (found,) = contradictions(Policy(**fields))

    assert why in found.sentence
    assert {*fields} <= {*found.fields}


def test_the_limits_of_sense_are_still_sense() -> None:
    edge = Policy(
        uncertain_from=0.7, soft_review_margin=0.3, urgent_score=-0.6, review_expires_hours=8, refund_window_days=60
    )

    assert contradictions(edge) == ()


def test_every_field_that_is_not_usable_is_named_at_once() -> None:
    with pytest.raises(InvalidDecisionError) as refusal:
        changed_policy(Policy(), {"hits": 0, "low_score": "sad", "color": "red"})

    assert str(refusal.value) == (
        "low_score cannot be 'sad': input should be a valid number, unable to parse string as a number. "
        "hits cannot be 0: input should be greater than or equal to 1. "
        "There is no field 'color'. Nothing was saved."
    )


def test_differences_leave_the_number_out() -> None:
    assert policy_differences(Policy(), Policy(version=4, hits=6)) == {"hits": (5, 6)}


def test_the_latest_version_comes_first_and_all_are_kept(tmp_path: Path, open_database: OpenDatabase) -> None:
    database = open_database(tmp_path / "desk.sqlite")
    versions = [saved(1), saved(2, hits=6, escalating_topics=("legal_threat",))]

    with database.write() as connection:
        before = latest_policy(connection)
        for version in versions:
            add_policy(connection, version)

    with database.read() as connection:
        assert (before, find_policy(connection, 9)) == (None, None)
        assert latest_policy(connection) == versions[1]
        assert find_policy(connection, 1) == versions[0]
        assert list_policies(connection) == versions[::-1]


@pytest.mark.parametrize("fields", [json.dumps({"from_another_release": 1}), "[1]", "not json"])
def test_a_version_that_cannot_be_read_is_named(tmp_path: Path, open_database: OpenDatabase, fields: str) -> None:
    database = open_database(tmp_path / "desk.sqlite")
    with database.write() as connection:
        add_policy(connection, saved(2))
        connection.execute(update(policies).values(fields=fields))

    with (
        database.read() as connection,
        pytest.raises(ConfigurationError, match="Version 2 of the policy, saved by ana"),
    ):
        latest_policy(connection)


def test_nobody_goes_by_the_policy_that_the_desk_was_opened_with() -> None:
    reading = re.compile(r"(office|_office|live)\.services\.policy")
    allowed = {"backoffice.py", "doctor.py", "policies.py"}

    found = [
        path.name
        for path in (PROJECT / "agent").rglob("*.py")
        if reading.search(path.read_text(encoding="utf-8")) and path.name not in allowed
    ]

    assert found == []
