"""What people say of turns afterwards, and the turns that they are asked about."""

import hashlib
import json
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, Select, and_, insert, select

from agent.model import Label, Sample
from agent.names import subject_key
from agent.store.tables import decisions, inbox, labels, replies, reviews, turn_facts

CONTAINED = ("answered", "uncertain", "asked")
"""Outcomes of turns that no person saw."""

CHECK_CHANNEL = "check case %"


@dataclass(frozen=True)
class Candidate:
    """A turn that people may be asked about; `went_to_person` says that one was asked at the time."""

    turn_id: str
    went_to_person: bool
    review_id: str | None


@dataclass(frozen=True)
class Wording:
    """What was said in a turn: by the customer, and by the desk; its draft where a person answered."""

    received_at: str
    language: str
    text: str
    reply: str


def candidates(connection: Connection, *, since: str, until: str) -> list[Candidate]:
    """Turns of this time that a label can be given on: those without a person, and escalations; no refunds."""
    rows = connection.execute(
        _open_to_labels().where(turn_facts.c.received_at >= since, turn_facts.c.received_at < until)
    )
    return [Candidate(row.turn_id, row.outcome == "review", row.review_id) for row in rows]


def find_candidate(connection: Connection, turn_id: str) -> tuple[Candidate, str] | None:
    """The turn and when its message came, if a label can be given on it."""
    row = connection.execute(_open_to_labels().where(turn_facts.c.turn_id == turn_id)).first()
    return None if row is None else (Candidate(row.turn_id, row.outcome == "review", row.review_id), row.received_at)


def _open_to_labels() -> Select[tuple[str, str, str, str | None]]:
    joined = turn_facts.outerjoin(reviews, and_(reviews.c.turn_id == turn_facts.c.turn_id, reviews.c.kind != "refund"))
    went = and_(turn_facts.c.outcome == "review", reviews.c.review_id.is_not(None))
    return (
        select(turn_facts.c.turn_id, turn_facts.c.outcome, turn_facts.c.received_at, reviews.c.review_id)
        .select_from(joined)
        .where(
            turn_facts.c.intent.is_not(None),
            turn_facts.c.channel.not_like(CHECK_CHANNEL),
            turn_facts.c.outcome.in_(CONTAINED) | went,
        )
    )


def drawn(found: list[Candidate], sample: Sample, seed: str, size: int) -> list[Candidate]:
    """So many of them, in an order that follows from the seed alone and that nobody can choose.

    Blind: turns that no person saw. Weekly: half of those, half escalations.
    """
    mixed = sorted(found, key=lambda each: hashlib.sha256(f"{seed}:{sample}:{each.turn_id}".encode()).digest())
    contained = [each for each in mixed if not each.went_to_person]
    if sample == "blind":
        return contained[:size]
    escalated = [each for each in mixed if each.went_to_person][: (size + 1) // 2]
    chosen = {*escalated, *contained[: size // 2]}
    return [each for each in mixed if each in chosen]


def known_to(connection: Connection, subject: str, found: list[Candidate]) -> set[str]:
    """Turns among these on which this person has given a label, or whose review they decided."""
    key = subject_key(subject)
    decided = set(connection.execute(select(decisions.c.review_id).where(decisions.c.subject_key == key)).scalars())
    return {*labelled_by(connection, subject), *(each.turn_id for each in found if each.review_id in decided)}


def labelled_by(connection: Connection, subject: str) -> set[str]:
    """Turns on which this person has given a label."""
    wanted = select(labels.c.turn_id).where(labels.c.subject_key == subject_key(subject))
    return set(connection.execute(wanted).scalars())


def wording_of(connection: Connection, candidate: Candidate) -> Wording:
    """What was said, without anything that tells whether a person was asked."""
    turn = connection.execute(
        select(inbox.c.text, inbox.c.received_at, turn_facts.c.language)
        .join(turn_facts, turn_facts.c.turn_id == inbox.c.turn_id)
        .where(inbox.c.turn_id == candidate.turn_id)
    ).one()
    if candidate.review_id is None:
        said = select(replies.c.text).where(replies.c.reply_id == f"{candidate.turn_id}:final")
        reply = connection.execute(said).scalar()
    else:
        payload = connection.execute(
            select(reviews.c.payload).where(reviews.c.review_id == candidate.review_id)
        ).scalar_one()
        reply = json.loads(payload)["evidence"]["draft"]
    return Wording(turn.received_at, turn.language or "en", turn.text, str(reply or ""))


def found_out(connection: Connection, turn_id: str) -> RowMapping:
    """The facts of this turn, as a row; there must be some."""
    return connection.execute(select(turn_facts).where(turn_facts.c.turn_id == turn_id)).mappings().one()


def add_label(connection: Connection, label: Label) -> None:
    """Keep a label; the caller has made sure, in the same transaction, that this person has given none."""
    row = label.model_dump(exclude={"role"})
    connection.execute(insert(labels).values(**row, subject_key=subject_key(label.subject)))


def read_labels(connection: Connection) -> list[tuple[int, str, str]]:
    """Every label as the turn's seq among the facts, sample and verdict."""
    rows = connection.execute(
        select(turn_facts.c.seq, labels.c.sample, labels.c.verdict)
        .join(turn_facts, turn_facts.c.turn_id == labels.c.turn_id)
        .order_by(turn_facts.c.seq, labels.c.subject_key)
    )
    return [(row.seq, row.sample, row.verdict) for row in rows]
