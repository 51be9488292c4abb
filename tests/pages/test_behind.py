"""What lies behind each figure: lists with as many rows as a bar says, files, and where a row leads."""

import csv
import io

from agent import Desk, FactRow
from pages.ui.analytics import customers, escalation, knowledge_cost, money_view, overview, people
from pages.ui.analytics.behind import Behind, Listed, Point, Scene
from pages.ui.analytics.behind_panel import FILE_HEAD, all_rows, rows_of, way_to
from pages.ui.analytics.charts import hits
from pages.ui.analytics.files import BYTE_ORDER_MARK, csv_file
from pages.ui.analytics.flow_chart import flow_chart
from pages.ui.analytics.groups import counts, over_time, rates
from pages.ui.analytics.kpi_panel import rows_behind
from pages.ui.analytics.palette import LIGHT
from pages.ui.analytics.waiting_chart import waiting_chart
from tests.pages.made_up import ALL, KIM, WORDS, use


def charts_with_lists(scene: Scene) -> dict[str, Point]:
    charts = [
        flow_chart(scene),
        overview.volume(scene),
        waiting_chart(scene),
        knowledge_cost.steps(scene),
        rates(scene, "escalation_rate", "category", WORDS),
        counts(scene, "escalation_rate", "rule", WORDS),
        counts(scene, "reviews", "sla", WORDS),
        counts(scene, "rating", "stars", WORDS, standing=True),
        over_time(scene, [("containment", "c"), ("reopened", "r")], WORDS),
        *(money_view.chart(scene, line) for line in scene.desk.analytics.money(scene.wanted)),
    ]
    return {f"{place} {point.id}": point for place, chart in enumerate(charts) for point in chart.points}


def counted(point: Point) -> int:
    """The number of rows that the table says for a point."""
    last = point.cells[2] if len(point.cells) == 5 and "%" in point.cells[1] else point.cells[-1]
    return int(last.partition(" of ")[0].replace(",", ""))


def test_every_list_has_as_many_rows_as_its_bar_says(scene: Scene) -> None:
    with_lists = {name: point for name, point in charts_with_lists(scene).items() if point.behind is not None}

    assert len(with_lists) > 100
    for name, point in with_lists.items():
        assert point.behind is not None
        total, _rows = rows_of(scene, point.behind, limit=1)
        assert total == counted(point), name


def test_every_key_figure_has_as_many_rows_as_it_says(scene: Scene) -> None:
    for module in (overview, escalation, people, customers, knowledge_cost, money_view):
        for kpi in scene.desk.analytics.kpis(module.KPIS, ALL):
            total, _rows = rows_of(scene, Behind(metric=kpi.definition.name, wanted=ALL), limit=1)
            assert total == rows_behind(kpi.figure, kpi.definition.unit), kpi.definition.name


def test_small_groups_are_left_out_of_rates_and_that_is_said(scene: Scene) -> None:
    bars = scene.desk.analytics.bars("escalation_rate", "language", ALL)
    chart = rates(scene, "escalation_rate", "language", WORDS)

    kept = {bar.key for bar in bars if bar.figure.n >= 20}
    assert {point.id for point in chart.points} == kept
    assert len(kept) < len(bars)
    assert "fewer than 20 left out" in chart.note


def test_the_file_of_a_list_holds_every_row_and_no_formulas(desk: Desk) -> None:
    use(desk)
    desk.chat('=HYPERLINK("http://evil") how are you')
    scene = Scene(desk=desk, identity=KIM, wanted=ALL, colours=LIGHT, lists={})
    rows = list(all_rows(scene, Behind(metric="messages", wanted=ALL)))

    text = csv_file(FILE_HEAD, lambda: [(row.at, row.title, *[""] * 6) for row in rows])().read().decode()

    found = list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))
    assert text.startswith(BYTE_ORDER_MARK)
    assert len(found) == 6
    assert found[0]["title"].startswith("'=HYPERLINK")


def test_the_file_of_a_chart_has_plain_numbers(scene: Scene) -> None:
    chart = rates(scene, "escalation_rate", "category", WORDS)

    text = csv_file(chart.file_head, lambda: [point.raw for point in chart.points])().read().decode()

    rows = list(csv.DictReader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))))
    bars = {bar.key: bar for bar in scene.desk.analytics.bars("escalation_rate", "category", ALL)}
    assert [int(row["counted"]) for row in rows] == [hits(bars[row["group"]]) for row in rows]
    assert all(0 <= float(row["low"]) <= float(row["rate"]) <= float(row["high"]) <= 1 for row in rows)


def test_a_row_opens_the_page_that_shows_it_best() -> None:
    def row(review_id: str | None, outcome: str) -> FactRow:
        return FactRow(
            thread_id="t", turn_id="u", review_id=review_id, at="", title="", intent=None, outcome=outcome, value=None
        )

    assert way_to(row(None, "answered"), decides=True) == ("pages/live_desk.py", {"thread": "t"})
    assert way_to(row("r", "deny"), decides=False)[0] == "pages/history.py"
    assert way_to(row("r", "pending"), decides=True) == ("pages/approvals.py", {"review": "r"})
    assert way_to(row("r", "pending"), decides=False)[0] == "pages/live_desk.py"
    assert way_to(row("r", "expire"), decides=True)[0] == "pages/live_desk.py"


def test_what_can_be_opened_is_named_once(scene: Scene) -> None:
    name = scene.offer("a.b", "A: b", Behind(metric="messages", wanted=ALL))

    assert scene.lists[name] == Listed(title="A: b", behind=Behind(metric="messages", wanted=ALL))
