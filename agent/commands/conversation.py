"""chat, approvals, decide, thread, threads, events: what customers and reviewers do."""

from typing import Annotated, Any, get_args

import typer

from agent.commands.output import Json, opened, print_json, reporting_errors, say
from agent.commands.typed import amount_of, chosen, identity_of
from agent.model import (
    Action,
    ChatResult,
    Decision,
    DenialReason,
    QueueFilter,
    Review,
    ReviewStatus,
    ReviewSummary,
)
from agent.timestamps import for_people

NO_REASON = "No reason was given on the command line."


def chat(
    text: Annotated[str, typer.Argument(help="What the customer writes.")],
    thread: Annotated[str | None, typer.Option(help="Go on with this thread.")] = None,
    customer: Annotated[str, typer.Option(help="The customer's id.")] = "guest",
    message_id: Annotated[str | None, typer.Option(help="The sender's id: the same id is the same message.")] = None,
    json: Json = False,
) -> None:
    """Send a customer's message and print what it led to."""
    with reporting_errors(json), opened() as desk:
        result = desk.chat(text, thread_id=thread, customer_id=customer, message_id=message_id, channel="command-line")
        if json:
            print_json(result)
            return
        _say_chat(result)


def _say_chat(result: ChatResult) -> None:
    say(result.reply)
    say("")
    say(f"thread  {result.thread_id}")
    say(f"status  {result.status}" + ("  (queued)" if result.queued else ""))
    if result.route:
        say(f"route   {result.intent} → {result.route}, rules: {', '.join(rule.name for rule in result.rules)}")
    if result.review_id:
        say(f"review  {result.review_id}")


def approvals(
    status: Annotated[str, typer.Option(help="pending, applied, expired, … or all.")] = "pending",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    json: Json = False,
) -> None:
    """List reviews, what is due first comes first."""
    with reporting_errors(json), opened() as desk:
        statuses = () if status == "all" else (chosen(status, get_args(ReviewStatus), "status"),)
        rows = desk.queue(QueueFilter(statuses=statuses), limit=limit)
        if json:
            print_json([_queue_row(row) for row in rows])
            return
        for row in rows:
            amount = f" {row.amount}" if row.amount else ""
            what = f"{row.kind}{amount}: {row.request[:60]}"
            say(f"{row.review_id}  {row.priority:6}  due {for_people(row.due_at)}  {what}")
        say(f"{len(rows)} shown")


def _queue_row(row: ReviewSummary) -> dict[str, Any]:
    plain = row.model_dump(mode="json")
    plain["amount"] = f"{row.amount.amount:.2f}" if row.amount else None
    plain["currency"] = row.amount.currency if row.amount else None
    return plain


def decide(  # noqa: PLR0913, PLR0917  one option per flag
    review_id: Annotated[str, typer.Argument(help="From `approvals`.")],
    action: Annotated[str, typer.Argument(help="approve, edit, deny, respond or take-over.")],
    as_: Annotated[str, typer.Option("--as", help="Who decides; recorded as such.")],
    reason: Annotated[str | None, typer.Option(help="Reason code of a denial.")] = None,
    amount: Annotated[str | None, typer.Option(help="Another amount, with edit.")] = None,
    reply: Annotated[str | None, typer.Option(help="The reply to the customer.")] = None,
    note: Annotated[str, typer.Option(help="Why; required with --reason other unless a reply says it.")] = "",
    undo_window: Annotated[bool, typer.Option(help="Wait for the undo window; a running desk carries it out.")] = False,
    json: Json = False,
) -> None:
    """Decide a review and carry it out."""
    with reporting_errors(json), opened() as desk:
        review = desk.review(review_id)
        decision = Decision(
            action=chosen(action, get_args(Action), "action"),
            reason=chosen(reason, get_args(DenialReason), "reason code") if reason is not None else None,
            amount=amount_of(amount, review) if amount is not None else None,
            reply=reply,
            note=note,
        )
        result = desk.decide(review_id, _with_reason(decision, review), identity_of(as_), held=undo_window)
        if json:
            print_json(result)
            return
        say(f"{result.action_result}\nstatus  {result.status}\n\n{result.reply}")


def _with_reason(decision: Decision, review: Review) -> Decision:
    """A denial that was typed without a reason says so in the records; customers never see notes."""
    if decision.action != "deny" or decision.reason is not None or review.kind != "refund":
        return decision
    return decision.model_copy(update={"reason": "other", "note": decision.note or NO_REASON})


def thread(
    thread_id: Annotated[str, typer.Argument(help="The thread's id.")],
    json: Json = False,
) -> None:
    """Print a thread with its transcript and turns."""
    with reporting_errors(json), opened() as desk:
        found = desk.thread(thread_id)
        if json:
            flat = found.thread.model_dump(mode="json")
            print_json({**flat, **found.model_dump(mode="json")})
            return
        say(f"{found.thread.thread_id}  {found.thread.status}  customer {found.thread.customer_id}")
        for line in found.transcript:
            say(f"{for_people(line.at)}  {line.author}: {line.text}")


def threads(
    search: Annotated[str, typer.Option(help="In title, customer or id.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    json: Json = False,
) -> None:
    """List threads, last touched first."""
    with reporting_errors(json), opened() as desk:
        found = desk.threads(limit=limit, search=search)
        if json:
            print_json(found)
            return
        for row in found:
            say(f"{row.thread_id}  {row.status:20}  {row.title}")


def events(
    thread_id: Annotated[str, typer.Argument(help="The thread's id.")],
    after: Annotated[int, typer.Option(min=0, help="Only events with a higher sequence number.")] = 0,
    json: Json = False,
) -> None:
    """Print what happened in a thread."""
    with reporting_errors(json), opened() as desk:
        found = desk.events(thread_id, after=after)
        if json:
            print_json(found)
            return
        for event in found:
            say(f"{event.seq:6}  {event.at}  {event.type:18}  {event.node or ''}")


def answer(
    thread_id: Annotated[str, typer.Argument(help="A thread that was taken over.")],
    text: Annotated[str, typer.Argument(help="What to say.")],
    as_: Annotated[str, typer.Option("--as", help="Who answers.")],
    json: Json = False,
) -> None:
    """Answer in a thread that a person has taken over."""
    with reporting_errors(json), opened() as desk:
        desk.answer(thread_id, text, identity_of(as_))
        found = desk.thread(thread_id).thread
        print_json(found) if json else say(f"sent; {found.status}")


def hand_back(
    thread_id: Annotated[str, typer.Argument(help="A thread that was taken over.")],
    as_: Annotated[str, typer.Option("--as", help="Who hands it back.")],
    json: Json = False,
) -> None:
    """Give a thread back to the agent."""
    with reporting_errors(json), opened() as desk:
        desk.hand_back(thread_id, identity_of(as_))
        found = desk.thread(thread_id).thread
        print_json(found) if json else say(f"handed back; {found.status}")
