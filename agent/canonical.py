"""One spelling for every JSON document, so that equal content has equal digests."""

import hashlib
import json
from typing import Any

ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
"""One for all: making it takes as long as writing a small document."""


def canonical_json(document: Any) -> str:
    """The document with sorted keys and no white space; NaN and infinities are refused with ValueError."""
    return ENCODER.encode(document)


def digest(document: Any) -> str:
    """SHA-256 of the canonical JSON, 64 hex digits."""
    return hashlib.sha256(canonical_json(document).encode()).hexdigest()
