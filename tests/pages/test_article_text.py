"""The text of an article as it is drawn: Markdown as people write it, and nothing that fetches or runs."""

import time

import pytest

from pages.ui.knowledge.article_text import article_blocks, spans
from tests.pages.lamps import HOSTILE


def test_an_articles_text_fetches_nothing_and_runs_nothing() -> None:
    text = f"# {HOSTILE}\n\n![a](https://evil.example/x.png) and [b](https://ok.example/x_(y)) <script>x</script>"

    drawn = article_blocks(text)

    links = [span["to"] for block in drawn for span in block["spans"] if span.get("style") == "link"]
    assert links == ["https://ok.example/x_(y)"]
    assert "evil.example" not in str(drawn)
    assert {"text": " <script>x</script>"} in drawn[1]["spans"]


def test_markdown_is_read_as_people_write_it() -> None:
    text = "Intro **bold** and `code`\nnext line\n\n1. one\n2. two\n   more\n\n- a\n\n> said\n\n"
    text += "| x | y |\n|---|---|\n| 1 | 2 |\n\n```\n*raw*\n```\n---"

    kinds = [block["type"] for block in article_blocks(text)]
    listed = article_blocks(text)[1]["items"]

    assert kinds == ["text", "list", "quote", "table", "code", "rule"]
    assert [item["mark"] for item in listed] == ["1.", "2.", "•"]
    assert spans("2 * 3 * 4 and snake_case_name") == [{"text": "2 * 3 * 4 and snake_case_name"}]


ODD = ("```", "|", "| |", "||", "#", "# ", "- ", "> ", "", "\n", "# a" + " " * 20_000 + "b", "| " + " " * 20_000 + "x")

LONG = ("*", "**a ", "[", "[a](", "![", "`", "<http://", "- ", "|", "_", "\\")


@pytest.mark.parametrize("text", [*ODD, *(part * (150_000 // len(part)) for part in LONG)], ids=lambda text: text[:5])
def test_odd_markdown_is_drawn_somehow_and_fast(text: str) -> None:
    before = time.monotonic()

    drawn = article_blocks(text)

    assert isinstance(drawn, list)
    assert time.monotonic() - before < 10
