"""Articles in words."""

from datetime import date

from agent import ArticleSummary
from pages.ui.history.records import Cell

SHIPPED, UPLOAD, DESK, FOLDER = "shipped", "upload", "desk", "folder"
SOURCE = {SHIPPED: "came with the desk", UPLOAD: "brought as a file", DESK: "written here", FOLDER: "from a folder"}
NIGHTLY = "desk"
"""Who starts what the desk does by itself."""


def source_kind(source: str) -> str:
    """One of the four kinds of sources."""
    return source if source in {SHIPPED, UPLOAD, DESK} else FOLDER


def came_from(article: ArticleSummary) -> str:
    """Where it came from, with the file's name if there is one."""
    kind = source_kind(article.source)
    if kind == FOLDER:
        return f"{article.source}/{article.place}"
    return f"{SOURCE[kind]}: {article.place}" if article.place else SOURCE[kind]


def title_of(article: ArticleSummary) -> str:
    """The title; the id where there is none."""
    return article.title or article.article_id


def calendar_day(text: str) -> str:
    """A day as "12 Oct 2026"; what it says where it is none."""
    try:
        return date.fromisoformat(text[:10]).strftime("%-d %b %Y")
    except ValueError:
        return text or "not known"


def checked_cell(article: ArticleSummary) -> Cell:
    """When somebody last looked at it; a chip where that is long ago."""
    if article.stale:
        return Cell(text=calendar_day(article.updated), tone="warn", below=("stale: over a year ago",))
    return Cell(text=calendar_day(article.updated))


def rated(article: ArticleSummary) -> str:
    """The mean rating; empty without one."""
    return f"{article.rating:.1f} of 5" if article.rating is not None else ""


def ratings(count: int) -> str:
    """How many ratings."""
    return f"{count:,} rating{'' if count == 1 else 's'}"
