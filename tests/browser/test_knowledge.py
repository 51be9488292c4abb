"""The Knowledge page in a real browser: bringing a file, finding it, phones, assistive technology."""

from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from agent import Decision, Identity
from tests.browser.conftest import App, OpenPage, StartApp, axe_findings, come_to_rest
from tests.stand_ins import open_test_desk

pytestmark = pytest.mark.browser

ROBIN = Identity(subject="Robin", role="reviewer", source="demo-switch")
LAMP = "# How is a lava lamp repaired?\n\nA lava lamp is repaired within twelve days in our workshop in Omaha.\n"
ADDRESSES = ("view=articles&article=sales-tax&try=Are+taxes+included%3F", "view=gaps", "view=drafts", "view=take-in")


@pytest.fixture(scope="module")
def knowledge(start_app: StartApp, tmp_path_factory: pytest.TempPathFactory) -> App:
    """An app on whose desk a person answered one question, and another was asked in vain."""
    home: Path = tmp_path_factory.mktemp("asked")
    with closing(open_test_desk(home)) as desk:
        for question in ("what about washing woollen blankets?", "what about mending woollen blankets?"):
            review_id = desk.chat(question).review_id
            assert review_id is not None
            desk.decide(review_id, Decision(action="edit", reply="By hand, in cold water."), ROBIN)
    return start_app(home)


def opened(open_page: OpenPage, url: str, name: str = "Kim", **how: int | str) -> Page:
    page = open_page(url, **how)
    page.get_by_role("button", name=f"Be {name}").click()
    expect(page.get_by_role("heading", name="Knowledge")).to_be_visible()
    come_to_rest(page)
    return page


def test_a_file_is_brought_and_found(knowledge: App, open_page: OpenPage) -> None:
    page = opened(open_page, f"{knowledge.url}/knowledge?view=take-in", "Alex")

    files: list[FilePayload] = [
        {"name": "lamp.md", "mimeType": "text/markdown", "buffer": LAMP.encode()},
        {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"no pdf"},
    ]
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_text("broken.pdf")).to_be_visible()
    come_to_rest(page)
    page.get_by_role("button", name="Take these files in").click()
    expect(page.get_by_role("region", name="Runs, the latest first").get_by_text("done")).to_be_visible()
    expect(page.get_by_role("region", name="Files that were not taken in")).to_contain_text("broken.pdf")
    page.reload()
    page.get_by_role("button", name="Be Robin").click()
    expect(page.get_by_text("broken.pdf")).to_be_visible()

    page.get_by_role("radio", name="Articles").click()
    page.get_by_label("Search", exact=True).fill("lava lamp")
    page.keyboard.press("Enter")
    come_to_rest(page)
    page.get_by_role("button", name="Open the article: How is a lava lamp repaired?").click()

    expect(page.get_by_role("heading", name="How is a lava lamp repaired?")).to_be_visible()
    expect(page.get_by_text("in our workshop in Omaha")).to_be_visible()
    expect(page.get_by_role("button", name="Edit as a draft")).to_have_count(0)


def test_a_double_click_keeps_one_draft_and_approves_nothing(knowledge: App, open_page: OpenPage) -> None:
    page = opened(open_page, f"{knowledge.url}/knowledge?view=drafts&draft=new")

    page.get_by_label("Title: the question").fill("Are blankets washed?")
    page.get_by_label("Text, in Markdown").fill("Blankets are washed by hand.")
    page.get_by_role("button", name="Approve …").dblclick()
    expect(page.get_by_text("Make it live?")).to_be_visible()
    come_to_rest(page)
    page.get_by_role("button", name="Close").click()

    expect(page.get_by_role("region", name="Drafts")).to_contain_text("Are blankets washed?")
    expect(page.get_by_role("button", name="Open the draft: Are blankets washed?")).to_have_count(1)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 375)])
def test_nothing_stands_in_the_way_and_a_phone_needs_no_sideways_scrolling(
    knowledge: App, open_page: OpenPage, scheme: str, width: int
) -> None:
    page = opened(open_page, f"{knowledge.url}/knowledge", scheme=scheme, width=width, height=900)
    found = {}

    for address in ADDRESSES:
        page.goto(f"{knowledge.url}/knowledge?{address}")
        page.get_by_role("button", name="Be Kim").click()
        come_to_rest(page)
        page.wait_for_timeout(800)
        sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        found[address] = (axe_findings(page), sideways > 0)

    assert found == dict.fromkeys(ADDRESSES, ([], False))
