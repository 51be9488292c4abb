"""ingest, articles, gaps: what the desk knows and what it lacks."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from agent.commands.output import Json, complain, opened, print_json, reporting_errors, say
from agent.knowledge.sections import DEFAULT, Cutting
from agent.model import Identity, IngestionReport
from agent.ports.progress import Progress
from agent.timestamps import for_people

WHO = Identity(subject="command line", role="lead", source="command-line")


def ingest(
    folder: Annotated[Path, typer.Argument(help="A folder of Markdown, HTML, PDF and text files.")],
    tokens: Annotated[int | None, typer.Option(help=f"Length of a section; {DEFAULT.tokens} the first time.")] = None,
    overlap: Annotated[int | None, typer.Option(help=f"What the next one repeats; {DEFAULT.overlap}.")] = None,
    json: Json = False,
) -> None:
    """Take in a folder of articles: only what changed is read again, what is gone leaves."""
    with reporting_errors(json), opened() as desk:
        report = desk.library.ingest_folder(folder, WHO, _teller(), Cutting.chosen(tokens, overlap))
        if json:
            print_json(report)
        else:
            _say_report(report)
        if report.came_to_nothing:
            complain(f"Nothing in {folder} could be taken in; nothing was changed.")
            raise typer.Exit(1)


def _teller() -> Progress:
    """Tells each percent once, where a person watches."""
    told: set[int] = set()

    def tell(share: float, doing: str) -> None:
        percent = int(100 * share)
        if sys.stderr.isatty() and percent not in told:
            told.add(percent)
            complain(f"{percent:3} %  {doing}")

    return tell


def _say_report(report: IngestionReport) -> None:
    say(
        f"{report.found} files: {report.added} new, {report.changed} changed, {report.unchanged} as before, "
        f"{len(report.failed)} failed; {report.removed} gone"
    )
    for remark in report.failed:
        say(f"  not taken in  {remark.file}: {remark.why}")
    for remark in report.notes:
        say(f"  note          {remark.file}: {remark.why}")
    say(f"{report.articles} articles in {report.sections} sections are searched, {report.seconds:.1f} s")


def articles(
    search: Annotated[str, typer.Option(help="Words that stand in it.")] = "",
    area: Annotated[str | None, typer.Option(help="Only this area.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind.")] = None,
    json: Json = False,
) -> None:
    """List the articles that answers come from."""
    with reporting_errors(json), opened() as desk:
        found = desk.library.articles(search=search, area=area, kind=kind)
        if json:
            print_json(found)
            return
        for one in found:
            rating = f"{one.rating:.1f}" if one.rating is not None else "  –"
            old = "  not checked for a year" if one.stale else ""
            say(f"{one.article_id:40} {one.area:12} cited {one.cited:4}  rating {rating}  {one.title}{old}")
        say(f"{len(found)} articles")


def gaps(
    since: Annotated[str | None, typer.Option(help="Only questions from this day on, like 2026-11-01 (UTC).")] = None,
    json: Json = False,
) -> None:
    """List what customers ask and no article answers, the most frequent first."""
    with reporting_errors(json), opened() as desk:
        found = desk.library.gaps(since, _teller())
        if json:
            print_json(found)
            return
        for gap in found:
            say(f"{gap.count:4}  {gap.name}")
            say(f"      {', '.join(gap.words)}; relevance {gap.mean_relevance:.2f}; {for_people(gap.last_asked)}")
        say(f"{len(found)} gaps")
