"""Text that is shown where Streamlit would read markup."""

MARKUP = frozenset("\\`*_{}[]<>#$~:|!")


def plain(text: str) -> str:
    r"""The text with its markup signs escaped: "$240 and $50" stays two amounts and does not become a formula."""
    return "".join(f"\\{sign}" if sign in MARKUP else sign for sign in text)
