"""The articles of the help centre: Markdown files with a short head."""

from datetime import date
from pathlib import Path
from typing import get_args

from agent.errors import ConfigurationError
from agent.model import Category, Topic, Value

HEAD_KEYS = ("id", "title", "topic", "category", "updated", "tags")


class Article(Value):
    """One article; `text` is its body in Markdown, `updated` the day on which somebody last checked it."""

    article_id: str
    title: str
    text: str
    topic: Topic = "general"
    category: Category = "general"
    updated: date | None = None
    tags: tuple[str, ...] = ()


def read_articles(folder: Path) -> list[Article]:
    """Every `*.md` of the folder, by name.

    Raises ConfigurationError naming the file and the line if one is broken, or if there is none.
    """
    files = sorted(folder.glob("*.md"))
    if not files:
        message = f"No articles in {folder}. Nothing was indexed; put at least one Markdown file there."
        raise ConfigurationError(message)
    return [read_article(file) for file in files]


def read_article(file: Path) -> Article:
    """One file as an article; raises ConfigurationError naming file and line."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(file, 1, f"cannot be read as UTF-8 ({error})") from error
    head, body_from = _read_head(file, lines)
    body = "\n".join(lines[body_from:]).strip()
    if not body:
        raise _broken(file, len(lines), "has no text under its head")
    if head["id"] != file.stem:
        raise _broken(file, 2, f"has the id {head['id']!r}, which must be the file's name")
    _check_choice(file, "topic", head["topic"], get_args(Topic))
    _check_choice(file, "category", head["category"], get_args(Category))
    return Article.model_validate(
        {
            "article_id": head["id"],
            "title": head["title"],
            "text": body,
            "topic": head["topic"],
            "category": head["category"],
            "updated": _day(file, head["updated"]),
            "tags": tuple(tag.strip() for tag in head["tags"].split(",") if tag.strip()),
        }
    )


def _read_head(file: Path, lines: list[str]) -> tuple[dict[str, str], int]:
    """The head's values, and the number of the line after it."""
    if not lines or lines[0].strip() != "---":
        raise _broken(file, 1, "does not begin with ---")
    head: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == "---":
            missing = [key for key in HEAD_KEYS if not head.get(key)]
            if missing:
                raise _broken(file, number, f"lacks {', '.join(missing)} in its head")
            return head, number
        key, colon, value = line.partition(":")
        if not colon:
            raise _broken(file, number, f"has a head line without a colon: {line!r}")
        head[key.strip()] = value.strip()
    raise _broken(file, len(lines), "has a head that does not end with ---")


def _day(file: Path, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise _broken(file, 1, f"has the day {written!r}, which is not like 2026-10-05") from error


def _check_choice(file: Path, key: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise _broken(file, 1, f"has the {key} {value!r}, which is none of {', '.join(allowed)}")


def _broken(file: Path, line: int, what: str) -> ConfigurationError:
    return ConfigurationError(f"Article {file}, line {line}: it {what}. Nothing was indexed; mend the file.")
