"""Refunds that need two people: what the first decided, for the second to see."""

from typing import Any

from agent import Identity, Money, Review, subject_key
from pages.ui.blocks import Block, note, quote
from pages.ui.present import at_time
from pages.ui.review.card_blocks import difference
from pages.ui.words import ACTION_DONE


def is_first_person(review: Review, identity: Identity) -> bool:
    """Whether this person decided first, and somebody else has to confirm."""
    return review.first is not None and subject_key(review.first.subject) == subject_key(identity.subject)


def limit_of_one(review: Review) -> Money | None:
    """The amount above which two people have to approve, as frozen with the evidence; None if there is none."""
    limit: Any = review.payload.get("four_eyes_above")
    if limit is None or review.amount is None:
        return None
    return Money(minor=int(limit) * 100, currency=review.amount.currency)


def needs_second_person(review: Review, amount: Money | None = None) -> bool:
    """Whether approving this, or the changed `amount`, still leaves somebody else to confirm it.

    Lowering the amount does not get around the second person.
    """
    limit = limit_of_one(review)
    if limit is None or review.amount is None or review.first is not None:
        return False
    return max(review.amount.minor, amount.minor if amount else 0) > limit.minor


def first_decision_blocks(review: Review, identity: Identity) -> list[Block]:
    """Who approved what when and why, with the changed reply; and whose turn it is."""
    first = review.first
    if first is None:
        return []
    done = ACTION_DONE.get(first.action, first.action)
    why = f": {first.note}" if first.note else "."
    when = at_time(first.decided_at)
    mine = is_first_person(review, identity)
    if mine:
        told = f"This waits for a second person; you approved {first.amount} at {when}{why}"
        turn = "Somebody else has to confirm it. Nothing is paid until then."
    else:
        what = "approved" if first.action == "edit" else done
        told = f"{first.subject} {what} {first.amount} at {when}{why}"
        turn = "It is paid only if you, a second person, confirm exactly that."
    return [note(told, "warn"), *changes_of(review), note(turn, "soft")]


def changes_of(review: Review) -> list[Block]:
    """What the first person changed: the amount, and the reply line by line, or alone where there was none."""
    first = review.first
    return [] if first is None else difference_blocks(first.changes)


def difference_blocks(changes: Any) -> list[Block]:
    """Kept or typed changes, before and after; each has `what`, `before` and `after`."""
    blocks: list[Block] = []
    for change in changes:
        if change.what == "amount":
            blocks.append(note(f"Amount changed from {change.before} to {change.after}."))
        elif change.before:
            blocks += [note("Reply changed:"), difference("The reply, before and after", change.before, change.after)]
        else:
            blocks += [note("Reply to the customer:"), quote(change.after)]
    return blocks
