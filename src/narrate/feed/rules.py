"""What a feed must and should be: the rules of RSS 2.0, PSP-1, Apple and the podcast namespace.

Looks at a finished document as an app does, and knows nothing of how it was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from narrate.feed import rule_values as values
from narrate.feed.categories import CATEGORIES
from narrate.feed.rss import UPDATES
from narrate.feed.rule_items import of_all, of_item, of_serial
from narrate.feed.rule_values import Problem
from narrate.model import CREATIVE_COMMONS, MAX_NAME

MOST_BYTES = 2_000_000
"""Size from which on some apps and directories give up on a feed."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_RULES = frozenset(rule for rule, _ in UPDATES.values())


def feed_problems(
    xml: bytes, *, is_public: bool, now: datetime | None = None
) -> tuple[Problem, ...]:
    """Everything that is wrong with a feed, the show first.

    Args:
        is_public: Addresses must be whole.
        now: Episodes dated later are told; ``None``: nobody asks.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        return (Problem(f"is no XML: {error.msg}"),)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return (Problem("is no RSS 2.0"),)
    items = channel.findall("item")
    found = [*_of_show(channel, is_public=is_public)]
    for item in items:
        guid = values.text_of(item, "guid")
        found += [
            replace(problem, guid=guid) for problem in of_item(item, is_public=is_public, now=now)
        ]
    found += of_all(items)
    if values.text_of(channel, "itunes:type") == "serial":
        found += of_serial(items)
    if len(xml) > MOST_BYTES:
        found.append(
            Problem(
                f"has {len(xml) / 1_000_000:.1f} MB; some apps give up above 2 MB",
                "feed.page_size",
                is_error=False,
            )
        )
    return tuple(found)


def _of_show(channel: Any, *, is_public: bool) -> Iterator[Problem]:
    yield from values.line(channel, "title", "title")
    yield from values.prose(channel, "description", "description")
    yield from values.address(values.text_of(channel, "link"), "link", "link", is_public=is_public)
    if not _LANGUAGE.fullmatch(values.text_of(channel, "language")):
        yield Problem("“language” is no language code", "languages")
    yield from _categories(channel)
    yield from values.flag(channel, "itunes:explicit")
    yield from values.image(channel, is_public=is_public, is_needed=True)
    if values.text_of(channel, "itunes:type") not in {"episodic", "serial"}:
        yield Problem("“itunes:type” is neither episodic nor serial", "feed.type")
    if is_public:
        yield from _identity(channel)
    for element in values.elements(channel, "podcast:updateFrequency"):
        if element.get("rrule", "") not in _RULES:
            yield Problem("“podcast:updateFrequency” holds no rule that apps know", "feed.updates")
    for link in values.elements(channel, "atom:link"):
        yield from values.address(
            link.get("href", ""), "atom:link", "base_url", is_public=is_public
        )
    yield from values.people(channel)
    yield from _rights(channel)


def _rights(channel: Any) -> Iterator[Problem]:
    """Who holds them, what others may do, and how to thank."""
    if channel.find("copyright") is not None:
        yield from values.line(channel, "copyright", "feed.copyright")
    for element in values.elements(channel, "podcast:funding"):
        url = element.get("url", "")
        yield from values.address(url, "podcast:funding", "feed.funding", is_public=True)
    for element in values.elements(channel, "podcast:license"):
        url, name = element.get("url", ""), (element.text or "").strip()
        if url or not CREATIVE_COMMONS.fullmatch(name):
            yield from values.address(url, "podcast:license", "feed.license_url", is_public=True)
        if not 0 < len(name) <= MAX_NAME:
            yield Problem(f"“podcast:license” has not 1 to {MAX_NAME} characters", "feed.license")


def _identity(channel: Any) -> Iterator[Problem]:
    if not any(link.get("rel") == "self" for link in values.elements(channel, "atom:link")):
        yield Problem("“atom:link” with the feed's own address is missing", "base_url")
    if not values.is_uuid(values.text_of(channel, "podcast:guid")):
        yield Problem("“podcast:guid” is no UUID", "base_url")


def _categories(channel: Any) -> Iterator[Problem]:
    found = values.elements(channel, "itunes:category")
    if not found:
        yield Problem("“itunes:category” is missing", "category")
    for element in found:
        name = element.get("text", "")
        below = [one.get("text", "") for one in values.elements(element, "itunes:category")]
        if name not in CATEGORIES:
            yield Problem(f"Apple does not know the category “{name[:60]}”", "category")
        for sub in below:
            if sub not in CATEGORIES.get(name, ()):
                yield Problem(f"Apple does not know “{sub[:60]}” below “{name[:60]}”", "category")
