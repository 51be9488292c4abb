"""migrate, prepare, backup, restore: what is done with the place where a desk is kept."""

from pathlib import Path
from typing import Annotated

import typer

from agent.archive.door import make_backup, restore_backup
from agent.bootstrap import open_mind, upgrade_tables
from agent.commands.output import Json, complain, print_json, reporting_errors, say
from agent.errors import ConfigurationError
from agent.ports.progress import Progress
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
        mind = open_mind(settings, _teller())
        if json:
            print_json({"cache": str(settings.cache), "articles": mind.knowledge.articles})
        else:
            say(f"{settings.cache} is ready: {mind.language.name}, {mind.knowledge.articles} articles")


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write; must not exist.")],
    without_key: Annotated[
        bool, typer.Option("--without-key", help="Leave the secret key out, to keep it elsewhere.")
    ] = False,
    json: Json = False,
) -> None:
    """Write the whole desk, as it is at one moment, into one file; the desk may go on meanwhile."""
    with reporting_errors(json):
        made = make_backup(read_settings(), file, with_key=not without_key, progress=_teller())
        if json:
            print_json({"file": str(file), "bytes": file.stat().st_size, **made.model_dump(mode="json")})
        else:
            megabytes = file.stat().st_size / 1024**2
            say(f"{file}: {megabytes:,.1f} MB, {made.rows['inbox']} messages, {made.rows['reviews']} reviews,")
            say(f"  {made.paused_threads} paused threads, {made.audit_entries} entries of the audit chain, verified")


def restore(
    file: Annotated[Path, typer.Argument(help="What backup has written.")],
    replace: Annotated[bool, typer.Option("--replace", help="Set aside the desk that is in TRIAGE_HOME.")] = False,
    json: Json = False,
) -> None:
    """Put a backup into TRIAGE_HOME; nothing is changed there before all of it is checked."""
    with reporting_errors(json):
        settings = read_settings()
        found = restore_backup(settings, file, replace=replace)
        if json:
            print_json({"home": str(settings.home), **found.model_dump(mode="json")})
        else:
            say(f"{settings.home}: the desk of {found.made_at}, {found.rows['inbox']} messages, verified")
            say("Payments and tickets made after that moment stand elsewhere and not here: compare before deciding.")
            say("Keys revoked and roles taken away after that moment stand again: see `keys list`, and revoke anew.")


def move(
    to: Annotated[
        str, typer.Option(help="postgresql://name:password@host/database without tables; else TRIAGE_DATABASE_URL.")
    ] = "",
    json: Json = False,
) -> None:
    """Move the desk in TRIAGE_HOME into a PostgreSQL database, compare both, and close the old one."""
    with reporting_errors(json):
        settings = read_settings()
        address = to or settings.database_url
        if not address:
            message = "Where to? Nothing was moved; name it: python -m agent move --to postgresql://…"
            raise ConfigurationError(message)
        from agent.moving.move import move as move_desk  # noqa: PLC0415  its driver is slow to import

        done = move_desk(settings, address, _teller())
        if json:
            print_json({"same": all(table.same for table in done.tables), **done.model_dump(mode="json")})
            return
        for table in done.tables:
            say(f"{table.name:18} {table.rows_before:>9,} → {table.rows_after:>9,}  {table.sha256_after[:16]}")
        say(f"{done.threads} threads with {done.checkpoints} checkpoints, {done.paused_threads} of them paused")
        say(f"The audit chain of {done.audit_entries} entries holds in {done.to}")
        say(f"Set TRIAGE_DATABASE_URL, and TRIAGE_SECRET_KEY to what is in {settings.home / 'secret.key'}.")


def _teller() -> Progress:
    """Tells each thing once, on stderr."""
    told: set[str] = set()

    def tell(_share: float, doing: str) -> None:
        if doing not in told:
            told.add(doing)
            complain(f"{doing} …")

    return tell
