"""Signing in with a real provider and a real browser: who gets in, where to, and when it ends."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agent.settings import PROJECT
from tests.browser.conftest import App, OpenPage, StartApp, wait_until_up

pytestmark = pytest.mark.browser

ROBIN, VERA, EVA = (f"{name}@example.com" for name in ("robin", "vera", "eva"))
REVIEW = "11111111-2222-3333-4444-555555555555"
ACCOUNT = "input[name=sub]"
TOKEN_S = 10


@dataclass(frozen=True)
class Provider:
    """An OpenID provider that signs everybody in who is named to it."""

    url: str

    def knows(self, email: str, **claims: Any) -> None:
        """From now on, tokens for this person carry the claims."""
        body = json.dumps({"email": email, "email_verified": True, **claims}).encode()
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(f"{self.url}/users/{email}", body, headers, method="PUT")  # noqa: S310  ours
        urllib.request.urlopen(request, timeout=5).close()  # noqa: S310  our own server


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    wait_until_up(f"{url}/.well-known/openid-configuration")
    yield Provider(url)
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="module")
def start_with_sign_in(
    provider: Provider, start_app: StartApp, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StartApp]:
    """Start the app as an operator would who has configured sign-in, outside of the project's folder."""
    secrets = tmp_path_factory.mktemp("secrets") / "secrets.toml"
    secrets.write_text(
        "[auth]\n"
        'redirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        f'cookie_secret = "{"only-for-tests-" * 3}"\n'
        'client_id = "triage"\nclient_secret = "only-for-tests"\n'
        f'server_metadata_url = "{provider.url}/.well-known/openid-configuration"\n',
        encoding="utf-8",
    )
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("STREAMLIT_SECRETS_FILES", str(secrets))
        yield start_app


@pytest.fixture(scope="module")
def app(start_with_sign_in: StartApp, tmp_path_factory: pytest.TempPathFactory) -> App:
    return start_with_sign_in(tmp_path_factory.mktemp("desk") / "home")


def sign_in(page: Page, email: str) -> None:
    go_to_provider(page)
    come_back_as(page, email)


def go_to_provider(page: Page) -> None:
    page.get_by_role("button", name="Sign in").click()
    page.locator(ACCOUNT).wait_for()


def come_back_as(page: Page, email: str) -> None:
    page.locator(ACCOUNT).fill(email)
    page.locator(ACCOUNT).press("Enter")
    page.get_by_test_id("stApp").wait_for()


def expect_title(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def expect_approvals(page: Page) -> None:
    expect(page.get_by_text("Value waiting").first).to_be_visible()


def expect_nothing_of_the_desk(page: Page) -> None:
    expect(page.get_by_text("Value waiting")).to_have_count(0)
    expect(page.get_by_role("link", name="Live desk")).to_have_count(0)


def test_a_cold_deep_link_shows_nothing_until_a_reviewer_has_signed_in(
    provider: Provider, app: App, open_page: OpenPage
) -> None:
    provider.knows(ROBIN, name="Robin Example", roles=["reviewer"])

    page = open_page(f"{app.url}/approvals?review={REVIEW}")  # the first of this file: nobody has been there yet

    expect_title(page, "Triage Autopilot")
    expect_nothing_of_the_desk(page)

    sign_in(page, ROBIN)

    expect_approvals(page)
    expect(page).to_have_url(f"{app.url}/approvals?review={REVIEW}")
    expect(page.get_by_text("Robin Example").first).to_be_visible()
    expect(page.get_by_text("Demo")).to_have_count(0)


def test_a_page_that_was_asked_for_is_opened_after_signing_in_over_a_slow_line(
    provider: Provider, app: App, open_page: OpenPage
) -> None:
    """The code of our components comes after the button is drawn; signing in waits until the wish is kept."""
    provider.knows(ROBIN, name="Robin Example", roles=["reviewer"])
    page = open_page(f"{app.url}/approvals?review={REVIEW}", late_files="**/static/js/BidiComponent*")

    sign_in(page, ROBIN)

    expect_approvals(page)
    expect(page).to_have_url(f"{app.url}/approvals?review={REVIEW}")


def test_a_stakeholder_is_refused_and_can_sign_out(provider: Provider, app: App, open_page: OpenPage) -> None:
    provider.knows(VERA, name="Vera Example")
    page = open_page(f"{app.url}/approvals")

    sign_in(page, VERA)

    expect_title(page, "This page needs another role")
    expect(page.get_by_text("Value waiting")).to_have_count(0)
    expect(page.get_by_role("button", name="Be Robin")).to_have_count(0)

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()

    expect_title(page, "Triage Autopilot")


def test_rights_end_with_the_token(provider: Provider, app: App, open_page: OpenPage) -> None:
    page = open_page(f"{app.url}/approvals")
    go_to_provider(page)
    provider.knows(EVA, roles="lead", exp=int(time.time()) + TOKEN_S)
    come_back_as(page, EVA)
    expect_approvals(page)

    expect_title(page, "Your sign-in has ended")

    expect_nothing_of_the_desk(page)
    page.reload()
    expect_title(page, "Your sign-in has ended")


def test_a_role_that_is_taken_away_is_gone_at_once(provider: Provider, app: App, open_page: OpenPage) -> None:
    provider.knows(ROBIN, name="Robin Example", roles=["reviewer"])
    page = open_page(f"{app.url}/approvals")
    sign_in(page, ROBIN)
    expect_approvals(page)

    command = [sys.executable, "-m", "agent", "people", "set", ROBIN, "none", "--as", "Kim"]
    environment = {**os.environ, "TRIAGE_HOME": str(app.home)}  # noqa: TID251  for the child
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True)

    expect_title(page, "No access to this desk")
    expect_nothing_of_the_desk(page)
