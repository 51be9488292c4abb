"""Policies: a change of thresholds is a new version, with author, reason and an audit entry; nothing is overwritten."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.errors import ConflictError, InvalidDecisionError, InvalidMessageError
from agent.model import Identity, Role
from agent.policy import Policy, SavedPolicy, changed_policy, contradictions, policy_differences
from agent.protocols.authority import authorise
from agent.protocols.park import DESK
from agent.protocols.receive import clean_text
from agent.store import policies
from agent.timestamps import for_people

POLICY_MAKERS: frozenset[Role] = frozenset({"analyst", "lead", "admin"})

REASON_CHARS = 1000
NAME_CHARS = 60

AT_FIRST = "In force before the first version was saved at this desk."


def save_policy(
    office: Backoffice, changes: Mapping[str, Any], *, based_on: int, reason: str, identity: Identity
) -> SavedPolicy:
    """Save the version in force with these fields changed as the next version; it counts from each thread's next turn.

    `based_on` is the version that the author looked at. Raises ConflictError, saying who saved what, if another came
    after it, InvalidDecisionError for fields, values or combinations that make no sense, for a change that changes
    nothing and for a missing reason, and ForbiddenError; nothing is saved then.
    """
    if "version" in changes:
        message = "The desk numbers versions itself; nothing was saved. Leave the version out."
        raise InvalidDecisionError(message)
    why = _reason(reason)
    with office.database.write() as connection:
        who = authorise(office, connection, identity, POLICY_MAKERS, "change the policy")
        before = _kept(office, connection)
        _refuse_outdated(connection, before, based_on)
        after = changed_policy(before.policy, changes)
        saved = _save(office, connection, before, after, who, why)
    office.audit.anchor_head()
    return saved


def restore_policy(
    office: Backoffice, version: int, *, reason: str, identity: Identity, based_on: int | None = None
) -> SavedPolicy:
    """Save the values of an earlier version as the next version; what came between stays in the list.

    Raises InvalidDecisionError if there is no such version or it is what is in force, and as `save_policy` does.
    """
    why = _reason(reason)
    with office.database.write() as connection:
        who = authorise(office, connection, identity, POLICY_MAKERS, "change the policy")
        before = _kept(office, connection)
        if based_on is not None:
            _refuse_outdated(connection, before, based_on)
        earlier = policies.find_policy(connection, version)
        if earlier is None:
            message = f"No version {version} was saved at this desk; nothing was restored. `policy list` shows them."
            raise InvalidDecisionError(message)
        saved = _save(office, connection, before, earlier.policy, who, why, restored_from=version)
    office.audit.anchor_head()
    return saved


def list_policies(office: Backoffice) -> list[SavedPolicy]:
    """Every version that was saved at this desk, the latest first; empty while TRIAGE_POLICY alone counts."""
    with office.database.read() as connection:
        return policies.list_policies(connection)


def _kept(office: Backoffice, connection: Connection) -> SavedPolicy:
    """The version in force; before the first save what counted until now, which is kept so that it can come back."""
    latest = policies.latest_policy(connection)
    if latest is not None:
        return latest
    base = office.services.policy
    kept = SavedPolicy(
        version=base.version, policy=base, author=DESK.subject, role=DESK.role, reason=AT_FIRST, at=office.now()
    )
    policies.add_policy(connection, kept)
    return kept


def _save(
    office: Backoffice,
    connection: Connection,
    before: SavedPolicy,
    wanted: Policy,
    who: Identity,
    reason: str,
    *,
    restored_from: int | None = None,
) -> SavedPolicy:
    after = wanted.model_copy(update={"version": before.version + 1})
    _refuse_unusable(before.policy, after)
    changed = policy_differences(before.policy, after)
    saved = SavedPolicy(
        version=after.version,
        policy=after,
        author=who.subject,
        role=who.role,
        reason=reason,
        at=office.now(),
        restored_from=restored_from,
    )
    policies.add_policy(connection, saved)
    office.audit.append(
        connection,
        identity=who,
        action="policy_saved" if restored_from is None else "policy_restored",
        at=saved.at,
        thread_id=None,
        review_id=None,
        detail={
            "version": saved.version,
            "based_on": before.version,
            "restored_from": restored_from,
            "reason": reason,
            "changed": {name: {"before": old, "after": new} for name, (old, new) in changed.items()},
        },
    )
    return saved


def _refuse_unusable(before: Policy, after: Policy) -> None:
    problems = [one.sentence for one in contradictions(after)]
    if not after.name.strip() or len(after.name) > NAME_CHARS or not after.name.isprintable():
        problems.append(f"A policy needs a name of 1 to {NAME_CHARS} printable characters.")
    if not policy_differences(before, after):
        problems.append(f"Version {before.version}, which is in force, has these values already.")
    if problems:
        message = f"{' '.join(problems)} Nothing was saved."
        raise InvalidDecisionError(message)


def _refuse_outdated(connection: Connection, latest: SavedPolicy, based_on: int) -> None:
    if latest.version == based_on:
        return
    seen = policies.find_policy(connection, based_on)
    changed = policy_differences(seen.policy, latest.policy) if seen is not None else {}
    values = ", ".join(f"{name} {old} → {new}" for name, (old, new) in changed.items())
    message = (
        f"{latest.author} saved version {latest.version} at {for_people(latest.at)} ({latest.reason})"
        f"{f': {values}' if values else ''}; you had looked at version {based_on}. "
        "Yours was not saved, and nothing was changed; look at theirs and save again."
    )
    raise ConflictError(message)


def _reason(text: str) -> str:
    try:
        return clean_text(text, REASON_CHARS)
    except InvalidMessageError as error:
        message = f"A policy is saved with a reason of 1 to {REASON_CHARS:,} characters; nothing was saved."
        raise InvalidDecisionError(message) from error
