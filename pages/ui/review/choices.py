"""The ways to decide a review, as its buttons name them."""

from dataclasses import dataclass

from agent import Review


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A way to decide: what its button and its confirmation say, and which key opens it."""

    action: str
    label: str
    confirm: str
    shortcut: str
    icon: str


def choices(review: Review) -> tuple[Choice, ...]:
    """What a reviewer may do with this review, the most likely first."""
    if review.first is not None:
        known = _of_second_person(review)
    elif review.kind == "refund":
        known = _of_refund(review)
    else:
        known = _of_words(draft=review.kind == "draft")
    return tuple(choice for choice in known if choice.action in review.allowed_actions)


def _of_refund(review: Review) -> tuple[Choice, ...]:
    amount = review.amount
    return (
        Choice(action="approve", label=f"Approve {amount}", confirm=f"Pay {amount}", shortcut="A", icon="check"),
        Choice(action="edit", label="Change", confirm="Pay the changed amount", shortcut="E", icon="edit"),
        Choice(action="deny", label="Deny", confirm="Deny the refund", shortcut="D", icon="close"),
        Choice(action="respond", label="Ask", confirm="Send the question, pay nothing", shortcut="W", icon="forum"),
        Choice(action="take-over", label="Take over", confirm="Take over, pay nothing", shortcut="T", icon="person"),
    )


def _of_second_person(review: Review) -> tuple[Choice, ...]:
    """Whoever comes second confirms exactly what the first decided, or does not."""
    amount = (review.first.amount if review.first else None) or review.amount
    return (
        Choice(action="approve", label=f"Confirm {amount}", confirm=f"Confirm {amount}", shortcut="A", icon="check"),
        Choice(action="deny", label="Deny", confirm="Deny the refund", shortcut="D", icon="close"),
        Choice(action="respond", label="Respond", confirm="Send the question, pay nothing", shortcut="W", icon="forum"),
        Choice(action="take-over", label="Take over", confirm="Take over, pay nothing", shortcut="T", icon="person"),
    )


def _of_words(*, draft: bool) -> tuple[Choice, ...]:
    what = "answer" if draft else "draft"
    reply = "Respond" if draft else "Answer"  # "Send answer" stands beside it
    reject = "Reject, the agent goes on" if draft else "Reject the escalation"
    return (
        Choice(action="approve", label=f"Send {what}", confirm=f"Send the {what}", shortcut="A", icon="check"),
        Choice(action="edit", label=f"Edit {what}", confirm=f"Send the edited {what}", shortcut="E", icon="edit"),
        Choice(action="respond", label=reply, confirm="Send my answer", shortcut="W", icon="forum"),
        Choice(action="take-over", label="Take over", confirm="Take over", shortcut="T", icon="person"),
        Choice(action="deny", label="Reject", confirm=reject, shortcut="D", icon="close"),
    )
