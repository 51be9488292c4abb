"""The evidence as it was when somebody decided: nothing of what came after."""

from agent import Review
from pages.ui.blocks import Block
from pages.ui.review.evidence import evidence_blocks, request_blocks

LATER = {
    "status": "pending",
    "decided_at": None,
    "decided_by": None,
    "decided_action": None,
    "first": None,
    "second_interrupt_id": None,
    "claimed_by": None,
    "claimed_until": None,
    "held_until": None,
}


def frozen_blocks(review: Review) -> list[Block]:
    """The card of the evidence alone; states and due times are left out, they would tell of today."""
    before = review.model_copy(update=LATER)
    blocks = [*request_blocks(before, ()), *evidence_blocks(before)]
    return [block for block in blocks if block["type"] != "tags"]
