"""Media types, for destinations that keep one with each file."""

from __future__ import annotations

from collections.abc import Mapping

_TYPES: Mapping[str, str] = {
    ".chapters.json": "application/json+chapters",
    ".json": "application/json",
    ".xml": "application/rss+xml; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".m4b": "audio/x-m4b",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
_FRESH_S, _SETTLED_S = 300, 3600
_SETTLED = (".mp3", ".m4a", ".m4b", ".jpg", ".png", ".webp")


def media_type(name: str) -> str:
    """The media type of a file, by the end of its name."""
    lower = name.lower()
    return next(
        (kind for end, kind in _TYPES.items() if lower.endswith(end)), "application/octet-stream"
    )


def cache_control(name: str) -> str:
    """How long caches may keep a file: any may change under its name, text more often."""
    seconds = _SETTLED_S if name.lower().endswith(_SETTLED) else _FRESH_S
    return f"public, max-age={seconds}"
