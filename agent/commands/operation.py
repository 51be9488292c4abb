"""prove, audit, doctor: what operators do."""

import sys
import time
from json import dumps
from pathlib import Path
from typing import Annotated, Any

import typer

from agent.commands.output import Json, complain, opened, print_json, reporting_errors, say
from agent.desk import Desk, open_desk
from agent.errors import ConfigurationError, ConflictError, DeskError, StorageError
from agent.exports import export_audit
from agent.model import Check, Decision, Identity, ProofStep
from agent.proof import prove as run_proof
from agent.proof import wait_to_be_killed
from agent.tools import tool_schemas

audit = typer.Typer(no_args_is_help=True, help="The audit chain.")

AUDITOR = Identity(subject="command line", role="lead", source="command-line")
REVIEWER = Identity(subject="proof-reviewer", role="reviewer", source="command-line")


def prove(json: Json = False) -> None:
    """Pause a refund, kill the process, decide and pay in a fresh one."""

    def tell(step: ProofStep) -> None:
        if not json:
            say(f"{'ok  ' if step.ok else 'FAIL'}  {step.name:14} pid {step.pid}  {step.ms:8.1f} ms  {step.detail}")

    with reporting_errors(json):
        proof = run_proof(tell)
        if json:
            print_json(proof)
        else:
            say(f"{'Passed' if proof.passed else 'FAILED'} in {proof.total_ms / 1000:.1f} s")
        if not proof.passed:
            raise typer.Exit(1)


def prove_half(part: str, home: Path, review_id: Annotated[str, typer.Argument()] = "") -> None:
    """One half of the proof; started by `prove`."""
    with reporting_errors(as_json_document=False):
        desk = open_desk(home)
        if part == "pause":
            _report(_pause(desk))
            wait_to_be_killed()
        else:
            _report(_resume(desk, review_id))
            desk.close()


def _report(document: dict[str, Any]) -> None:
    say(dumps(document))
    sys.stdout.flush()


def _pause(desk: Desk) -> dict[str, Any]:
    scenario = next(one for one in desk.scenarios if one.id == "refund")
    begun = time.perf_counter()
    result = desk.chat(scenario.messages[0], customer_id=scenario.customer_id or "guest")
    return {
        "thread_id": result.thread_id,
        "review_id": result.review_id,
        "status": result.status,
        "ms": round((time.perf_counter() - begun) * 1000, 1),
    }


def _resume(desk: Desk, review_id: str) -> dict[str, Any]:
    begun = time.perf_counter()
    result = desk.decide(review_id, Decision(action="approve"), REVIEWER)
    ms = round((time.perf_counter() - begun) * 1000, 1)
    try:
        desk.decide(review_id, Decision(action="deny", reason="other", note="second try"), REVIEWER)
        second = "was taken"
    except ConflictError as refusal:
        second = str(refusal)
    report = desk.verify_audit()
    return {
        "status": result.status,
        "action_result": result.action_result,
        "ms": ms,
        "second": second,
        "payments": desk.payments_made(),
        "audit_ok": report.ok,
        "audit_entries": report.entries,
    }


@audit.command("verify")
def verify(json: Json = False) -> None:
    """Recompute the chain and compare it with its anchor."""
    with reporting_errors(json), opened() as desk:
        report = desk.verify_audit()
        if json:
            print_json(report)
        elif report.ok:
            say(f"The chain of {report.entries} entries holds, anchored at {report.anchored_seq}: {report.head}")
        else:
            complain(f"BROKEN at entry {report.broken_at}: {report.problem}")
        if not report.ok:
            raise typer.Exit(1)


@audit.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="Where to write: .csv, or .jsonl with one entry a line.")],
    json: Json = False,
) -> None:
    """Write the whole chain with its signatures, oldest entry first."""
    with reporting_errors(json), opened() as desk:
        count = export_audit(desk.workbench.audit_entries(AUDITOR), file)
        print_json({"entries": count, "file": str(file)}) if json else say(f"{count} entries written to {file}")


def tools(json: Json = False) -> None:
    """The tools on the order store, with their schemas."""
    schemas = tool_schemas()
    if json:
        print_json(schemas)
        return
    for schema in schemas:
        say(f"{schema['name']:20} {schema['description']}")


def doctor(json: Json = False) -> None:
    """Check everything the desk stands on and say what to do about what is not well."""
    checks = _examine()
    if json:
        print_json({"ok": all(check.ok for check in checks), "checks": checks})
    else:
        for check in checks:
            say(f"{'ok  ' if check.ok else 'FAIL'}  {check.name:28} {check.detail}")
            if check.remedy:
                say(f"      → {check.remedy}")
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def _examine() -> list[Check]:
    try:
        with opened() as desk:
            return desk.checks()
    except (ConfigurationError, StorageError) as error:
        return [Check(name="start", ok=False, detail=str(error), remedy="Mend this first, then run doctor again.")]
    except DeskError as error:
        return [Check(name="start", ok=False, detail=str(error))]
