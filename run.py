"""The two commands: `python3 run.py start` opens the app, `python3 run.py test` checks and tests the project.

Each makes `.venv` and installs the pinned packages the first time, and again whenever the lock file has changed. Only
the standard library is used here, so that a fresh Python 3.11, 3.12 or 3.13 is enough.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
VENV = PROJECT / ".venv"
OLDEST, TOO_NEW = (3, 11), (3, 14)

CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "app.py", "pages", "agent", "tests"),
    ("lint-imports",),
    ("vulture",),
    ("deptry", "."),
)


def main() -> int:
    """Run the chosen command and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    start = commands.add_parser("start", help="open the app in the browser")
    start.add_argument("--port", type=int, default=8501)
    start.add_argument("--headless", action="store_true", help="do not open a browser")
    commands.add_parser("test", help="all checks and tests; further arguments go to pytest")
    options, further = parser.parse_known_args()
    if further and options.command != "test":
        parser.error(f"unknown arguments: {' '.join(further)}")
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        sys.stderr.write(f"Python 3.11, 3.12 or 3.13 is needed, this is {sys.version.split()[0]}. Nothing was done.\n")
        return 2
    if options.command == "start":
        install("requirements.lock")
        return start_app(options.port, headless=options.headless)
    install("requirements-dev.lock")
    return run_checks(further)


def install(lock: str) -> None:
    """Make `.venv` hold exactly what the lock file names; fast when it does already."""
    wanted = hashlib.sha256((PROJECT / lock).read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f"{lock}.installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not tool("python").exists():
        sys.stderr.write("Making .venv …\n")
        venv.create(VENV, with_pip=True)
    sys.stderr.write(f"Installing the packages of {lock} (a minute or two, once) …\n")
    command = [str(tool("python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["-r", str(PROJECT / lock)]
    if subprocess.run(command, check=False).returncode:  # noqa: S603  our own interpreter and lock file
        sys.stderr.write("The packages could not be installed; see pip's message above, then run this again.\n")
        raise SystemExit(2)
    stamp.write_text(wanted)


def tool(name: str) -> Path:
    """A program of `.venv`."""
    return VENV / "bin" / name


def start_app(port: int, *, headless: bool) -> int:
    """Run the app until it is stopped."""
    command = app_command(tool("python"), port, headless=headless)
    os.chdir(PROJECT)
    os.execv(command[0], command)  # noqa: S606  the app takes this process's place


def app_command(python: Path, port: int, *, headless: bool) -> list[str]:
    """The command line that runs the app in the project's folder."""
    return [
        str(python),
        *("-m", "streamlit", "run", str(PROJECT / "app.py")),
        *("--server.port", str(port), "--server.headless", str(headless).lower()),
    ]


def run_checks(pytest_arguments: list[str]) -> int:
    """Every check, then the tests; returns 1 if anything failed, after having run all of it."""
    failed = [" ".join(check) for check in CHECKS if not passes(tool(check[0]), *check[1:])]
    workers = min(4, max(2, os.cpu_count() or 2))  # each runs servers and browsers of its own
    if not passes(tool("python"), "-m", "pytest", "-n", str(workers), "--dist", "loadfile", *pytest_arguments):
        failed.append("pytest")
    sys.stderr.write(f"Failed: {', '.join(failed)}\n" if failed else "All checks and tests passed.\n")
    return 1 if failed else 0


def passes(*command: str | Path) -> bool:
    """Whether a command run in the project ends well."""
    sys.stderr.write(
        f"$ {' '.join(Path(part).name if index == 0 else str(part) for index, part in enumerate(command))}\n"
    )
    sys.stderr.flush()
    return subprocess.run(command, cwd=PROJECT, check=False).returncode == 0  # noqa: S603  our own tools


if __name__ == "__main__":
    sys.exit(main())
