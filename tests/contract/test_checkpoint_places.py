"""Addresses of checkpoints: what is taken, what is refused, and what is said when a place is away."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from agent.bootstrap import checkpoints_of, open_backoffice
from agent.errors import ConfigurationError, StorageError
from agent.settings import PROJECT, Settings
from agent.store.checkpoint_place import open_checkpoints
from agent.store.dynamodb import TableAddress
from tests.dynamodb import table_address
from tests.stand_ins import MIND

AWAY = "dynamodb://desk?region=eu-central-1&endpoint=http://127.0.0.1:1"


@pytest.mark.parametrize(
    "written", ["mysql://root:open-sesame@localhost/desk", "redis://localhost", "desk", "sqlite://"]
)
def test_an_address_of_another_kind_is_refused_naming_those_that_exist(written: str) -> None:
    with pytest.raises(ConfigurationError, match=r"none of dynamodb://.*postgresql://.*sqlite:///.*Nothing") as caught:
        open_checkpoints(written)

    assert "open-sesame" not in str(caught.value)


@pytest.mark.parametrize(
    "written",
    [
        "dynamodb://",
        "dynamodb://ab",
        "dynamodb://key:secret@desk",
        "dynamodb://desk/other",
        "dynamodb://desk?region=",
        "dynamodb://desk?regoin=eu-central-1",
        "dynamodb://desk?region=a&region=b",
    ],
)
def test_a_table_that_is_not_named_rightly_is_refused(written: str) -> None:
    with pytest.raises(ConfigurationError, match=r"no address like dynamodb://TABLE\?region=.*Nothing was started"):
        open_checkpoints(written)


def test_an_address_names_table_region_and_endpoint() -> None:
    found = TableAddress.parse("dynamodb://Desk.1?region=eu-central-1&endpoint=http://127.0.0.1:8000")

    assert (found.table, found.region, found.endpoint) == ("Desk.1", "eu-central-1", "http://127.0.0.1:8000")


def test_a_missing_package_is_named_with_what_installs_it(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['boto3'] = None\n"
        "from agent.__main__ import main; sys.argv = ['agent', 'migrate']; main()"
    )
    where = {"TRIAGE_HOME": str(tmp_path), "TRIAGE_ENGINE": "embedded", "TRIAGE_CHECKPOINT_URL": AWAY}

    ran = run_python("-c", script, environment=where)

    assert ran.returncode == ConfigurationError.exit_code
    assert "pip install langgraph-checkpoint-aws, or unset TRIAGE_CHECKPOINT_URL" in ran.stderr


def test_the_command_line_ends_as_with_other_settings(tmp_path: Path) -> None:
    where = {"TRIAGE_HOME": str(tmp_path), "TRIAGE_ENGINE": "embedded", "TRIAGE_CHECKPOINT_URL": "mysql://localhost"}

    ran = run_python("-m", "agent", "migrate", environment=where)

    assert ran.returncode == ConfigurationError.exit_code
    assert "TRIAGE_CHECKPOINT_URL begins with mysql://" in ran.stderr


def run_python(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env={**os.environ, **environment},  # noqa: TID251  for the child
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_region_is_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))

    with pytest.raises(ConfigurationError, match=r"No AWS region. Nothing was started"):
        open_checkpoints("dynamodb://desk")


def test_no_credentials_are_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, dynamodb_server: str) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))

    with pytest.raises(StorageError, match=r"set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE or a role"):
        open_checkpoints(table_address(dynamodb_server, uuid4()))


def test_a_server_that_is_away_is_said_so() -> None:
    with pytest.raises(StorageError, match=r"DynamoDB table desk at http://127.0.0.1:1: .*start the endpoint or mend"):
        open_checkpoints(AWAY)


def test_many_processes_may_make_the_table_at_once(dynamodb_server: str) -> None:
    address = table_address(dynamodb_server, uuid4())

    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _number: open_checkpoints(address), range(4)))

    for checkpoints in opened:
        with closing(checkpoints):
            assert checkpoints.check().ok


def test_an_empty_address_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRIAGE_CHECKPOINT_URL", "")

    assert checkpoints_of(Settings(home=tmp_path)) == tmp_path / "checkpoints.sqlite"


def test_checkpoints_may_lie_in_a_file_of_their_own(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere.sqlite"
    settings = Settings(home=home, cache=home, engine="embedded", checkpoint_url=f"sqlite:///{elsewhere}")

    open_backoffice(settings, MIND).close()

    assert elsewhere.exists()
    assert not (home / "checkpoints.sqlite").exists()
