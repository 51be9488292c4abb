"""serve, keys: the interface for programs, and what they get in with."""

from typing import Annotated, get_args

import typer

from agent.commands.output import Json, opened, print_json, reporting_errors, say
from agent.commands.typed import chosen, identity_of
from agent.model import ApiKey, Role
from agent.timestamps import for_people

keys = typer.Typer(no_args_is_help=True, help="Keys that programs bring to the HTTP API.")

As = Annotated[str, typer.Option("--as", help="Who does this; recorded as such.")]
OPERATOR = "command line"


def serve(
    host: Annotated[str, typer.Option(help="Where to listen; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8502,
) -> None:
    """Serve the HTTP API without the pages, until Ctrl+C."""
    # FastAPI and its server are half a second of every other command's start
    from agent.api import serve as serve_api  # noqa: PLC0415
    from agent.observing.start import start_logging, start_observing  # noqa: PLC0415
    from agent.opening import Opening  # noqa: PLC0415
    from agent.settings import read_settings  # noqa: PLC0415

    with reporting_errors(as_json_document=False):
        settings = read_settings()
        start_logging(settings, is_server=True)
        start_observing(settings)
        opening = Opening()
        try:
            serve_api(lambda: opening, settings, host, port)
        finally:
            opening.close()


@keys.command("create")
def create(
    name: Annotated[str, typer.Argument(help="What the key is for, like shop-website.")],
    role: Annotated[str, typer.Option(help="stakeholder, analyst, reviewer, lead or admin.")] = "stakeholder",
    subject: Annotated[str | None, typer.Option(help="Whom its deeds are recorded under; else its name.")] = None,
    customer: Annotated[str | None, typer.Option(help="Make it that customer's: it opens only their threads.")] = None,
    as_: As = OPERATOR,
    json: Json = False,
) -> None:
    """Make a key and show it, this once."""
    with reporting_errors(json), opened() as desk:
        given: Role = chosen(role, get_args(Role), "role")
        made = desk.access.create_key(name, given, identity_of(as_, "admin"), subject=subject, customer_id=customer)
        if json:
            print_json(made)
            return
        say(made.secret)
        say(f"\n{_line(made.key)}\nKeep it now: it is stored as a hash only and cannot be shown again.")


@keys.command("list")
def list_keys(json: Json = False) -> None:
    """Every key ever made, revoked ones included."""
    with reporting_errors(json), opened() as desk:
        found = desk.access.keys(identity_of(OPERATOR, "admin"))
        if json:
            print_json(found)
            return
        for key in found:
            say(_line(key))


@keys.command("revoke")
def revoke(
    name_or_id: Annotated[str, typer.Argument(help="Its name or id, from `keys list`.")],
    as_: As = OPERATOR,
    json: Json = False,
) -> None:
    """Take a key away; it counts from the next request on, and open streams end within 15 seconds."""
    with reporting_errors(json), opened() as desk:
        key = desk.access.revoke_key(name_or_id, identity_of(as_, "admin"))
        print_json(key) if json else say(f"revoked  {_line(key)}")


def _line(key: ApiKey) -> str:
    whose = f"customer {key.customer_id}" if key.customer_id else f"{key.role} as {key.subject}"
    ended = f"  revoked {for_people(key.revoked_at)} by {key.revoked_by}" if key.revoked_at else ""
    return f"{key.key_id}  {key.name:24} {whose}  made {for_people(key.created_at)} by {key.created_by}{ended}"
