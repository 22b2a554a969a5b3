"""Articles for tests: written to a file, read and segmented as a build does."""

from __future__ import annotations

from pathlib import Path

from narrate.ingest import read_article
from narrate.model import ArticleFile, Document, Reading, Script
from narrate.segment import segment

MAX_CHARS = 300


def write_article(
    folder: Path, text: str | bytes, name: str = "text.en.md", sidecar: str = ""
) -> ArticleFile:
    """An article file and, if it is given, the ``KEY.toml`` beside it."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    key, *between = path.stem.split(".")
    beside = folder / f"{key}.toml" if sidecar else None
    if beside:
        beside.write_text(sidecar, encoding="utf-8")
    return ArticleFile(path, name, key, between[0] if between else "", beside)


def read(folder: Path, text: str | bytes, name: str = "text.en.md", sidecar: str = "") -> Document:
    """The document of an article."""
    return read_article(write_article(folder, text, name, sidecar))


def script_of(
    folder: Path, text: str, name: str = "text.en.md", reading: Reading | None = None
) -> Script:
    """The script of an article."""
    document = read(folder, text, name)
    return segment(document, reading or Reading(), author="", max_chars=MAX_CHARS)
