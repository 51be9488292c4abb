"""The two halves of a double click run at the same time, each in a thread of its own: only one may create something."""

import threading
import zlib

import streamlit as st

STRIPES = 16


@st.cache_resource(show_spinner=False)
def _locks() -> tuple[threading.Lock, ...]:
    return tuple(threading.Lock() for _stripe in range(STRIPES))


def one_at_a_time(about: str) -> threading.Lock:
    """The lock to hold while something is created about this; another about the same waits."""
    return _locks()[zlib.crc32(about.encode("utf-8", "replace")) % STRIPES]
