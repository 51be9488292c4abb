"""Scenarios, proof, audit and checks."""

from pydantic import computed_field

from agent.model.value import Value


class Scenario(Value):
    """A scripted opening for the Live desk: the messages a customer sends, one by one."""

    id: str
    title: str
    description: str
    messages: tuple[str, ...]
    customer_id: str | None = None


class ProofStep(Value):
    """One observed step of the durability proof; `ms` is the time it took in milliseconds."""

    name: str
    detail: str
    pid: int
    ms: float
    ok: bool


class Proof(Value):
    """The result of the durability proof."""

    passed: bool
    pause_pid: int
    resume_pid: int
    pause_ms: float
    resume_ms: float
    total_ms: float
    steps: tuple[ProofStep, ...]

    @computed_field  # type: ignore[prop-decorator]  # pydantic's documented way to serialise a property
    @property
    def different_processes(self) -> bool:
        """Whether pause and resume happened in two processes."""
        return self.pause_pid != self.resume_pid


class AuditReport(Value):
    """Whether the audit chain holds; `broken_at` is the first sequence number that does not."""

    ok: bool
    entries: int
    head: str
    anchored_seq: int
    broken_at: int | None = None
    problem: str | None = None


class AuditEntry(Value):
    """An entry of the audit chain as it is signed; `detail` is the canonical JSON text, `mac` covers all the rest."""

    seq: int
    at: str
    actor: str
    role: str
    action: str
    thread_id: str | None
    review_id: str | None
    detail: str
    previous: str
    mac: str


class Check(Value):
    """One finding of `doctor`: what was looked at, whether it is well, and what to do if not."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


class Migration(Value):
    """The tables of a place as they were found (`found` is None where there were none) and as they are now."""

    place: str
    found: str | None
    schema_now: str


class MovedTable(Value):
    """A table that was copied, counted and read again in its new place."""

    name: str
    rows_before: int
    rows_after: int
    sha256_before: str
    sha256_after: str

    @computed_field  # type: ignore[prop-decorator]  # as above
    @property
    def same(self) -> bool:
        """Whether nothing is missing, more or different."""
        return (self.rows_before, self.sha256_before) == (self.rows_after, self.sha256_after)


class Moved(Value):
    """A desk that was moved: `to` is the new place, without a password."""

    to: str
    tables: tuple[MovedTable, ...]
    threads: int
    checkpoints: int
    paused_threads: int
    audit_entries: int
