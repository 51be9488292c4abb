"""The examples of docs/api.md do what the guide says."""

import json
import re
import subprocess
from collections.abc import Iterator

import pytest

from agent.settings import PROJECT
from tests.api.conftest import Api

GUIDE = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")


def examples() -> Iterator[str]:
    for block in re.findall(r"^```sh\n(.*?)^```", GUIDE, flags=re.DOTALL | re.MULTILINE):
        yield from (line for line in block.replace("\\\n", " ").splitlines() if line.startswith("curl"))


def run(example: str, api: Api, thread_id: str) -> str:
    ran = subprocess.run(
        ["bash", "-c", example.replace("curl", "curl -s --noproxy '*'", 1)],
        env={"DESK": api.url, "THREAD": thread_id, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ran.stdout


def test_every_example_of_the_guide_works_as_it_stands(api: Api) -> None:
    thread_id, told = "", []
    for example in examples():
        said = run(example, api, thread_id)
        assert "problem" not in said, (example, said)
        if not thread_id:
            assert json.loads(said)["status"] == "PAUSED_FOR_APPROVAL"
            thread_id = json.loads(said)["thread_id"]
        told.append(said)

    assert len(told) == 6
    assert json.loads(told[1])["items"][0]["thread_id"] == thread_id
    assert json.loads(told[2])["action_result"] == "Refund issued: $240.00"
    assert told[3].count("event: ") - told[4].count("event: ") == 5
    assert json.loads(told[5])["token"].startswith("ts_")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(?:POST|GET) (/[^`?]*)`", GUIDE))))
def test_every_address_of_the_guide_is_served(path: str, api: Api) -> None:
    pattern = re.sub(r"\{[^}]*\}", "{}", path)

    served = {re.sub(r"\{[^}]*\}", "{}", known) for known in api.app.openapi()["paths"]}

    assert pattern in served
