"""What customers said about a turn; the last word counts."""

from sqlalchemy import Connection, select

from agent.store.tables import ratings
from agent.store.upsert import insert_into


def keep_rating(connection: Connection, *, turn_id: str, thread_id: str, rating: int, comment: str, at: str) -> None:
    """Keep the rating of a turn in place of an earlier one."""
    said = {"rating": rating, "comment": comment, "at": at}
    new = insert_into(connection, ratings).values(turn_id=turn_id, thread_id=thread_id, **said)
    connection.execute(new.on_conflict_do_update(index_elements=[ratings.c.turn_id], set_=said))


def rating_of(connection: Connection, turn_id: str) -> int | None:
    """The rating of a turn, 1 to 5."""
    return connection.execute(select(ratings.c.rating).where(ratings.c.turn_id == turn_id)).scalar()
