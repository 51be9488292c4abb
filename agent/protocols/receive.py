"""Receive: keep the message first, answer it later. What is acknowledged here is never lost and never runs twice."""

import unicodedata
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.errors import ConflictError, InvalidMessageError, UnknownThreadError
from agent.model import Receipt, ThreadSummary, TurnStatus
from agent.observing.spans import current_traceparent
from agent.store import events, inbox, reviews, threads

KEPT_CONTROLS = "\n\t"
ID_CHARS = 200


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message as its sender handed it in; None where the desk gives an id."""

    text: str
    thread_id: str | None = None
    customer_id: str = "guest"
    message_id: str | None = None
    channel: str = "chat"


def receive(office: Backoffice, message: Message) -> Receipt:
    """Store the message and say where it stands.

    A message id seen before is the same message. Raises InvalidMessageError, UnknownThreadError, or ConflictError if
    the id was used for another text; nothing is stored then.
    """
    text = clean_text(message.text, office.policy().max_message_chars)
    message_id = _clean_id(message.message_id, "message") if message.message_id is not None else str(uuid4())
    customer_id = _clean_id(message.customer_id, "customer")
    thread_id = None if message.thread_id is None else known_thread_id(message.thread_id)
    with office.database.write() as connection:
        known = inbox.find_message(connection, message_id)
        if known is not None:
            return _same_message(connection, known["turn_id"], text, thread_id)
        at = office.now()
        if thread_id is None:
            thread_id = str(uuid4())
            threads.create_thread(
                connection, thread_id=thread_id, customer_id=customer_id, channel=message.channel, title=text, at=at
            )
        thread = threads.get_thread(connection, thread_id)
        review_id = reviews.pending_review(connection, thread_id)
        status = _where_it_stands(thread, review_id)
        turn_id = str(uuid5(NAMESPACE_URL, message_id))
        inbox.insert_message(
            connection,
            message_id=message_id,
            turn_id=turn_id,
            thread_id=thread_id,
            text=text,
            status=status,
            received_at=at,
            review_id=review_id,
            traceparent=current_traceparent(),
        )
        threads.count_message(connection, thread_id, at=at)
        received = events.NewEvent(
            thread_id=thread_id, turn_id=turn_id, type="MESSAGE_RECEIVED", at=at, payload={"status": status}
        )
        events.add_events(connection, [received])
    return Receipt(
        thread_id=thread_id,
        message_id=message_id,
        turn_id=turn_id,
        queued=status != "waiting",
        duplicate=False,
        thread_status=thread.status,
    )


def _where_it_stands(thread: ThreadSummary, review_id: str | None) -> TurnStatus:
    if review_id is not None:
        return "held"  # invoking the graph now would delete the pending interrupt without a word
    return "with_person" if thread.status == "WITH_PERSON" else "waiting"


def _same_message(connection: Connection, turn_id: str, text: str, thread_id: str | None) -> Receipt:
    row = inbox.find_turn(connection, turn_id)
    if row is None or row["text"] != text or thread_id not in {None, row["thread_id"]}:
        message = "This message id was used for another message; nothing was stored. Send it again under a new id."
        raise ConflictError(message)
    return Receipt(
        thread_id=row["thread_id"],
        message_id=row["message_id"],
        turn_id=turn_id,
        queued=row["status"] in {"held", "with_person"},
        duplicate=True,
        thread_status=threads.get_thread(connection, row["thread_id"]).status,
    )


def clean_text(text: str, max_chars: int) -> str:
    """The text in Unicode's composed form without control characters; raises InvalidMessageError if unusable."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        message = "The message holds characters that are not valid Unicode; it was not stored. Send it as UTF-8."
        raise InvalidMessageError(message) from error
    if len(text) > max_chars:
        message = f"The message has {len(text):,} characters, {max_chars:,} are allowed; it was not stored. Shorten it."
        raise InvalidMessageError(message)
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    visible = "".join(char for char in composed if char in KEPT_CONTROLS or not _is_control(char)).strip()
    if not visible:
        message = "The message is empty; nothing was stored. Write what it is about."
        raise InvalidMessageError(message)
    return visible


def _is_control(char: str) -> bool:
    # Cf holds direction overrides and invisible marks that hide text, but also the joiner that emoji are made of
    return unicodedata.category(char) in {"Cc", "Cs"} or (unicodedata.category(char) == "Cf" and char != "\u200d")


def known_thread_id(thread_id: str) -> str:
    """The id in its one spelling; whatever is not a UUID cannot be a thread of ours."""
    try:
        return str(UUID(thread_id))
    except (ValueError, AttributeError, TypeError) as error:
        shown = str(thread_id)[:60].encode("utf-8", "replace").decode()
        message = f"There is no thread {shown!r}; nothing was stored. Start a new one by leaving the id out."
        raise UnknownThreadError(message) from error


def _clean_id(text: str, what: str) -> str:
    if not text or len(text) > ID_CHARS or not text.isprintable():
        message = f"The {what} id must have 1 to {ID_CHARS} printable characters; nothing was stored."
        raise InvalidMessageError(message)
    return text
