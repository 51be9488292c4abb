"""The Knowledge page: what it shows, takes in, drafts and approves, for whom, and what stays text."""

import threading
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from agent import (
    ArticleSummary,
    AskedAgain,
    ConfigurationError,
    Cutting,
    Decision,
    DeskError,
    FileRemark,
    Ingestion,
    IngestionReport,
    Review,
)
from pages.ui.address import ECHO_S
from pages.ui.knowledge.article_filter import ANY_SOURCE, SORTS, Wanted
from pages.ui.knowledge.article_link import can_become_article
from pages.ui.knowledge.article_text import article_blocks, spans
from pages.ui.knowledge.article_words import came_from, checked_cell
from pages.ui.knowledge.asked_again_panel import in_a_sentence
from pages.ui.knowledge.confirming import ARMED_AFTER_S
from pages.ui.knowledge.intake_panel import nightly_words
from pages.ui.knowledge.intake_report import report_blocks
from pages.ui.knowledge.jobs import Jobs
from tests.shelf import ANALYST, LEAD, open_library_desk
from tests.stand_ins import OTHER_REVIEWER

QUESTION = "how is a lava lamp repaired?"
NAMED = "How is a lava lamp repaired?"
ANSWER = "A lava lamp is repaired within twelve days in our workshop. Bring it along with the bill."
HOSTILE = "**Free** <img src=x onerror=alert(1)> $1 and $2 :red[now] [x](javascript:alert(1))"
CHANGING = {"Edit as a draft", "Remove", "Write a new one", "Take this folder in", "Write an article for it"}


def open_knowledge(app: AppTest, name: str, **address: str) -> AppTest:
    app.run()
    app.selectbox[0].select(name).run()
    return go_on(app, **address)


def go_on(app: AppTest, **address: str) -> AppTest:
    """Open another address of the page as the same person."""
    app.query_params.clear()
    for key, value in address.items():
        app.query_params[key] = value
    return app.switch_page("pages/knowledge.py").run()


def words_on(app: AppTest) -> str:
    shown = [
        *app.markdown,
        *app.caption,
        *app.header,
        *app.subheader,
        *app.info,
        *app.warning,
        *app.error,
        *app.success,
        *app.text,
    ]
    return "\n".join(str(element.value) for element in shown)


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def run_until(app: AppTest, words: str) -> None:
    """What the page's own polling does in a browser."""
    deadline = time.monotonic() + 30
    while words not in words_on(app) and time.monotonic() < deadline:
        time.sleep(0.2)
        app.run()


@pytest.fixture
def answered(home: Path) -> str:
    """A desk on which a person answered a question that no article answered; the review."""
    with closing(open_library_desk(home)) as desk:
        review_id = desk.chat(QUESTION).review_id or ""
        desk.decide(review_id, Decision(action="edit", reply=ANSWER), OTHER_REVIEWER)
    return review_id


def test_knowledge_is_closed_to_visitors(app: AppTest) -> None:
    app.run()

    app.switch_page("pages/knowledge.py").run()

    assert not app.exception
    assert "This page needs another role" in words_on(app)


def test_every_view_of_a_new_desk_is_kind(app: AppTest) -> None:
    open_knowledge(app, "Kim", view="nonsense")
    articles = words_on(app)
    said = [words_on(go_on(app, view=view)) for view in ("gaps", "drafts", "take-in")]

    assert not app.exception
    assert "Choose an article to read it" in articles
    assert "No gap: every question found an article" in said[0]
    assert "No draft waits" in said[1]
    assert "Nothing was taken in yet" in said[2]
    assert "every night after 03:00 UTC" in said[2]


def test_an_address_that_leads_nowhere_is_said_kindly(app: AppTest) -> None:
    open_knowledge(app, "Kim", article="no-such", area="no such area", sheet="99")
    said = [words_on(app)]
    for opened in ({"draft": "no-such"}, {"review": "no-such"}, {"draft": "new", "gap": "x@y"}):
        said.append(words_on(go_on(app, view="drafts", **opened)))
        assert not app.exception
        assert not app.error

    told = (
        "There is no such article",
        "There is no such draft",
        "No article can be made of this",
        "Look among the gaps",
    )
    assert all(words in shown for words, shown in zip(told, said, strict=True))


def test_a_question_is_tried_within_what_is_chosen(app: AppTest) -> None:
    open_knowledge(app, "Robin", **{"try": "Can I change the delivery address of my order?"})
    everywhere = words_on(app)

    app.multiselect(key="try_areas").set_value(["billing"]).run()

    assert not app.exception
    assert "It can be answered" in everywhere
    assert "a person would answer it" in words_on(app)


def test_articles_are_found_by_their_words(app: AppTest) -> None:
    open_knowledge(app, "Robin")

    app.text_input(key="find").set_value("no such words anywhere").run()
    nothing = words_on(app)
    press(app, "Clear")

    assert "No article matches" in nothing
    assert "No article matches" not in words_on(app)


def test_a_folder_that_was_taken_in_answers_a_question(app: AppTest, home: Path) -> None:
    docs = home / "documents" / "lamps"
    docs.mkdir(parents=True)
    (docs / "lamp.md").write_text(f"# How is a lava lamp repaired?\n\n{ANSWER}\n", encoding="utf-8")
    (docs / "broken.pdf").write_bytes(b"no pdf")
    open_knowledge(app, "Alex", view="take-in")

    app.text_input(key="intake_folder").set_value("lamps")
    press(app, "Take this folder in")
    run_until(app, "Last runs")
    report = words_on(app)
    go_on(app, **{"view": "articles", "try": QUESTION, "article": "lamp"})

    assert not app.exception
    assert "by Alex" in report
    assert "It can be answered" in words_on(app)
    assert "How is a lava lamp repaired?" in {heading.value for heading in app.header}


@pytest.mark.parametrize(
    ("named", "said"), [("nowhere", "There is no folder"), ("/etc", "does not lie in"), ("../..", "does not lie in")]
)
def test_a_folder_that_cannot_be_taken_in_is_said(app: AppTest, home: Path, named: str, said: str) -> None:
    open_knowledge(app, "Alex", view="take-in")
    offered = words_on(app).replace("\\", "")

    app.text_input(key="intake_folder").set_value(named)
    press(app, "Take this folder in")
    run_until(app, said)

    assert str(home / "documents") in offered
    assert "TRIAGE_DOCUMENTS" in offered
    assert said in words_on(app)
    assert not app.exception


def test_from_a_persons_answer_to_an_article_that_is_asked_again(app: AppTest, answered: str) -> None:
    open_knowledge(app, "Alex", view="drafts", review=answered)

    press(app, "Write a draft from this answer")
    title = next(box for box in app.text_input if box.label.startswith("Title"))
    title.set_value("How is a lava lamp repaired in our workshop?")
    press(app, "Approve …")
    press(app, "Approve")
    too_soon = words_on(app)
    time.sleep(ARMED_AFTER_S)
    press(app, "Approve")
    run_until(app, "It is live")

    assert not app.exception
    assert "confirm again" in too_soon
    assert "approved by Alex" in words_on(app)
    assert "Asked again: 1 of 1 question is answered now, 0 before." in words_on(app)
    press(app, "Open the article")
    assert "How is a lava lamp repaired in our workshop?" in {heading.value for heading in app.header}


def test_an_article_for_a_gap_begins_with_its_question(app: AppTest, home: Path) -> None:
    with closing(open_library_desk(home)) as desk:
        desk.chat(QUESTION)
    open_knowledge(app, "Lee", view="gaps")
    run_until(app, NAMED)

    press(app, "Write an article for it")

    assert app.text_input[0].value == NAMED
    assert QUESTION in words_on(app)
    app.text_area[0].set_value(ANSWER)
    press(app, "Save the draft")
    assert "The draft is kept" in words_on(app)
    assert app.text_area[0].value == ANSWER
    assert not app.exception


def test_nobody_elses_changes_of_a_draft_are_overwritten_unseen(app: AppTest, home: Path) -> None:
    with closing(open_library_desk(home)) as desk:
        draft = desk.library.save_draft(title="Lamps", text="One.", by=ANALYST)
        open_knowledge(app, "Alex", view="drafts", draft=draft.article_id)
        desk.library.save_draft(article_id=draft.article_id, title="Lamps", text="Theirs.", based_on=1, by=LEAD)

        app.text_area[0].set_value("Mine.")
        press(app, "Save the draft")
        refused, between = words_on(app), desk.library.article(draft.article_id).text
        in_the_form = app.text_area[0].value
        press(app, "Save the draft")

        assert "kim saved version 2 of this draft" in refused
        assert "Your text is still in the form" in refused
        assert (between, in_the_form) == ("Theirs.", "Mine.")
        assert desk.library.article(draft.article_id).text == "Mine."


def test_what_was_changed_before_the_confirmation_is_not_approved_unseen(app: AppTest, home: Path) -> None:
    with closing(open_library_desk(home)) as desk:
        draft = desk.library.save_draft(title="Lamps", text="One.", by=ANALYST)
        open_knowledge(app, "Alex", view="drafts", draft=draft.article_id)
        press(app, "Approve …")
        desk.library.save_draft(article_id=draft.article_id, title="Lamps", text="Theirs.", based_on=2, by=LEAD)

        time.sleep(ARMED_AFTER_S)
        press(app, "Approve")
        run_until(app, "kim saved version 3")

        assert "kim saved version 3" in words_on(app)
        assert desk.library.article(draft.article_id).status == "draft"


def test_an_article_is_taken_out_and_brought_back(app: AppTest, home: Path) -> None:
    open_knowledge(app, "Kim", article="sales-tax")

    press(app, "Remove")
    time.sleep(ARMED_AFTER_S)
    press(app, "Take it out")
    removed = words_on(app)
    press(app, "Bring it back")
    time.sleep(ARMED_AFTER_S)
    press(app, "Use it again")

    assert "no answer comes from it" in removed
    assert "It is back in use" in words_on(app)
    assert not app.exception
    assert home.exists()


def test_editing_an_article_twice_leads_to_the_same_draft(app: AppTest) -> None:
    open_knowledge(app, "Kim", article="sales-tax")
    press(app, "Edit as a draft")
    app.text_area[0].set_value("Prices include the tax.")
    press(app, "Save the draft")

    time.sleep(ECHO_S)  # one does not come back faster: it would be taken for an echo of the address
    go_on(app, view="articles", article="sales-tax")
    press(app, "Edit as a draft")

    assert app.text_area[0].value == "Prices include the tax."
    assert not app.exception


def test_a_draft_never_takes_the_name_of_another_article(app: AppTest, home: Path) -> None:
    with closing(open_library_desk(home)) as desk:
        desk.library.ingest_files([("sales-tax-draft.md", b"# Another\n\nAnother text.")], ANALYST)
        open_knowledge(app, "Kim", article="sales-tax")

        press(app, "Edit as a draft")

        (draft,) = desk.library.articles(status="draft")
        assert draft.article_id == "sales-tax-draft-2"
        assert desk.library.article("sales-tax-draft").status == "live"


def test_reviewers_look_and_change_nothing(app: AppTest, answered: str) -> None:
    del answered

    open_knowledge(app, "Robin", article="sales-tax")
    offered = labels(app)
    for view in ("gaps", "drafts", "take-in"):
        offered |= labels(go_on(app, view=view))
        assert not app.exception

    assert not offered & CHANGING


def test_what_others_wrote_is_never_markup(app: AppTest, home: Path) -> None:
    with closing(open_library_desk(home)) as desk:
        desk.library.save_draft(title=HOSTILE, text=HOSTILE, by=ANALYST)
        (draft,) = desk.library.articles(status="draft")
        desk.chat(f"{HOSTILE}?")

    open_knowledge(app, "Robin", view="drafts", draft=draft.article_id)
    heading = app.header[0].value
    go_on(app, view="gaps")

    assert not app.exception
    for shown in (heading, words_on(app)):
        assert not any(sign in shown for sign in ("**Free", " <img", " $1", " :red[", "[x]("))


def test_an_articles_text_fetches_nothing_and_runs_nothing() -> None:
    text = f"# {HOSTILE}\n\n![a](https://evil.example/x.png) and [b](https://ok.example/x_(y)) <script>x</script>"

    drawn = article_blocks(text)

    links = [span["to"] for block in drawn for span in block["spans"] if span.get("style") == "link"]
    assert links == ["https://ok.example/x_(y)"]
    assert "evil.example" not in str(drawn)
    assert {"text": " <script>x</script>"} in drawn[1]["spans"]


def test_markdown_is_read_as_people_write_it() -> None:
    text = "Intro **bold** and `code`\nnext line\n\n1. one\n2. two\n   more\n\n- a\n\n> said\n\n"
    text += "| x | y |\n|---|---|\n| 1 | 2 |\n\n```\n*raw*\n```\n---"

    kinds = [block["type"] for block in article_blocks(text)]
    listed = article_blocks(text)[1]["items"]

    assert kinds == ["text", "list", "quote", "table", "code", "rule"]
    assert [item["mark"] for item in listed] == ["1.", "2.", "•"]
    assert spans("2 * 3 * 4 and snake_case_name") == [{"text": "2 * 3 * 4 and snake_case_name"}]


ODD = ("```", "|", "| |", "||", "#", "# ", "- ", "> ", "", "\n", "# a" + " " * 20_000 + "b", "| " + " " * 20_000 + "x")
LONG = ("*", "**a ", "[", "[a](", "![", "`", "<http://", "- ", "|", "_", "\\")


@pytest.mark.parametrize("text", [*ODD, *(part * (150_000 // len(part)) for part in LONG)], ids=lambda text: text[:5])
def test_odd_markdown_is_drawn_somehow_and_fast(text: str) -> None:
    before = time.monotonic()

    drawn = article_blocks(text)

    assert isinstance(drawn, list)
    assert time.monotonic() - before < 10


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


def test_work_of_a_name_is_done_one_at_a_time_and_its_trouble_is_told() -> None:
    work, go = Jobs(), threading.Event()

    def wait(_tell: object) -> None:
        go.wait(10)
        message = "It is closed."
        raise DeskError(message)

    first = work.start("intake", "kim", wait)
    second = work.start("intake", "lee", wait)
    go.set()

    assert first is not None
    assert first.wait(10)
    assert (second, first.problem, first.runs) == (None, "It is closed.", False)
    broken = work.start("intake", "lee", lambda _tell: 1 // 0)
    assert broken is not None
    assert broken.wait(10)
    assert broken.problem == "It could not be done. The log says why."


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


def test_only_an_answer_that_went_out_becomes_an_article(home: Path, answered: str) -> None:
    with closing(open_library_desk(home)) as desk:
        review: Review = desk.review(answered)
        refund = desk.review(desk.chat("refund of $7 please").review_id or "")

    assert can_become_article(review)
    assert not can_become_article(refund)
    assert not can_become_article(review.model_copy(update={"status": "edited"}))
    assert not can_become_article(review.model_copy(update={"check_case": "lamp"}))


@pytest.mark.parametrize(
    ("page", "name", "opened", "offered"),
    [
        ("history", "Alex", "decision", True),
        ("approvals", "Lee", "review", True),
        ("approvals", "Robin", "review", False),
    ],
)
def test_the_way_to_an_article_is_offered_where_the_answer_is_shown_to_those_who_may_take_it(
    app: AppTest,
    answered: str,
    page: str,
    name: str,
    opened: str,
    offered: bool,  # noqa: FBT001  a row
) -> None:
    app.run()
    app.selectbox[0].select(name).run()
    app.query_params[opened] = answered
    app.switch_page(f"pages/{page}.py").run()

    links = [link.proto.label for link in app.get("page_link")]

    assert not app.exception
    assert "Conversation" in links
    assert ("Make an article of this" in links) is offered
