"""Summaries that say what was said, in the speakers' own words, cut to length."""

from collections.abc import Sequence

from agent.model import SpokenLine

FIRST_SHARE = 0.4
"""Share of the words for how the conversation began; the rest goes to the latest messages."""
LINE_WORDS = 25
"""Words kept of one line when it leaves the agent's mind."""


def summarise(lines: Sequence[SpokenLine], max_words: int) -> str:
    """How the customer began and what they said last, in at most `max_words` words."""
    asked = [line.text for line in lines if line.who == "customer"]
    if not asked:
        return ""
    if len(asked) == 1:
        return f"The customer writes: {_cut(asked[0], max_words - 3)}"
    began = _cut(asked[0], int(max_words * FIRST_SHARE))
    latest = _cut(asked[-1], max_words - len(began.split()) - 12)
    return f"{len(asked)} messages. The customer began with: {began} The latest message: {latest}"


def fold_in(summary: str, lines: Sequence[SpokenLine], max_words: int) -> str:
    """The summary of everything older, with `lines` added; its middle is left out once it is too long."""
    told = [f"{line.who}: {_cut(line.text, LINE_WORDS)}" for line in lines]
    words = " ".join([summary, *told]).split()
    if len(words) <= max_words:
        return " ".join(words)
    first = int(max_words * FIRST_SHARE)
    return " ".join([*words[:first], "…", *words[len(words) - (max_words - first - 1) :]])


def _cut(text: str, words: int) -> str:
    """The first words of a text, with an ellipsis if there are more."""
    found = text.split()
    return " ".join(found) if len(found) <= words else " ".join(found[: max(words - 1, 1)]) + " …"
