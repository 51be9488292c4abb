"""migrate, prepare: what is done before a desk is started somewhere."""

from agent.bootstrap import open_mind, upgrade_tables
from agent.commands.output import Json, complain, print_json, reporting_errors, say
from agent.settings import read_settings


def migrate(json: Json = False) -> None:
    """Make the tables or bring them to this version, and say which one they had; nothing is started."""
    with reporting_errors(json):
        done = upgrade_tables(read_settings())
        if json:
            print_json(done)
        elif done.found is None:
            say(f"{done.place}: tables made, schema {done.schema_now}")
        elif done.found == done.schema_now:
            say(f"{done.place}: schema {done.schema_now}, nothing to do")
        else:
            say(f"{done.place}: brought from schema {done.found} to {done.schema_now}")


def prepare(json: Json = False) -> None:
    """Train the classifiers and index the articles into TRIAGE_CACHE, where every later start finds them."""
    with reporting_errors(json):
        settings = read_settings()
        told: set[str] = set()

        def tell(_share: float, doing: str) -> None:
            if doing not in told:
                told.add(doing)
                complain(f"{doing} …")

        mind = open_mind(settings, tell)
        if json:
            print_json({"cache": str(settings.cache), "articles": mind.knowledge.articles})
        else:
            say(f"{settings.cache} is ready: {mind.language.name}, {mind.knowledge.articles} articles")
