"""Whether people sign in here: yes where Streamlit's secrets have an [auth] section. Read once per process.

Once is deliberate: a secrets file that is away for a moment must not turn a running desk into the demo, where everybody
may choose to be an admin. For the same reason a file that cannot be read closes the desk.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from agent import ConfigurationError, read_settings

logger = logging.getLogger(__name__)

NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
SECRET_CHARS = 32
"""The cookie that says who somebody is rests on this secret alone."""


@dataclass(frozen=True, kw_only=True)
class SignInSetup:
    """How people get in: by the demo switch, by signing in, or not at all because sign-in is not set up right."""

    mode: Literal["demo", "sign-in", "closed"]
    roles_claim: str = "roles"


def sign_in_setup() -> SignInSetup:
    """How people get in here. Why it is closed stands in the log, not on the screen of whoever asks."""
    try:
        return _setup()
    except ConfigurationError:
        logger.exception("the settings are not usable, so nobody is let in")
        return SignInSetup(mode="closed")


@st.cache_resource(show_spinner=False)
def _setup() -> SignInSetup:
    chosen = read_settings()
    try:
        section = _auth_section()
    except (OSError, ValueError) as error:
        return _closed(f"the secrets can't be read: {error}")
    if section is None and chosen.sign_in == "required":
        return _closed("TRIAGE_SIGN_IN is required, but the secrets have no [auth] section")
    if section is None:
        return SignInSetup(mode="demo")
    problem = _problem_with(section)
    return _closed(problem) if problem else SignInSetup(mode="sign-in", roles_claim=chosen.roles_claim)


def _auth_section() -> Any:
    """The section as it stands there, None without one; raises OSError or ValueError if there is an unusable file."""
    try:
        return st.secrets.get("auth")
    except FileNotFoundError:  # Streamlit says this of a broken file, too
        if any(Path(file).exists() for file in st.get_option("secrets.files")):
            raise
        return None


def _problem_with(section: Any) -> str | None:
    if not isinstance(section, Mapping):
        return "[auth] in the secrets is not a section"
    missing = [key for key in NEEDED if not section.get(key)]
    if missing:
        return f"[auth] in the secrets lacks {', '.join(missing)}"
    if len(str(section["cookie_secret"])) < SECRET_CHARS:
        return f"cookie_secret in the secrets has fewer than {SECRET_CHARS} characters"
    return None


def _closed(problem: str) -> SignInSetup:
    logger.error("nobody is let in: %s; see docs/sign-in.md, then start again", problem)
    return SignInSetup(mode="closed")
