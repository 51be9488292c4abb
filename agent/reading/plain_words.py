"""Customers' messages as plain words, the form in which every part of the engine reads them."""

import html
import re

MENTION = re.compile(r"(?<!\w)@\w+")
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
PLACEHOLDER = re.compile(r"(?:__|<|\[|\{\{)\w+(?:__|>|\]|\}\})")
HASHTAG = re.compile(r"#(?=[^\W\d])(\w+)")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
LONG_NUMBER = re.compile(r"#?\b[A-Z]{0,3}-?\d[\d-]{4,}\b")
SPACE = re.compile(r"\s+")
APOSTROPHES = str.maketrans("’‘`´“”", "''''\"\"")


def plain_words(text: str) -> str:
    """The message without handles, links and placeholders, hashtags read as words, long numbers as one short one.

    An identifier says nothing about the subject but fills a sentence vector, because it is cut into many word pieces.
    """
    text = html.unescape(text).translate(APOSTROPHES)
    text = LINK.sub(" ", text)
    text = MENTION.sub(" ", text)
    text = PLACEHOLDER.sub(" ", text)
    text = HASHTAG.sub(lambda tag: HUMP.sub(" ", tag[1]), text)
    text = LONG_NUMBER.sub("100", text)
    return SPACE.sub(" ", text).strip()
