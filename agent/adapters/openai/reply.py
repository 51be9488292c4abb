"""An answer as it streams in: a confidence, then sentences and steps that begin with their sources."""

import re
from collections.abc import Iterator, Sequence

from agent.adapters.openai.failures import UnusableReplyError
from agent.model import Answer, CitedSentence

MAX_SENTENCES = 3
MAX_STEPS = 8
MAX_CONFIDENCE = 10.0
CONFIDENCE = re.compile(r"\W*CONFIDENCE\W{1,6}(?P<mark>\d{1,3}(?:[.,]\d+)?)\b", re.IGNORECASE)
SOURCES = r"\[\s*\d{1,3}(?:\s*,\s*\d{1,3})*\s*\]"
CITED = re.compile(rf"\s*(?P<sources>(?:{SOURCES}\s*)+)(?P<step>[-*•]\s+)?(?P<text>\S.*)")
NUMBER = re.compile(r"\d+")
NOTHING = re.compile(r"\W*NOTHING\W*", re.IGNORECASE)


class Reply:
    """Reads a streamed reply line by line. What is not in the agreed form is passed over.

    A line counts if every passage that it names exists: one that names another is made up.
    """

    def __init__(self, chunk_ids: Sequence[str]) -> None:
        """The chunks of the passages in the order in which they were numbered from 1."""
        self._chunk_ids = chunk_ids
        self._open_line = ""
        self._confidence: float | None = None
        self._nothing = False
        self._sentences: list[CitedSentence] = []

    @property
    def confidence(self) -> float:
        """The model's mark from 0 to 10; 0 before it gave one."""
        return self._confidence or 0.0

    def read(self, piece: str) -> Iterator[CitedSentence]:
        """The sentences that this piece completes."""
        *lines, self._open_line = (self._open_line + piece).split("\n")
        for line in lines:
            sentence = self._read_line(line)
            if sentence is not None:
                yield sentence

    def _read_line(self, line: str) -> CitedSentence | None:
        if self._confidence is None:
            mark = CONFIDENCE.match(line)
            if mark:
                self._confidence = min(MAX_CONFIDENCE, float(mark["mark"].replace(",", ".")))
        if NOTHING.fullmatch(line):
            self._nothing = True
        sentence = self._cited(line) if self._confidence is not None else None
        if sentence is None or self._is_full(sentence):
            return None
        self._sentences.append(sentence)
        return sentence

    def _cited(self, line: str) -> CitedSentence | None:
        found = CITED.fullmatch(line)
        if found is None:
            return None
        places = dict.fromkeys(int(number) for number in NUMBER.findall(found["sources"]))
        if any(not 1 <= place <= len(self._chunk_ids) for place in places):
            return None
        chunk_ids = tuple(self._chunk_ids[place - 1] for place in places)
        return CitedSentence(text=found["text"].strip(), chunk_ids=chunk_ids, is_step=found["step"] is not None)

    def _is_full(self, sentence: CitedSentence) -> bool:
        alike = sum(known.is_step == sentence.is_step for known in self._sentences)
        return alike >= (MAX_STEPS if sentence.is_step else MAX_SENTENCES)

    def answer(self) -> Answer:
        """All that was read; raises UnusableReplyError if the reply has neither a usable line nor says NOTHING."""
        if self._sentences:
            return Answer(sentences=tuple(self._sentences), confidence=self.confidence)
        if self._nothing:
            return Answer(sentences=(), confidence=0.0)
        missing = "a confidence" if self._confidence is None else "a sentence with a source"
        message = f"the reply is not in the agreed form: it lacks {missing}"
        raise UnusableReplyError(message)
