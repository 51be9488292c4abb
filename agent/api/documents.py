"""What requests and answers look like where the desk's own value types are not enough."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from agent.model import (
    Action,
    ChatResult,
    Check,
    ReviewSummary,
    ThreadStatus,
    ThreadSummary,
    TranscriptLine,
    TurnView,
)

MESSAGE_ID_CHARS = 120

MessageId = Annotated[str, Field(min_length=1, max_length=MESSAGE_ID_CHARS)]
CustomerId = Annotated[str, Field(min_length=1, max_length=200)]


class Body(BaseModel):
    """Base of all bodies: a field that nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid")


class ChatRequest(Body):
    """A customer's message, or a reviewer's yes or no to what the thread waits for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"text": "How long does delivery take?"},
                {"text": "I want my $240 back, order LF-10482", "customer_id": "C-1001", "message_id": "web-7f3a"},
                {"thread_id": "3e8c8f3a-55f0-4f0f-9a43-6c1a40b2d7b1", "approval": True},
            ]
        }
    )

    text: str | None = Field(
        default=None, description="What the customer writes; with `approval` a note for colleagues."
    )
    thread_id: str | None = Field(default=None, description="Go on with this thread; leave it out to begin one.")
    customer_id: CustomerId | None = Field(
        default=None, description="Who writes, as the shop knows them; a customer's own credential says it already."
    )
    message_id: MessageId | None = Field(
        default=None,
        description="The sender's id of this message. The same id is the same message, however often sent.",
    )
    channel: str = Field(default="api", pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="Where the message came in.")
    approval: bool | None = Field(
        default=None, description="Approve (true) or deny (false) what the thread waits for; needs a reviewer's role."
    )


class ChatResponse(ChatResult):
    """What a message led to. `status` is the thread's; a turn that is not finished yet is answered with 202."""

    due_at: str | None = Field(default=None, description="When a person will have decided, for a thread that waits.")
    session: str | None = Field(
        default=None, description="For a visitor's first message: the token that opens this thread from now on."
    )


class ApprovalPage(BaseModel):
    """A page of the queue, what is due first comes first."""

    items: list[ReviewSummary]
    limit: int
    offset: int
    next_offset: int | None = Field(description="Where the next page begins; null on the last.")


class ThreadPage(BaseModel):
    """Threads, last touched first."""

    items: list[ThreadSummary]


class ThreadDocument(BaseModel):
    """A thread as its customer sees it; `turns` with their decision records are for people who work here."""

    thread_id: str
    status: ThreadStatus
    title: str
    customer_id: str
    updated_at: str
    transcript: list[TranscriptLine]
    pending_review_id: str | None
    due_at: str | None = Field(description="When a person will have decided, for a thread that waits.")
    last_event_id: int = Field(description="Follow the events after this one to miss none.")
    turns: list[TurnView] | None = None


class ReviewDocument(BaseModel):
    """A review with its evidence, and what a reviewer may do with it."""

    review: dict[str, Any] = Field(description="The review; `payload` is the whole evidence.")
    allowed_actions: list[Action]
    seen_sha256: str = Field(description="Send it with the decision: it counts only for exactly what was shown.")
    held_messages: list[TurnView] = Field(description="What the customer wrote meanwhile.")


class ClaimDocument(BaseModel):
    """Who works on a review, and until when."""

    review_id: str
    claimed_by: str | None
    claimed_until: str | None


class RatingRequest(Body):
    """How a turn went."""

    rating: Annotated[int, Field(ge=1, le=5, strict=True, description="1 is poor, 5 is good.")]
    comment: str = ""


class AnswerRequest(Body):
    """What a person says to the customer."""

    text: str


class SessionRequest(Body):
    """Whom a browser's token is for."""

    customer_id: CustomerId = Field(description="As the shop knows them.", examples=["C-1001"])


class SessionDocument(BaseModel):
    """A token for a browser. It opens one customer's threads, or one thread, until it ends."""

    token: str
    expires_at: str


class Done(BaseModel):
    """What was asked for was done."""

    thread_id: str
    status: ThreadStatus


class Rated(BaseModel):
    """The rating that is kept."""

    turn_id: str
    rating: int


class HealthDocument(BaseModel):
    """How the desk is."""

    ok: bool
    engine: str
    articles: int
    pending: int
    overdue: int
    checks: list[Check]
