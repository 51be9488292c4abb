"""The text of a web page, as Markdown."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from agent.knowledge.plain_text import UnreadableError, decoded

NO_TEXT = ("script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "head")
FURNITURE = ("nav", "header", "footer", "aside", "form", "button", "select", "dialog")
"""Around the text on every page of a site; a header inside the article itself holds its heading and stays."""
FURNITURE_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary"}
BLOCKS = {
    *("p", "div", "section", "article", "main", "ul", "ol", "table", "thead", "tbody", "blockquote", "pre", "figure"),
    *("dl", "dt", "dd", "body", "html", "header", "hr", "figcaption", "details", "summary", "address"),
}
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
LOOKED_AT = 2048
"""Bytes at the beginning in which a page names its encoding."""


def read_html(content: bytes) -> tuple[str, str]:
    """Title and text; scripts, styles and what stands around the text are left out."""
    soup = BeautifulSoup(_decoded(content), "html.parser")
    title = soup.title.get_text(" ") if soup.title else ""
    for tag in soup.find_all([*NO_TEXT, *FURNITURE]):
        _drop(tag)
    for tag in soup.find_all(_is_hidden_or_around):
        _drop(tag)
    text = re.sub(r"\n{3,}", "\n\n", "".join(_written(soup)))
    heading = soup.find(["h1", "h2", "h3"])
    named = title.strip() or (heading.get_text(" ") if isinstance(heading, Tag) else "")
    return named, re.sub(r"[ \t]+", " ", text)


def _decoded(content: bytes) -> str:
    named = CHARSET.search(content[:LOOKED_AT])
    if named is None:
        return decoded(content)
    encoding = named[1].decode("ascii")
    try:
        return content.decode("utf-8-sig" if encoding.lower() == "utf-8" else encoding)
    except LookupError:
        return decoded(content)
    except UnicodeDecodeError as error:
        message = f"its encoding is broken: it says {encoding} (byte {error.start})"
        raise UnreadableError(message) from error


def _drop(tag: Tag) -> None:
    if not tag.decomposed and not (tag.name == "header" and tag.find_parent(["article", "main"])):
        tag.decompose()


def _is_hidden_or_around(tag: Tag) -> bool:
    return bool(
        tag.has_attr("hidden")
        or str(tag.get("aria-hidden", "")).lower() == "true"
        or str(tag.get("role", "")).lower() in FURNITURE_ROLES
    )


def _written(root: Tag) -> Iterator[str]:
    """The page's words in order, with Markdown at the beginnings of headings, items and rows.

    Walked by hand rather than by recursion: pages are nested as deeply as their makers like.
    """
    open_parts: list[PageElement | str] = [root]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, str) and not isinstance(part, NavigableString):
            yield part
        elif isinstance(part, NavigableString):
            if not isinstance(part, PreformattedString):  # comments and the like
                yield re.sub(r"\s+", " ", part)
        elif isinstance(part, Tag):
            before, after = _around(part)
            open_parts.append(after)
            open_parts.extend(reversed(part.contents))
            open_parts.append(before)


def _around(tag: Tag) -> tuple[str, str]:
    name = tag.name
    if re.fullmatch(r"h[1-6]", name):
        return f"\n\n{'#' * int(name[1])} ", "\n\n"
    if name == "li":
        return f"\n{_item_mark(tag)} ", ""
    if name == "tr":
        return "\n| ", ""
    if name in {"td", "th"}:
        return "", " | "
    if name == "br":
        return "\n", ""
    return ("\n\n", "\n\n") if name in BLOCKS else ("", "")


def _item_mark(tag: Tag) -> str:
    parent = tag.parent
    if parent is None or parent.name != "ol":
        return "-"
    return f"{1 + sum(1 for _ in tag.find_previous_siblings('li'))}."
