"""Names of published files, their addresses, and the podcast's own guid."""

from __future__ import annotations

import re
import uuid
from urllib.parse import quote, urlsplit, urlunsplit

from narrate.model import Show

PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Name space of all ``podcast:guid`` values, from the specification of the podcast namespace."""

_PATH = "/:@!$&'()*+,;=%~"
_QUERY = _PATH + "?[]"
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def feed_name(lang: str, page: int = 1) -> str:
    """A feed's file within the output folder, such as ``feed.de.xml`` or ``feed.de.2.xml``.

    Args:
        page: From 1, the page with the newest episodes.
    """
    return f"feed.{lang}.xml" if page == 1 else f"feed.{lang}.{page}.xml"


def cover_file(lang: str) -> str:
    """The cover of a feed within the output folder, such as ``cover.de.jpg``."""
    return f"cover.{lang}.jpg"


def episode_file(key: str, lang: str, ext: str) -> str:
    """A file of an episode within the output folder, such as ``KEY.de.chapters.json``.

    Args:
        ext: Without the leading dot.
    """
    return f"{key}.{lang}.{ext}"


def published_url(show: Show, name: str) -> str:
    """Where a file of the output folder is reached; only its name while ``base_url`` is empty."""
    return ascii_url(show.base_url) + quote(name)


def enclosure_url(show: Show, name: str, sha256: str) -> str:
    """The address of an episode's audio, which names its content where the show wants that.

    Args:
        sha256: Of the file, in hexadecimal.
    """
    return _versioned(show, name, sha256 if show.enclosure_url == "versioned" else "")


def image_url(show: Show, name: str, sha256: str) -> str:
    """The address of a picture, another one when the picture changes.

    Apple asks for that: apps keep a picture by its address, and would show the old one for good.

    Args:
        sha256: Of the file, in hexadecimal; empty if it is not known.
    """
    return _versioned(show, name, sha256)


def _versioned(show: Show, name: str, sha256: str) -> str:
    address = published_url(show, name)
    return f"{address}?v={sha256[:8]}" if sha256 else address


def feed_url(show: Show, lang: str) -> str:
    """The address that listeners subscribe to; empty while ``base_url`` is."""
    base = ascii_url(show.base_url)
    return base + feed_name(lang) if base else ""


def podcast_guid(url: str) -> uuid.UUID:
    """The guid that a feed's first address gives the podcast for good.

    The rule is the podcast namespace's: version 5 of the address without its scheme and without
    slashes at its end.
    """
    _, separator, rest = url.partition("://")
    return uuid.uuid5(PODCAST_GUIDS, (rest if separator else url).rstrip("/"))


def ascii_url(url: str) -> str:
    """An absolute http address in ASCII; empty for everything else, ``javascript:`` for one."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        return ""
    place = f"[{host}]{port}" if ":" in host else f"{host}{port}"
    path, query, fragment = (
        quote(_BARE_PERCENT.sub("%25", text).encode("utf-8", "replace"), safe=safe)
        for text, safe in ((parts.path, _PATH), (parts.query, _QUERY), (parts.fragment, _QUERY))
    )
    return urlunsplit((parts.scheme, place, path, query, fragment))
