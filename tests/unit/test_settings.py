import pytest

from agent.settings import read_settings


def test_several_addresses_are_separated_by_spaces_or_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_WEBHOOK_URLS", "https://a.test/x, http://127.0.0.1:8000/y  https://b.test")
    monkeypatch.setenv("TRIAGE_WEBHOOK_SECRET", "c2VjcmV0" * 6)

    assert read_settings().webhook_urls == ("https://a.test/x", "http://127.0.0.1:8000/y", "https://b.test")


def test_one_address_may_have_its_own_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_WEBHOOK_URL", "https://a.test")
    monkeypatch.setenv("TRIAGE_WEBHOOK_SECRET", "c2VjcmV0" * 6)

    assert read_settings().webhook_urls == ("https://a.test",)


def test_without_variables_tickets_stay_and_nobody_is_told() -> None:
    settings = read_settings()

    assert (settings.tickets, settings.webhook_urls, settings.app_url) == ("builtin", (), "")


def test_a_slash_at_the_end_of_an_address_is_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_APP_URL", "https://desk.example.com/")

    assert read_settings().app_url == "https://desk.example.com"
