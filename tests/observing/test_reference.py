"""The document says what is sent."""

from pathlib import Path

from agent.model import Decision
from agent.monitoring import GAUGES
from agent.observing.reference import SPANS, figures_table, spans_table
from agent.settings import PROJECT
from tests.observing.collector import traced
from tests.stand_ins import REVIEWER
from tests.wire.compatible import compatible
from tests.wire.test_desk import QUESTION, clerk, desk_at

DOCUMENT = (PROJECT / "docs" / "observing.md").read_text(encoding="utf-8")


def test_the_tables_in_the_docs_are_the_codes_own() -> None:
    assert spans_table() in DOCUMENT
    assert figures_table(GAUGES) in DOCUMENT


def test_every_attribute_that_is_sent_is_documented(tmp_path: Path) -> None:
    with traced(with_content=True) as collector, desk_at(tmp_path / "home", compatible(clerk)) as desk:
        desk.chat(QUESTION)
        paused = desk.chat("let me talk to a human, the glaze is chipped")
        assert paused.review_id is not None
        desk.decide(paused.review_id, Decision(action="respond", reply="Done."), REVIEWER)
        desk.chat("what is the glaze made of?")

        sent = {name for span in collector.spans() for name in span.attributes}

    documented = " ".join(attributes for _name, _covers, attributes in SPANS)
    assert {name for name in sent if f"`{name}`" not in documented} == set()
