"""Labels: what people would have done with a turn, asked without telling them what the desk did."""

from datetime import UTC, datetime, timedelta
from typing import get_args

from sqlalchemy import Connection

from agent.backoffice import Backoffice
from agent.errors import ConflictError, InvalidDecisionError
from agent.model import Identity, Label, LabelledTurn, LabelSample, LabelTask, LabelVerdict, Sample
from agent.protocols.authority import authorise
from agent.protocols.policies import POLICY_MAKERS
from agent.protocols.receive import clean_text
from agent.store import inbox, labels
from agent.store.labels import Candidate
from agent.timestamps import from_text, to_text

MOST = 200
"""Most turns of one sample of one week."""

NOTE_CHARS = 2000


def sample_for_labels(
    office: Backoffice, sample: Sample, identity: Identity, *, size: int, week: str | None = None
) -> LabelSample:
    """The turns of a week's sample that this person has not judged and did not decide; the same turns for everybody.

    A larger sample of a week holds the smaller one. `week` is written like 2026-W47, else the last whole one. Raises
    InvalidDecisionError and ForbiddenError.
    """
    if sample not in get_args(Sample) or not 1 <= size <= MOST:
        message = f"A sample is one of {', '.join(get_args(Sample))}, of 1 to {MOST} turns; none was drawn."
        raise InvalidDecisionError(message)
    chosen = week or week_of(to_text(office.services.clock.now() - timedelta(days=7)))
    with office.database.read() as connection:
        who = authorise(office, connection, identity, POLICY_MAKERS, "label turns")
        found = labels.drawn(_of_week(connection, chosen), sample, chosen, size)
        known = labels.known_to(connection, who.subject, found)
        return LabelSample(
            sample=sample,
            week=chosen,
            done=len(labels.labelled_by(connection, who.subject) & {each.turn_id for each in found}),
            tasks=tuple(_task(connection, each) for each in found if each.turn_id not in known),
        )


def give_label(
    office: Backoffice, turn_id: str, verdict: LabelVerdict, note: str, identity: Identity, *, sample: Sample
) -> LabelledTurn:
    """Keep what this person would have done with a turn of the sample, and tell what the desk did.

    `right`: the reply may go out as it is; `should_answer`: no person is needed, but not like this; `should_escalate`:
    a person has to look. They cannot know what the desk did, so it is kept as a word on that: somebody who says that a
    person has to look, where one was asked, says that the desk was right. Raises InvalidDecisionError for a turn that
    is not in the sample, ConflictError for a second label or one's own decision, ForbiddenError; nothing is kept then.
    """
    if verdict not in get_args(LabelVerdict) or sample not in get_args(Sample):
        message = f"A label is one of {', '.join(get_args(LabelVerdict))}; nothing was kept."
        raise InvalidDecisionError(message)
    cleaned = clean_text(note, NOTE_CHARS) if note.strip() else ""
    with office.database.write() as connection:
        who = authorise(office, connection, identity, POLICY_MAKERS, "label turns")
        candidate = _in_sample(connection, turn_id, sample)
        if candidate.turn_id in labels.known_to(connection, who.subject, [candidate]):
            message = f"{who.subject} has judged or decided this turn already; nothing was kept."
            raise ConflictError(message)
        label = Label(
            turn_id=candidate.turn_id,
            subject=who.subject,
            role=who.role,
            sample=sample,
            verdict=about_the_desk(verdict, went_to_person=candidate.went_to_person),
            note=cleaned,
            at=office.now(),
        )
        labels.add_label(connection, label)
        row = inbox.find_turn(connection, candidate.turn_id)
        office.audit.append(
            connection,
            identity=who,
            action="label_given",
            at=label.at,
            thread_id=row["thread_id"] if row is not None else None,
            review_id=candidate.review_id,
            detail={"turn_id": label.turn_id, "sample": sample, "said": verdict, "kept": label.verdict},
        )
        labelled = _revealed(connection, candidate, label)
    office.audit.anchor_head()
    return labelled


def about_the_desk(verdict: LabelVerdict, *, went_to_person: bool) -> LabelVerdict:
    """What a word on the reply, said without knowing what the desk did, says of what the desk did."""
    if not went_to_person:
        return verdict
    return "right" if verdict == "should_escalate" else "should_answer"


def week_of(at: str) -> str:
    """The ISO week of a time, like 2026-W47."""
    year, week, _day = from_text(at).isocalendar()
    return f"{year}-W{week:02d}"


def _of_week(connection: Connection, week: str) -> list[Candidate]:
    try:
        monday = datetime.strptime(f"{week}-1", "%G-W%V-%u").replace(tzinfo=UTC)
        next_monday = monday + timedelta(days=7)
    except (ValueError, OverflowError) as error:
        message = f"{week[:60]!a} is not a week; no sample was drawn. Write it like 2026-W47."
        raise InvalidDecisionError(message) from error
    return labels.candidates(connection, since=to_text(monday), until=to_text(next_monday))


def _in_sample(connection: Connection, turn_id: str, sample: Sample) -> Candidate:
    """The turn, if chance chose it: a sample to which people add what they like says nothing about the rest."""
    found = labels.find_candidate(connection, turn_id) if turn_id.isprintable() else None
    if found is not None:
        candidate, received_at = found
        week = week_of(received_at)
        if candidate in labels.drawn(_of_week(connection, week), sample, week, MOST):
            return candidate
    message = f"Turn {turn_id[:60]!a} is not in the {sample} sample of its week; nothing was kept."
    raise InvalidDecisionError(message)


def _task(connection: Connection, candidate: Candidate) -> LabelTask:
    said = labels.wording_of(connection, candidate)
    return LabelTask(
        turn_id=candidate.turn_id,
        received_at=said.received_at,
        language=said.language,
        text=said.text,
        reply=said.reply,
    )


def _revealed(connection: Connection, candidate: Candidate, label: Label) -> LabelledTurn:
    facts = labels.found_out(connection, candidate.turn_id)
    return LabelledTurn(
        label=label,
        went_to_person=candidate.went_to_person,
        lane=facts["lane"],
        rules=tuple(rule for rule in facts["rules"].split(",") if rule),
        relevance=facts["relevance"],
        answer_confidence=facts["answer_confidence"],
        policy=facts["policy"],
    )
