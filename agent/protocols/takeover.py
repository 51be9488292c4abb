"""Take over and hand back: while a person has a thread the agent stays silent."""

from agent.backoffice import Backoffice
from agent.errors import ConflictError
from agent.model import EventType, Identity, TurnStatus
from agent.protocols.receive import clean_text
from agent.store import inbox, replies, threads
from agent.store.events import NewEvent, add_events
from agent.wording import phrases_in


def answer_as_person(office: Backoffice, thread_id: str, text: str, identity: Identity, reply_id: str) -> None:
    """Say something to the customer; raises ConflictError unless the thread is with a person."""
    said = clean_text(text, office.policy().max_message_chars)
    _say(office, thread_id, said, identity, reply_id, action="answered")


def hand_back(office: Backoffice, thread_id: str, identity: Identity) -> None:
    """Give the thread back, with what the person left unanswered; raises ConflictError unless it is with a person."""
    with office.database.read() as connection:
        said = phrases_in(inbox.last_language(connection, thread_id)).handed_back
    _say(office, thread_id, said, identity, f"{thread_id}:{office.now()}:back", action="handed_back")


def _say(office: Backoffice, thread_id: str, text: str, identity: Identity, reply_id: str, *, action: str) -> None:
    at = office.now()
    gives_back = action == "handed_back"
    with office.database.write() as connection:
        if threads.get_thread(connection, thread_id).status != "WITH_PERSON":
            message = f"Thread {thread_id} is not with a person; nothing was sent. Take it over in its review first."
            raise ConflictError(message)
        turn_id = inbox.turns_of(connection, thread_id)[-1].turn_id
        replies.add_reply(
            connection,
            reply_id=reply_id,
            thread_id=thread_id,
            turn_id=turn_id,
            who="agent" if gives_back else "person",
            author="agent" if gives_back else identity.subject,
            text=text,
            citations=(),
            at=at,
        )
        # what the person answered is done; what came in after the last answer nobody has answered yet
        target: TurnStatus = "waiting" if gives_back else "done"
        inbox.move_messages(connection, thread_id, source="with_person", target=target)
        office.audit.append(
            connection, identity=identity, action=action, at=at, thread_id=thread_id, review_id=None, detail={}
        )
        if gives_back:
            threads.set_status(connection, thread_id, "DONE", at=at)
        kind: EventType = "HANDED_BACK" if gives_back else "RESPONSE_COMPLETE"
        payload = {"by": identity.subject} if gives_back else {"text": text, "kind": "final", "citations": []}
        add_events(connection, [NewEvent(thread_id=thread_id, turn_id=turn_id, type=kind, at=at, payload=payload)])
    office.audit.anchor_head()
