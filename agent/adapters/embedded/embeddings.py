"""Sentence embeddings by all-MiniLM-L6-v2, or a model like it, on ONNX Runtime."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

from agent.adapters.embedded.model_files import ModelFiles, local_model, packaged_model
from agent.errors import ConfigurationError
from agent.ports.embeddings import Vectors
from agent.reading.plain_words import plain_words
from agent.reading.recent import RecentVectors

MAX_TOKENS = 256
"""What all-MiniLM-L6-v2 was trained for; the rest of a longer text is not read."""
BATCH = 32
"""Texts a run; larger batches gain nothing on two cores."""
RECENT = 256
"""Vectors kept, 1.5 kB each: several parts of the desk ask for the same message."""
READING = "plain-words-1"
"""Changes when texts are prepared differently, so that caches made before are not used."""


class MiniLmEmbedder:
    """Turns texts into unit vectors. It may be called from any number of threads.

    Handles, links and long numbers are left out first (see `plain_words`): they say nothing about the subject.
    """

    def __init__(self, directory: Path | None = None, *, threads: int = 2) -> None:
        """Load the packaged model, or the one in `directory`; `threads` cores work on one text.

        Raises ConfigurationError if a file is missing, damaged or not such a model.
        """
        files = packaged_model() if directory is None else local_model(directory)
        self._tokenizer = _load_tokenizer(files)
        self._session = _load_session(files, threads)
        self._inputs = {each.name for each in self._session.get_inputs()}
        self._fingerprint = f"{files.digest[:16]}-{MAX_TOKENS}-{READING}"
        self._recent = RecentVectors(lambda text: self._compute([text])[0], RECENT)
        self._dimensions = self._probe(files)

    @property
    def fingerprint(self) -> str:
        """Identifies files, length limit and text preparation."""
        return self._fingerprint

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector per text, float32, shape (len(texts), dimensions); equal texts give equal vectors."""
        if not texts:
            return np.zeros((0, self._dimensions), dtype=np.float32)
        if len(texts) == 1:
            return self._recent.get(texts[0])[np.newaxis].copy()
        return self._compute(texts)

    def _probe(self, files: ModelFiles) -> int:
        try:
            return int(self._compute(["probe"]).shape[1])
        except (RuntimeError, ValueError, IndexError, onnxruntime.capi.onnxruntime_pybind11_state.Fail) as error:
            raise _unusable(files.model, error) from error

    def _compute(self, texts: Sequence[str]) -> Vectors:
        """Texts of similar length share a batch, so that little is padded."""
        encodings = self._tokenizer.encode_batch([plain_words(text) for text in texts])
        by_length = sorted(range(len(texts)), key=lambda place: len(encodings[place].ids))
        batches = [by_length[start : start + BATCH] for start in range(0, len(by_length), BATCH)]
        vectors = np.concatenate([self._run([encodings[place] for place in batch]) for batch in batches])
        ordered = np.empty_like(vectors)
        ordered[by_length] = vectors
        return ordered

    def _run(self, encodings: Sequence[Encoding]) -> Vectors:
        longest = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, {name: feed[name] for name in feed if name in self._inputs})[0]
        return _pooled(np.asarray(hidden, dtype=np.float32), mask)


def _pooled(hidden: Vectors, mask: npt.NDArray[np.int64]) -> Vectors:
    """The mean over the tokens of each text, scaled to length 1."""
    weights = mask[:, :, np.newaxis].astype(np.float32)
    mean = (hidden * weights).sum(axis=1) / weights.sum(axis=1)
    pooled: Vectors = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-12)
    return pooled


def _load_tokenizer(files: ModelFiles) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(files.tokenizer))
    except Exception as error:  # the library raises bare Exception for any file that it cannot read
        raise _unusable(files.tokenizer, error) from error
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def _load_session(files: ModelFiles, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(files.model), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime has no common base class for the errors of a file
        raise _unusable(files.model, error) from error


def _unusable(file: Path, error: Exception) -> ConfigurationError:
    return ConfigurationError(
        f"{file} is not a usable embedding model ({error}). Nothing was started; check TRIAGE_EMBEDDING_DIR, or unset "
        "it to use the packaged model."
    )
