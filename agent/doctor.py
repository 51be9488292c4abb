"""Look at a desk from outside: what is well, what is not, and what to do about it."""

import shutil
import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import RowMapping, exists, func, select

from agent.backoffice import Backoffice
from agent.errors import DeskError
from agent.model import Check
from agent.observing.tracing import tracing
from agent.policy import contradictions
from agent.protocols.recover import reconcile
from agent.settings import Settings
from agent.store import deliveries, endpoints
from agent.store.condition import file_check, server_check, tables_check
from agent.store.ledger import for_real
from agent.store.policies import latest_policy
from agent.store.tables import decisions, inbox, ledger
from agent.timestamps import after_s, for_people

LOW_DISK_BYTES = 200 * 1024 * 1024
LATE_S = 900
"""What waits longer than this to be delivered waits for somebody."""


def examine(office: Backoffice, settings: Settings) -> list[Check]:
    """Every check once; none of them raises."""
    return [
        _engine(office),
        _knowledge(office),
        _policy(office),
        *_stores(office, settings),
        _privacy(settings.home),
        _disk(settings.home),
        _audit(office),
        _queue(office),
        _money(office),
        _failed_turns(office),
        *_outside(office),
        _traces(settings),
    ]


def _traces(settings: Settings) -> Check:
    """Whether spans leave this process, and where they go."""
    name, made = "traces", tracing()
    told = ["MLflow"] if settings.mlflow_tracking_uri else []
    told += ["LangSmith"] if settings.tells_langsmith else []
    also = f" Runs are told to {' and '.join(told)}." if told else ""
    words = "with what people wrote, masked" if settings.trace_content else "without what people wrote"
    if made is None:
        off = "not sent; OTEL_EXPORTER_OTLP_ENDPOINT names a collector." if not settings.traces_to else "not sent."
        return Check(name=name, ok=True, detail=f"Spans are {off}{also}")
    if made.lost:
        remedy = "Start the collector, or mend OTEL_EXPORTER_OTLP_ENDPOINT; turns go on meanwhile."
        return Check(name=name, ok=False, detail=f"{made.lost} spans did not reach {made.place}.{also}", remedy=remedy)
    return Check(name=name, ok=True, detail=f"Spans go to {made.place}, {words}.{also}")


def _engine(office: Backoffice) -> Check:
    return Check(name="language engine", ok=True, detail=office.services.language.name)


def _knowledge(office: Backoffice) -> Check:
    count = office.services.knowledge.articles
    return Check(
        name="knowledge base",
        ok=count > 0,
        detail=f"{count} articles indexed",
        remedy="" if count else "Put articles into data/knowledge.",
    )


def _policy(office: Backoffice) -> Check:
    name, remedy = "policy", "Save a version without this: python -m agent policy save --help"
    try:
        with office.database.read() as connection:
            latest = latest_policy(connection)
    except DeskError as error:
        return Check(name=name, ok=False, detail=str(error), remedy="Use the release that saved it.")
    in_force = office.services.policy if latest is None else latest.policy
    origin = "as TRIAGE_POLICY says; no version was saved here"
    if latest is not None:
        origin = f"saved by {latest.author} ({latest.role}), {for_people(latest.at)}: {latest.reason}"
    problems = [one.sentence for one in contradictions(in_force)]
    return Check(
        name=name,
        ok=not problems,
        detail=" ".join((f"{in_force.label}, {origin}", *problems)),
        remedy=remedy if problems else "",
    )


def _stores(office: Backoffice, settings: Settings) -> list[Check]:
    elsewhere = [office.checkpoints.check()] if settings.checkpoint_url else []
    if settings.database_url is not None:
        return [server_check(office.database), tables_check(office.database), *elsewhere]
    files = ("desk.sqlite", "payments.sqlite")
    checks = [file_check(settings.home / name) for name in files]
    return [*checks, tables_check(office.database), *(elsewhere or [office.checkpoints.check()])]


def _privacy(home: Path) -> Check:
    open_to_others = [
        path.name
        for path in (home / "secret.key", home / "desk.sqlite", home / "checkpoints.sqlite")
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    return Check(
        name="file modes",
        ok=not open_to_others,
        detail="Readable by others: " + ", ".join(open_to_others) if open_to_others else "Only the owner can read them",
        remedy=f"chmod 600 these files in {home}" if open_to_others else "",
    )


def _disk(home: Path) -> Check:
    free = shutil.disk_usage(home).free
    return Check(
        name="disk",
        ok=free > LOW_DISK_BYTES,
        detail=f"{free / 1024**3:,.1f} GB free",
        remedy="" if free > LOW_DISK_BYTES else "Free some space: messages cannot be taken in once the disk is full.",
    )


def _audit(office: Backoffice) -> Check:
    try:
        report = office.audit.verify()
    except DeskError as error:
        return Check(name="audit chain", ok=False, detail=str(error), remedy="Restore the anchor from a backup.")
    detail = f"{report.entries} entries, anchored up to {report.anchored_seq}"
    return Check(
        name="audit chain",
        ok=report.ok,
        detail=detail if report.ok else f"{detail}. {report.problem}",
        remedy="" if report.ok else "Somebody changed the database: compare it with a backup.",
    )


def _queue(office: Backoffice) -> Check:
    problems = reconcile(office)
    return Check(
        name="queue and checkpoints agree",
        ok=not problems,
        detail="; ".join(problems) or "Every pause has its review and every review its pause",
        remedy="Restore the checkpoints from a backup of the same time as the desk's tables." if problems else "",
    )


def _money(office: Backoffice) -> Check:
    with office.database.read() as connection:
        entered = select(func.count()).select_from(ledger).where(for_real())
        paid = connection.execute(entered).scalar_one()
        standing = exists().where(decisions.c.review_id == ledger.c.review_id, decisions.c.withdrawn_at.is_(None))
        approvals = decisions.c.action.in_(("approve", "edit"))
        unapproved = connection.execute(
            entered.where(~standing.where(approvals) | standing.where(~approvals))
        ).scalar_one()
        unfinished = connection.execute(entered.where(ledger.c.reference.is_(None))).scalar_one()
    return Check(
        name="money",
        ok=not unapproved,
        detail=f"{paid} refunds entered, {unapproved} without an approval, {unfinished} not confirmed by payments yet",
        remedy="Stop the desk and look at the ledger." if unapproved else "",
    )


def _failed_turns(office: Backoffice) -> Check:
    with office.database.read() as connection:
        failed = connection.execute(select(func.count()).where(inbox.c.status == "failed")).scalar_one()
    return Check(
        name="failed turns",
        ok=not failed,
        detail=f"{failed} messages could not be worked on and have a ticket instead",
        remedy="See their tickets." if failed else "",
    )


def _outside(office: Backoffice) -> list[Check]:
    """One line for each system that tickets or webhooks go to."""
    with office.database.read() as connection:
        counted = deliveries.counts(connection)
        known = endpoints.all_endpoints(connection)
    targets = sorted({*known, *(target for target, _status in counted), *office.outside.paces})
    return [_deliveries(target, counted, known.get(target), office) for target in targets]


def _deliveries(
    target: str, counted: Mapping[tuple[str, str], tuple[int, str]], state: RowMapping | None, office: Backoffice
) -> Check:
    failed, _oldest = counted.get((target, "failed"), (0, ""))
    waiting, since = counted.get((target, "waiting"), (0, ""))
    late = bool(since) and since < after_s(office.now(), -LATE_S)
    trouble = (state["trouble"] if state["trouble_kind"] else state["look_trouble"]) if state else None
    parts = [f"{waiting} wait" + (f" since {for_people(since)}" if since else ""), f"{failed} given up"]
    remedy = ""
    if failed:
        remedy = "Mend what it says, then: python -m agent tickets retry --as YOU. By hand: tickets created-by-hand."
    elif late:
        remedy = "Start the app, which delivers, or: python -m agent tickets deliver"
        if target not in office.outside.paces:
            remedy = "Nothing is set up for it any more: set TRIAGE_TICKETS or TRIAGE_WEBHOOK_URLS as before."
    return Check(
        name=f"deliveries to {urlsplit(target).hostname if '://' in target else target}",
        ok=not failed and not late,
        detail=", ".join(parts) + (f". {trouble}" if trouble else ""),
        remedy=remedy,
    )
