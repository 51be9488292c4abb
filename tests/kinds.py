"""Every kind of place in which checkpoints may lie, for tests that hold for all of them."""

from pathlib import Path
from typing import Literal, get_args
from uuid import uuid4

import pytest
from pydantic import SecretStr

from agent.settings import Settings
from tests.dynamodb import table_address
from tests.postgres import KEY, new_database

Kind = Literal["sqlite", "postgres", "dynamodb"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def settings_on(kind: Kind, home: Path, request: pytest.FixtureRequest) -> Settings:
    """Settings of a new desk whose checkpoints lie in a place of this kind."""
    plain = Settings(home=home, cache=home / "cache", engine="embedded")
    if kind == "postgres":
        url = new_database(request.getfixturevalue("postgres_server"), f"k_{uuid4().hex}")
        return plain.model_copy(update={"database_url": url, "secret_key": SecretStr(KEY)})
    if kind == "dynamodb":
        table = table_address(request.getfixturevalue("dynamodb_server"), uuid4())
        return plain.model_copy(update={"checkpoint_url": table})
    return plain
