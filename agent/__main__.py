"""The command line: `python -m agent`."""

import logging

import typer

from agent.commands import (
    conversation,
    demo,
    deployment,
    insights,
    knowledge,
    measurement,
    operation,
    policies,
    reviewing,
    serving,
    tickets,
)
from agent.errors import ConfigurationError
from agent.observing.logs import configure_logs
from agent.observing.start import start_logging
from agent.settings import read_settings

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="Support Triage Autopilot."
)
for command in (
    conversation.chat,
    conversation.approvals,
    conversation.decide,
    conversation.answer,
    conversation.hand_back,
    conversation.thread,
    conversation.threads,
    conversation.events,
    reviewing.claim,
    reviewing.release,
    reviewing.undo,
    reviewing.history,
    knowledge.ingest,
    knowledge.articles,
    knowledge.gaps,
    insights.figures,
    insights.rate,
    measurement.attack,
    operation.prove,
    operation.tools,
    operation.doctor,
    deployment.migrate,
    deployment.prepare,
    deployment.backup,
    deployment.restore,
    deployment.move,
    serving.serve,
):
    app.command()(command)
app.command("check-case")(reviewing.check_case)
app.command("demo-history")(demo.demo_history)
app.command("prove-half", hidden=True)(operation.prove_half)
app.add_typer(measurement.evaluate, name="evaluate")
app.add_typer(operation.audit, name="audit")
app.add_typer(reviewing.people, name="people")
app.add_typer(serving.keys, name="keys")
app.add_typer(policies.policy, name="policy")
app.add_typer(tickets.tickets, name="tickets")


def main() -> None:
    """Run a command; logs go to stderr."""
    try:
        start_logging(read_settings(), is_server=False)
    except ConfigurationError:  # each command that needs them says what is wrong with the settings
        configure_logs("text", logging.WARNING, with_time=False)
    app()


if __name__ == "__main__":
    main()
