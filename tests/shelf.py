"""A knowledge base of three articles that takes others in, by words only; and files to take in."""

import hashlib
import io
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pypdf import PdfReader, PdfWriter

from agent.bootstrap import Mind, World, open_backoffice
from agent.desk import Desk
from agent.knowledge.articles import Article
from agent.knowledge.index import ShippedIndex, embed_articles, material_of
from agent.knowledge.relevance import Relevance
from agent.model import Identity
from agent.ports.embeddings import Vectors
from tests.stand_ins import KeywordEngine, settings_for

LEAD = Identity(subject="kim", role="lead", source="command-line")
ANALYST = Identity(subject="ana", role="analyst", source="command-line")

SHIPPED = (
    Article(article_id="delivery", title="How long does delivery take?", text="Delivery takes three days by lorry."),
    Article(article_id="returns", title="Can I return goods?", text="Goods can be returned within thirty days."),
    Article(article_id="payment", title="Which cards are taken?", text="Visa and Mastercard are taken. Cash is not."),
)

SURE = Relevance(intercept=-4.0, per_score=14.0, per_lead=0.0)
"""Half sure at a score of 0.29: an article with the words of the question is relevant, others are not."""


class BagOfWords:
    """Embeds a text as its words, hashed; `calls` counts the texts. It waits while `hold` is cleared."""

    fingerprint = "bag of words 1"

    def __init__(self) -> None:
        self.calls = 0
        self.hold = threading.Event()
        self.hold.set()

    def embed(self, texts: Sequence[str]) -> Vectors:
        if len(texts) > 1:
            self.hold.wait(30)
        self.calls += len(texts)
        vectors = np.full((len(texts), 64), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().replace("?", " ").replace(".", " ").split():
                vectors[row, hashlib.sha256(word.encode()).digest()[0] % 64] += 1
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def shipped_index(embedder: BagOfWords) -> ShippedIndex:
    """The index over the three articles."""
    return ShippedIndex(SHIPPED, material_of(SHIPPED, embed_articles(SHIPPED, embedder)), embedder, SURE)


def open_library_desk(home: Path, embedder: BagOfWords | None = None, world: World | None = None) -> Desk:
    """A desk whose knowledge base takes articles in."""
    words = embedder or BagOfWords()
    mind = Mind(embedder=words, language=KeywordEngine(), knowledge=shipped_index(words))
    settings = settings_for(home)
    return Desk(open_backoffice(settings, mind, world), settings)


def pdf(*pages: str, password: str | None = None, title: str = "") -> bytes:
    """A PDF file with these pages."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for text in pages:
        lines = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {lines} ET".encode() if text else b""
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources %s /Contents %d 0 R >>"
            % (font, len(objects))
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % number for number in kids),
    )
    return _finished(_assembled(objects), password, title)


def _assembled(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + table + trailer


def _finished(plain: bytes, password: str | None, title: str) -> bytes:
    if password is None and not title:
        return plain
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    if title:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
