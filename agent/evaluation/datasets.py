"""Read labelled messages from JSON Lines; other keys than the named ones are ignored."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from agent.errors import ConfigurationError
from agent.knowledge.articles import Article
from agent.model import Value


class Labelled(Value):
    """A message with the label it should get; `also_ok` are others that count as right."""

    text: str
    label: str
    also_ok: tuple[str, ...] = ()
    source: str = ""


class Question(Value):
    """A question with the ids of the articles that answer it."""

    text: str
    gold_ids: tuple[str, ...]
    source: str = ""


def read_rows(file: Path) -> list[tuple[int, dict[str, Any]]]:
    """Line number and object of every line that is not empty; raises ConfigurationError naming file and line."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file}: {error}. Nothing was measured; name a JSON Lines file in UTF-8."
        raise ConfigurationError(message) from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise _broken(file, number, f"no JSON ({error})") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise _broken(file, number, 'no object with a "text"')
        rows.append((number, row))
    if not rows:
        message = f"{file} is empty. Nothing was measured."
        raise ConfigurationError(message)
    return rows


def read_labelled(file: Path, labels: Iterable[str]) -> list[Labelled]:
    """Messages whose labels are among `labels`; raises ConfigurationError naming file and line."""
    allowed = set(labels)
    messages = []
    for number, row in read_rows(file):
        label, also_ok = row.get("label"), row.get("also_ok") or []
        if not isinstance(also_ok, list) or not {label, *also_ok} <= allowed:
            raise _broken(file, number, f"a label that is none of {', '.join(sorted(allowed))}")
        source = str(row.get("source") or row.get("language") or "")
        messages.append(Labelled(text=row["text"], label=str(label), also_ok=tuple(also_ok), source=source))
    return messages


def read_questions(file: Path, known: Sequence[str]) -> list[Question]:
    """Questions whose gold articles are among `known`; raises ConfigurationError naming file and line."""
    articles = set(known)
    questions = []
    for number, row in read_rows(file):
        gold = row.get("gold_ids")
        if not isinstance(gold, list) or not gold or not set(gold) <= articles:
            raise _broken(file, number, '"gold_ids" that are empty or not in the corpus')
        questions.append(Question(text=row["text"], gold_ids=tuple(gold), source=str(row.get("source", ""))))
    return questions


def read_corpus(file: Path) -> list[Article]:
    """Articles from objects with id, title and text; raises ConfigurationError naming file and line."""
    articles = []
    for number, row in read_rows(file):
        if not isinstance(row.get("id"), str) or not isinstance(row.get("title"), str):
            raise _broken(file, number, 'no "id" or "title"')
        articles.append(Article(article_id=row["id"], title=row["title"], text=row["text"]))
    return articles


def _broken(file: Path, line: int, what: str) -> ConfigurationError:
    return ConfigurationError(f"{file}, line {line}: {what}. Nothing was measured; mend the line.")
