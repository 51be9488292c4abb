"""What of a question and its answer can be said to everybody."""

import re

from agent.reading.entities import EMAIL, SHOP_NUMBER

GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hola|buenos d[ií]as|hallo|guten tag|liebe[r]?"
    r"|bonjour|ch[eè]re?)\b[^.!?\n]{0,40}(?:[,.!:]|\n|$)\s*",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:^|\n|(?<=[.!?])\s)\s*(?:(?:kind|best|warm) regards|regards|best wishes|sincerely|yours|cheers|many thanks"
    r"|saludos|mit freundlichen gr[uü](?:ß|ss)en|viele gr[uü](?:ß|ss)e|cordialement)\b[\s\S]{0,80}$",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.!?])\s+")
PHONE = re.compile(r"(?<!\w)\+?\d[\d\s()/-]{7,}\d(?!\w)")
LEFT_OUT = "…"
TITLE_CHARS = 120


def for_everybody(text: str) -> str:
    """The text without greeting and closing; addresses, order numbers and telephone numbers are left out."""
    plain = CLOSING.sub("", GREETING.sub("", text.strip(), count=1))
    for private in (EMAIL, SHOP_NUMBER, PHONE):
        plain = private.sub(LEFT_OUT, plain)
    return plain.strip()


def title_of(question: str) -> str:
    """The sentence that asks, else the first one, at most 120 characters; "" for an empty question."""
    sentences = [part for part in SENTENCE.split(" ".join(for_everybody(question).split())) if part]
    asking = next((part for part in sentences if "?" in part), sentences[0] if sentences else "")
    return asking[:1].upper() + asking[1:TITLE_CHARS]
