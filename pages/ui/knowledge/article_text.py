"""An article's Markdown as blocks of plain text: HTML stays text, and nothing is fetched from anywhere."""

import re
from typing import Any

Span = dict[str, str]
Block = dict[str, Any]

FENCE = re.compile(r"^\s{0,3}(```|~~~)")
HEADING = re.compile(r"^\s{0,3}(#{1,6})\s(.*)$")
RULE = re.compile(r"^\s{0,3}(?:[-*_]\s*){3,}$")
ITEM = re.compile(r"^(\s*)(?:([-*+])|(\d{1,4})[.)])\s+(.*)$")
QUOTE = re.compile(r"^\s{0,3}>\s?(.*)$")
ROW_RULE = re.compile(r"^[\s:|-]+$")
DEEPEST = 3
MOST_CHARS = 200_000
"""A longer article is drawn up to here; nobody reads on."""
TARGET = r"(?:[^()\s]|\([^()\s]{0,200}\)){0,2000}"
INLINE = re.compile(
    r"\\(?P<escaped>[\\`*_{}\[\]()#+\-.!|<>])"
    r"|`(?P<code>[^`\n]{1,2000})`"
    rf"|!\[(?P<picture>[^\]\n]{{0,200}})\]\({TARGET}(?:\s[^)\n]{{0,500}})?\)"
    rf"|\[(?P<link>[^\]\n]{{1,300}})\]\((?P<to>{TARGET})(?:\s[^)\n]{{0,500}})?\)"
    r"|<(?P<address>https?://[^\s<>]{1,2000})>"
    r"|(?P<two>\*\*|__)(?P<strong>\S(?:[^\n]{0,400}?\S)??)(?P=two)"
    r"|(?<![\w*])\*(?P<stress>[^\s*](?:[^*\n]{0,1000}[^\s*])?)\*(?![\w*])"
)
SAFE = re.compile(r"^(?:https?://|mailto:)", re.IGNORECASE)


def article_blocks(text: str) -> list[Block]:
    """Headings, paragraphs, lists, quotes, tables and code, in order."""
    blocks: list[Block] = []
    lines = text[:MOST_CHARS].split("\n")
    at = 0
    while at < len(lines):
        if FENCE.match(lines[at]):
            end = next((row for row in range(at + 1, len(lines)) if FENCE.match(lines[row])), len(lines))
            blocks.append({"type": "code", "text": "\n".join(lines[at + 1 : end])})
            at = end + 1
            continue
        _take_line(lines[at], blocks)
        at += 1
    if len(text) > MOST_CHARS:
        blocks.append(
            {"type": "text", "spans": [{"style": "stress", "text": "It goes on; too long to be shown whole."}]}
        )
    return [block for block in blocks if block["type"] != "gap"]


def spans(text: str) -> list[Span]:
    """A line with what is strong, stressed, code or a link in it; a picture is only named."""
    found: list[Span] = []
    end = 0
    for match in INLINE.finditer(text):
        found.append({"text": text[end : match.start()]})
        found.append(_span(match))
        end = match.end()
    found.append({"text": text[end:]})
    return [span for span in found if span["text"]]


def _span(match: re.Match[str]) -> Span:
    part = match.groupdict()
    if part["picture"] is not None:
        return {"style": "picture", "text": f"Picture: {part['picture'] or 'without a description'}"}
    if part["link"] is not None or part["address"] is not None:
        to = part["to"] if part["link"] is not None else part["address"]
        words = part["link"] if part["link"] is not None else part["address"]
        return {"style": "link", "text": words, "to": to} if SAFE.match(to or "") else {"text": words}
    for style in ("code", "strong", "stress"):
        if part[style] is not None:
            return {"style": style, "text": part[style]}
    return {"text": part["escaped"]}


def _take_line(line: str, blocks: list[Block]) -> None:
    """Add the line to the block that it goes on with, or begin the one that it begins."""
    last = blocks[-1]["type"] if blocks else "gap"
    if not line.strip():
        blocks.append({"type": "gap"})
    elif heading := HEADING.match(line):
        blocks.append(
            {"type": "heading", "level": len(heading[1]), "spans": spans(heading[2].strip().rstrip("#").rstrip())}
        )
    elif RULE.match(line):
        blocks.append({"type": "rule"})
    elif item := ITEM.match(line):
        _take_item(item, blocks)
    elif quote := QUOTE.match(line):
        _go_on("quote", quote[1], blocks)
    elif len(row := line.strip()) > 1 and row[0] == row[-1] == "|":
        _take_row(row[1:-1], blocks)
    elif last == "list":
        blocks[-1]["items"][-1]["spans"] += [{"text": " "}, *spans(line.strip())]
    else:
        _go_on("text", line.strip(), blocks)


def _go_on(kind: str, line: str, blocks: list[Block]) -> None:
    if blocks and blocks[-1]["type"] == kind:
        blocks[-1]["spans"] += [{"text": "\n"}, *spans(line)]
    else:
        blocks.append({"type": kind, "spans": spans(line)})


def _take_item(item: re.Match[str], blocks: list[Block]) -> None:
    number = item[3]
    entry = {
        "depth": min(len(item[1].expandtabs(4)) // 2, DEEPEST),
        "mark": f"{number}." if number else "•",
        "spans": spans(item[4]),
    }
    if len(blocks) > 1 and (blocks[-1]["type"], blocks[-2]["type"]) == ("gap", "list"):
        blocks.pop()  # an empty line between two items does not end the list
    if blocks and blocks[-1]["type"] == "list":
        blocks[-1]["items"].append(entry)
    else:
        blocks.append({"type": "list", "items": [entry]})


def _take_row(row: str, blocks: list[Block]) -> None:
    if ROW_RULE.match(row):
        return
    cells = [spans(cell.strip()) for cell in row.split("|")]
    if blocks and blocks[-1]["type"] == "table":
        blocks[-1]["rows"].append(cells)
    else:
        blocks.append({"type": "table", "rows": [cells]})
