"""The chat of a website when single requests fail; what it says has to be true."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from agent.api.session_tokens import new_session, write_token
from tests.api.conftest import Api

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, api: Api) -> Iterator[Page]:
    """The website with the chat opened."""
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(f"{api.url}/widget")
    opened.get_by_role("button", name="Chat with us").click()
    yield opened
    context.close()


def send(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Write a message").fill(text)
    page.get_by_role("button", name="Send").click()


def test_a_message_that_arrived_is_never_said_not_to_have_been_sent(page: Page, api: Api) -> None:
    asked: list[str] = []

    def fail(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=500, body='{"detail": "broken"}', content_type="application/problem+json")

    page.route("**/threads/*", fail)

    send(page, "how long do you deliver?")

    while not asked:
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)
    expect(page.get_by_text("This could not be sent")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Write a message")).to_have_value("")
    expect(page.get_by_role("log")).to_contain_text("how long do you deliver?")
    page.unroute("**/threads/*")
    send(page, "thanks")
    expect(page.get_by_role("log")).to_contain_text("Standard delivery takes 3 to 5 working days.")
    assert [thread.turns for thread in api.desk.threads()] == [2]


def test_a_conversation_is_found_again_although_the_desk_was_away_when_the_page_was_loaded(
    page: Page, api: Api
) -> None:
    send(page, "how long do you deliver?")
    expect(page.get_by_role("log")).to_contain_text("Standard delivery takes 3 to 5 working days.")
    away = [True]
    page.route("**/threads/*", lambda route: route.fulfill(status=500, body="{}") if away else route.continue_())

    with page.expect_response("**/threads/*"):
        page.reload()
    page.wait_for_timeout(200)
    away.clear()
    page.get_by_role("button", name="Chat with us").click()
    send(page, "thanks")

    expect(page.get_by_role("log")).to_contain_text("Standard delivery takes 3 to 5 working days.")
    assert [thread.turns for thread in api.desk.threads()] == [2]


def test_a_customer_whose_token_has_ended_is_told_to_reload_and_keeps_the_conversation(
    browser: Browser, api: Api
) -> None:
    context = browser.new_context()
    page = context.new_page()
    website(page, api, token(api, life_s=3600))
    send(page, "how long do you deliver?")
    expect(page.get_by_role("log")).to_contain_text("Standard delivery takes 3 to 5 working days.")

    website(page, api, token(api, life_s=-1))
    expect(page.get_by_role("status")).to_have_text("Your sign-in has ended here. Reload the page to go on.")
    send(page, "are you there?")
    expect(page.get_by_role("textbox", name="Write a message")).to_have_value("are you there?")
    website(page, api, token(api, life_s=3600))

    expect(page.get_by_role("log")).to_contain_text("Standard delivery takes 3 to 5 working days.")
    context.close()


def token(api: Api, life_s: int) -> str:
    """What the website's server gets for its customer."""
    return write_token(api.desk.access, new_session(api.desk.access, "C-1001", "", life_s=life_s))


def website(page: Page, api: Api, given: str) -> None:
    """The website's page with this token in it, and the chat opened."""

    def with_token(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("data-title", f'data-token="{given}" data-title'))

    page.unroute("**/widget")
    page.route("**/widget", with_token)
    page.goto(f"{api.url}/widget")
    page.get_by_role("button", name="Chat with us").click()
