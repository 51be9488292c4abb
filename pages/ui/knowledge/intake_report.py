"""What a run of taking articles in came to."""

from agent import FileRemark, Ingestion, IngestionReport
from pages.ui.blocks import Block, figures, fold, note, show_blocks, table

SHOWN = 200
"""So many files are named; a larger number is said."""


def draw_report(run: Ingestion) -> None:
    """Figures, what failed and why, and what was taken otherwise than written."""
    show_blocks(report_blocks(run), key="report", card=run.ingestion_id)


def report_blocks(run: Ingestion) -> list[Block]:
    """The report in blocks."""
    if run.status == "failed":
        return [note(f"It failed, and nothing was changed. {run.why}", "bad")]
    if run.status == "cut off":
        return [note("It was cut off before it ended, and nothing was changed. Take it in again.", "warn")]
    report = run.report
    blocks = [
        figures(
            [
                ("New", f"{report.added:,}"),
                ("Changed", f"{report.changed:,}"),
                ("As before", f"{report.unchanged:,}"),
                ("Gone", f"{report.removed:,}"),
                ("Failed", f"{len(report.failed):,}"),
            ]
        ),
        note(_in_words(report), "bad" if report.came_to_nothing else "soft"),
    ]
    if report.failed:
        blocks.append(_files("Files that were not taken in", "Why it was not taken in", report.failed))
    if report.notes:
        blocks.append(fold("What was taken otherwise than written", [_files("Notes", "What to know", report.notes)]))
    return blocks


def _in_words(report: IngestionReport) -> str:
    if report.came_to_nothing:
        return "Nothing could be taken in, and nothing was changed."
    ignored = f" {report.ignored:,} of other kinds were left alone." if report.ignored else ""
    took = f" It took {report.seconds:.1f} s." if report.seconds else ""
    return (
        f"{report.found:,} file{'' if report.found == 1 else 's'} read.{ignored} Now {report.articles:,} articles in "
        f"{report.sections:,} sections are searched; documents are cut at {report.tokens} tokens with "
        f"{report.overlap} of overlap.{took}"
    )


def _files(label: str, why: str, remarks: tuple[FileRemark, ...]) -> Block:
    rows = [(remark.file, remark.why) for remark in remarks[:SHOWN]]
    if len(remarks) > SHOWN:
        rows.append((f"and {len(remarks) - SHOWN:,} more", ""))
    return table(label, ("File", why), rows)
