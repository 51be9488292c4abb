import codecs

import pytest

from agent.knowledge.documents import read_document
from agent.knowledge.plain_text import UnreadableError, clean_line, slug
from tests.shelf import pdf

PAGE = """<!doctype html><html><head><title>Care &amp; repair</title><style>p {}</style></head><body>
<header>Larkfield <a href="/">home</a></header><nav><ul><li>Shop</li></ul></nav>
<main><header><h1>Care</h1></header><p>Wash <b>wool</b> cold.<br>Dry it flat.</p><script>steal()</script>
<ol><li>Fill</li><li>Wait</li></ol><ul><li>soap</li></ul>
<table><tr><th>Kind</th><th>Heat</th></tr><tr><td>Wool</td><td>30</td></tr></table>
<p hidden>unseen</p><div aria-hidden="TRUE">decoration</div><div role="navigation">more</div><!-- a remark --></main>
<aside>Advertisement</aside><footer>Imprint</footer></body></html>"""


def test_a_web_page_is_its_text_with_headings_items_and_rows() -> None:
    read = read_document("care.html", PAGE.encode())

    assert read.title == "Care & repair"
    lines = [line.strip() for line in read.text.splitlines() if line.strip()]
    assert lines == [
        "# Care",
        "Wash wool cold.",
        "Dry it flat.",
        "1. Fill",
        "2. Wait",
        "- soap",
        "| Kind | Heat |",
        "| Wool | 30 |",
    ]


def test_a_web_page_without_a_title_goes_by_its_heading() -> None:
    assert read_document("x.htm", b"<h1>Wool <i>care</i></h1><p>Cold.").title == "Wool care"


def test_a_web_page_is_read_in_the_encoding_that_it_names() -> None:
    page = '<meta charset="iso-8859-1"><title>Café</title>Crème'.encode("latin-1")

    assert read_document("x.html", page).title == "Café"
    with pytest.raises(UnreadableError, match="encoding"):
        read_document("x.html", page.replace(b"iso-8859-1", b"utf-8"))
    with pytest.raises(UnreadableError, match="encoding"):
        read_document("x.html", page.replace(b"iso-8859-1", b"no-such-one"))


def test_a_web_page_that_is_nested_beyond_reason_is_read_or_refused_but_nothing_breaks() -> None:
    page = b"<div>" * 20_000 + b"deep" + b"</div>" * 20_000

    try:
        read = read_document("x.html", page)
    except UnreadableError as error:
        assert "nested" in str(error)  # noqa: PT017  either is fine
    else:
        assert read.text == "deep"


def test_the_head_of_a_markdown_file_counts_more_than_its_heading() -> None:
    read = read_document(
        "a/b.md",
        b"\xef\xbb\xbf---\r\nid: Wool Care\r\ntitle: 'Washing wool'\r\ncategory: product\r\nkind: guide\r\n"
        b"updated: 2026-10-05\r\ntags: [wool, wash]\r\n---\r\n# Wool\r\n\r\nCold.",
    )

    assert (read.title, read.area, read.kind, read.updated) == ("Washing wool", "product", "guide", "2026-10-05")
    assert (read.tags, read.article_id) == (("wool", "wash"), "wool-care")
    assert read.text == "# Wool\n\nCold."


def test_a_heading_that_is_the_title_is_not_said_twice() -> None:
    assert read_document("x.md", b"# Wool\n\nCold.").text == "Cold."


@pytest.mark.parametrize("content", ["---\ntitle: never closed\n\nText.", "---\n\nText.", "--- \nText."])
def test_a_line_of_hyphens_alone_is_no_head(content: str) -> None:
    assert "Text." in read_document("x.md", content.encode()).text


def test_a_text_in_utf_16_is_read_by_its_mark() -> None:
    assert read_document("x.txt", codecs.BOM_UTF16_LE + "Größe".encode("utf-16-le")).text == "Größe"


def test_a_pdf_is_read_page_by_page_and_tells_where_it_is() -> None:
    told: list[str] = []

    content = pdf("Descale the ket-\ntle.", "Use vinegar.")

    read = read_document("kettle.pdf", content, lambda _share, doing: told.append(doing))

    assert read.text == "Descale the kettle.\n\nUse vinegar."
    assert (read.title, read.kind) == ("Kettle", "document")
    assert told == ["page 1 of 2", "page 2 of 2"]


def test_a_pdf_that_only_says_what_one_may_do_with_it_is_read() -> None:
    assert read_document("x.pdf", pdf("Open to all.", password="")).text == "Open to all."


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"no pdf at all", pdf("x")[:-60], pdf("x").replace(b"/Kids", b"/Kidz")]
)
def test_a_broken_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_document("x.pdf", content)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("  two\n lines\t", "two lines"),
        ("<img src=x onerror=alert(1)>Lamp", "Lamp"),
        ("a < b > c", "a b c"),
        ("<<b>script>x", "script x"),
        ("zero\u200bwidth \u202eback", "zerowidth back"),
    ],
)
def test_a_line_is_plain_words(written: str, plain: str) -> None:
    assert clean_line(written, 100) == plain


@pytest.mark.parametrize(
    ("text", "name"), [("Über Größe & Co.", "uber-groe-co"), ("日本語", ""), ("../a~b#c,d", "a-b-c-d")]
)
def test_ids_have_no_marks_that_mean_something(text: str, name: str) -> None:
    assert slug(text) == name
