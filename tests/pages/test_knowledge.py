"""The Knowledge page: what it shows and takes in, for whom, and what stays text."""

from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.lamps import ANSWER, HOSTILE, QUESTION
from tests.pages.screen import a_while_later, at, labels, open_page, press, run_until, words_on
from tests.shelf import ANALYST, open_library_desk

CHANGING = {"Edit as a draft", "Remove", "Write a new one", "Take this folder in", "Write an article for it"}


def test_knowledge_is_closed_to_visitors(app: AppTest) -> None:
    open_page(app, "knowledge")

    assert not app.exception
    assert "This page needs another role" in words_on(app)


def test_every_view_of_a_new_desk_is_kind(app: AppTest) -> None:
    open_page(app, "knowledge", "Kim", view="nonsense")
    articles = words_on(app)
    said = [words_on(at(app, "knowledge", view=view)) for view in ("gaps", "drafts", "take-in")]

    assert not app.exception
    assert "Choose an article to read it" in articles
    assert "No gap: every question found an article" in said[0]
    assert "No draft waits" in said[1]
    assert "Nothing was taken in yet" in said[2]
    assert "every night after 03:00 UTC" in said[2]


def test_an_address_that_leads_nowhere_is_said_kindly(app: AppTest) -> None:
    open_page(app, "knowledge", "Kim", article="no-such", area="no such area", sheet="99")
    said = [words_on(app)]
    for opened in ({"draft": "no-such"}, {"review": "no-such"}, {"draft": "new", "gap": "x@y"}):
        said.append(words_on(at(app, "knowledge", view="drafts", **opened)))
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
    open_page(app, "knowledge", "Robin", **{"try": "Can I change the delivery address of my order?"})
    everywhere = words_on(app)

    app.multiselect(key="try_areas").set_value(["billing"]).run()

    assert not app.exception
    assert "It can be answered" in everywhere
    assert "a person would answer it" in words_on(app)


def test_articles_are_found_by_their_words(app: AppTest) -> None:
    open_page(app, "knowledge", "Robin")

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
    open_page(app, "knowledge", "Alex", view="take-in")

    app.text_input(key="intake_folder").set_value("lamps")
    press(app, "Take this folder in")
    run_until(app, "Last runs")
    report = words_on(app)
    at(app, "knowledge", **{"view": "articles", "try": QUESTION, "article": "lamp"})

    assert not app.exception
    assert "by Alex" in report
    assert "It can be answered" in words_on(app)
    assert "How is a lava lamp repaired?" in {heading.value for heading in app.header}


@pytest.mark.parametrize(
    ("named", "said"), [("nowhere", "There is no folder"), ("/etc", "does not lie in"), ("../..", "does not lie in")]
)
def test_a_folder_that_cannot_be_taken_in_is_said(app: AppTest, home: Path, named: str, said: str) -> None:
    open_page(app, "knowledge", "Alex", view="take-in")
    offered = words_on(app).replace("\\", "")

    app.text_input(key="intake_folder").set_value(named)
    press(app, "Take this folder in")
    run_until(app, said)

    assert str(home / "documents") in offered
    assert "TRIAGE_DOCUMENTS" in offered
    assert said in words_on(app)
    assert not app.exception


def test_an_article_is_taken_out_and_brought_back(app: AppTest) -> None:
    open_page(app, "knowledge", "Kim", article="sales-tax")

    press(app, "Remove")
    a_while_later(app)
    press(app, "Take it out")
    removed, offered = words_on(app), labels(app)
    press(app, "Bring it back")
    a_while_later(app)
    press(app, "Use it again")

    assert "no answer comes from it" in removed
    assert "Remove" not in offered
    assert "It is back in use" in words_on(app)
    assert "Remove" in labels(app)
    assert not app.exception


def test_reviewers_look_and_change_nothing(app: AppTest, answered: str) -> None:
    del answered

    open_page(app, "knowledge", "Robin", article="sales-tax")
    offered = labels(app)
    for view in ("gaps", "drafts", "take-in"):
        offered |= labels(at(app, "knowledge", view=view))
        assert not app.exception

    assert not offered & CHANGING


def test_what_others_wrote_is_never_markup(app: AppTest, home: Path) -> None:
    with closing(open_library_desk(home)) as desk:
        desk.library.save_draft(title=HOSTILE, text=HOSTILE, by=ANALYST)
        (draft,) = desk.library.articles(status="draft")
        desk.chat(f"{HOSTILE}?")

    open_page(app, "knowledge", "Robin", view="drafts", draft=draft.article_id)
    heading = app.header[0].value
    at(app, "knowledge", view="gaps")

    assert not app.exception
    for shown in (heading, words_on(app)):
        assert not any(sign in shown for sign in ("**Free", " <img", " $1", " :red[", "[x]("))
