"""The scripts of whole conversations in data/evaluation, played with the embedded engine."""

import pytest

from agent.bootstrap import Mind
from agent.evaluation.conversations import Conversation, play_all, read_conversations
from agent.settings import DATA, read_settings

SCRIPTS = read_conversations(DATA / "evaluation" / "conversations.json")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)
def test_a_conversation_goes_as_its_script_says(mind: Mind, script: Conversation) -> None:
    settings = read_settings().model_copy(update={"engine": "embedded"})

    assert play_all(mind, settings, [script], times=1)["failures"] == {}


def test_a_script_that_goes_otherwise_is_told(mind: Mind) -> None:
    wrong = SCRIPTS[0].model_copy(update={"payments": 7})

    report = play_all(mind, read_settings(), [wrong], times=2)

    assert (report["passed"], report["of"]) == (0, 2)
    assert "payments instead of 7" in report["failures"][wrong.id][0]
