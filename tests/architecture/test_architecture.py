"""What the structure promises, held by tests."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
PAGES = sorted((PROJECT / "pages").glob("*.py"))
NODES = sorted(path for path in (PROJECT / "agent" / "nodes").glob("*.py") if path.name != "__init__.py")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_guards_itself_before_anything_else(page: Path) -> None:
    statements = [
        node
        for node in ast.parse(page.read_text(encoding="utf-8")).body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]

    first = ast.unparse(statements[0])
    assert re.search(r"\bguard\w*\(", first), f"{page.name} begins with {first!r}"


@pytest.mark.parametrize("node", NODES, ids=lambda node: node.stem)
def test_a_node_is_one_public_function_of_its_files_name(node: Path) -> None:
    public = [
        statement.name
        for statement in ast.parse(node.read_text(encoding="utf-8")).body
        if isinstance(statement, ast.FunctionDef | ast.ClassDef) and not statement.name.startswith("_")
    ]

    assert public == [node.stem]


@pytest.mark.parametrize("gate", ["human_gate", "human_handoff"])
def test_nothing_stands_before_the_interrupt_of_a_gate(gate: str) -> None:
    tree = ast.parse((PROJECT / "agent" / "nodes" / f"{gate}.py").read_text(encoding="utf-8"))
    (function,) = [statement for statement in tree.body if isinstance(statement, ast.FunctionDef)]

    first = function.body[1]  # after the docstring

    assert isinstance(first, ast.Assign)
    assert ast.unparse(first.value).startswith("interrupt(")
    assert ast.unparse(function).count("interrupt(") == 1


def test_pages_use_the_public_api_of_the_agent_only() -> None:
    imports = [
        (path.name, statement.module)
        for path in [PROJECT / "app.py", *(PROJECT / "pages").rglob("*.py")]
        for statement in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("agent")
    ]

    assert {module for _, module in imports} == {"agent", "agent.api"}
    assert {name for name, module in imports if module == "agent.api"} == {"app.py", "programs.py"}


def test_importing_the_agent_opens_nothing(tmp_path: Path) -> None:
    script = "import agent, os, sys; print(os.environ['LANGGRAPH_STRICT_MSGPACK'], 'streamlit' in sys.modules)"

    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        env={"PATH": "/usr/bin:/bin", "TRIAGE_HOME": str(tmp_path / "home"), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.split() == ["true", "False"]
    assert not (tmp_path / "home").exists()


def test_strict_msgpack_is_on_in_the_serializer_that_is_used() -> None:
    script = "import agent; from langgraph.checkpoint.serde import _msgpack; print(_msgpack.STRICT_MSGPACK_ENABLED)"

    ran = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "True"


def test_every_port_has_a_contract_suite() -> None:
    ports = {path.stem for path in (PROJECT / "agent" / "ports").glob("*.py")} - {"__init__", "progress", "clock"}
    suites = {path.stem.removeprefix("test_") for path in (PROJECT / "tests" / "contract").glob("test_*.py")}

    assert ports <= suites


def test_the_readmes_layout_is_what_lies_here() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    top = {name.split("/")[0] for name in tracked if not name.startswith(".")}

    layout = README.split("## Layout")[1].split("##")[0]
    named = set(re.findall(r"^([\w.-]+)/?\s", layout, flags=re.MULTILINE))

    assert top <= named
    assert named <= top


def test_no_source_file_names_a_package_host() -> None:
    found = [
        lock.name
        for lock in PROJECT.glob("*.lock")
        if re.search(r"https?://|--index-url", lock.read_text(encoding="utf-8"))
    ]

    assert found == []
