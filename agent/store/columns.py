"""Types of columns that mean the same in every database.

SQLite compares text by bytes, has whole numbers of 64 bits and keeps truth as 0 and 1; PostgreSQL does so only where it
is told to.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, Dialect
from sqlalchemy import Integer as PlainInteger
from sqlalchemy import Text as PlainText
from sqlalchemy.types import TypeDecorator, TypeEngine

Text = PlainText().with_variant(PlainText(collation="C"), "postgresql")


class Integer(TypeDecorator[int]):
    """A whole number of 64 bits; true is 1, false is 0, and a sum of them is a whole number as well."""

    impl = PlainInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        """As wide as SQLite's everywhere."""
        return dialect.type_descriptor(BigInteger() if dialect.name == "postgresql" else PlainInteger())

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """PostgreSQL tells truth from numbers; SQLite is left alone, and is read faster so."""
        return _as_whole if dialect.name == "postgresql" else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """PostgreSQL's sums are decimals."""
        del coltype
        return _as_whole if dialect.name == "postgresql" else None


def _as_whole(value: Any) -> Any:
    return None if value is None else int(value)
