"""What differs between two texts, line by line."""

from difflib import SequenceMatcher
from itertools import chain
from typing import Literal

Line = tuple[Literal["same", "removed", "added"], str]

LONGEST = 400
"""Lines of either text that are compared; beyond that the whole is shown as replaced."""


def changed_lines(before: str, after: str) -> list[Line]:
    """Every line of both texts, as it stood, went or came; an empty text has no lines."""
    old, new = before.splitlines(), after.splitlines()
    if max(len(old), len(new)) > LONGEST:
        return [*(("removed", line) for line in old), *(("added", line) for line in new)]
    return list(chain.from_iterable(_lines(old, new)))


def _lines(old: list[str], new: list[str]) -> list[list[Line]]:
    pieces: list[list[Line]] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append([("same", line) for line in old[old_from:old_to]])
            continue
        pieces.append([("removed", line) for line in old[old_from:old_to]])
        pieces.append([("added", line) for line in new[new_from:new_to]])
    return pieces
