"""What evidence cards are written in beside the common blocks: two columns, facts with a name, clauses, differences."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from agent import Clause
from pages.ui.blocks import Block, Tone
from pages.ui.review.difference import changed_lines


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A labelled value; `fact` is the name by which clauses point at it, `strong` frames it among figures."""

    label: str
    value: str
    tone: Tone = ""
    fact: str = ""
    strong: bool = False


def named_facts(rows: Iterable[Fact]) -> Block:
    """Label and value, one pair a line; clauses can point at them."""
    return {"type": "facts", "rows": [asdict(row) for row in rows]}


def named_figures(rows: Iterable[Fact]) -> Block:
    """Amounts side by side; clauses can point at them."""
    return {"type": "figures", "rows": [asdict(row) for row in rows]}


def columns(left: Sequence[Block], right: Sequence[Block]) -> Block:
    """Two columns where there is room, the left one first where there is not."""
    return {"type": "columns", "left": list(left), "right": list(right)}


def clause_list(rows: Iterable[tuple[Clause, Sequence[str]]]) -> Block:
    """Clauses with verdict and fact; choosing one marks the named facts that it rests on."""
    return {"type": "clauses", "rows": [{**clause.model_dump(), "facts": list(facts)} for clause, facts in rows]}


def request_quote(text: str) -> Block:
    """What the customer wants, in their words; a very long one scrolls inside itself."""
    return {"type": "quote", "text": text, "label": "The customer's words"}


def difference(title: str, before: str, after: str) -> Block:
    """The lines that went and the lines that came."""
    lines = [{"change": change, "text": text} for change, text in changed_lines(before, after)]
    return {"type": "difference", "title": title, "lines": lines}
