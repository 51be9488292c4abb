"""Who asks too often, or guesses, is slowed down, and nobody else is."""

from tests.api.conftest import OpenApi


def test_who_sends_too_much_is_told_when_to_come_back(open_api: OpenApi) -> None:
    api = open_api(api_rate="5/minute")
    busy, other = (api.client(api.key(name)) for name in ("busy", "other"))

    answers = [busy.get("/threads/x") for _ in range(7)]

    assert [each.status_code for each in answers] == [404] * 5 + [429] * 2
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert answers[-1].headers["content-type"] == "application/problem+json"
    assert other.get("/threads/x").status_code == 404


def test_who_guesses_keys_is_slowed_down_and_does_not_keep_others_out(open_api: OpenApi) -> None:
    api = open_api(api_rate="5/minute")
    guesser = api.client("tk_guess")

    answers = [guesser.get("/approvals").status_code for _ in range(7)]

    assert answers == [401] * 5 + [429] * 2
    assert api.client(api.key("shop")).get("/threads/x").status_code == 404
