"""Signing in, without a browser: what the claims of a token give, and who is kept out."""

import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from agent import Identity, read_claims
from agent.settings import PROJECT
from pages.ui.review.decision_form import ARMED_AFTER_S
from tests.stand_ins import open_test_desk

KIM = Identity(subject="Kim", role="admin", source="command-line")

AUTH = {
    "redirect_uri": "http://127.0.0.1:8501/oauth2callback",
    "cookie_secret": "only-for-tests-" * 3,
    "client_id": "triage",
    "client_secret": "only-for-tests",
    "server_metadata_url": "http://127.0.0.1:9/.well-known/openid-configuration",
}


def robin(**more: Any) -> dict[str, Any]:
    return {"is_logged_in": True, "sub": "u-1", "email": "Robin@Example.com", "exp": time.time() + 600, **more}


def signed_in(app: AppTest, claims: dict[str, Any]) -> AppTest:
    app.secrets = {"auth": AUTH}
    app.user = claims
    return app.run()


def words(app: AppTest) -> str:
    drawn = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.error]
    return "\n".join(str(element.value) for element in drawn)


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label.replace("\\", "") == label).click().run()


@pytest.mark.parametrize(
    ("claims", "subject"),
    [
        ({"email": "Robin@Example.com", "email_verified": True}, "robin@example.com"),
        ({"email": "Robin@Example.com"}, "robin@example.com"),
        ({"email": "robin@example.com", "email_verified": False}, "sub:u-1"),
        ({"email": "robin@example.com", "email_verified": "false"}, "sub:u-1"),
        ({"email": "robin@example.com", "email_verified": None}, "sub:u-1"),
        ({"email": "robin@example.com", "email_verified": False, "sub": "robin@example.com"}, "sub:robin@example.com"),
        ({"email": 7}, "sub:u-1"),
        ({"email": "\N{FULLWIDTH LATIN SMALL LETTER R}obin@example.com"}, "sub:u-1"),
    ],
)
def test_a_person_goes_by_a_verified_address_or_else_by_the_account(claims: dict[str, Any], subject: str) -> None:
    read = read_claims({"sub": "u-1", **claims}, "roles")

    assert read is not None
    assert read.subject == subject


def test_claims_without_an_account_name_nobody() -> None:
    assert read_claims({"email": "robin@example.com", "email_verified": False}, "roles") is None


@pytest.mark.parametrize(
    ("claims", "path", "role"),
    [
        ({"roles": "reviewer"}, "roles", "reviewer"),
        ({"roles": "openid, Lead"}, "roles", "lead"),
        ({"roles": ["stakeholder", "analyst", "reviewer"]}, "roles", "reviewer"),
        ({"roles": ["reviewer", "lead", "admin"]}, "roles", "admin"),
        ({"realm_access": {"roles": ["reviewer"]}}, "realm_access.roles", "reviewer"),
        ({"https://desk.example.com/roles": ["reviewer"]}, "https://desk.example.com/roles", "reviewer"),
        ({"roles": ["system", "root"]}, "roles", None),
        ({"roles": {"admin": True}}, "roles", None),
        ({"roles": [["admin"], 1, None]}, "roles", None),
        ({"realm_access": "admin"}, "realm_access.roles", None),
        ({}, "roles", None),
    ],
)
def test_the_highest_known_role_of_the_claim_counts(claims: dict[str, Any], path: str, role: str | None) -> None:
    read = read_claims({"sub": "u-1", **claims}, path)

    assert read is not None
    assert read.role == role


@pytest.mark.parametrize("exp", [None, "never", True, -1, float("nan"), float("inf"), 1e13])
def test_a_token_without_a_usable_end_has_ended(exp: object) -> None:
    read = read_claims({"sub": "u-1", "exp": exp}, "roles")

    assert read is not None
    assert read.expires_at == 0


@pytest.mark.parametrize("page", sorted(path.stem for path in (PROJECT / "pages").glob("*.py")))
def test_who_has_not_signed_in_sees_no_page_and_opens_no_desk(app: AppTest, home: Path, page: str) -> None:
    signed_in(app, {"is_logged_in": False})

    app.switch_page(f"pages/{page}.py").run()

    assert not app.exception
    assert [button.label for button in app.button] == ["Sign in"]
    assert [title.value for title in app.title] == ["Triage Autopilot"]
    assert not app.selectbox
    assert not home.exists()


@pytest.mark.parametrize("claims", [{}, {"is_logged_in": "yes", "sub": "u-1"}, {"is_logged_in": True}])
def test_claims_that_name_nobody_let_nobody_in(app: AppTest, claims: dict[str, Any]) -> None:
    signed_in(app, {"exp": time.time() + 600, **claims})

    assert [button.label for button in app.button] == ["Sign in"]


def test_a_reviewer_by_claim_is_named_and_offered_no_demo(app: AppTest) -> None:
    signed_in(app, robin(name="Robin [Example]", roles=["reviewer"]))

    assert not app.exception
    assert r"Robin \[Example\]" in words(app)
    assert "Reviewer: decides refunds and escalations." in words(app)
    assert "demo" not in words(app).lower()
    assert "Use the desk as" not in [box.label for box in app.selectbox]
    assert "Sign out" in [button.label for button in app.button]


def test_a_reviewer_by_claim_gets_the_approvals(app: AppTest) -> None:
    signed_in(app, robin(roles=["reviewer"]))

    app.switch_page("pages/approvals.py").run()

    assert not app.exception
    assert "Approvals" in [title.value for title in app.title]
    assert app.metric


def test_a_stakeholder_is_refused_without_an_offer_to_be_somebody_else(app: AppTest) -> None:
    signed_in(app, robin())

    app.switch_page("pages/approvals.py").run()

    assert "This page needs another role" in words(app)
    assert "robin@example.com" in words(app).replace("\\", "")
    assert not app.button
    assert not app.metric


def test_a_role_given_at_the_desk_counts_more_than_the_claim(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        desk.workbench.set_role("Robin@Example.com", "reviewer", KIM)
    signed_in(app, robin(roles=["admin"]))

    assert "Reviewer: decides refunds and escalations." in words(app)


def test_a_role_taken_away_ends_the_session_at_its_next_run(app: AppTest, home: Path) -> None:
    signed_in(app, robin(roles=["admin"]))
    app.switch_page("pages/approvals.py").run()
    seen = len(app.metric)

    with closing(open_test_desk(home)) as desk:
        desk.workbench.set_role("robin@example.com", "none", KIM)
    app.run()

    assert seen
    assert [title.value for title in app.title] == ["No access to this desk"]
    assert not app.metric


def test_a_decision_that_comes_after_the_sign_in_ended_is_not_taken(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)) as desk:
        review_id = desk.chat("refund me $12 please").review_id
    assert review_id is not None
    signed_in(app, robin(roles=["reviewer"]))
    app.switch_page("pages/approvals.py").run()
    press(app, "Approve $12.00")
    time.sleep(ARMED_AFTER_S)

    app.user = robin(roles=["reviewer"], exp=time.time() - 1)
    press(app, "Pay $12.00")

    assert [title.value for title in app.title] == ["Your sign-in has ended"]
    with closing(open_test_desk(home)) as desk:
        assert desk.review(review_id).status == "pending"
        assert desk.payments_made() == 0


def test_an_ended_sign_in_shows_nothing_of_the_desk(app: AppTest, home: Path) -> None:
    signed_in(app, robin(roles="admin", exp=time.time() - 1))

    assert [title.value for title in app.title] == ["Your sign-in has ended"]
    assert [button.label for button in app.button] == ["Sign in again"]
    assert not home.exists()


@pytest.mark.parametrize(
    "auth",
    [
        {key: value for key, value in AUTH.items() if key != "client_secret"},
        {**AUTH, "cookie_secret": "too short"},
        {},
        "on",
    ],
)
def test_a_half_configured_sign_in_is_closed_and_no_demo(app: AppTest, home: Path, auth: object) -> None:
    app.secrets = {"auth": auth}

    app.run()

    assert not app.exception
    assert [title.value for title in app.title] == ["The desk is closed"]
    assert not app.button
    assert not app.selectbox
    assert not home.exists()


def test_where_sign_in_is_required_there_is_no_demo(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_SIGN_IN", "required")

    app.run()

    assert [title.value for title in app.title] == ["The desk is closed"]
    assert not app.selectbox


def test_the_demo_does_not_come_back_when_the_secrets_go(app: AppTest) -> None:
    signed_in(app, {"is_logged_in": False})

    app.secrets = {}
    app.run()

    assert [button.label for button in app.button] == ["Sign in"]
    assert not app.selectbox


def test_the_demo_is_marked_as_one(app: AppTest) -> None:
    app.run()

    assert "Demo: there is no sign-in" in words(app)
    assert "Use the desk as" in [box.label for box in app.selectbox]
