"""The text of a Markdown file, and what its head says."""

from collections.abc import Mapping

from agent.knowledge.plain_text import clean_line, decoded
from agent.knowledge.sections import HEADING

HEAD_LINES = 40
"""A head that is longer is taken for text."""


def read_markdown(content: bytes) -> tuple[str, str, Mapping[str, str]]:
    """Title ("" if there is none), text, and the head between lines of `---`; its title beats the first heading."""
    head, text = _head_of(decoded(content).replace("\r\n", "\n"))
    for line in text.splitlines():
        if found := HEADING.fullmatch(line):
            written = head.get("title") or found["text"]
            is_repeated = clean_line(found["text"], len(line)) == clean_line(written, len(line))
            return written, text.replace(line, "", 1) if is_repeated else text, head
    return head.get("title", ""), text, head


def _head_of(text: str) -> tuple[dict[str, str], str]:
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return {}, text
    head: dict[str, str] = {}
    for number, line in enumerate(lines[1:HEAD_LINES], start=1):
        if line.strip() == "---":
            return head, "\n".join(lines[number + 1 :])
        key, colon, value = line.partition(":")
        if colon:
            head[key.strip().lower()] = value.strip().strip("\"'")
    return {}, text
