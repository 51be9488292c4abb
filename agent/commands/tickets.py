"""tickets: what goes to the outside desk and to webhooks, and what people do about what did not arrive."""

from typing import Annotated

import typer

from agent.commands.output import Json, opened, print_json, reporting_errors, say
from agent.commands.reviewing import As
from agent.commands.typed import identity_of
from agent.desk import Desk
from agent.errors import UnknownDeliveryError
from agent.model import EndpointState

tickets = typer.Typer(no_args_is_help=True, help="Tickets at the outside desk, and webhooks.")

DeliveryId = Annotated[str, typer.Argument(help="From `tickets list`.")]


@tickets.command("list")
def list_(limit: Annotated[int, typer.Option(min=1, max=10_000)] = 100, json: Json = False) -> None:
    """What waits, what is wrong, and what was given up."""
    with reporting_errors(json), opened() as desk:
        states, failed = desk.dispatch.endpoints(), desk.dispatch.failed(limit)
        if json:
            print_json({"endpoints": states, "failed": failed})
            return
        for state in states:
            say(_line(state))
        for one in failed:
            say(f"{one.delivery_id}  {one.what}  failed {one.failed_at} after {one.attempts} tries: {one.error}")
        if not states:
            say("Tickets stay at this desk, and nobody is told by webhooks.")


@tickets.command("show")
def show(number: Annotated[str, typer.Argument(help="A ticket's number, such as T-1001.")], json: Json = False) -> None:
    """A ticket as it stands here and at the outside desk."""
    with reporting_errors(json), opened() as desk:
        ticket = desk.dispatch.ticket(number)
        if ticket is None:
            message = f"There is no ticket {number[:60]!a}."
            raise UnknownDeliveryError(message)
        if json:
            print_json(ticket)
            return
        say(f"{ticket.number}  {ticket.status}  due {ticket.due_at}  {ticket.subject}")
        if ticket.desk:
            there = (ticket.desk_number or "not there", ticket.desk_status, ticket.desk_url, ticket.error)
            say(f"{ticket.desk}: {'  '.join(part for part in there if part)}")


@tickets.command("retry")
def retry(
    as_: As,
    delivery_ids: Annotated[list[str] | None, typer.Argument(help="From `tickets list`; none means all.")] = None,
    target: Annotated[str, typer.Option(help="All that was given up for this system.")] = "",
    json: Json = False,
) -> None:
    """Have what was given up tried anew; a running desk sends it, or `tickets deliver`."""
    with reporting_errors(json), opened() as desk:
        who = identity_of(as_)
        if delivery_ids:
            count = desk.dispatch.retry(delivery_ids, who)
        else:
            count = sum(desk.dispatch.retry_all(one, who) for one in _targets(desk, target))
        print_json({"retried": count}) if json else say(f"{count} are tried anew")


@tickets.command("created-by-hand")
def created_by_hand(
    delivery_id: DeliveryId,
    number: Annotated[str, typer.Argument(help="The ticket's number at the outside desk.")],
    as_: As,
    json: Json = False,
) -> None:
    """Say that somebody opened this ticket at the outside desk; it is not sent any more."""
    with reporting_errors(json), opened() as desk:
        desk.dispatch.created_by_hand(delivery_id, number, identity_of(as_))
        print_json({"delivery_id": delivery_id, "number": number}) if json else say(f"noted as {number}")


@tickets.command("deliver")
def deliver(json: Json = False) -> None:
    """Send what is due now, once, and read what became of tickets; a running desk does so all the time."""
    with reporting_errors(json), opened() as desk:
        count = desk.dispatch.deliver()
        states = desk.dispatch.endpoints()
        if json:
            print_json({"sent": count, "endpoints": states})
            return
        say(f"{count} tries")
        for state in states:
            say(_line(state))


def _targets(desk: Desk, target: str) -> list[str]:
    return [target] if target else [state.target for state in desk.dispatch.endpoints()]


def _line(state: EndpointState) -> str:
    trouble = state.trouble or state.look_trouble
    return f"{state.target}: {state.waiting} wait, {state.failed} given up" + (f". {trouble}" if trouble else "")
