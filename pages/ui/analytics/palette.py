"""Colours of the charts: told apart by colour-blind people, and readable on the light and the dark ground."""

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True, kw_only=True)
class Palette:
    """Colours for one ground; `line` is the main one, `band` a translucent area in the same hue."""

    line: str
    band: str
    ink: str
    soft: str
    grid: str
    ground: str
    good: str
    bad: str
    warn: str
    rest: str
    hues: tuple[str, ...]
    intents: dict[str, str]


LIGHT = Palette(
    line="#4F46E5",
    band="rgba(79,70,229,0.16)",
    ink="#171B26",
    soft="#4C5468",
    grid="#E6E9F0",
    ground="#FFFFFF",
    good="#0F7B6C",
    bad="#C2410C",
    warn="#B7791F",
    rest="#7A8294",
    hues=("#4F46E5", "#C2410C", "#0F7B6C"),
    intents={"faq": "#0369A1", "order": "#0F8A6A", "refund": "#A83E8C", "issue": "#D1590B", "unknown": "#7A8294"},
)
DARK = Palette(
    line="#9A9CFF",
    band="rgba(154,156,255,0.22)",
    ink="#E7EAF1",
    soft="#B6BECD",
    grid="#262C38",
    ground="#0D1017",
    good="#35C9A5",
    bad="#FF9254",
    warn="#F0C24B",
    rest="#8D96A8",
    hues=("#9A9CFF", "#FF9254", "#35C9A5"),
    intents={"faq": "#58B4EE", "order": "#35C9A5", "refund": "#DE8CC6", "issue": "#FF9254", "unknown": "#8D96A8"},
)


def palette() -> Palette:
    """The colours for the ground that this session sees."""
    return DARK if st.context.theme.type == "dark" else LIGHT
