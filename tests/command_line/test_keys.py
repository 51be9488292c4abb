"""keys, on the command line."""

from tests.command_line.conftest import Run


def test_a_key_is_made_listed_without_its_secret_and_revoked(run: Run) -> None:
    made = run("keys", "create", "shop", "--role", "reviewer", "--subject", "robin@example.com", "--json").document
    listed = run("keys", "list", "--json").document
    revoked = run("keys", "revoke", made["key"]["key_id"], "--json").document

    assert made["secret"].startswith("tk_")
    assert made["secret"] not in str(listed)
    assert [(key["name"], key["role"], key["subject"]) for key in listed] == [("shop", "reviewer", "robin@example.com")]
    assert revoked["revoked_at"]
    assert run("keys", "list", "--json").document[0]["revoked_by"] == "command line"


def test_a_customers_key_is_made_for_that_customer(run: Run) -> None:
    assert run("keys", "create", "app", "--customer", "C-1001", "--json").document["key"]["customer_id"] == "C-1001"


def test_a_key_is_told_plainly_and_how_to_keep_it(run: Run) -> None:
    said = run("keys", "create", "shop")

    assert said.code == 0
    assert said.out.startswith("tk_")
    assert "cannot be shown again" in said.out


def test_what_makes_no_key_says_why(run: Run) -> None:
    assert run("keys", "create", "shop").code == 0

    twice = run("keys", "create", "shop")
    unknown = run("keys", "revoke", "other")
    system = run("keys", "create", "x", "--role", "system")

    assert (twice.code, unknown.code, system.code) == (4, 2, 2)
    assert "none was made" in twice.err
    assert "nothing was revoked" in unknown.err
    assert "no key was made" in system.err
