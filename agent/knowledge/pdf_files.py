"""The text of a PDF file, page by page."""

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator

from pypdf import PasswordType, PdfReader
from pypdf.errors import PyPdfError

from agent.knowledge.plain_text import UnreadableError
from agent.ports.progress import Progress

HYPHEN = re.compile(r"(?<=\w)-\n(?=[a-zäöüßéèàáíóúñç])")
MAX_CHARS = 20_000_000
"""Text behind it is not read: a small file can be made to unfold without an end."""

DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, struct.error, zlib.error)
"""The library trusts a file's structure, so damage shows as any of these."""

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every oddity, and readers get our own report


def read_pdf(content: bytes, progress: Progress) -> tuple[str, str]:
    """Title ("" if it names none) and text; raises UnreadableError for one that is encrypted or broken."""
    try:
        reader = PdfReader(io.BytesIO(content))
        encrypted = reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
        if not encrypted:
            title = (reader.metadata.title if reader.metadata else None) or ""
            return str(title), HYPHEN.sub("", "\n\n".join(_pages(reader, progress)))
    except DAMAGE as error:
        message = f"it is damaged or no PDF ({type(error).__name__})"
        raise UnreadableError(message) from error
    message = "it is encrypted"
    raise UnreadableError(message)


def _pages(reader: PdfReader, progress: Progress) -> Iterator[str]:
    pages = len(reader.pages)
    left = MAX_CHARS
    for number, page in enumerate(reader.pages, start=1):
        progress(number / pages, f"page {number} of {pages}")
        text = page.extract_text()
        left -= len(text)
        if left < 0:
            message = f"it has more than {MAX_CHARS // 1_000_000} million characters"
            raise UnreadableError(message)
        yield text
