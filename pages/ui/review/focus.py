"""Put the keyboard's focus where a form has just opened; the button that opened it is gone by then."""

from pages.ui.frontend import register

_FOCUS = register("focus", css=(), js=("focus.js",))


def focus_on(css_class: str, *, occasion: str) -> None:
    """Focus the first input in the container of this class, else its first button; once for each occasion."""
    _FOCUS(data={"place": css_class, "occasion": occasion}, key="focus")
