"""Rate: the customer says how a turn went; nothing waits for it."""

from agent.backoffice import Backoffice
from agent.errors import ConflictError, InvalidMessageError, UnknownThreadError
from agent.protocols.receive import clean_text
from agent.store import inbox
from agent.store.ratings import keep_rating

WORST, BEST = 1, 5

RATED = {"done", "paused", "with_person", "failed"}


def rate(office: Backoffice, turn_id: str, rating: int, comment: str) -> None:
    """Keep the rating; raises InvalidMessageError, UnknownThreadError, or ConflictError before the first reply."""
    if isinstance(rating, bool) or not isinstance(rating, int) or not WORST <= rating <= BEST:
        message = f"The rating {rating!r} is not a whole number from {WORST} to {BEST}. Nothing was kept."
        raise InvalidMessageError(message)
    said = clean_text(comment, office.policy().max_message_chars) if comment.strip() else ""
    with office.database.write() as connection:
        row = inbox.find_turn(connection, turn_id)
        if row is None:
            message = f"There is no turn {turn_id!r}. Nothing was kept; use the id of a turn."
            raise UnknownThreadError(message)
        if row["status"] not in RATED:
            message = "This turn has no reply yet. Nothing was kept; rate it once it has one."
            raise ConflictError(message)
        keep_rating(
            connection, turn_id=turn_id, thread_id=row["thread_id"], rating=rating, comment=said, at=office.now()
        )
