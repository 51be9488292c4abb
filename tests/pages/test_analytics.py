"""The Analytics page: what it counts, what lies behind each figure, and what it says when there is nothing."""

import csv
import io
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from agent import Decision, Desk, FactFilter, FactRow, Figure, Flow, Identity, Kpi
from agent.demo_history import Year, write_history
from agent.store.sqlite import SqliteDatabase
from pages.ui.access.identity import WHO
from pages.ui.analytics import customers, escalation, knowledge_cost, money_view, overview, people
from pages.ui.analytics.analytics_filter import days_of
from pages.ui.analytics.behind import Behind, Listed, Point, Scene
from pages.ui.analytics.behind_panel import FILE_HEAD, all_rows, rows_of, way_to
from pages.ui.analytics.charts import hits
from pages.ui.analytics.files import BYTE_ORDER_MARK, csv_file
from pages.ui.analytics.flow_chart import flow_chart, placed
from pages.ui.analytics.freshness import Freshness
from pages.ui.analytics.groups import Words, counts, over_time, rates
from pages.ui.analytics.kpi_panel import card, rows_behind
from pages.ui.analytics.numbers import change, duration, money, shown
from pages.ui.analytics.palette import LIGHT
from pages.ui.analytics.waiting_chart import waiting_chart
from tests.stand_ins import REFUND_MESSAGE, open_test_desk

ROBIN = Identity(subject="Robin", role="reviewer", source="demo-switch")
KIM = Identity(subject="Kim", role="admin", source="demo-switch")
DENY = Decision(action="deny", reason="outside_window")
VIEWS = ("overview", "escalation", "people", "customers", "knowledge", "money")
THREADS = 150
WORDS = Words(name="n", title="t", says="s")
ALL = FactFilter()


def use(desk: Desk) -> None:
    """A little of everything, and one refund that nobody has decided."""
    desk.rate(desk.chat("How long does it take to deliver?").turn_id, 5)
    desk.chat("My lamp is broken")
    desk.chat("I am furious, I want a human")
    desk.chat(REFUND_MESSAGE, customer_id="C-1001")
    review_id = desk.chat(REFUND_MESSAGE, customer_id="C-1001").review_id
    assert review_id is not None
    desk.decide(review_id, DENY, ROBIN)


@pytest.fixture
def used_home(home: Path) -> Path:
    """A desk with five turns; closed again."""
    with closing(open_test_desk(home)) as desk:
        use(desk)
    return home


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a made-up year, for figures; nobody changes it."""
    home = tmp_path_factory.mktemp("year")
    with closing(open_test_desk(home)) as desk:
        make_up(home)
        yield desk


def make_up(home: Path) -> None:
    with closing(SqliteDatabase(home / "desk.sqlite")) as database:
        write_history(database, Year(datetime(2026, 11, 1, tzinfo=UTC)), conversations=THREADS, seed=1)


@pytest.fixture
def scene(year: Desk) -> Scene:
    return Scene(desk=year, identity=KIM, wanted=ALL, colours=LIGHT, lists={})


def open_analytics(app: AppTest, name: str, **address: str) -> AppTest:
    app.run()
    app.session_state[WHO] = name
    return at(app, **address)


def at(app: AppTest, **address: str) -> AppTest:
    """The page under this address."""
    app.query_params.clear()
    for key, value in address.items():
        app.query_params[key] = value
    return app.switch_page("pages/analytics.py").run()


def words_on(app: AppTest) -> str:
    shown_here = [
        *app.markdown,
        *app.caption,
        *app.header,
        *app.subheader,
        *app.info,
        *app.warning,
        *app.error,
        *app.success,
    ]
    return "\n".join(str(element.value) for element in shown_here).replace("\\", "")


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_analytics_is_closed_to_visitors(app: AppTest) -> None:
    app.run()

    app.switch_page("pages/analytics.py").run()

    assert not app.exception
    assert "This page needs another role" in words_on(app)


def test_an_empty_desk_says_so_in_every_view(app: AppTest) -> None:
    open_analytics(app, "Kim")

    for view in VIEWS:
        at(app, view=view)

        assert not app.exception
        assert "No message has come yet" in words_on(app)
        assert not app.get("plotly_chart")


def test_every_view_draws_a_little_used_desk(app: AppTest, used_home: Path) -> None:
    del used_home
    open_analytics(app, "Kim")

    for view in VIEWS:
        at(app, view=view)

        assert not app.exception, view
        assert "can't be shown" not in words_on(app), view


def test_every_view_draws_a_year_and_says_that_it_is_made_up(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)):
        make_up(home)
    open_analytics(app, "Kim")

    for view in VIEWS:
        at(app, view=view, span="all")

        assert not app.exception, view
        assert app.get("plotly_chart"), view
        assert "are made up to show the desk" in words_on(app), view
    at(app, demo="out", span="all")
    assert "Nothing happened under these filters" in words_on(app)
    assert "made up to show" not in words_on(app)


def test_the_address_sets_the_filter_and_choosing_writes_it(app: AppTest, used_home: Path) -> None:
    del used_home
    open_analytics(app, "Alex", view="money", intent="refund", span="all", zone="Asia/Tokyo")

    assert "Asia/Tokyo" in words_on(app)
    assert app.selectbox(key="analytics_intent").value == "refund"
    assert "Refunds in USD" in words_on(app)

    app.selectbox(key="analytics_intent").select("faq").run()

    assert app.query_params["intent"] == "faq"
    assert app.query_params["view"] == "money"
    assert "Nothing happened" not in words_on(app)
    press(app, "Clear")
    assert "intent" not in app.query_params
    assert not app.exception


def test_a_wrong_value_in_the_address_is_left_out_with_a_notice(app: AppTest, used_home: Path) -> None:
    del used_home
    open_analytics(app, "Alex")

    for name, value in {
        "view": "nonsense",
        "span": "-1",
        "since": "2026-02-30",
        "until": "9999-12-31",
        "zone": "Mars/Olympus",
        "category": "=1+1",
        "channel": "a" * 5000,
        "demo": "perhaps",
        "reviewer": "Robin",
    }.items():
        at(app, **{name: value})

        assert not app.exception, name
        assert f"something unknown about {name}" in words_on(app), name
        assert "Messages by intent" in words_on(app), name


def test_days_in_the_wrong_order_are_said_kindly(app: AppTest, used_home: Path) -> None:
    del used_home
    open_analytics(app, "Alex", since="2026-03-02", until="2026-03-01")

    assert "These days cannot be shown" in words_on(app)
    press(app, "Show all days")

    assert "Messages by intent" in words_on(app)
    assert not app.exception


def test_a_list_is_opened_by_the_address_and_has_as_many_rows_as_the_figure(app: AppTest, used_home: Path) -> None:
    del used_home

    open_analytics(app, "Alex", span="all", list="kpi.messages")

    assert "5 messages, the latest first" in words_on(app)
    at(app, span="all", list="flow.intent:refund")
    assert "2 messages, the latest first" in words_on(app)
    at(app, span="all", list="no.such")
    assert "not in this view" in words_on(app)
    assert not app.exception


def test_single_reviewers_are_shown_to_those_who_lead_only(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)):
        make_up(home)
    seen = {}
    for name in ("Lee", "Alex", "Robin"):
        open_analytics(app, name, view="people", span="all")
        seen[name] = "Review time by reviewer" in words_on(app)
        offered = {box.label for box in app.selectbox}
        assert ("Reviewer" in offered) == seen[name]

    assert seen == {"Lee": True, "Alex": False, "Robin": False}


def test_the_ledger_and_the_approvals_are_compared_in_words(app: AppTest, used_home: Path) -> None:
    del used_home

    open_analytics(app, "Alex", view="money", span="all")

    assert "Ledger minus approvals is $0 in USD" in words_on(app)


def test_a_question_is_rated_on_the_live_desk_and_the_rating_is_kept(app: AppTest, used_home: Path) -> None:
    with closing(open_test_desk(used_home)) as desk:
        chat = desk.chat("How long does it take to deliver?")
    app.query_params["thread"] = chat.thread_id
    app.run()

    (stars,) = app.feedback
    stars.set_value(3).run()
    said = words_on(app)

    assert "4 of 5, helpful" in said
    assert not app.exception
    with closing(open_test_desk(used_home)) as desk:
        assert desk.rating_of(chat.turn_id) == 4


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


def test_boxes_of_the_flow_do_not_overlap_and_take_as_much_as_flows_through() -> None:
    flows = [
        Flow(column=0, source="faq", target="faq", turns=9),
        Flow(column=0, source="faq", target="escalation", turns=1),
        Flow(column=1, source="faq", target="answered", turns=9),
        Flow(column=1, source="escalation", target="expired", turns=1),
    ]

    nodes, height = placed(flows)

    assert height > 0
    assert {place: node.turns for place, node in nodes.items()}[0, "faq"] == 10
    for column in range(3):
        boxes = sorted((node.low, node.high) for node in nodes.values() if node.column == column)
        assert all(below[1] < above[0] for below, above in pairwise(boxes))
    assert placed([]) == ({}, 330)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (shown(0.1241, "share"), "12.4 %"),
        (shown(1.0, "share"), "100 %"),
        (shown(None, "share"), "–"),
        (shown(2340.0, "seconds"), "39 min"),
        (shown(95.0, "seconds"), "1 min 35 s"),
        (shown(18720.0, "seconds"), "5 h 12 min"),
        (shown(1250.0, "count"), "1,250"),
        (shown(-0.126, "signed"), "−0.13"),
        (duration(0.0123), "12 ms"),
        (duration(4 * 86400), "4.0 days"),
        (money(125_000, "USD"), "$1,250"),
        (money(4_250, "EUR"), "€42.50"),
        (money(4_250, "CHF"), "42.50 CHF"),
    ],
)
def test_figures_are_written_for_people(said: str, expected: str) -> None:
    assert said.replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("now", "before", "unit", "said"),
    [
        (0.2, 0.15, "share", "+5 points"),
        (0.2, 0.2, "share", "no change"),
        (50.0, 100.0, "count", "−50 %"),
        (50.0, 0.0, "count", None),
        (60.0, 180.0, "seconds", "−2 min"),
        (0.2, None, "share", None),
    ],
)
def test_changes_are_told_in_words(now: float, before: float | None, unit: str, said: str | None) -> None:
    assert change(Figure(value=now, n=9), Figure(value=before, n=9), unit) == said


def test_a_fall_is_good_where_less_is_better(scene: Scene) -> None:
    (kpi,) = scene.desk.analytics.kpis(["escalation_rate"], ALL)

    def tone(value: float, before: float) -> tuple[str, str]:
        figure = kpi.figure.model_copy(update={"value": value})
        made: Kpi = kpi.model_copy(update={"figure": figure, "before": figure.model_copy(update={"value": before})})
        return card(made)["arrow"], card(made)["tone"]

    assert tone(0.1, 0.2) == ("▼", "good")
    assert tone(0.3, 0.2) == ("▲", "bad")


def test_a_quick_span_ends_today_in_the_zone() -> None:
    since, until = days_of("7", "UTC")

    assert since is not None
    assert until is not None
    assert (until - since).days == 6
    assert days_of("all", "UTC") == (None, None)
    assert isinstance(since, date)


def test_figures_are_not_read_anew_within_a_few_seconds(year: Desk) -> None:
    kept = Freshness()

    assert kept.refresh(year) == kept.refresh(year) > 0


def test_what_can_be_opened_is_named_once(scene: Scene) -> None:
    name = scene.offer("a.b", "A: b", Behind(metric="messages", wanted=ALL))

    assert scene.lists[name] == Listed(title="A: b", behind=Behind(metric="messages", wanted=ALL))
