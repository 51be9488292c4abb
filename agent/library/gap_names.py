"""What gaps are called: a name that people read, and an id that stays while more of the same is asked."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from agent.model import GapQuestion
from agent.reading.drafts import title_of

NAME_CHARS = 120
ID_CHARS = 12


def name_of(questions: Sequence[GapQuestion]) -> str:
    """The first question that says something, without greeting and without what is nobody's business."""
    named = (_shortened(title_of(question.text)) for question in questions)
    return next((name for name in named if any(char.isalnum() for char in name)), _shortened(questions[0].text))


def ids_as_before(groups: Sequence[Sequence[str]], before: Mapping[str, str]) -> list[str]:
    """An id for each group of turns, the oldest turn first: the one under which most of its turns were known.

    `before` is the id of each turn that was known. Of two groups that one fell into, the one with more of its turns
    keeps its id; a group of new turns, or one that lost its id so, gets one made of its oldest turn.
    """
    shared = [
        (count, place, gap_id)
        for place, turns in enumerate(groups)
        for gap_id, count in Counter(before[turn] for turn in turns if turn in before).items()
    ]
    found: dict[int, str] = {}
    for _count, place, gap_id in sorted(shared, key=lambda each: (-each[0], each[1], each[2])):
        if place not in found and gap_id not in found.values():
            found[place] = gap_id
    taken = {*found.values(), *before.values()}
    for place, turns in enumerate(groups):
        if place not in found:
            found[place] = _new_id(turns[0], taken)
            taken.add(found[place])
    return [found[place] for place in range(len(groups))]


def _new_id(turn_id: str, taken: set[str]) -> str:
    made = hashlib.sha256(turn_id.encode()).hexdigest()[:ID_CHARS]
    return _new_id(f"{turn_id}+", taken) if made in taken else made


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= NAME_CHARS else f"{line[: NAME_CHARS - 2].rsplit(' ', 1)[0]} …"
