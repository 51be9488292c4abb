"""The chat of a website, on a phone, in a real browser and over a line that can be cut."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from agent.model import Decision
from tests.api.conftest import SLOW, Api, running_api
from tests.browser.conftest import axe_findings
from tests.stand_ins import REFUND_MESSAGE, REVIEWER

pytestmark = pytest.mark.browser

PHONE = {"width": 375, "height": 667}


class Cable:
    """A line to the server that can be pulled out and plugged in again."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._plugged = True
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def pull(self) -> None:
        """Cut everything that is open, and whatever comes next."""
        self._plugged = False
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def plug(self) -> None:
        """Let connections through again."""
        self._plugged = True

    def close(self) -> None:
        """Give the port back."""
        self.pull()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if not self._plugged:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._target))
                self._open += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=(source, target), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while content := source.recv(65536):
            target.sendall(content)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@pytest.fixture
def cable(api: Api) -> Iterator[Cable]:
    """The line between the browser and the server."""
    with closing(Cable(int(api.url.rsplit(":", 1)[1]))) as line:
        yield line


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Both looks."""
    return str(request.param)


@pytest.fixture
def page(browser: Browser, cable: Cable, scheme: str) -> Iterator[Page]:
    """The website with the chat opened, on a phone."""
    context = browser.new_context(viewport=PHONE, color_scheme="dark" if scheme == "dark" else "light")  # type: ignore[arg-type]
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.goto(f"{cable.url}/widget")
    opened.get_by_role("button", name="Chat with us").click()
    yield opened
    context.close()
    assert problems == []


def send(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Write a message").fill(text)
    page.get_by_role("button", name="Send").click()


def test_a_visitor_asks_is_answered_and_rates_the_answer(page: Page, api: Api) -> None:
    send(page, "how long do you deliver?")

    log = page.get_by_role("log")
    expect(log).to_contain_text("Standard delivery takes 3 to 5 working days.")
    expect(log).to_contain_text("From: How long does delivery take?")
    expect(page.get_by_text("Calm")).to_be_visible()
    page.get_by_role("button", name="5: Excellent").click()
    expect(log).to_contain_text("Thank you")
    (thread,) = api.desk.threads()
    assert api.desk.rating_of(api.desk.thread(thread.thread_id).turns[0].turn_id) == 5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_findings(page) == []


def test_a_refund_says_by_when_a_person_decides_and_the_decision_arrives_over_a_cut_line(
    page: Page, api: Api, cable: Cable
) -> None:
    send(page, REFUND_MESSAGE)
    state = page.get_by_role("status").first
    expect(state).to_contain_text("Waiting for a person, due ")

    cable.pull()
    expect(state).to_contain_text("The connection was lost")
    (review,) = api.desk.queue()
    api.desk.decide(review.review_id, Decision(action="respond", reply="Which card was it?"), REVIEWER)
    cable.plug()

    log = page.get_by_role("log")
    expect(log.get_by_text("Which card was it?")).to_have_count(1)
    expect(state).not_to_contain_text("The connection was lost")
    expect(log.locator(".line.customer")).to_have_count(1)


def test_a_message_sent_while_the_line_is_cut_arrives_once(page: Page, api: Api, cable: Cable) -> None:
    send(page, "how long do you deliver?")
    expect(page.get_by_role("log")).to_contain_text("Standard delivery")

    cable.pull()
    send(page, "and what does it cost to deliver?")
    page.wait_for_timeout(700)
    cable.plug()

    expect(page.get_by_role("log").locator(".line.agent")).to_have_count(2)
    (thread,) = api.desk.threads()
    assert [turn.text for turn in api.desk.thread(thread.thread_id).turns] == [
        "how long do you deliver?",
        "and what does it cost to deliver?",
    ]


def test_the_conversation_is_there_again_after_a_reload(page: Page) -> None:
    send(page, "how long do you deliver?")
    expect(page.get_by_role("log")).to_contain_text("Standard delivery")

    page.reload()
    page.get_by_role("button", name="Chat with us").click()

    expect(page.get_by_role("log").locator(".line")).to_have_count(2)


def test_a_button_asks_for_a_person(page: Page, api: Api) -> None:
    page.get_by_role("button", name="Talk to a person").click()

    expect(page.get_by_role("log").locator(".line")).not_to_have_count(0)
    expect(page.get_by_role("log").locator(".line.agent")).to_have_count(1)
    assert len(api.desk.threads()) == 1


def test_a_reply_is_read_while_it_is_written_and_stands_there_once(browser: Browser, tmp_path: Path) -> None:
    with running_api(tmp_path / "slow", SLOW) as slow:
        context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{slow.url}/widget")
        page.get_by_role("button", name="Chat with us").click()

        send(page, "how long do you deliver?")

        lines = page.get_by_role("log").locator(".line.agent")
        expect(lines).to_have_text(["AssistantStandard delivery takes 3 to 5 working days. "])
        expect(page.get_by_role("status").first).to_contain_text("Writing the answer")
        expect(page.get_by_role("log")).to_contain_text("How was this answer?")
        expect(lines).to_have_count(1)
        context.close()


@pytest.mark.parametrize(
    ("language", "button"), [("de-DE", "Mit uns chatten"), ("fr", "Discuter avec nous"), ("it", "Chat with us")]
)
def test_the_chat_speaks_the_languages_of_the_desk(language: str, button: str, page: Page, cable: Cable) -> None:
    shop = f'<!doctype html><html lang="{language}"><body><script src="/widget.js"></script></body></html>'
    page.route("**/widget", lambda route: route.fulfill(content_type="text/html", body=shop))

    page.goto(f"{cable.url}/widget")

    expect(page.get_by_role("button", name=button)).to_be_visible()


def test_markup_is_text(page: Page) -> None:
    hostile = "how do you deliver <img src=x onerror=alert(1)> <b>now</b>?"

    send(page, hostile)

    expect(page.get_by_role("log")).to_contain_text(hostile)
    expect(page.get_by_role("log").locator("img, b")).to_have_count(0)


def test_the_chat_is_left_and_found_by_keyboard(page: Page) -> None:
    page.keyboard.press("Escape")

    launcher = page.get_by_role("button", name="Chat with us")
    expect(launcher).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Write a message")).to_be_focused()
