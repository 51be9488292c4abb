"""Settings of the API: what would open too much is refused when the process starts."""

import pytest

from agent.errors import ConfigurationError
from agent.settings import read_settings


@pytest.mark.parametrize(
    ("variables", "why"),
    [
        ({"TRIAGE_JWT_KEY": "a" * 40}, "TRIAGE_JWT_ISSUER and TRIAGE_JWT_AUDIENCE"),
        ({"TRIAGE_JWKS_URL": "https://id.example/keys", "TRIAGE_JWT_ISSUER": "i"}, "TRIAGE_JWT_AUDIENCE"),
        ({"TRIAGE_WIDGET_ORIGINS": "shop.example"}, "not an origin"),
        ({"TRIAGE_WIDGET_ORIGINS": "*"}, "not an origin"),
        ({"TRIAGE_WIDGET_ORIGINS": "https://shop.example/path"}, "not an origin"),
        ({"TRIAGE_API_RATE": "often"}, "TRIAGE_API_RATE"),
        ({"TRIAGE_API_RATE": "0/minute"}, "TRIAGE_API_RATE"),
        ({"TRIAGE_API_STREAMS": "0"}, "TRIAGE_API_STREAMS"),
    ],
)
def test_settings_that_are_not_usable_are_named(
    variables: dict[str, str], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(ConfigurationError, match=why):
        read_settings()


def test_websites_are_named_with_commas_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_WIDGET_ORIGINS", " https://shop.example/ ,http://localhost:3000,")

    assert read_settings().widget_origins == ("https://shop.example", "http://localhost:3000")


def test_a_secret_that_is_refused_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_JWT_KEY", "the issuer's own secret, never to be shown")

    with pytest.raises(ConfigurationError) as refused:
        read_settings()

    assert "never to be shown" not in str(refused.value)
