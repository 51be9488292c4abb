"""The document about metrics says what the metrics say."""

from agent.insights.reference import reference
from agent.settings import PROJECT


def test_the_reference_in_the_docs_is_the_registry_itself() -> None:
    written = (PROJECT / "docs" / "metrics.md").read_text(encoding="utf-8")

    assert reference() == written, "write it again: python -m agent.insights.reference > docs/metrics.md"
