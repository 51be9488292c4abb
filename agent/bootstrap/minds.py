"""What understands and knows, opened: the engine and the knowledge base, trained and indexed the first time."""

import logging
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from pydantic import SecretStr

from agent.adapters.embedded.embeddings import MiniLmEmbedder
from agent.adapters.embedded.engine import open_embedded_engine
from agent.adapters.embedded.held_out import held_out_judgements
from agent.adapters.fallback_knowledge import FallbackKnowledge
from agent.errors import EngineError
from agent.knowledge.index import held_out_relevance, open_knowledge
from agent.ports.embeddings import Embedder
from agent.ports.knowledge import KnowledgeBase
from agent.ports.language import LanguageEngine
from agent.ports.progress import Progress, ignore
from agent.settings import DATA, Settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Mind:
    """What understands and knows: loaded once, shared by every desk of a process."""

    embedder: Embedder
    language: LanguageEngine
    knowledge: KnowledgeBase


_loading = Lock()
_loaded: dict[tuple[Path, Path | None], Mind] = {}
"""The embedded one, by the folders that it came from; the latest only."""


def open_mind(settings: Settings, progress: Progress = ignore) -> Mind:
    """Load the engine and the knowledge base, training and indexing the first time."""
    key = (settings.cache.resolve(), settings.embedding_dir)
    with _loading:
        if key not in _loaded:
            _loaded.clear()
            _loaded[key] = _load(settings, progress)
        embedded = _loaded[key]
    return _with_remote(settings, embedded, progress) if settings.uses_openai else embedded


def _load(settings: Settings, progress: Progress) -> Mind:
    settings.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    progress(0.02, "Loading the language model")
    embedder = MiniLmEmbedder(settings.embedding_dir)
    embedded = open_embedded_engine(
        training_dir=DATA / "training",
        cache_dir=settings.cache,
        embedder=embedder,
        progress=lambda share, doing: progress(0.05 + 0.65 * share, doing),
    )
    knowledge = _open_index(settings, embedder, lambda share, doing: progress(0.7 + 0.25 * share, doing))
    return Mind(embedder=embedder, language=embedded, knowledge=knowledge)


def _with_remote(settings: Settings, mind: Mind, progress: Progress) -> Mind:
    """The same with a remote engine in front; the embedded one does what the remote one cannot."""
    # half a second of every start, and only needed where an endpoint is named
    from agent.adapters.fallback import FallbackEngine  # noqa: PLC0415
    from agent.adapters.openai.connection import Connection  # noqa: PLC0415
    from agent.adapters.openai.engine import OpenAIEngine  # noqa: PLC0415

    connection = Connection(
        api_key=settings.openai_api_key or SecretStr(""),
        base_url=settings.openai_base_url or None,
        cheap_model=settings.cheap_model,
        strong_model=settings.strong_model,
        embedding_model=settings.embedding_model,
        timeout_s=settings.engine_timeout_s,
        prices=settings.prices,
    )
    language = FallbackEngine(OpenAIEngine(connection), mind.language)
    knowledge = mind.knowledge
    if settings.embedding_model:
        from agent.adapters.openai.embeddings import OpenAIEmbedder  # noqa: PLC0415

        knowledge = _with_remote_embeddings(settings, OpenAIEmbedder(connection), mind.knowledge, progress)
    return Mind(embedder=mind.embedder, language=language, knowledge=knowledge)


def _with_remote_embeddings(
    settings: Settings, embedder: Embedder, embedded: KnowledgeBase, progress: Progress
) -> KnowledgeBase:
    """An index of its own, with its own calibration; the embedded one alone while the endpoint is away."""
    try:
        index = _open_index(settings, embedder, lambda share, doing: progress(0.95 + 0.05 * share, doing))
    except EngineError as error:
        logger.warning("Embeddings by API are not used, the embedded index is: %s", error)
        return embedded
    return FallbackKnowledge(index, embedded)


def _open_index(settings: Settings, embedder: Embedder, progress: Progress) -> KnowledgeBase:
    return open_knowledge(
        articles_dir=DATA / "knowledge",
        questions_file=DATA / "training" / "questions.jsonl",
        cache_dir=settings.cache,
        embedder=embedder,
        progress=progress,
    )


def held_out_confidences(settings: Settings) -> dict[str, list[tuple[float, bool]]]:
    """How sure each embedded classifier and the relevance of articles are, and when right, on held-out texts."""
    embedder = MiniLmEmbedder(settings.embedding_dir)
    judged = held_out_judgements(DATA / "training", embedder)
    questions = DATA / "training" / "questions.jsonl"
    return {**judged, "relevance": held_out_relevance(DATA / "knowledge", questions, embedder)}
