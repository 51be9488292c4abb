"""Files that are taken in become articles with titles and sections; each that cannot be read is one line."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from agent.desk import Desk
from agent.errors import ConfigurationError, DeskError, ForbiddenError
from agent.knowledge.sections import Cutting
from agent.model import Identity, Scope
from tests.flow.intake import LAMP, QUESTION, best, take_in
from tests.shelf import ANALYST, LEAD, BagOfWords, pdf
from tests.stand_ins import REVIEWER, open_test_desk


def test_a_question_is_answered_from_an_article_that_just_came_in(library_desk: Desk, folder: Path) -> None:
    before = library_desk.chat(QUESTION)
    report = take_in(library_desk, folder)

    after = library_desk.chat(QUESTION)

    assert before.status == "PAUSED_FOR_APPROVAL"
    assert (report.found, report.added, report.articles, report.sections) == (1, 1, 4, 4)
    assert after.status == "DONE"
    assert "twelve days" in after.reply
    assert after.citations[0].article_id == "lamp"


def test_markdown_html_pdf_and_text_come_in_from_folders_within(library_desk: Desk, folder: Path) -> None:
    (folder / "care").mkdir()
    (folder / "care" / "page.html").write_text("<title>Wool care</title><p>Wool is washed cold.</p>", encoding="utf-8")
    (folder / "care" / "deep").mkdir()
    (folder / "care" / "deep" / "kettle.pdf").write_bytes(pdf("Descale the kettle with vinegar.", title="Kettles"))
    (folder / "bikes.txt").write_text("Bicycles are parked behind the store.", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / ".hidden.md").write_text("# Secret\n\nNobody reads this.", encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.md").write_text("# Secret\n\nNobody reads this.", encoding="utf-8")

    report = take_in(library_desk, folder)

    assert (report.found, report.added, report.ignored, report.failed) == (4, 4, 1, ())
    assert best(library_desk, "how is wool washed") == "page"
    assert best(library_desk, "descale the kettle") == "kettle"
    assert best(library_desk, "where are bicycles parked") == "bikes"
    kinds = {one.article_id: (one.kind, one.area) for one in library_desk.library.articles()}
    assert kinds["kettle"] == ("document", "care")
    assert kinds["bikes"] == ("help article", "general")


def test_only_what_changed_is_read_again(library_desk: Desk, folder: Path, embedder: BagOfWords) -> None:
    (folder / "wool.md").write_text("# Wool\n\nWool is washed cold.", encoding="utf-8")
    take_in(library_desk, folder)
    embedder.calls = 0

    same = take_in(library_desk, folder)
    nothing_read = embedder.calls
    (folder / "wool.md").write_text("# Wool\n\nWool is never washed.", encoding="utf-8")
    changed = take_in(library_desk, folder)

    assert (same.unchanged, same.changed, same.added) == (2, 0, 0)
    assert nothing_read == 0
    assert (changed.unchanged, changed.changed) == (1, 1)
    assert embedder.calls == 2  # title and snippet
    assert library_desk.library.search("is wool washed")[0].text == "Wool is never washed."


def test_an_article_whose_file_is_gone_leaves(library_desk: Desk, folder: Path) -> None:
    (folder / "wool.md").write_text("# Wool\n\nWool is washed cold.", encoding="utf-8")
    take_in(library_desk, folder)
    (folder / "lamp.md").unlink()

    report = take_in(library_desk, folder)

    assert (report.removed, report.unchanged, report.articles) == (1, 1, 4)
    assert best(library_desk) != "lamp"


def test_shipped_articles_keep_their_relevance_to_the_last_digit(library_desk: Desk, folder: Path) -> None:
    asked = ("how long does delivery take", "can I return goods")
    before = [library_desk.library.search(question)[0] for question in asked]

    take_in(library_desk, folder)

    assert [library_desk.library.search(question)[0] for question in asked] == before


def test_a_link_in_a_circle_and_what_is_no_file_do_not_hold_it_up(library_desk: Desk, folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "again.md").symlink_to(folder / "again.md")
    os.mkfifo(folder / "pipe.md")
    (folder / "nowhere.md").symlink_to(folder / "not-there")

    report = take_in(library_desk, folder)

    assert report.added == 1
    assert {remark.file for remark in report.failed} == {"again.md", "pipe.md", "nowhere.md"}


def test_each_bad_file_is_one_line_and_the_rest_goes_in(library_desk: Desk, folder: Path) -> None:
    (folder / "locked.pdf").write_bytes(pdf("secret", password="open sesame"))  # noqa: S106  of a file in a test
    (folder / "scan.pdf").write_bytes(pdf(""))
    (folder / "broken.pdf").write_bytes(pdf("cut off")[:120])
    (folder / "latin.md").write_bytes(b"# Caf\xe9\n\nCoffee.")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(b"a\0b")
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(51 * 1024 * 1024)

    report = take_in(library_desk, folder)

    whys = {remark.file: remark.why for remark in report.failed}
    assert report.added == 1
    assert "encrypted" in whys["locked.pdf"]
    assert "no text" in whys["scan.pdf"]
    assert "damaged" in whys["broken.pdf"]
    assert "encoding" in whys["latin.md"]
    assert "no text" in whys["empty.txt"]
    assert "not a text" in whys["binary.txt"]
    assert "51 MB" in whys["huge.txt"]
    assert best(library_desk) == "lamp"


def test_an_article_whose_file_became_unreadable_stays_as_it_was(library_desk: Desk, folder: Path) -> None:
    take_in(library_desk, folder)
    (folder / "lamp.md").write_bytes(b"\xff\xff")

    report = take_in(library_desk, folder)

    assert (len(report.failed), report.removed) == (1, 0)
    assert best(library_desk) == "lamp"


def test_an_empty_folder_comes_to_nothing_and_a_missing_one_is_refused(library_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    report = take_in(library_desk, tmp_path / "empty")

    assert report.came_to_nothing
    with pytest.raises(DeskError, match="Nothing was changed"):
        take_in(library_desk, tmp_path / "missing")
    with pytest.raises(DeskError, match="Nothing was changed"):
        take_in(library_desk, Path(__file__))


def test_two_files_of_one_name_are_two_articles(library_desk: Desk, folder: Path) -> None:
    for place, text in (("uk", "Parcels to Dover."), ("us", "Parcels to Boston.")):
        (folder / place).mkdir()
        (folder / place / "faq.md").write_text(f"# Parcels\n\n{text}", encoding="utf-8")
    (folder / "delivery.md").write_text("# Delivery of pianos\n\nPianos are delivered by crane.", encoding="utf-8")

    take_in(library_desk, folder)
    again = take_in(library_desk, folder)

    ids = {one.article_id for one in library_desk.library.articles()}
    assert {"faq", "us-faq", "delivery", "lamp"} < ids
    assert len(ids) == 7
    assert again.unchanged == 4
    assert best(library_desk, "parcels to boston") == "us-faq"


def test_a_head_that_names_a_shipped_article_takes_its_place(library_desk: Desk, folder: Path) -> None:
    (folder / "new.md").write_text(
        "---\nid: delivery\ntitle: How long does delivery take?\narea: parcels\n---\nDelivery takes nine days.",
        encoding="utf-8",
    )

    report = take_in(library_desk, folder)

    assert report.articles == 4
    assert library_desk.library.search("how long does delivery take")[0].text == "Delivery takes nine days."


def test_the_same_text_twice_does_not_make_the_desk_doubt_it(library_desk: Desk, folder: Path) -> None:
    take_in(library_desk, folder)
    alone = library_desk.library.search(QUESTION)[0].relevance
    (folder / "copy.md").write_text(LAMP, encoding="utf-8")

    report = take_in(library_desk, folder)

    assert (report.added, report.articles) == (1, 4)
    assert library_desk.library.search(QUESTION)[0].relevance == alone


@pytest.mark.parametrize(
    ("content", "title", "noted"),
    [
        ("Just a text without a heading.", "No title here", True),
        ("# <script>alert(1)</script>Lamps <b>bold\x07\u202e</b>\n\nText.", "alert(1) Lamps bold", False),
        (f"# {'long ' * 200}\n\nText.", ("long " * 40).strip(), False),
    ],
    ids=["none", "markup", "long"],
)
def test_titles_are_plain_words(library_desk: Desk, content: str, title: str, noted: bool) -> None:  # noqa: FBT001  a case
    report = library_desk.library.ingest_files([("no_title-here.md", content.encode())], ANALYST)

    (found,) = [one for one in library_desk.library.articles() if one.source == "upload"]
    assert found.title == title
    assert [remark.file for remark in report.notes] == (["no_title-here.md"] if noted else [])


def test_a_file_with_null_bytes_is_no_text(library_desk: Desk) -> None:
    report = library_desk.library.ingest_files([("red.md", b"---\ntitle: \x00\x1b[31mRed\n---\nText.")], ANALYST)

    assert [(remark.file, remark.why) for remark in report.failed] == [("red.md", "it is not a text")]
    assert report.came_to_nothing


def test_a_file_brought_again_replaces_the_earlier_one(library_desk: Desk) -> None:
    library_desk.library.ingest_files([("lamp.md", LAMP.encode())], ANALYST)

    report = library_desk.library.ingest_files([("lamp.md", b"# Lava lamp\n\nA lava lamp is not repaired.")], LEAD)

    assert (report.changed, report.removed, report.articles) == (1, 0, 4)
    assert library_desk.library.search(QUESTION)[0].text == "A lava lamp is not repaired."


def test_other_files_that_are_brought_say_why_they_are_not_read(library_desk: Desk) -> None:
    report = library_desk.library.ingest_files([("../../x.exe", b"MZ"), ("sheet", b"1,2")], LEAD)

    assert [remark.file for remark in report.failed] == ["x.exe", "sheet"]
    assert report.came_to_nothing


@pytest.mark.parametrize("who", [REVIEWER, Identity(subject="sue", role="stakeholder", source="command-line")])
def test_reviewers_and_stakeholders_look_but_do_not_change(library_desk: Desk, folder: Path, who: Identity) -> None:
    with pytest.raises(ForbiddenError, match="may not change articles"):
        library_desk.library.ingest_folder(folder, who)

    assert len(library_desk.library.articles()) == 3
    assert library_desk.library.last_ingestions() == []


def test_a_long_document_is_cut_into_sections_that_are_cited_each_for_itself(library_desk: Desk) -> None:
    parts = [f"## Part {word}\n\n" + f"The {word} is cleaned with {word} oil. " * 6 for word in ("zebra", "yak", "gnu")]
    manual = "# Animal manual\n\n" + "\n\n".join(parts)

    report = library_desk.library.ingest_files(
        [("manual.md", manual.encode())], LEAD, cutting=Cutting(tokens=50, overlap=10)
    )

    hit = library_desk.library.search("how is the gnu cleaned with gnu oil")[0]
    assert report.articles == 4
    assert report.sections > 6
    assert hit.article_id.startswith("manual~")
    assert library_desk.library.article(hit.article_id).title == "Animal manual"
    result = library_desk.chat("how is the gnu cleaned with gnu oil")
    assert result.citations[0].article_id.startswith("manual~")
    (listed,) = [one for one in library_desk.library.articles() if one.article_id == "manual"]
    assert listed.cited == 1


def test_how_documents_were_cut_is_remembered(library_desk: Desk, folder: Path) -> None:
    library_desk.library.ingest_folder(folder, LEAD, cutting=Cutting(tokens=64, overlap=8))

    report = take_in(library_desk, folder)

    assert (report.tokens, report.overlap) == (64, 8)
    with pytest.raises(ConfigurationError, match="nothing was changed"):
        library_desk.library.ingest_folder(folder, LEAD, cutting=Cutting(tokens=10))


def test_a_search_may_be_kept_to_areas_and_kinds(library_desk: Desk, folder: Path) -> None:
    (folder / "lamps").mkdir()
    (folder / "lamps" / "floor.md").write_text("# Floor lamp\n\nA floor lamp is repaired at home.", encoding="utf-8")
    take_in(library_desk, folder)

    inside = library_desk.library.search(QUESTION, Scope(areas=("lamps",)))
    shipped = library_desk.library.search(QUESTION, Scope(areas=("general",), kinds=("help article",)))

    assert [hit.article_id for hit in inside] == ["floor"]
    assert "floor" not in {hit.article_id for hit in shipped}
    assert library_desk.library.search(QUESTION, Scope(kinds=("nothing",))) == []


def test_a_knowledge_base_that_takes_nothing_in_says_so(tmp_path: Path, folder: Path) -> None:
    with closing(open_test_desk(tmp_path / "home")) as desk, pytest.raises(ConfigurationError, match="Nothing was"):
        desk.library.ingest_folder(folder, LEAD)
