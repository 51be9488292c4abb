"""Components are registered from the files in assets/, once per process."""

from pathlib import Path
from typing import Any

import streamlit as st

ASSETS = Path(__file__).parent / "assets"

Component = Any
"""A mounting function; Streamlit types it as a protocol whose result has dynamic attributes."""


def register(name: str, *, css: tuple[str, ...], js: tuple[str, ...]) -> Component:
    """The component whose markup is `<name>.html`; its styles and scripts are the named files, in this order."""
    return st.components.v2.component(
        f"triage_{name}",
        html=_read(f"{name}.html"),
        css="\n".join(_read(file) for file in ("base.css", *css)),
        js="\n".join(_read(file) for file in ("dom.js", *js)),
    )


def _read(file: str) -> str:
    return (ASSETS / file).read_text(encoding="utf-8")
