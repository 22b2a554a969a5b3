"""The rules of a feed's episodes: each alone, and all together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from narrate.feed import rule_values as values
from narrate.feed.catalogue import TRANSCRIPTS
from narrate.feed.rss import NAMESPACES
from narrate.feed.rule_values import Problem
from narrate.media_types import AUDIO_TYPES, media_type

_TYPES = frozenset(AUDIO_TYPES.values())
_TRANSCRIPT_TYPES = frozenset(media_type(f"x.{extension}") for extension in TRANSCRIPTS.values())
_PLAY_TIME = re.compile(r"(\d+):([0-5]\d):([0-5]\d)(\.\d{1,3})?")
_HOUR, _MINUTE = 3_600, 60


def of_item(item: Any, *, is_public: bool, now: datetime | None) -> Iterator[Problem]:
    """What is wrong with one episode, which the problems do not name.

    Args:
        is_public: Addresses must be whole.
        now: One dated later is told; ``None``: nobody asks.
    """
    yield from _words(item)
    yield from _enclosure(item, is_public=is_public)
    yield from _alternatives(item, is_public=is_public)
    yield from _date(item, now)
    yield from _duration(item)
    yield from values.flag(item, "itunes:explicit")
    yield from values.image(item, is_public=is_public, is_needed=False)
    yield from _numbers(item)
    yield from _chapters(item)
    yield from _companions(item, is_public=is_public)
    yield from values.people(item)


def _words(item: Any) -> Iterator[Problem]:
    yield from values.line(item, "title", "title")
    if not values.text_of(item, "guid"):
        yield Problem("“guid” is missing")
    if item.find("description") is not None:
        yield from values.prose(item, "description", "summary")
    if link := values.text_of(item, "link"):
        yield from values.address(link, "link", "link", is_public=True)


def _duration(item: Any) -> Iterator[Problem]:
    if not _seconds(item):
        yield Problem("“itunes:duration” is no number of seconds")


def _seconds(item: Any) -> int:
    seconds = values.text_of(item, "itunes:duration")
    return int(seconds) if seconds.isdecimal() else 0


def _numbers(item: Any) -> Iterator[Problem]:
    for name in ("season", "episode"):
        number = values.text_of(item, f"itunes:{name}")
        if number and not (number.isdecimal() and int(number)):
            yield Problem(f"“itunes:{name}” is no whole number from 1", name)


def _companions(item: Any, *, is_public: bool) -> Iterator[Problem]:
    """The files that belong to the sound."""
    transcripts = values.elements(item, "podcast:transcript")
    for element in (*values.elements(item, "podcast:chapters"), *transcripts):
        url = element.get("url", "")
        yield from values.address(url, values.name_of(element), "", is_public=is_public)
    for element in transcripts:
        if element.get("type") not in _TRANSCRIPT_TYPES:
            yield Problem("“podcast:transcript” has a media type that apps do not know")


def _enclosure(item: Any, *, is_public: bool) -> Iterator[Problem]:
    found = item.findall("enclosure")
    if len(found) != 1:
        yield Problem(f"has {len(found)} enclosures instead of one")
    for element in found:
        url, length = element.get("url", ""), element.get("length", "")
        yield from values.address(url, "enclosure", "base_url", is_public=is_public)
        if not length.isdecimal() or not int(length):
            yield Problem("the “length” of “enclosure” is no number of bytes")
        path = urlsplit(url).path
        fits = [kind for ending, kind in AUDIO_TYPES.items() if path.endswith(ending)]
        if element.get("type") not in fits:
            yield Problem("the “type” of “enclosure” is not that of its file")


def _alternatives(item: Any, *, is_public: bool) -> Iterator[Problem]:
    for form in values.elements(item, "podcast:alternateEnclosure"):
        if form.get("type") not in _TYPES:
            yield Problem("“podcast:alternateEnclosure” has a media type that apps do not know")
        for source in values.elements(form, "podcast:source"):
            yield from values.address(
                source.get("uri", ""), "podcast:source", "base_url", is_public=is_public
            )


def _date(item: Any, now: datetime | None) -> Iterator[Problem]:
    try:
        date = parsedate_to_datetime(values.text_of(item, "pubDate"))
    except (TypeError, ValueError):
        yield Problem("“pubDate” is no date", "date")
        return
    if date.tzinfo is None:
        yield Problem("“pubDate” has no time zone", "timezone")
    elif now is not None and date > now:
        yield Problem(
            f"is dated {date.date()}, which is to come; many apps hide it until then",
            "date",
            is_error=False,
        )


def _chapters(item: Any) -> Iterator[Problem]:
    seconds = _seconds(item)
    before = -1.0
    for element in item.iterfind("psc:chapters/psc:chapter", NAMESPACES):
        match = _PLAY_TIME.fullmatch(element.get("start", ""))
        if match is None:
            yield Problem("a chapter has no time")
            return
        hours, minutes, rest = (int(match[n]) for n in (1, 2, 3))
        start = hours * _HOUR + minutes * _MINUTE + rest + float(match[4] or 0)
        if start <= before:
            yield Problem("its chapters are not in order")
        if seconds and start > seconds:
            yield Problem("a chapter begins behind its end")
        if not element.get("title"):
            yield Problem("a chapter has no title")
        before = start


def of_all(items: Sequence[Any]) -> Iterator[Problem]:
    """What is wrong with several episodes together."""
    yield from _same_guid(items)
    yield from _same_file(items)
    yield from _same_date(items)


def _same_guid(items: Sequence[Any]) -> Iterator[Problem]:
    guids = Counter(values.text_of(item, "guid") for item in items)
    for guid, count in guids.items():
        if guid and count > 1:
            yield Problem(f"{count} episodes have one guid", guid=guid)


def _same_file(items: Sequence[Any]) -> Iterator[Problem]:
    files = Counter(
        element.get("url", "") for item in items for element in item.findall("enclosure")
    )
    for url, count in files.items():
        if count > 1:
            yield Problem(f"{count} episodes have one file, {url[:80]}")


def _same_date(items: Sequence[Any]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for item in items:
        date, title = values.text_of(item, "pubDate"), values.text_of(item, "title")
        if date and date in seen:
            yield Problem(
                f"has the same date as “{seen[date][:60]}”; apps put them in any order",
                "date",
                values.text_of(item, "guid"),
                is_error=False,
            )
        seen.setdefault(date, title)


def of_serial(items: Sequence[Any]) -> Iterator[Problem]:
    """Episodes of a serial that do not say which they are, as Apple asks for."""
    for item in items:
        if not values.text_of(item, "itunes:episode"):
            yield Problem(
                "has no number, which Apple asks of every episode of a serial",
                "episode",
                values.text_of(item, "guid"),
                is_error=False,
            )
