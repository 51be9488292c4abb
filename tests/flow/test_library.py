"""Articles that people look after, and the way from an answer of a person to an article that answers."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.bootstrap import Mind, World, open_backoffice
from agent.desk import Desk
from agent.errors import ConflictError, DeskError, ForbiddenError, InvalidDecisionError
from agent.model import ArticleDraft, Decision, Identity
from agent.ports.language import ArticleTask, Note, unnoted
from agent.reading.drafts import title_of
from agent.timestamps import for_people
from tests.faults.records import query
from tests.shelf import ANALYST, LEAD, BagOfWords, open_library_desk, shipped_index
from tests.stand_ins import OTHER_REVIEWER, REVIEWER, HandClock, KeywordEngine, open_test_desk, settings_for

QUESTIONS = ("how is a lava lamp repaired?", "how is my lava lamp repaired please?", "how is the lava lamp repaired?")
REPLY = "Hi Maya,\na lava lamp is repaired within twelve days in our workshop. Kind regards,\nSam"


def answered_review(desk: Desk, question: str = QUESTIONS[0], reply: str = REPLY) -> str:
    """A question that no article answered and a person did."""
    review_id = desk.chat(question).review_id or ""
    desk.decide(review_id, Decision(action="edit", reply=reply), OTHER_REVIEWER)
    return review_id


def test_from_an_answer_of_a_person_to_an_article_that_answers_the_next(library_desk: Desk) -> None:
    review_id = answered_review(library_desk)
    for question in QUESTIONS[1:]:
        library_desk.chat(question)
    draft = library_desk.library.draft_from_review(review_id, ANALYST)
    unseen = library_desk.library.search(QUESTIONS[0])[0].article_id

    edited = library_desk.library.save_draft(
        article_id=draft.article_id,
        title=draft.title,
        text=f"{draft.text} Bring the lava lamp along.",
        area="repairs",
        based_on=draft.version,
        by=ANALYST,
    )
    asked = library_desk.library.approve(draft.article_id, LEAD)
    live = library_desk.library.article(draft.article_id)

    assert draft.title == QUESTIONS[0]
    assert "twelve days" in draft.text
    assert "Maya" not in draft.text
    assert "Sam" not in draft.text
    assert (draft.status, draft.review_id) == ("draft", review_id)
    assert unseen != draft.article_id
    assert (edited.area, edited.status) == ("repairs", "draft")
    assert (live.status, live.approved_by, live.added_by) == ("live", "kim", "ana")
    assert (asked.asked, asked.answered_before, asked.answered_after) == (3, 0, 3)
    assert all(one.relevance_after > one.relevance_before for one in asked.questions)
    assert library_desk.chat(QUESTIONS[0]).citations[0].article_id == draft.article_id


def test_asking_again_sends_nobody_anything_and_is_kept(library_desk: Desk) -> None:
    review_id = answered_review(library_desk)
    draft = library_desk.library.draft_from_review(review_id, LEAD)
    thread_id = library_desk.review(review_id).thread_id
    said = library_desk.thread(thread_id).transcript

    asked = library_desk.library.approve(draft.article_id, LEAD)
    again = library_desk.library.ask_again(draft.article_id)

    assert library_desk.thread(thread_id).transcript == said
    assert library_desk.library.asked_again(draft.article_id) == asked
    assert again == asked


def test_an_article_without_a_review_is_asked_what_it_is_nearest_to(library_desk: Desk) -> None:
    library_desk.chat(QUESTIONS[0])
    library_desk.chat("what about woollen blankets?")
    draft = library_desk.library.save_draft(
        title="How is a lava lamp repaired?", text="A lava lamp is repaired by us.", by=LEAD
    )

    asked = library_desk.library.approve(draft.article_id, LEAD)

    assert [one.text for one in asked.questions] == [QUESTIONS[0]]
    assert asked.answered_after == 1


def test_a_second_click_finds_the_draft_that_is_there(library_desk: Desk) -> None:
    review_id = answered_review(library_desk)

    first = library_desk.library.draft_from_review(review_id, LEAD)

    assert library_desk.library.draft_from_review(review_id, ANALYST) == first


def test_a_refund_is_no_article(library_desk: Desk) -> None:
    review_id = library_desk.chat("refund of $7 please").review_id or ""

    with pytest.raises(InvalidDecisionError, match="nothing was changed"):
        library_desk.library.draft_from_review(review_id, LEAD)


def test_an_open_question_is_no_article_yet(library_desk: Desk) -> None:
    review_id = library_desk.chat(QUESTIONS[0]).review_id or ""

    with pytest.raises(InvalidDecisionError, match="no question that a person has answered"):
        library_desk.library.draft_from_review(review_id, LEAD)


def test_private_details_stay_out_of_a_draft(library_desk: Desk) -> None:
    review_id = answered_review(
        library_desk,
        "how is a lava lamp repaired? I am maya@example.com",
        "The lava lamp of LF-10482 is repaired in Dover, call +44 20 7946 0000 or write to lamps@example.com.",
    )

    draft = library_desk.library.draft_from_review(review_id, LEAD)

    written = f"{draft.title} {draft.text}"
    assert "Dover" in written
    assert not any(private in written for private in ("maya", "LF-10482", "7946", "lamps@example.com"))


class Inventive(KeywordEngine):
    """Writes articles with a figure and a link that nobody told it."""

    def write_article(self, task: ArticleTask, note: Note = unnoted) -> ArticleDraft:
        del note
        return ArticleDraft(title=task.question, text=f"{task.answer} It costs $99, see https://evil.example.com.")


def test_what_an_engine_makes_up_does_not_get_into_a_draft(tmp_path: Path) -> None:
    words = BagOfWords()
    mind = Mind(embedder=words, language=Inventive(), knowledge=shipped_index(words))
    settings = settings_for(tmp_path / "home")
    with closing(Desk(open_backoffice(settings, mind), settings)) as desk:
        draft = desk.library.draft_from_review(answered_review(desk, reply="Within twelve days."), LEAD)

    assert draft.text == "Within twelve days."


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Hello there! My lamp broke. how do I mend it? thanks", "How do I mend it?"),
        ("Dear team,\nmy lamp is broken since May.", "My lamp is broken since May."),
        ("", ""),
    ],
)
def test_a_title_is_what_was_asked(question: str, title: str) -> None:
    assert title_of(question) == title


def test_a_draft_is_approved_once_and_by_a_person(library_desk: Desk) -> None:
    draft = library_desk.library.save_draft(title="Lamps", text="Lamps are lit.", by=ANALYST)
    desk_itself = Identity(subject="desk", role="system", source="desk")
    for who in (REVIEWER, desk_itself):
        with pytest.raises(ForbiddenError):
            library_desk.library.approve(draft.article_id, who)
    library_desk.library.approve(draft.article_id, LEAD)

    with pytest.raises(ConflictError, match="no draft"):
        library_desk.library.approve(draft.article_id, ANALYST)

    assert library_desk.library.article(draft.article_id).approved_by == "kim"


def test_a_live_article_changes_by_an_approved_draft_only(library_desk: Desk) -> None:
    draft = library_desk.library.save_draft(
        article_id="delivery", title="How long does delivery take?", text="Delivery takes nine days.", by=ANALYST
    )
    before = library_desk.library.search("how long does delivery take")[0].text
    again = library_desk.library.save_draft(
        article_id="delivery",
        title="How long does delivery take?",
        text="Delivery takes ten days.",
        based_on=draft.version,
        by=ANALYST,
    )

    library_desk.library.approve(again.article_id, LEAD)

    assert draft.replaces == again.replaces == "delivery"
    assert draft.article_id == again.article_id
    assert "three days" in before
    assert library_desk.library.search("how long does delivery take")[0].text == "Delivery takes ten days."
    assert library_desk.library.article("delivery").approved_by == "kim"
    assert library_desk.library.articles(status="draft") == []
    assert library_desk.articles == 3


def test_an_article_that_is_removed_is_not_found_and_can_come_back(library_desk: Desk) -> None:
    asked = "how long does delivery take"
    library_desk.library.remove("delivery", LEAD)
    without = [hit.article_id for hit in library_desk.library.search(asked)]
    with pytest.raises(ConflictError, match="removed before"):
        library_desk.library.remove("delivery", LEAD)

    library_desk.library.restore("delivery", ANALYST)

    assert "delivery" not in without
    assert library_desk.library.search(asked)[0].article_id == "delivery"
    with pytest.raises(ConflictError, match="was not removed"):
        library_desk.library.restore("delivery", ANALYST)


def test_what_was_removed_by_hand_stays_out_though_its_file_lies_there(library_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "lamp.md").write_text("# Lamp\n\nA lava lamp is repaired.", encoding="utf-8")
    library_desk.library.ingest_folder(tmp_path / "docs", LEAD)
    library_desk.library.remove("lamp", LEAD)

    report = library_desk.library.ingest_folder(tmp_path / "docs", LEAD)

    assert [remark.file for remark in report.notes] == ["lamp.md"]
    assert library_desk.articles == 3


def test_every_deed_is_in_the_audit_chain(library_desk: Desk) -> None:
    library_desk.library.ingest_files([("lamp.md", b"# Lamp\n\nText.")], ANALYST)
    draft = library_desk.library.save_draft(title="Wool", text="Wool is warm.", by=ANALYST)
    library_desk.library.approve(draft.article_id, LEAD)
    library_desk.library.remove("lamp", LEAD)

    entries = list(library_desk.workbench.audit_entries(LEAD))

    assert [(entry.action, entry.actor) for entry in entries] == [
        ("articles_taken_in", "ana"),
        ("article_approved", "kim"),
        ("article_removed", "kim"),
    ]
    assert library_desk.verify_audit().ok


def test_the_list_tells_how_articles_are_used(library_desk: Desk) -> None:
    answered = [library_desk.chat("how long does delivery take?") for _time in range(2)]
    library_desk.rate(answered[0].turn_id, 5)
    library_desk.rate(answered[1].turn_id, 2)

    listed = {one.article_id: one for one in library_desk.library.articles()}

    assert (listed["delivery"].cited, listed["delivery"].rating, listed["delivery"].ratings) == (2, 3.5, 2)
    assert (listed["payment"].cited, listed["payment"].rating) == (0, None)


def test_the_list_can_be_searched_and_kept_to_an_area_or_kind(library_desk: Desk) -> None:
    library = library_desk.library
    library.ingest_files([("a.md", b"---\ntitle: Zoo\narea: outings\nkind: guide\n---\nMonkeys and cards.")], LEAD)

    assert [one.article_id for one in library.articles(search="CARDS taken")] == ["payment"]
    assert [one.title for one in library.articles(search="cards")] == ["Which cards are taken?", "Zoo"]
    assert [one.title for one in library.articles(area="outings")] == ["Zoo"]
    assert [one.title for one in library.articles(kind="guide")] == ["Zoo"]


def test_articles_that_nobody_checked_for_a_year_are_marked(tmp_path: Path) -> None:
    world = World(clock=HandClock(datetime(2026, 11, 1, tzinfo=UTC)))
    with closing(open_library_desk(tmp_path / "home", world=world)) as desk:
        for name, day in (("old", "2025-10-31"), ("new", "2025-11-01")):
            content = f"---\ntitle: {name}\nupdated: {day}\n---\nText of {name}."
            desk.library.ingest_files([(f"{name}.md", content.encode())], LEAD)

        assert [one.article_id for one in desk.library.articles() if one.stale] == ["old"]


@pytest.mark.parametrize(
    ("title", "text"), [("", "text"), ("\x07", "text"), ("title", " \n"), ("title", "a" * 100_001)]
)
def test_a_draft_without_words_or_with_too_many_is_refused(library_desk: Desk, title: str, text: str) -> None:
    with pytest.raises(InvalidDecisionError, match="nothing was kept"):
        library_desk.library.save_draft(title=title, text=text, by=LEAD)

    assert library_desk.library.articles(status="draft") == []


def test_a_draft_for_an_article_takes_nobody_elses_name(library_desk: Desk) -> None:
    library = library_desk.library
    library.ingest_files([("lamp.md", b"# Lamp\n\nA lamp."), ("lamp-draft.md", b"# Other\n\nAnother.")], ANALYST)

    first = library.save_draft(article_id="lamp", title="Lamp", text="A lamp with a switch.", by=ANALYST)
    second = library.save_draft(article_id="lamp", title="Lamp", text="A lamp with two switches.", based_on=1, by=LEAD)

    assert library.article("lamp-draft").status == "live"
    assert [one.article_id for one in library.articles(status="draft")] == [second.article_id]
    assert (first.replaces, second.replaces) == ("lamp", "lamp")


@pytest.mark.parametrize("named", ["lamps", "delivery"])
def test_nobody_overwrites_a_version_of_a_draft_that_they_have_not_seen(library_desk: Desk, named: str) -> None:
    library = library_desk.library
    first = (
        library.save_draft(article_id=named, title="Lamps", text="One.", by=ANALYST)
        if named == "delivery"
        else library.save_draft(title="Lamps", text="One.", by=ANALYST)
    )
    theirs = library.save_draft(
        article_id=first.article_id, title="Lamps", text="Theirs.", based_on=first.version, by=LEAD
    )

    for article_id in {first.article_id, first.replaces or first.article_id}:
        for seen in (first.version, None, 99):
            with pytest.raises(ConflictError, match=r"kim saved version 2 .* Yours was not kept") as refusal:
                library.save_draft(article_id=article_id, title="Mine", text="Mine.", based_on=seen, by=ANALYST)
            assert for_people(theirs.saved_at) in str(refusal.value)
    with pytest.raises(ConflictError, match="kim saved version 2"):
        library.approve(first.article_id, ANALYST, based_on=first.version)

    assert library.article(first.article_id) == theirs
    assert (theirs.version, theirs.saved_by, theirs.added_by) == (2, "kim", "ana")


def test_of_many_who_save_at_once_one_wins_each_time(library_desk: Desk) -> None:
    library = library_desk.library
    draft = library.save_draft(title="Lamps", text="One.", by=LEAD)

    def save(number: int) -> bool:
        try:
            library.save_draft(article_id=draft.article_id, title="L", text=f"T {number}.", based_on=1, by=ANALYST)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(save, range(16)))

    assert kept.count(True) == 1
    assert library.article(draft.article_id).text == f"T {kept.index(True)}."


def test_drafts_of_one_title_are_two_drafts(library_desk: Desk) -> None:
    made = [library_desk.library.save_draft(title="Delivery", text="Text.", by=LEAD).article_id for _time in range(3)]

    assert made == ["delivery-2", "delivery-3", "delivery-4"]


def test_an_unknown_article_is_named(library_desk: Desk) -> None:
    for deed in (library_desk.library.article, library_desk.library.ask_again):
        with pytest.raises(DeskError, match="no article 'nothing'"):
            deed("nothing")
    with pytest.raises(InvalidDecisionError, match="nothing was changed"):
        library_desk.library.remove("nothing", LEAD)


def test_a_desk_that_takes_nothing_in_still_lists_and_drafts(tmp_path: Path) -> None:
    with closing(open_test_desk(tmp_path / "home")) as desk:
        draft = desk.library.save_draft(title="Lamps", text="Lamps are lit.", by=LEAD)

        assert [one.article_id for one in desk.library.articles(status="draft")] == [draft.article_id]
        with pytest.raises(DeskError, match="Nothing was changed"):
            desk.library.approve(draft.article_id, LEAD)

    assert query(tmp_path / "home" / "desk.sqlite", "SELECT status FROM articles") == [("draft",)]
