"""claim, release, undo, history, people: what reviewers, leads and admins do beside deciding."""

from datetime import UTC, datetime
from typing import Annotated, get_args

import typer

from agent.commands.output import Json, opened, print_json, reporting_errors, say
from agent.commands.typed import chosen, identity_of
from agent.errors import InvalidDecisionError
from agent.model import Action, GivenRole, HistoryFilter, PastDecision, Role
from agent.timestamps import for_people, to_text

people = typer.Typer(no_args_is_help=True, help="Roles given and taken away at this desk.")

ReviewId = Annotated[str, typer.Argument(help="From `approvals`.")]
As = Annotated[str, typer.Option("--as", help="Who does this; recorded as such.")]
RoleOption = Annotated[str, typer.Option(help="In which role; the command line trusts whoever has the shell.")]


def claim(review_id: ReviewId, as_: As, json: Json = False) -> None:
    """Say that one works on a review; others see it and cannot decide it meanwhile."""
    with reporting_errors(json), opened() as desk:
        review = desk.workbench.claim(review_id, identity_of(as_))
        if json:
            print_json({"review_id": review_id, "claimed_by": review.claimed_by, "until": review.claimed_until})
        else:
            say(f"claimed by {review.claimed_by} until {for_people(review.claimed_until or '')}")


def release(review_id: ReviewId, as_: As, role: RoleOption = "reviewer", json: Json = False) -> None:
    """Give a claim back; leads give back anybody's."""
    with reporting_errors(json), opened() as desk:
        review = desk.workbench.release(review_id, identity_of(as_, chosen(role, get_args(Role), "role")))
        if json:
            print_json({"review_id": review_id, "claimed_by": review.claimed_by})
        else:
            say("released" if review.claimed_by is None else f"claimed by {review.claimed_by}")


def undo(review_id: ReviewId, as_: As, json: Json = False) -> None:
    """Call one's own decision back while it waits."""
    with reporting_errors(json), opened() as desk:
        review = desk.workbench.call_back(review_id, identity_of(as_))
        if json:
            print_json({"review_id": review_id, "review_status": review.status})
        else:
            say(f"called back; the review is {review.status.replace('_', ' ')} again")


def history(
    person: Annotated[str, typer.Option(help="Only decisions of this person.")] = "",
    action: Annotated[str | None, typer.Option(help="Only this action.")] = None,
    since: Annotated[str | None, typer.Option(help="From this day on, like 2026-11-01 (UTC).")] = None,
    until: Annotated[str | None, typer.Option(help="Before this day.")] = None,
    search: Annotated[str, typer.Option(help="In request, customer, order, note or id.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    json: Json = False,
) -> None:
    """List decisions, the latest first: who, when, what was shown, what was changed and why."""
    with reporting_errors(json), opened() as desk:
        wanted = HistoryFilter(
            subject=person,
            actions=() if action is None else (chosen(action, get_args(Action), "action"),),
            since=_day(since),
            until=_day(until),
            search=search,
        )
        past = desk.workbench.history(wanted, identity_of("command line", "lead"), limit=limit)
        if json:
            print_json(past)
            return
        for row in past:
            say(_line(row))
        say(f"{len(past)} shown")


def _line(row: PastDecision) -> str:
    decision = row.decision
    amount = f" {decision.amount}" if decision.amount else ""
    why = f" ({decision.reason})" if decision.reason else ""
    undone = "  called back" if row.withdrawn_at else ""
    who = f"{decision.subject} ({decision.role}, {decision.source})"
    return f"{for_people(decision.decided_at)}  {who}  {decision.action}{amount}{why}  {decision.review_id}{undone}"


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return to_text(datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC))
    except ValueError as error:
        message = f"{text!r} is not a day; nothing was listed. Write it like 2026-11-01."
        raise InvalidDecisionError(message) from error


@people.command("list")
def list_people(json: Json = False) -> None:
    """Everybody whose role was set here."""
    with reporting_errors(json), opened() as desk:
        known = desk.workbench.people(identity_of("command line", "admin"))
        if json:
            print_json(known)
            return
        for person in known:
            say(f"{person.subject:40} {person.role:12} by {person.changed_by}, {for_people(person.changed_at)}")


@people.command("set")
def set_role(
    subject: Annotated[str, typer.Argument(help="As the sign-in names the person, usually the e-mail address.")],
    role: Annotated[str, typer.Argument(help=f"{', '.join(get_args(GivenRole))}; none takes every right away.")],
    as_: As,
    json: Json = False,
) -> None:
    """Give somebody a role, or take it away; counts from their next click."""
    with reporting_errors(json), opened() as desk:
        given: GivenRole = chosen(role, get_args(GivenRole), "role")
        desk.workbench.set_role(subject, given, identity_of(as_, "admin"))
        print_json({"subject": subject, "role": given}) if json else say(f"{subject} is {given} now")


def check_case(
    case: Annotated[str, typer.Argument(help="Its id; leave it out to list them.")] = "",
    as_: Annotated[str, typer.Option("--as", help="The lead who seeds it.")] = "",
    json: Json = False,
) -> None:
    """Put a refund request that has to be denied among the others; it can never be paid."""
    with reporting_errors(json), opened() as desk:
        if not case:
            known = desk.workbench.check_cases
            print_json(known) if json else say("\n".join(f"{each.id:28} {each.why}" for each in known))
            return
        result = desk.workbench.seed_check_case(case, identity_of(as_, "lead"))
        desk.finish(result)
        print_json({"thread_id": result, "case": case}) if json else say(f"seeded; thread {result}")
