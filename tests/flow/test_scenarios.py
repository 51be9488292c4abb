"""The scenarios of the Live desk end where they say, with the embedded engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.bootstrap import Mind, open_backoffice
from agent.desk import Desk
from agent.model import ChatResult, Lane, ThreadStatus
from tests.stand_ins import settings_for

ENDS: dict[str, tuple[Lane, ThreadStatus]] = {
    "refund": ("refund", "PAUSED_FOR_APPROVAL"),
    "faq": ("faq", "DONE"),
    "issue": ("issue", "DONE"),
    "order": ("order", "PAUSED_FOR_APPROVAL"),
    "angry": ("escalation", "PAUSED_FOR_APPROVAL"),
    "gap": ("faq", "PAUSED_FOR_APPROVAL"),
    "injection": ("refund", "PAUSED_FOR_APPROVAL"),
    "unknown": ("escalation", "PAUSED_FOR_APPROVAL"),
    "spanish": ("order", "DONE"),
}


@pytest.fixture
def real_desk(mind: Mind, tmp_path: Path) -> Iterator[Desk]:
    settings = settings_for(tmp_path)
    opened = Desk(open_backoffice(settings, mind), settings)
    yield opened
    opened.close()


def play(desk: Desk, scenario_id: str) -> ChatResult:
    scenario = next(one for one in desk.scenarios if one.id == scenario_id)
    thread_id, result = None, None
    for text in scenario.messages:
        result = desk.chat(text, thread_id=thread_id, customer_id=scenario.customer_id or "guest")
        thread_id = result.thread_id
    assert result is not None
    return result


@pytest.mark.parametrize("scenario_id", ENDS)
def test_a_scenario_ends_where_it_says(real_desk: Desk, scenario_id: str) -> None:
    result = play(real_desk, scenario_id)

    assert (result.route, result.status) == ENDS[scenario_id]
    assert real_desk.payments_made() == 0


def test_the_default_scenario_is_recommended_for_approval(real_desk: Desk) -> None:
    play(real_desk, "refund")

    assert real_desk.queue()[0].recommendation == "approve"


def test_every_scenario_is_covered(real_desk: Desk) -> None:
    assert {scenario.id for scenario in real_desk.scenarios} == set(ENDS)
