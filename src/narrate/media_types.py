"""What a published file is, by its name: one table for feeds, servers and hosts.

The machine's own tables differ from one to the next.
"""

from __future__ import annotations

import re

AUDIO_TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/x-m4a", ".m4b": "audio/mp4"}
"""Media types of an episode's sound, by extension; the first is the one that all apps play."""

AUDIO = tuple(AUDIO_TYPES)
"""Extensions of an episode's sound."""

_TYPES = {
    **AUDIO_TYPES,
    ".css": "text/css",
    ".gif": "image/gif",
    ".htm": "text/html",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".opml": "text/x-opml",
    ".png": "image/png",
    ".srt": "application/x-subrip",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".xml": "application/xml",
}
_CHAPTERS = "application/json+chapters"
_FEED = "application/rss+xml"
_UNKNOWN = "application/octet-stream"
_TEXT = re.compile(r"text/.*|application/(?:json|x-subrip|manifest|xml|rss).*|image/svg\+xml")
_FEED_NAME = re.compile(r"feed\.[\w.-]+\.xml")


def media_type(name: str) -> str:
    """The MIME type of a file."""
    lower = name.lower()
    if lower.endswith(".chapters.json"):
        return _CHAPTERS
    if is_feed(lower):
        return _FEED
    dot = lower.rfind(".")
    return _TYPES.get(lower[dot:], _UNKNOWN) if dot > 0 else _UNKNOWN


def is_feed(name: str) -> bool:
    """Whether a file of the output folder is one of its feeds, or a page of one."""
    return _FEED_NAME.fullmatch(name) is not None


def is_text(media: str) -> bool:
    """Whether files of a type are text, which compresses well."""
    return _TEXT.fullmatch(media) is not None


def content_type(media: str) -> str:
    """The header for a type; all text of a show is UTF-8."""
    return f"{media}; charset=utf-8" if is_text(media) else media
