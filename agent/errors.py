"""Errors that reach a person or a program: each says what did not happen and what to do next."""

from typing import Literal

RefusalReason = Literal[
    "unknown_order",
    "not_processing",
    "changed_meanwhile",
    "other_country",
    "unknown_variant",
    "out_of_stock",
    "costs_more",
]
"""Why an order was not changed."""


class DeskError(Exception):
    """Something was refused or could not be done; the message says what did not happen."""

    exit_code = 1


class InvalidMessageError(DeskError):
    """The customer's message cannot be taken in as it is; nothing was stored."""

    exit_code = 2


class InvalidDecisionError(DeskError):
    """The decision is malformed or not allowed for this review; the review is still open."""

    exit_code = 2


class UnknownThreadError(DeskError):
    """No thread has this id; nothing was stored."""

    exit_code = 3


class UnknownReviewError(DeskError):
    """No review has this id; nothing was decided."""

    exit_code = 3


class ConflictError(DeskError):
    """Somebody or something was faster: decided already, expired, changed evidence, or a lease held elsewhere."""

    exit_code = 4


class TakenError(ConflictError):
    """Something that only one process may do at a time is being done by another; nothing was changed."""

    def __init__(self, task: str) -> None:
        """Name the task."""
        super().__init__(f"Another process is at it ({task}); nothing was changed. Wait until it is done.")


class ForbiddenError(DeskError):
    """The person's role, or being the requester, does not allow this; nothing was decided."""

    exit_code = 5


class ThreadBusyError(ConflictError):
    """Another process holds the thread's lease; the message is stored and will be answered by it."""


class LeaseLostError(ConflictError):
    """This process stalled past its lease and another took over; its own result was dropped."""


class ConfigurationError(DeskError):
    """Settings, policy, model, index or article are unusable; the message names the file and the remedy."""

    exit_code = 6


class StorageError(DeskError):
    """The database cannot be read or written; nothing that was not acknowledged was kept."""

    exit_code = 7


class KeptError(StorageError):
    """What was sent is stored and will be carried out; only how it went could not be waited for or read."""


class OtherReleaseError(DeskError):
    """The thread waits at a step that only another release has, and is left to it; nothing was changed."""

    exit_code = 13


class PaymentError(DeskError):
    """The payment was not made; the same key may be tried again."""

    exit_code = 8


class OverRefundError(PaymentError):
    """The amount is more than what is left of the order; nothing was paid, and trying again will not help."""


class EngineError(DeskError):
    """The language engine could not do a step; another engine does it, or a person."""

    exit_code = 10


class OrderRefusedError(DeskError):
    """The order store refused a change; nothing was changed. `reason` says why, for choosing the reply."""

    exit_code = 11

    def __init__(self, reason: RefusalReason, message: str) -> None:
        """`message` is for operators; customers get the wording of `reason`."""
        super().__init__(message)
        self.reason = reason


class AlarmError(DeskError):
    """Stored facts contradict each other; nothing was paid and a person has to look."""

    exit_code = 9


class DamagedCheckpointError(AlarmError):
    """A thread's checkpoint is none that the desk has written; other threads are not concerned."""

    def __init__(self, thread_id: str, reason: Exception) -> None:
        """Name the thread, and what is wrong with what was read."""
        said = str(reason).strip().split("\n")[0][:200]
        super().__init__(
            f"The checkpoint of thread {thread_id} cannot be read ({type(reason).__name__}: {said}). Nothing of it was "
            "run and nothing was paid. Restore it from a backup, and find out who wrote it."
        )


class CheckpointTooLargeError(DeskError):
    """What a turn came to does not fit where checkpoints are kept; trying again will not help."""

    exit_code = 13


class DeliveryError(DeskError):
    """Another system did not take what it was sent; the message says what it answered, or that it did not.

    `again` tells whether it may be tried again, `refused` that nothing at all is taken from us (credentials, address).
    `rest_s` is how long it asked to be left alone.
    """

    exit_code = 12

    def __init__(self, message: str, *, again: bool, refused: bool = False, rest_s: float | None = None) -> None:
        """`message` begins with who did not take it."""
        super().__init__(message)
        self.again = again
        self.refused = refused
        self.rest_s = rest_s


class UnknownDeliveryError(DeskError):
    """No failed delivery has this id; nothing was changed."""

    exit_code = 3


class InvalidFilterError(DeskError):
    """Something was asked for that cannot be looked up or counted; nothing was."""

    exit_code = 2
