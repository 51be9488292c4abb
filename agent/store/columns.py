"""Types of columns that mean the same in every database.

SQLite compares text by bytes and has whole numbers of 64 bits; PostgreSQL does so only where it is told to.
"""

from sqlalchemy import BigInteger
from sqlalchemy import Integer as PlainInteger
from sqlalchemy import Text as PlainText

Text = PlainText().with_variant(PlainText(collation="C"), "postgresql")
Integer = PlainInteger().with_variant(BigInteger(), "postgresql")
