import pytest

from agent.names import name_for_customers, subject_key

SAME = [
    "Robin",
    "robin",
    " Robin ",
    "ROBIN",
    "\uff32obin",
    "\tRobin\n",
    "Robin\u00a0",
    "\u2003Robin",
]


@pytest.mark.parametrize("spelling", SAME)
def test_case_width_and_outer_spaces_do_not_make_another_person(spelling: str) -> None:
    assert subject_key(spelling) == "robin"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Robin  Vega", "robin vega"),
        ("Robin\u00a0Vega", "Robin Vega"),
        ("Stra\u00dfe", "STRASSE"),
        ("Jos\u00e9", "Jose\u0301"),
        ("\ufb01nn", "Finn"),
        ("C-\uff11\uff10\uff10\uff11", "c-1001"),
        ("maya.chen\uff20example.com", "Maya.Chen@Example.COM"),
        ("\u212aim", "kim"),
        ("\u03a3\u03bf\u03c6\u03bf\u03c2", "\u03a3\u039f\u03a6\u039f\u03a3"),
    ],
)
def test_two_spellings_of_one_name_are_one_person(one: str, other: str) -> None:
    assert subject_key(one) == subject_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Robin", "Robyn"),
        ("Robin", "Rob in"),
        ("Robin Vega", "RobinVega"),
        ("Jos\u00e9", "Jose"),
        ("C-1001", "C-10011"),
        ("C-1001", "C1001"),
        ("maya@example.com", "maya@example.org"),
        ("maya+1@example.com", "maya@example.com"),
        ("Robin", ""),
    ],
)
def test_other_names_are_other_people(one: str, other: str) -> None:
    assert subject_key(one) != subject_key(other)


@pytest.mark.parametrize("name", [*SAME, "", " ", "\u00df", "\u0130", "\u1e9e", "\ufb01", "x" * 10_000])
def test_a_key_is_its_own_key(name: str) -> None:
    assert subject_key(subject_key(name)) == subject_key(name)


@pytest.mark.parametrize("nobody", ["", " ", "\n\t", "\u00a0\u2003"])
def test_blanks_name_nobody(nobody: str) -> None:
    assert subject_key(nobody) == ""


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d", "\u202e", "\ufe0f", "\u034f", "\u3164", "\x00"]
)
def test_marks_that_nobody_sees_do_not_make_another_person(hidden: str) -> None:
    assert subject_key(f"Ro{hidden}bin") == "robin"


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("ana.lopez@example.com", "Ana Lopez"),
        ("kim@example.com", "Kim"),
        ("sub:8f3e-11", "a colleague"),
        ("Robin", "Robin"),
        ("@example.com", "@example.com"),
    ],
)
def test_customers_are_told_a_name_and_no_address(subject: str, shown: str) -> None:
    assert name_for_customers(subject) == shown
