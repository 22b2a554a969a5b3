"""Article files become documents: formats and encodings stop here."""

from __future__ import annotations

from narrate.ingest.article import read_article

__all__ = ["read_article"]
