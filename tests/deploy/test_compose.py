"""The Compose file: what it demands, and that what it names is there."""

import re
from typing import Any

import yaml

from tests.deploy.places import DEPLOY

TEXT = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
APP, MIGRATE, DATABASE = (COMPOSE["services"][name] for name in ("app", "migrate", "database"))


def test_nothing_starts_without_the_secrets() -> None:
    demanded = set(re.findall(r"\$\{(\w+):\?", TEXT))

    assert demanded == {"TRIAGE_DATABASE_URL", "TRIAGE_SECRET_KEY", "POSTGRES_PASSWORD"}


def test_the_example_names_every_variable_and_no_secret() -> None:
    example = (DEPLOY / ".env.example").read_text(encoding="utf-8")
    written = dict(re.findall(r"^(\w+)=(.*)$", example, flags=re.MULTILINE))

    assert set(re.findall(r"\$\{(\w+)", TEXT)) <= set(written)
    assert written["TRIAGE_SECRET_KEY"] == written["POSTGRES_PASSWORD"] == ""
    assert written["TRIAGE_SIGN_IN"] == "required"


def test_the_app_waits_for_the_database_and_its_tables() -> None:
    assert DATABASE["healthcheck"]["test"][0] == "CMD-SHELL"
    assert APP["depends_on"]["database"]["condition"] == "service_healthy"
    assert APP["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert MIGRATE["entrypoint"] == ["python", "-m", "agent", "migrate"]


def test_several_of_it_can_run() -> None:
    assert "container_name" not in APP
    assert re.fullmatch(r"127\.0\.0\.1:\d+-\d+:8501", APP["ports"][0])  # one of these ports each, none open to others


def test_it_can_write_nowhere_but_its_home_and_tmp() -> None:
    for service in (APP, MIGRATE):
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["volumes"] == ["/data"]


def test_images_are_pinned() -> None:
    images = {service["image"] for service in COMPOSE["services"].values()}

    assert images == {"triage-autopilot:0.4.0", "postgres:18-alpine"}


def test_the_databases_own_password_stays_out_of_the_app() -> None:
    assert APP["environment"]["POSTGRES_PASSWORD"] == ""
