"""How commands speak: one JSON document or plain lines on stdout, everything else on stderr."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from agent.desk import Desk, open_desk
from agent.errors import DeskError

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def print_json(document: Any) -> None:
    """One JSON document; what a terminal's encoding cannot show is escaped."""
    sys.stdout.write(json.dumps(as_json(document), indent=1) + "\n")


def as_json(document: Any) -> Any:
    """Value types as plain JSON."""
    if isinstance(document, BaseModel):
        return document.model_dump(mode="json")
    if isinstance(document, dict):
        return {key: as_json(value) for key, value in document.items()}
    if isinstance(document, Sequence) and not isinstance(document, str):
        return [as_json(item) for item in document]
    return document


def say(line: str) -> None:
    """One line for a person; what the terminal cannot show is replaced."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")


def complain(line: str) -> None:
    """One line about what went wrong or is going on."""
    sys.stderr.write(line.encode("utf-8", "replace").decode() + "\n")


@contextmanager
def opened() -> Iterator[Desk]:
    """The desk of TRIAGE_HOME; the first start tells what it prepares."""
    told: set[str] = set()

    def tell(_share: float, doing: str) -> None:
        if sys.stderr.isatty() and doing not in told:
            told.add(doing)
            complain(f"{doing} …")

    desk = open_desk(progress=tell)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def reporting_errors(as_json_document: bool) -> Iterator[None]:
    """Turn the desk's errors into one clear line (and a JSON document, if wanted) and an exit code above 0."""
    try:
        yield
    except DeskError as error:
        if as_json_document:
            print_json({"error": type(error).__name__, "message": str(error)})
        complain(str(error))
        raise typer.Exit(error.exit_code) from error
