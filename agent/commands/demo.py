"""demo-history: a made-up year for looking at figures."""

from datetime import UTC, date, datetime, time
from typing import Annotated

import typer

from agent.adapters.builtin.clock import SystemClock
from agent.bootstrap import place_of
from agent.commands.output import Json, complain, print_json, reporting_errors, say
from agent.demo_history import Year, remove_history, write_history
from agent.errors import StorageError
from agent.settings import read_settings
from agent.store.database import Database
from agent.store.opening import open_database
from agent.timestamps import to_text


def demo_history(
    threads: Annotated[int, typer.Option(min=1, max=2_000_000, help="Conversations, of some 2.5 turns each.")] = 3_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed and day give the same year.")] = 1,
    until: Annotated[str, typer.Option(help="The year ends before this day, YYYY-MM-DD; else before today.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the made-up year out again.")] = False,
    json: Json = False,
) -> None:
    """Write a made-up, marked year into the desk's tables, so that its figures can be looked at; or remove it."""
    end = _day(until)
    with reporting_errors(json):
        settings = read_settings()
        home = settings.home
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            message = f"TRIAGE_HOME {home}: {error}. Nothing was changed; choose a folder that can be written."
            raise StorageError(message) from error
        database = open_database(place_of(settings, "desk"))
        try:
            if remove:
                _remove(database, json)
            else:
                _write(database, Year(end), threads, seed, json)
        finally:
            database.close()


def _day(written: str) -> datetime:
    today = SystemClock().now().date()
    try:
        day = date.fromisoformat(written) if written else today
    except ValueError as error:
        message = f"{written!r} is not a day like 2026-11-21; nothing was written."
        raise typer.BadParameter(message, param_hint="--until") from error
    if day > today:
        message = f"{day} has not come yet; nothing was written. Name today or a day before."
        raise typer.BadParameter(message, param_hint="--until")
    return datetime.combine(day, time(), tzinfo=UTC)


def _write(database: Database, year: Year, threads: int, seed: int, json: bool) -> None:
    written = write_history(database, year, conversations=threads, seed=seed, progress=_tell)
    rate = written.turns_per_second
    if json:
        print_json(
            {
                "threads": written.threads,
                "turns": written.turns,
                "reviews": written.reviews,
                "from": to_text(year.begin),
                "until": to_text(year.until),
                "seconds": round(written.seconds, 2),
                "turns_per_second": rate,
            }
        )
        return
    say(
        f"{written.threads:,} threads, {written.turns:,} turns, {written.reviews:,} reviews written "
        f"in {written.seconds:.1f} s, {rate:,} turns/s"
    )
    say("Remove them with: python -m agent demo-history --remove")


def _remove(database: Database, json: bool) -> None:
    removed = remove_history(database, _tell)
    if json:
        print_json({"threads": removed.threads, "turns": removed.turns, "kept": removed.kept})
        return
    say(f"{removed.threads:,} threads and {removed.turns:,} turns removed")
    if removed.kept:
        say(f"{removed.kept} threads stay, without their made-up turns: somebody wrote in them since")


def _tell(share: float, doing: str) -> None:
    complain(f"{share:6.1%}  {doing}")
