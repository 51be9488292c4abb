"""A folder with an article on lamps, taken in and asked about."""

from pathlib import Path

from agent.desk import Desk
from agent.model import IngestionReport
from tests.shelf import LEAD

LAMP = "# Can a lava lamp be repaired?\n\nA lava lamp is repaired within twelve days in our workshop.\n"
QUESTION = "how is a lava lamp repaired?"


def take_in(desk: Desk, folder: Path) -> IngestionReport:
    """Take a folder in as a lead."""
    return desk.library.ingest_folder(folder, LEAD)


def best(desk: Desk, question: str = QUESTION) -> str:
    """The article that answers it best."""
    return desk.library.search(question)[0].article_id
