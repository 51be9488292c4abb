"""The tables of 0.1.0 and 0.2.0, which those releases made themselves: where all upgrades begin."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing to do: new files get the newest tables at once and never pass here."""
