"""A process under load: customers write, reviewers decide, workers run turns, all at once, until it is killed."""

import random
import threading
import time
from multiprocessing.synchronize import Event
from pathlib import Path
from uuid import uuid4

from agent import ConflictError, Decision
from agent.desk import Desk
from tests.faults.records import append_line, query
from tests.stand_ins import REVIEWER, open_test_desk

MESSAGES = (
    "how long is delivery?",
    "my kettle is broken",
    "refund of $7 please",
    "refund of $12.50 please",
    "refund please",
    "where is my order",
    "hm",
    "I am furious",
    "let me talk to a human",
    "what does delivery cost?",
)
"""All lanes: faq, issue, refund, order, unknown, escalation."""

DECISIONS = (
    Decision(action="approve"),
    Decision(action="approve"),
    Decision(action="deny", reason="other", note="not this time"),
    Decision(action="respond", reply="I looked into it for you."),
)

KNOWN_THREADS = 30
"""How many of the last threads customers come back to."""

PAUSE_S = 0.02
"""Between two messages of one customer: faster, and the work would outlast the test by minutes."""


def work(home: Path, acknowledged: Path, seed: int, working: Event) -> None:
    """Work until killed; `working` is set once a first turn is through.

    A message is noted as acknowledged after `receive` returned, a decision after `decide` did.
    """
    desk = open_test_desk(home)
    desk.start()
    parts = (write, write, decide)
    for number, part in enumerate(parts):
        chance = random.Random(seed * len(parts) + number)  # noqa: S311  repeatable, not secret
        threading.Thread(target=part, args=(desk, acknowledged, chance), daemon=True).start()
    settled_before = settled_turns(home)
    while settled_turns(home) == settled_before:
        time.sleep(0.005)
    working.set()
    threading.Event().wait()


def settled_turns(home: Path) -> list[tuple[int]]:
    """How many turns are done or paused."""
    return query(home / "desk.sqlite", "SELECT count(*) FROM inbox WHERE status IN ('done', 'paused')")


def write(desk: Desk, acknowledged: Path, chance: random.Random) -> None:
    """Write messages into new and known threads; now and then send one again, as a client does that heard nothing."""
    while True:
        known = [thread.thread_id for thread in desk.threads(limit=KNOWN_THREADS)]
        thread_id = chance.choice(known) if known and chance.random() < 0.5 else None
        text, message_id = chance.choice(MESSAGES), str(uuid4())
        for _attempt in range(1 + (chance.random() < 0.2)):
            receipt = desk.receive(text, thread_id=thread_id, message_id=message_id)
            append_line(acknowledged, {"message": message_id, "thread": receipt.thread_id, "text": text})
        time.sleep(PAUSE_S)


def decide(desk: Desk, acknowledged: Path, chance: random.Random) -> None:
    """Decide whatever is pending."""
    while True:
        pending = desk.queue(limit=20)
        if pending:
            review_id = chance.choice(pending).review_id
            decision = chance.choice(DECISIONS)
            try:
                desk.decide(review_id, decision, REVIEWER)
            except ConflictError:
                continue
            append_line(acknowledged, {"review": review_id, "action": decision.action})
        time.sleep(PAUSE_S)
