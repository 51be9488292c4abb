"""The chat pane: the transcript with states, citations, decision records, and the reply that is being written."""

from collections import Counter
from typing import Any

from agent import Policy, TranscriptLine
from pages.ui.blocks import Block
from pages.ui.frontend import register
from pages.ui.live.decision_record import record_blocks
from pages.ui.live.live_thread import LiveThread
from pages.ui.words import TURN_CHIP

_CONVERSATION = register("conversation", css=("blocks.css", "conversation.css"), js=("blocks.js", "conversation.js"))

EMPTY = {
    "title": "No messages yet",
    "text": "Choose a scenario above, or write as the customer below, and watch the graph work.",
}

Line = dict[str, Any]


def show_conversation(thread: LiveThread, policy: Policy, *, key: str) -> None:
    """Draw the thread's conversation; new replies are written out, old ones simply stand there."""
    lines = conversation_lines(thread, policy)
    data = {
        "thread": thread.nonce,
        "started": thread.known_seq == 0,
        "lines": lines,
        "empty": None if lines else EMPTY,
    }
    _CONVERSATION(data=data, key=key)


def conversation_lines(thread: LiveThread, policy: Policy) -> list[Line]:
    """One entry a line, with an id that stays the same while lines are added."""
    transcript = thread.view.transcript if thread.view else ()
    turns = {turn.turn_id: turn for turn in thread.turns}
    last_reply = {line.turn_id: index for index, line in enumerate(transcript) if line.who != "customer"}
    said: Counter[str] = Counter()
    lines = []
    for index, line in enumerate(transcript):
        name = f"{line.turn_id}:{line.who}"
        said[name] += 1
        explained = turns.get(line.turn_id) if last_reply.get(line.turn_id) == index else None
        why = record_blocks(explained, policy) if explained and explained.record else []
        lines.append(_line(f"{name}:{said[name]}", line, why))
    streamed = thread.streamed()
    if streamed:
        turn_id, text = streamed
        lines.append(_streaming_line(f"{turn_id}:agent:{said[f'{turn_id}:agent'] + 1}", text, thread))
    return lines


def _line(line_id: str, line: TranscriptLine, why: list[Block]) -> Line:
    chip = TURN_CHIP.get(line.status) if line.who == "customer" else None
    return {
        "id": line_id,
        "who": line.who,
        "name": {"customer": "Customer", "agent": "Autopilot"}.get(line.who, line.author),
        "text": line.text,
        "at": line.at,
        "chip": {"text": chip[0], "tone": chip[1]} if chip else None,
        "citations": list(dict.fromkeys(citation.title for citation in line.citations)),
        "why": why,
        "streaming": False,
    }


def _streaming_line(line_id: str, text: str, thread: LiveThread) -> Line:
    return {
        "id": line_id,
        "who": "agent",
        "name": "Autopilot",
        "text": text,
        "at": thread.events[-1].at,
        "chip": None,
        "citations": [],
        "why": [],
        "streaming": True,
    }
