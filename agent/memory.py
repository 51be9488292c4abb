"""What an engine is told of a conversation: the latest messages whole, a summary of the rest, passages, and no more.

The budget is in tokens of the engine's own, which are not known here; a third of the bytes is more than any usual
tokenizer makes of a European language. A message of the customer that is answered now is never left out.
"""

from collections.abc import Sequence

from agent.model import Dropped, Hit, Memory, SpokenLine
from agent.policy import Policy

RESERVED_TOKENS = 1_500
"""Kept free for the engine's own instructions."""


def count_tokens(text: str) -> int:
    """More tokens than the text has, rather than fewer."""
    return -(-len(text.encode()) // 3)


def recall(
    *,
    lines: Sequence[SpokenLine],
    summary: str,
    passages: Sequence[Hit],
    shelf: Sequence[Hit],
    policy: Policy,
) -> Memory:
    """Everything that fits: first the oldest articles go, then the summary is cut, then the oldest messages go.

    `passages` are those of this turn, the best first; `shelf` holds those cited in earlier turns, oldest first. The
    last line and the best passage always stay.
    """
    fresh = {hit.chunk_id for hit in passages}
    older = [_cut(hit, policy) for hit in shelf if hit.chunk_id not in fresh]
    kept = [*(_cut(hit, policy) for hit in passages), *reversed(older)]
    told, said = summary, list(lines[-policy.kept_messages :])
    dropped: list[Dropped] = []
    surplus = _tokens(kept, told, said) + RESERVED_TOKENS - policy.memory_tokens
    while surplus > 0 and len(kept) > 1:
        gone = kept.pop()
        surplus -= _note(dropped, f"passage {gone.chunk_id}", count_tokens(gone.text))
    if surplus > 0 and told:
        told = _shortened(summary, count_tokens(summary) - surplus)
        lost = len(summary.split()) - len(told.split())
        surplus -= _note(dropped, f"{lost} words of the summary", count_tokens(summary) - count_tokens(told))
    while surplus > 0 and len(said) > 1:
        gone_line = said.pop(0)
        surplus -= _note(dropped, f"a message of the {gone_line.who}", count_tokens(gone_line.text))
    return Memory(
        summary=told,
        lines=tuple(said),
        passages=tuple(kept),
        tokens=_tokens(kept, told, said),
        dropped=tuple(dropped),
    )


def _cut(hit: Hit, policy: Policy) -> Hit:
    return hit.model_copy(update={"text": hit.text[: policy.snippet_chars]})


def _tokens(passages: Sequence[Hit], summary: str, lines: Sequence[SpokenLine]) -> int:
    texts = [*(hit.text for hit in passages), summary, *(line.text for line in lines)]
    return sum(map(count_tokens, texts))


def _shortened(text: str, tokens: int) -> str:
    """The first words of the text, as many as `tokens` hold."""
    words = text.split()
    while words and count_tokens(" ".join(words)) > tokens:
        words.pop()
    return " ".join(words)


def _note(dropped: list[Dropped], what: str, tokens: int) -> int:
    dropped.append(Dropped(what=what, tokens=tokens))
    return tokens
