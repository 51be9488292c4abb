"""The Analytics page: what it counts, for whom, and what it says when there is nothing."""

from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.made_up import make_up, use
from tests.pages.screen import at, open_page, plain_words_on, press
from tests.stand_ins import open_test_desk

VIEWS = ("overview", "escalation", "people", "customers", "knowledge", "money")


@pytest.fixture
def used_home(home: Path) -> Path:
    """A desk with five turns; closed again."""
    with closing(open_test_desk(home)) as desk:
        use(desk)
    return home


def test_analytics_is_closed_to_visitors(app: AppTest) -> None:
    open_page(app, "analytics")

    assert not app.exception
    assert "This page needs another role" in plain_words_on(app)


def test_an_empty_desk_says_so_in_every_view(app: AppTest) -> None:
    open_page(app, "analytics", "Kim")

    for view in VIEWS:
        at(app, "analytics", view=view)

        assert not app.exception
        assert "No message has come yet" in plain_words_on(app)
        assert not app.get("plotly_chart")


def test_every_view_draws_a_little_used_desk(app: AppTest, used_home: Path) -> None:
    del used_home
    open_page(app, "analytics", "Kim")

    for view in VIEWS:
        at(app, "analytics", view=view)

        assert not app.exception, view
        assert "can't be shown" not in plain_words_on(app), view


def test_every_view_draws_a_year_and_says_that_it_is_made_up(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)):
        make_up(home)
    open_page(app, "analytics", "Kim")

    for view in VIEWS:
        at(app, "analytics", view=view, span="all")

        assert not app.exception, view
        assert app.get("plotly_chart"), view
        assert "are made up to show the desk" in plain_words_on(app), view
    at(app, "analytics", demo="out", span="all")
    assert "Nothing happened under these filters" in plain_words_on(app)
    assert "made up to show" not in plain_words_on(app)


def test_the_address_sets_the_filter_and_choosing_writes_it(app: AppTest, used_home: Path) -> None:
    del used_home
    open_page(app, "analytics", "Alex", view="money", intent="refund", span="all", zone="Asia/Tokyo")

    assert "Asia/Tokyo" in plain_words_on(app)
    assert app.selectbox(key="analytics_intent").value == "refund"
    assert "Refunds in USD" in plain_words_on(app)

    app.selectbox(key="analytics_intent").select("faq").run()

    assert app.query_params["intent"] == "faq"
    assert app.query_params["view"] == "money"
    assert "Nothing happened" not in plain_words_on(app)
    press(app, "Clear")
    assert "intent" not in app.query_params
    assert not app.exception


def test_a_wrong_value_in_the_address_is_left_out_with_a_notice(app: AppTest, used_home: Path) -> None:
    del used_home
    open_page(app, "analytics", "Alex")

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
        at(app, "analytics", **{name: value})

        assert not app.exception, name
        assert f"something unknown about {name}" in plain_words_on(app), name
        assert "Messages by intent" in plain_words_on(app), name


def test_days_in_the_wrong_order_are_said_kindly(app: AppTest, used_home: Path) -> None:
    del used_home
    open_page(app, "analytics", "Alex", since="2026-03-02", until="2026-03-01")

    assert "These days cannot be shown" in plain_words_on(app)
    press(app, "Show all days")

    assert "Messages by intent" in plain_words_on(app)
    assert not app.exception


def test_a_list_is_opened_by_the_address_and_has_as_many_rows_as_the_figure(app: AppTest, used_home: Path) -> None:
    del used_home

    open_page(app, "analytics", "Alex", span="all", list="kpi.messages")

    assert "5 messages, the latest first" in plain_words_on(app)
    at(app, "analytics", span="all", list="flow.intent:refund")
    assert "2 messages, the latest first" in plain_words_on(app)
    at(app, "analytics", span="all", list="no.such")
    assert "not in this view" in plain_words_on(app)
    assert not app.exception


def test_single_reviewers_are_shown_to_those_who_lead_only(app: AppTest, home: Path) -> None:
    with closing(open_test_desk(home)):
        make_up(home)
    seen = {}
    for name in ("Lee", "Alex", "Robin"):
        open_page(app, "analytics", name, view="people", span="all")
        seen[name] = "Review time by reviewer" in plain_words_on(app)
        offered = {box.label for box in app.selectbox}
        assert ("Reviewer" in offered) == seen[name]

    assert seen == {"Lee": True, "Alex": False, "Robin": False}


def test_the_ledger_and_the_approvals_are_compared_in_words(app: AppTest, used_home: Path) -> None:
    del used_home

    open_page(app, "analytics", "Alex", view="money", span="all")

    assert "Ledger minus approvals is $0 in USD" in plain_words_on(app)
