"""Articles by the command line: real processes, the embedded engine, one home."""

from pathlib import Path

from tests.command_line.conftest import Run

LAMP = "# Can a lava lamp be repaired?\n\nLava lamps are repaired in our workshop in Dover within twelve days.\n"


def test_a_folder_comes_in_and_the_next_question_is_answered_from_it(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "lamp.md").write_text(LAMP, encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"no pdf")

    taken = run("ingest", str(folder), "--json")
    answered = run("chat", "how long does it take to repair a lava lamp?", "--json").document
    listed = run("articles", "--search", "lava", "--json").document

    assert taken.code == 0
    assert {key: taken.document[key] for key in ("found", "added", "changed", "unchanged", "removed")} == {
        "found": 2,
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "removed": 0,
    }
    assert [remark["file"] for remark in taken.document["failed"]] == ["bad.pdf"]
    assert taken.document["articles"] == taken.document["sections"] > 100
    assert taken.document["seconds"] > 0
    assert answered["citations"][0]["article_id"] == "lamp"
    assert [one["cited"] for one in listed] == [1]


def test_a_question_without_an_answer_is_a_gap(run: Run) -> None:
    run("chat", "Do you offer a repair service for watches?")

    (gap,) = run("gaps", "--json").document

    assert (gap["count"], gap["name"]) == (1, "Do you offer a repair service for watches?")


def test_nothing_to_take_in_ends_with_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    for folder in ("empty", "missing"):
        ran = run("ingest", str(tmp_path / folder))
        assert ran.code == 1
        assert "othing was changed" in ran.err
