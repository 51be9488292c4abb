"""From an answer or a gap over a draft to an article, and whose words are never overwritten unseen."""

from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from agent import Review
from pages.ui.knowledge.article_link import can_become_article
from tests.pages.lamps import ANSWER, NAMED, QUESTION
from tests.pages.screen import a_while_later, at, open_page, press, run_until, words_on
from tests.shelf import ANALYST, LEAD, open_library_desk


def test_from_a_persons_answer_to_an_article_that_is_asked_again(app: AppTest, answered: str) -> None:
    open_page(app, "knowledge", "Alex", view="drafts", review=answered)

    press(app, "Write a draft from this answer")
    title = next(box for box in app.text_input if box.label.startswith("Title"))
    title.set_value("How is a lava lamp repaired in our workshop?")
    press(app, "Approve …")
    press(app, "Approve")
    too_soon = words_on(app)
    a_while_later(app)
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
    open_page(app, "knowledge", "Lee", view="gaps")
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
        open_page(app, "knowledge", "Alex", view="drafts", draft=draft.article_id)
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
        open_page(app, "knowledge", "Alex", view="drafts", draft=draft.article_id)
        press(app, "Approve …")
        desk.library.save_draft(article_id=draft.article_id, title="Lamps", text="Theirs.", based_on=2, by=LEAD)

        a_while_later(app)
        press(app, "Approve")
        run_until(app, "kim saved version 3")

        assert "kim saved version 3" in words_on(app)
        assert desk.library.article(draft.article_id).status == "draft"


def test_editing_an_article_twice_leads_to_the_same_draft(app: AppTest) -> None:
    open_page(app, "knowledge", "Kim", article="sales-tax")
    press(app, "Edit as a draft")
    app.text_area[0].set_value("Prices include the tax.")
    press(app, "Save the draft")

    a_while_later(app)  # one does not come back faster: it would be taken for an echo of the address
    at(app, "knowledge", view="articles", article="sales-tax")
    press(app, "Edit as a draft")

    assert app.text_area[0].value == "Prices include the tax."
    assert not app.exception


def test_a_draft_never_takes_the_name_of_another_article(app: AppTest, home: Path) -> None:
    with closing(open_library_desk(home)) as desk:
        desk.library.ingest_files([("sales-tax-draft.md", b"# Another\n\nAnother text.")], ANALYST)
        open_page(app, "knowledge", "Kim", article="sales-tax")

        press(app, "Edit as a draft")

        (draft,) = desk.library.articles(status="draft")
        assert draft.article_id == "sales-tax-draft-2"
        assert desk.library.article("sales-tax-draft").status == "live"


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
    open_page(app, page, name, **{opened: answered})

    links = [link.proto.label for link in app.get("page_link")]

    assert not app.exception
    assert "Conversation" in links
    assert ("Make an article of this" in links) is offered
