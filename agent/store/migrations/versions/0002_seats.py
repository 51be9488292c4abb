"""Two seats for a decision, teams and claims for the queue, people with roles; `meta` gives way to alembic's table.

There is no way down: who wants the old file back takes the copy that was made before.
"""

import unicodedata
from typing import Any

from alembic import op
from sqlalchemy import Column, Integer, Text, column, select, table, text, update

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Keep every row; raises what the database raises."""
    _extend_reviews()
    _rebuild_decisions()
    _add_tables()
    op.drop_table("meta")


def _extend_reviews() -> None:
    with op.batch_alter_table("reviews") as reviews:
        reviews.add_column(Column("team", Text, nullable=False, server_default="billing"))
        reviews.add_column(Column("reason", Text, nullable=False, server_default=""))
        reviews.add_column(Column("look_alike", Text, nullable=False, server_default=""))
        reviews.add_column(Column("check_case", Text))
        reviews.add_column(Column("claimed_by", Text))
        reviews.add_column(Column("claimed_until", Text))
        reviews.add_column(Column("first_claimed_at", Text))
        reviews.add_column(Column("held_until", Text))
        reviews.add_column(Column("second_interrupt_id", Text))
        reviews.create_index("reviews_figures", ["status", "due_at", "created_at", "currency", "amount_minor"])
        reviews.create_index("reviews_by_decision", ["decided_at"])
        reviews.create_index(
            "reviews_alike",
            ["status", "look_alike", "recommendation", "currency", "due_at", "seq", "amount_minor", "expires_at"],
        )
    rows = table("reviews", column("kind"), column("status"), column("team"))
    waiting = (rows.c.status == "pending") & (rows.c.kind != "refund")
    op.execute(update(rows).where(waiting).values(team="technical"))


def _rebuild_decisions() -> None:
    names = "review_id action reason note amount_minor currency reply subject role source payload_sha256 decided_at"
    old = table("decisions", *(column(name) for name in names.split()))
    kept = op.get_bind().execute(select(old).order_by(old.c.decided_at, old.c.review_id)).mappings().all()
    op.drop_table("decisions")
    new = op.create_table(
        "decisions",
        Column("decision_id", Integer, primary_key=True, autoincrement=True),
        Column("review_id", Text, nullable=False),
        Column("seat", Integer, nullable=False),
        Column("subject_key", Text, nullable=False),
        Column("action", Text, nullable=False),
        Column("reason", Text),
        Column("note", Text, nullable=False),
        Column("amount_minor", Integer),
        Column("currency", Text),
        Column("reply", Text),
        Column("subject", Text, nullable=False),
        Column("role", Text, nullable=False),
        Column("source", Text, nullable=False),
        Column("payload_sha256", Text, nullable=False),
        Column("seen_at", Text),
        Column("changes", Text, nullable=False, server_default="[]"),
        Column("decided_at", Text, nullable=False),
        Column("withdrawn_at", Text),
    )
    standing: dict[str, Any] = {
        f"{dialect}_where": text("withdrawn_at IS NULL") for dialect in ("sqlite", "postgresql")
    }
    op.create_index("decisions_by_seat", "decisions", ["review_id", "seat"], unique=True, **standing)
    op.create_index("decisions_by_person", "decisions", ["review_id", "subject_key"], unique=True, **standing)
    op.create_index("decisions_by_time", "decisions", ["decided_at"])
    op.bulk_insert(new, [{**row, "seat": 1, "subject_key": _subject_key(row["subject"])} for row in kept])


def _subject_key(subject: str) -> str:
    """As `agent.names` had it at this revision; a step must not change with it."""
    return " ".join(unicodedata.normalize("NFKC", subject).casefold().split())


def _add_tables() -> None:
    op.create_table(
        "views",
        Column("review_id", Text, primary_key=True),
        Column("subject_key", Text, primary_key=True),
        Column("seen_at", Text, nullable=False),
    )
    op.create_table(
        "second_looks",
        Column("review_id", Text, primary_key=True),
        Column("subject_key", Text, primary_key=True),
        Column("subject", Text, nullable=False),
        Column("verdict", Text, nullable=False),
        Column("note", Text, nullable=False),
        Column("at", Text, nullable=False),
    )
    op.create_table(
        "people",
        Column("subject_key", Text, primary_key=True),
        Column("subject", Text, nullable=False),
        Column("role", Text, nullable=False),
        Column("changed_at", Text, nullable=False),
        Column("changed_by", Text, nullable=False),
    )
