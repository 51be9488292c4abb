from streamlit.testing.v1 import AppTest


def script() -> None:
    from agent import StorageError  # noqa: PLC0415  AppTest runs this function alone
    from pages.ui.fragments import fragment  # noqa: PLC0415  as above

    @fragment(run_every=1.0)
    def part() -> None:
        message = "Database desk: *away*."
        raise StorageError(message)

    part()


def test_a_part_that_is_polled_says_that_the_database_is_away_instead_of_failing() -> None:
    shown = AppTest.from_function(script).run(timeout=20)

    assert list(shown.exception) == []
    (warning,) = shown.warning
    assert warning.value.startswith("This cannot be shown just now and comes back by itself.")
    assert "away" in warning.value
