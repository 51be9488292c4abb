"""What was computed once is read back only if it is whole."""

import logging
from pathlib import Path

import pytest

from agent.sealed import Files, kept


class Maker:
    """Makes the same two files; `made` counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Files:
        self.made += 1
        return {"a.bin": b"first", "b.bin": b"second"}


def test_files_are_made_once(tmp_path: Path) -> None:
    maker = Maker()

    assert kept(tmp_path / "x", maker) == kept(tmp_path / "x", maker) == {"a.bin": b"first", "b.bin": b"second"}
    assert maker.made == 1


@pytest.mark.parametrize("name", ["a.bin", "b.bin", "manifest.json"])
@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\xff\xfe"])
def test_damaged_files_are_made_again(
    tmp_path: Path, name: str, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    kept(tmp_path / "x", Maker())
    (tmp_path / "x" / name).write_bytes(damage)
    maker = Maker()

    with caplog.at_level(logging.WARNING):
        files = kept(tmp_path / "x", maker)

    assert files == {"a.bin": b"first", "b.bin": b"second"}
    assert maker.made == 1
    assert "made again" in caplog.text


def test_a_lost_file_is_made_again(tmp_path: Path) -> None:
    kept(tmp_path / "x", Maker())
    (tmp_path / "x" / "a.bin").unlink()
    maker = Maker()

    kept(tmp_path / "x", maker)

    assert maker.made == 1


def test_a_folder_that_cannot_be_made_costs_time_but_not_the_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")

    files = kept(tmp_path / "file" / "x", Maker())

    assert files == {"a.bin": b"first", "b.bin": b"second"}
    assert "cannot be written" in caplog.text
