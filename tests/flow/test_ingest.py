"""Articles that come in while the desk is asked: what is found, what leaves, and what happens when it goes wrong."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.bootstrap import World
from agent.desk import Desk
from agent.errors import ConfigurationError, ConflictError, DeskError, ForbiddenError
from agent.knowledge.sections import Cutting
from agent.model import Identity, IngestionReport, Scope
from tests.faults.processes import kill, start
from tests.shelf import ANALYST, LEAD, BagOfWords, open_library_desk, pdf
from tests.stand_ins import REVIEWER, HandClock, open_test_desk

LAMP = "# Can a lava lamp be repaired?\n\nA lava lamp is repaired within twelve days in our workshop.\n"
QUESTION = "how is a lava lamp repaired?"


@pytest.fixture
def embedder() -> BagOfWords:
    return BagOfWords()


@pytest.fixture
def library_desk(tmp_path: Path, embedder: BagOfWords) -> Iterator[Desk]:
    with closing(open_library_desk(tmp_path / "home", embedder)) as desk:
        yield desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "docs"
    made.mkdir()
    (made / "lamp.md").write_text(LAMP, encoding="utf-8")
    return made


def take_in(desk: Desk, folder: Path) -> IngestionReport:
    return desk.library.ingest_folder(folder, LEAD)


def best(desk: Desk, question: str = QUESTION) -> str:
    return desk.library.search(question)[0].article_id


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
    ("content", "title"),
    [
        ("Just a text without a heading.", "No title here"),
        ("# <script>alert(1)</script>Lamps <b>bold\x07\u202e</b>\n\nText.", "alert(1) Lamps bold"),
        ("---\ntitle: \x00\x1b[31mRed\n---\nText.", None),
        (f"# {'long ' * 200}\n\nText.", ("long " * 40).strip()),
    ],
)
def test_titles_are_plain_words(library_desk: Desk, content: str, title: str | None) -> None:
    files = [("no_title-here.md", content.encode())]

    report = library_desk.library.ingest_files(files, ANALYST)

    if title is None:
        assert [remark.why for remark in report.failed] == ["it is not a text"]
        return
    (found,) = [one for one in library_desk.library.articles() if one.source == "upload"]
    assert found.title == title
    assert [remark.file for remark in report.notes] == (["no_title-here.md"] if "Just" in content else [])


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


def test_a_file_that_changes_meanwhile_is_taken_as_it_was_read_and_again_the_next_time(
    library_desk: Desk, folder: Path
) -> None:
    def write_on(_share: float, doing: str) -> None:
        if doing.startswith("Indexing"):
            (folder / "lamp.md").write_text(LAMP.replace("twelve", "ninety"), encoding="utf-8")

    library_desk.library.ingest_folder(folder, LEAD, write_on)
    first = library_desk.library.search(QUESTION)[0].text

    second = take_in(library_desk, folder)

    assert "twelve" in first
    assert second.changed == 1
    assert "ninety" in library_desk.library.search(QUESTION)[0].text


def test_searches_go_on_while_articles_are_taken_in(library_desk: Desk, folder: Path, embedder: BagOfWords) -> None:
    embedder.hold.clear()
    at_it = threading.Thread(target=take_in, args=(library_desk, folder))
    at_it.start()
    while not library_desk.library.last_ingestions():
        pass

    meanwhile = best(library_desk, "how long does delivery take")
    embedder.hold.set()
    at_it.join()

    assert meanwhile == "delivery"
    assert best(library_desk) == "lamp"


def test_the_second_who_takes_articles_in_is_told_who_is_at_it(
    library_desk: Desk, folder: Path, embedder: BagOfWords, tmp_path: Path
) -> None:
    embedder.hold.clear()
    at_it = threading.Thread(target=take_in, args=(library_desk, folder))
    at_it.start()
    while not library_desk.library.last_ingestions():
        pass

    with closing(open_library_desk(tmp_path / "home")) as other:
        with pytest.raises(ConflictError, match=r"kim has, since .* Nothing was changed"):
            other.library.ingest_folder(folder, ANALYST)
        embedder.hold.set()
        at_it.join()

        assert other.library.ingest_folder(folder, ANALYST).unchanged == 1


def test_another_desk_on_the_same_home_finds_it_without_a_restart(
    library_desk: Desk, folder: Path, tmp_path: Path
) -> None:
    with closing(open_library_desk(tmp_path / "home")) as other:
        assert best(other) != "lamp"
        take_in(library_desk, folder)

        found = _eventually(lambda: best(other) == "lamp")

    assert found


def _eventually(what: object) -> bool:
    waits = threading.Event()
    return any(what() or waits.wait(0.05) for _attempt in range(200)) if callable(what) else False


def hang_in_ingestion(home: str, folder: str) -> None:
    """In a process of its own: begin, and never come to an end."""
    embedder = BagOfWords()
    desk = open_library_desk(Path(home), embedder)
    embedder.hold.clear()
    desk.library.ingest_folder(Path(folder), LEAD)


def test_a_process_that_is_killed_meanwhile_leaves_the_old_index_and_no_lock(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    with closing(open_library_desk(home)) as desk:
        take_in(desk, folder)
        (folder / "wool.md").write_text("# Wool\n\nWool is washed cold.", encoding="utf-8")
        child = start(hang_in_ingestion, str(home), str(folder))
        begun = _eventually(lambda: desk.library.last_ingestions()[0].status == "running")
        kill(child)

        old = best(desk)
        report = take_in(desk, folder)

        assert begun
        assert old == "lamp"
        assert (report.added, report.unchanged) == (1, 1)
        assert [one.status for one in desk.library.last_ingestions()] == ["done", "cut off", "done"]
        assert desk.verify_audit().ok


def test_what_was_prepared_and_is_damaged_is_made_again(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    with closing(open_library_desk(home)) as desk:
        take_in(desk, folder)
        whole = desk.library.search(QUESTION)
    with closing(sqlite3.connect(home / "prepared.sqlite")) as connection, connection:
        connection.execute("UPDATE prepared SET body = x'00112233'")
    with closing(open_library_desk(home)) as desk:
        assert desk.library.search(QUESTION) == whole


def test_a_knowledge_base_that_takes_nothing_in_says_so(tmp_path: Path, folder: Path) -> None:
    with closing(open_test_desk(tmp_path / "home")) as desk, pytest.raises(ConfigurationError, match="Nothing was"):
        desk.library.ingest_folder(folder, LEAD)


def test_folders_are_taken_in_again_every_night_by_one_desk(tmp_path: Path, folder: Path) -> None:
    clock = HandClock(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
    world = World(clock=clock)
    with (
        closing(open_library_desk(tmp_path / "home", world=world)) as desk,
        closing(open_library_desk(tmp_path / "home", world=world)) as other,
    ):
        take_in(desk, folder)
        (folder / "wool.md").write_text("# Wool\n\nWool is washed cold.", encoding="utf-8")
        clock.advance(timedelta(hours=14))
        desk.library.take_in_again()
        too_early = len(desk.library.last_ingestions())
        clock.advance(timedelta(hours=2))

        both = [threading.Thread(target=one.library.take_in_again) for one in (desk, other)]
        for one in both:
            one.start()
        for one in both:
            one.join()

        runs = desk.library.last_ingestions()
        assert too_early == 1
        assert [(run.started_by, run.report.added) for run in runs] == [("desk", 1), ("kim", 1)]


def test_a_desk_that_runs_does_so_by_itself(tmp_path: Path, folder: Path) -> None:
    clock = HandClock(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
    with closing(open_library_desk(tmp_path / "home", world=World(clock=clock))) as desk:
        take_in(desk, folder)
        clock.advance(timedelta(days=1))

        desk.start()

        assert _eventually(lambda: [run.started_by for run in desk.library.last_ingestions()] == ["desk", "kim"])


def test_a_desk_that_is_closed_meanwhile_changes_nothing_and_does_it_the_next_time(
    tmp_path: Path, folder: Path
) -> None:
    clock = HandClock(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
    world = World(clock=clock)
    with closing(open_library_desk(tmp_path / "home", world=world)) as desk:
        take_in(desk, folder)
        (folder / "wool.md").write_text("# Wool\n\nWool is washed cold.", encoding="utf-8")
        clock.advance(timedelta(days=1))
        desk.library.close()
        desk.library.take_in_again()
    with closing(open_library_desk(tmp_path / "home", world=world)) as desk:
        before = desk.articles
        desk.library.take_in_again()

        assert (before, desk.articles) == (4, 5)
        assert [run.status for run in desk.library.last_ingestions()] == ["done", "cut off", "done"]


def test_a_folder_that_is_away_at_night_keeps_its_articles(tmp_path: Path, folder: Path) -> None:
    clock = HandClock(datetime(2026, 11, 1, 12, 0, tzinfo=UTC))
    with closing(open_library_desk(tmp_path / "home", world=World(clock=clock))) as desk:
        take_in(desk, folder)
        (folder / "lamp.md").rename(tmp_path / "lamp.md")
        clock.advance(timedelta(days=1))
        desk.library.take_in_again()
        folder.rmdir()
        clock.advance(timedelta(days=1))
        desk.library.take_in_again()
        desk.library.take_in_again()

        whys = [(run.status, run.why.partition(".")[0]) for run in desk.library.last_ingestions()]
        assert whys == [
            ("failed", f"There is no folder {folder}"),
            ("failed", "The folder is empty now"),
            ("done", ""),
        ]
        assert best(desk) == "lamp"
