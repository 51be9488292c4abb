"""What the Knowledge page says of articles, runs and questions that were asked again."""

from collections.abc import Sequence

import pytest

from agent import ArticleSummary, AskedAgain, ConfigurationError, Cutting, FileRemark, Ingestion, IngestionReport
from pages.ui.knowledge.article_filter import ANY_SOURCE, SORTS, Wanted
from pages.ui.knowledge.article_words import came_from, checked_cell
from pages.ui.knowledge.asked_again_panel import in_a_sentence
from pages.ui.knowledge.intake_panel import nightly_words
from pages.ui.knowledge.intake_report import report_blocks


def summary(**changed: object) -> ArticleSummary:
    plain = {
        "article_id": "a",
        "title": "A",
        "area": "billing",
        "kind": "help article",
        "status": "live",
        "updated": "2026-01-20",
        "source": "shipped",
        "place": "",
    }
    return ArticleSummary.model_validate({**plain, **changed})


def test_where_an_article_came_from_and_how_old_it_is_are_told() -> None:
    assert came_from(summary(source="/srv/docs", place="a/b.md")) == "/srv/docs/a/b.md"
    assert came_from(summary(source="upload", place="b.md")) == "brought as a file: b.md"
    assert checked_cell(summary()).text == "20 Jan 2026"
    assert checked_cell(summary(stale=True)).tone == "warn"
    assert checked_cell(summary(updated="")).text == "not known"


@pytest.mark.parametrize(
    ("order", "first"), [("Most cited", "b"), ("Worst rated", "c"), ("Longest unchecked", "a"), ("Title", "a")]
)
def test_the_list_is_put_in_order(order: str, first: str) -> None:
    found: Sequence[ArticleSummary] = [
        summary(),
        summary(article_id="b", cited=5, rating=4.0, ratings=2, updated="2026-02-01"),
        summary(article_id="c", rating=2.0, ratings=1, updated="", stale=True),
    ]
    wanted = Wanted(search="", area=None, kind=None, source=ANY_SOURCE, stale=False, removed=False, sort=order)

    assert wanted.narrowed(found)[0].article_id == first
    assert set(SORTS) >= {order}


def test_sections_are_cut_as_typed_or_as_the_last_time() -> None:
    assert Cutting.chosen(None, None) is None
    short = Cutting.chosen(64, None)
    assert short is not None
    assert (short.tokens, short.overlap, short.checked()) == (64, 32, short)
    with pytest.raises(ConfigurationError, match="nothing was changed"):
        (Cutting.chosen(100, 90) or short).checked()


def ingestion(**changed: object) -> Ingestion:
    plain = {
        "ingestion_id": "i",
        "source": "upload",
        "started_by": "Kim",
        "started_at": "2026-11-21T03:00:00.000Z",
        "finished_at": None,
        "status": "done",
        "report": IngestionReport(found=2, added=1, failed=(FileRemark(file="<b>.md", why="it has no text"),)),
    }
    return Ingestion.model_validate({**plain, **changed})


def test_a_report_names_each_file_that_failed_and_why() -> None:
    assert ("<b>.md", "it has no text") in [tuple(row) for row in report_blocks(ingestion())[2]["rows"]]
    assert "The disk is full" in str(report_blocks(ingestion(status="failed", why="The disk is full.")))
    assert "nothing was changed" in str(report_blocks(ingestion(status="cut off")))


def test_the_last_nightly_run_is_told() -> None:
    assert "not happened yet" in nightly_words([ingestion()])
    assert "The last time" in nightly_words([ingestion(started_by="desk")])


def test_asking_again_is_put_into_a_sentence() -> None:
    asked = AskedAgain(article_id="a", asked=23, answered_before=3, answered_after=14, questions=())

    assert in_a_sentence(asked) == "Asked again: 14 of 23 questions are answered now, 3 before."
    assert "0 of 1 question is" in in_a_sentence(asked.model_copy(update={"asked": 1, "answered_after": 0}))
    assert "nothing was asked again" in in_a_sentence(asked.model_copy(update={"asked": 0}))
