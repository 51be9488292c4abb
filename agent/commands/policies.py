"""policy: show the thresholds, list and save versions of them, take an earlier one back."""

import json as json_text
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from agent.bootstrap import policy_in_force
from agent.commands.output import Json, opened, print_json, reporting_errors, say
from agent.commands.typed import chosen, identity_of
from agent.errors import InvalidDecisionError
from agent.model import Role
from agent.policy import Policy, SavedPolicy, policy_differences, reference
from agent.settings import read_settings
from agent.timestamps import for_people

policy = typer.Typer(help="Thresholds: show them, save another version, take an earlier one back.")

MAKERS = ("analyst", "lead", "admin")

Reason = Annotated[str, typer.Option(help="Why; kept with the version and in the audit chain.")]
As = Annotated[str, typer.Option("--as", help="Who does this; recorded as such.")]
RoleOption = Annotated[str, typer.Option(help=f"{', '.join(MAKERS)}; the command line trusts whoever has the shell.")]


@policy.callback(invoke_without_command=True)
def show(context: typer.Context, json: Json = False) -> None:
    """Print every threshold with its default and reason; with --json the policy in force."""
    if context.invoked_subcommand is not None:
        return
    with reporting_errors(json):
        if json:
            print_json(policy_in_force(read_settings()))
        else:
            say(reference())


@policy.command("list")
def list_versions(json: Json = False) -> None:
    """Every version that was saved here, the latest first: who, when, why, and what it changed."""
    with reporting_errors(json), opened() as desk:
        saved = desk.calibration.policies(identity_of("command line", "lead"))
        if json:
            print_json(saved)
            return
        for version, before in zip(saved, [*saved[1:], None], strict=True):
            say(_line(version, before))
        say(f"in force: {desk.policy.label}")


@policy.command("save")
def save(
    set_: Annotated[list[str], typer.Option("--set", help="FIELD=VALUE; lists as a,b and tables as JSON.")],
    reason: Reason,
    as_: As,
    role: RoleOption = "lead",
    based_on: Annotated[int | None, typer.Option(help="The version you looked at; else the one in force.")] = None,
    json: Json = False,
) -> None:
    """Save another version with these values; it counts from each thread's next turn, in every process."""
    with reporting_errors(json):
        changes, who = _changes(set_), identity_of(as_, _role(role))
        with opened() as desk:
            seen = desk.policy.version if based_on is None else based_on
            saved = desk.calibration.save_policy(changes, based_on=seen, reason=reason, identity=who)
            print_json(saved) if json else say(f"saved; in force: {saved.policy.label}")


@policy.command("restore")
def restore(
    version: Annotated[int, typer.Argument(help="From `policy list`.")],
    reason: Reason,
    as_: As,
    role: RoleOption = "lead",
    json: Json = False,
) -> None:
    """Save the values of an earlier version as a new one."""
    with reporting_errors(json), opened() as desk:
        who = identity_of(as_, _role(role))
        saved = desk.calibration.restore_policy(version, reason=reason, identity=who)
        print_json(saved) if json else say(f"restored; in force: {saved.policy.label}")


def _role(role: str) -> Role:
    given: Role = chosen(role, MAKERS, "role")
    return given


def _changes(written: Sequence[str]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for each in written:
        field, sign, value = each.partition("=")
        name = field.strip()
        if not sign or name in changes:
            message = f"{each[:60]!a} is not FIELD=VALUE, or the field came before; nothing was saved."
            raise InvalidDecisionError(message)
        changes[name] = _value(name, value.strip())
    return changes


def _value(name: str, text: str) -> Any:
    """Lists are written with commas, tables as JSON; the policy itself reads numbers and yes or no."""
    known = Policy.model_fields.get(name)
    if known is None or not isinstance(known.default, tuple | dict):
        return text
    if isinstance(known.default, tuple) and not text.startswith("["):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        return json_text.loads(text)
    except ValueError as error:
        message = f"{name} cannot be {text[:60]!a}: it is written as JSON. Nothing was saved."
        raise InvalidDecisionError(message) from error


def _line(saved: SavedPolicy, before: SavedPolicy | None) -> str:
    changed = policy_differences(before.policy, saved.policy) if before is not None else {}
    values = "; ".join(f"{name} {old} → {new}" for name, (old, new) in changed.items())
    back = f" (values of v{saved.restored_from})" if saved.restored_from is not None else ""
    who = f"{saved.author} ({saved.role})"
    return f"v{saved.version}  {for_people(saved.at)}  {who}{back}  {saved.reason}  {values}".rstrip()
