"""The rules of single values in a feed, and how those are found in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree  # type: ignore[import-untyped]

from narrate.feed import text
from narrate.feed.rss import NAMESPACES


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of a feed that apps or directories refuse, or do not like.

    Attributes:
        what: A clause.
        setting: What is to be mended in ``narrate.toml`` or in the article's front matter; empty
            where neither can.
        guid: Of the episode; empty for the show.
        is_error: Whether the feed must not be published like this.
    """

    what: str
    setting: str = ""
    guid: str = ""
    is_error: bool = True


def line(parent: Any, tag: str, setting: str) -> Iterator[Problem]:
    """A text of one line that must be there."""
    content = _raw(parent, tag)
    if not content.strip():
        yield Problem(f"“{tag}” is missing", setting)
    if len(content) > text.MAX_LINE:
        yield Problem(f"“{tag}” has {len(content)} characters, more than {text.MAX_LINE}", setting)
    if content != content.strip():
        yield Problem(f"“{tag}” begins or ends with white space", setting)


def prose(parent: Any, tag: str, setting: str) -> Iterator[Problem]:
    """A description that must be there."""
    content = _raw(parent, tag)
    size = len(content.encode())
    if not content.strip():
        yield Problem(f"“{tag}” is missing", setting)
    if size > text.MAX_DESCRIPTION:
        yield Problem(f"“{tag}” has {size} bytes, more than {text.MAX_DESCRIPTION}", setting)


def flag(parent: Any, tag: str) -> Iterator[Problem]:
    """A yes or no in Apple's words."""
    if text_of(parent, tag) not in {"true", "false"}:
        yield Problem(f"“{tag}” is neither true nor false", "explicit")


def image(parent: Any, *, is_public: bool, is_needed: bool) -> Iterator[Problem]:
    """Apple's cover and those of the podcast namespace."""
    found = elements(parent, "itunes:image")
    if is_needed and len(found) != 1:
        yield Problem("“itunes:image” is missing", "cover")
    for element in (*found, *elements(parent, "podcast:image")):
        url = element.get("href", "")
        yield from address(url, name_of(element), "base_url", is_public=is_public)
        if not urlsplit(url).path.lower().endswith((".jpg", ".jpeg", ".png")):
            yield Problem(f"“{name_of(element)}” is neither JPEG nor PNG by its name", "cover")


def people(parent: Any) -> Iterator[Problem]:
    """Who is named."""
    for element in elements(parent, "podcast:person"):
        if not (element.text or "").strip():
            yield Problem("“podcast:person” has no name", "author")


def address(url: str, tag: str, setting: str, *, is_public: bool) -> Iterator[Problem]:
    """An address that must be there.

    Args:
        tag: What messages call its element.
        is_public: It must be whole.
    """
    if not url:
        yield Problem(f"“{tag}” has no address", setting)
        return
    if not url.isascii() or any(c.isspace() or not c.isprintable() for c in url):
        yield Problem(f"the address of “{tag}” holds characters that must be escaped", setting)
        return
    try:
        parts = urlsplit(url)
    except ValueError:
        yield Problem(f"the address of “{tag}” is none", setting)
        return
    is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
    if parts.username is not None:
        yield Problem(f"the address of “{tag}” holds a user name", setting)
    if not is_whole and (is_public or parts.scheme):
        yield Problem(f"the address of “{tag}” is not whole: {url[:80]}", setting)


def is_uuid(content: str) -> bool:
    """Whether a text is a UUID in any form."""
    try:
        uuid.UUID(content)
    except ValueError:
        return False
    return True


def elements(parent: Any, tag: str) -> list[Any]:
    """All such elements right below ``parent``."""
    found: list[Any] = parent.findall(tag, NAMESPACES)
    return found


def _raw(parent: Any, tag: str) -> str:
    return parent.findtext(tag, "", NAMESPACES) or ""


def text_of(parent: Any, tag: str) -> str:
    """Of the first such element below ``parent``, without white space at its ends."""
    return _raw(parent, tag).strip()


def name_of(element: Any) -> str:
    """The element as feeds write it, with its prefix."""
    name = etree.QName(element)
    prefix = next((one for one, uri in NAMESPACES.items() if uri == name.namespace), "")
    return f"{prefix}:{name.localname}" if prefix else str(name.localname)
