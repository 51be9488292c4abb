"""The guard on answers: a sentence leaves only with a source, and only if its figures stand in that source."""

import re
from collections.abc import Sequence

from agent.model import Answer, Citation, CitedSentence, Grounded, Hit

MAX_SENTENCES = 3
MAX_STEPS = 8

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
PLACE = re.compile(
    r"(?:https?://|www\.)\S+|[\w.%+-]+@[\w.-]+\.\w{2,}|(?<![\w@.-])(?:[\w-]+\.)+[^\W\d_]{2,24}\b(?:/\S*)?",
    re.IGNORECASE,
)


def grounded(answer: Answer, passages: Sequence[Hit]) -> Grounded:
    """The answer as it may leave: supported sentences only, at most 3 and 8 steps, with the chunks they rest on."""
    supported = [sentence for sentence in answer.sentences if is_supported(sentence, passages)]
    prose = [sentence for sentence in supported if not sentence.is_step][:MAX_SENTENCES]
    steps = [sentence for sentence in supported if sentence.is_step][:MAX_STEPS]
    kept = [*prose, *steps]
    return Grounded(
        text=_written(prose, steps),
        citations=_citations(kept, passages),
        confidence=answer.confidence if kept else 0.0,
        dropped=tuple(sentence.text for sentence in answer.sentences if sentence not in kept),
    )


def is_supported(sentence: CitedSentence, passages: Sequence[Hit]) -> bool:
    """Whether the sentence names passages that exist, and every figure, link and address in it stands in them."""
    known = {hit.chunk_id: hit for hit in passages}
    if not sentence.text.strip() or not sentence.chunk_ids or not set(sentence.chunk_ids) <= set(known):
        return False
    sources = " ".join(f"{known[chunk].title} {known[chunk].text}" for chunk in sentence.chunk_ids)
    return _figures(sentence.text) <= _figures(sources) and _places(sentence.text) <= _places(sources)


def _figures(text: str) -> set[str]:
    return {_figure(found) for found in FIGURE.findall(text)}


def _places(text: str) -> set[str]:
    """Links and addresses, each whole: the beginning of another link leads somewhere else."""
    found = (place.rstrip(".,;:!?)]>*\"'/") for place in PLACE.findall(text))
    return {place.removeprefix("https://").removeprefix("http://").removeprefix("www.") for place in found}


def _figure(written: str) -> str:
    """A figure in one spelling: without separators of thousands, a decimal comma as a point."""
    decimals = re.fullmatch(r"(.*)[.,](\d{1,2})", written)
    whole, rest = (decimals[1], decimals[2]) if decimals else (written, "")
    digits = re.sub(r"[.,]", "", whole)
    return f"{digits}.{rest}".rstrip("0").rstrip(".") if rest else digits


def _written(prose: Sequence[CitedSentence], steps: Sequence[CitedSentence]) -> str:
    said = " ".join(sentence.text for sentence in prose)
    numbered = "\n".join(f"{number}. {step.text}" for number, step in enumerate(steps, start=1))
    return "\n\n".join(part for part in (said, numbered) if part)


def _citations(kept: Sequence[CitedSentence], passages: Sequence[Hit]) -> tuple[Citation, ...]:
    """Every chunk that a sentence rests on, once, in the order of the answer."""
    known = {hit.chunk_id: hit for hit in passages}
    cited = dict.fromkeys(chunk for sentence in kept for chunk in sentence.chunk_ids)
    return tuple(
        Citation(article_id=known[chunk].article_id, title=known[chunk].title, chunk_id=chunk) for chunk in cited
    )
