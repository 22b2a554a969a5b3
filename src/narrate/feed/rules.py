"""What a feed must and should be: the rules of RSS 2.0, PSP-1, Apple and the podcast namespace.

Looks at a finished document as an app does, and knows nothing of how it was made.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

from lxml import etree  # type: ignore[import-untyped]

from narrate.feed import text
from narrate.feed.catalogue import TRANSCRIPTS
from narrate.feed.categories import CATEGORIES
from narrate.feed.rss import NAMESPACES, UPDATES
from narrate.media_types import AUDIO_TYPES, media_type
from narrate.model import Mark, ShowText

MOST_BYTES = 2_000_000
"""Size from which on some apps and directories give up on a feed."""

_TYPES = frozenset(AUDIO_TYPES.values())
_TRANSCRIPT_TYPES = frozenset(media_type(f"x.{extension}") for extension in TRANSCRIPTS.values())
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PLAY_TIME = re.compile(r"(\d+):([0-5]\d):([0-5]\d)(\.\d{1,3})?")
_RULES = frozenset(rule for rule, _ in UPDATES.values())
_HOUR, _MINUTE = 3_600, 60


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
        guid = _text(item, "guid")
        found += [
            replace(problem, guid=guid) for problem in _of_item(item, is_public=is_public, now=now)
        ]
    found += _among(items)
    if _text(channel, "itunes:type") == "serial":
        found += _unnumbered(items)
    if len(xml) > MOST_BYTES:
        found.append(
            Problem(
                f"has {len(xml) / 1_000_000:.1f} MB; some apps give up above 2 MB",
                "feed.page_size",
                is_error=False,
            )
        )
    return tuple(found)


class Worded(Protocol):
    """What a feed says of an episode in words: an episode has it, and the record of its build."""

    @property
    def title(self) -> str:
        """In one line."""

    @property
    def author(self) -> str:
        """Empty for the show's."""

    @property
    def summary(self) -> str:
        """May be empty."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Paragraphs below the summary."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """With the titles of its chapters."""


def cut_texts(episode: Worded) -> tuple[str, ...]:
    """Which of an episode's texts a feed cannot hold as they are, each in a clause."""
    said = [
        f"its {name} has {len(content)} characters; feeds show the first {text.MAX_LINE}"
        for name, content in (("title", episode.title), ("author", episode.author))
        if text.line(content) != " ".join(text.clean(content).split())
    ]
    said += [
        f"the title of chapter {number} has {len(mark.title)} characters; feeds show the first "
        f"{text.MAX_LINE}"
        for number, mark in enumerate(episode.marks, start=1)
        if text.line(mark.title) != " ".join(text.clean(mark.title).split())
    ]
    whole = "\n\n".join(
        part
        for part in (text.clean(one).strip() for one in (episode.summary, *episode.notes))
        if part
    )
    if text.plain(episode.summary, episode.notes) != whole:
        parts = "summary and the notes below it have" if episode.summary else "notes have"
        said.append(
            f"its {parts} {len(whole.encode())} bytes; feeds show {text.MAX_DESCRIPTION}, "
            "cut at a word"
        )
    return tuple(said)


def cut_description(words: ShowText) -> str:
    """What a feed cannot hold of a show's description, in a clause; empty where it holds it."""
    size = len(words.description.encode())
    if text.plain(words.description) == text.clean(words.description).strip():
        return ""
    return f"has {size} bytes; feeds show {text.MAX_DESCRIPTION}, cut at a word"


# --- the show ----------------------------------------------------------------------------------


def _of_show(channel: Any, *, is_public: bool) -> Iterator[Problem]:
    yield from _line(channel, "title", "title")
    yield from _prose(channel, "description", "description")
    yield from _address(_text(channel, "link"), "link", "link", is_public=is_public)
    if not _LANGUAGE.fullmatch(_text(channel, "language")):
        yield Problem("“language” is no language code", "languages")
    yield from _categories(channel)
    yield from _flag(channel, "itunes:explicit")
    yield from _image(channel, is_public=is_public, is_needed=True)
    if _text(channel, "itunes:type") not in {"episodic", "serial"}:
        yield Problem("“itunes:type” is neither episodic nor serial", "feed.type")
    if is_public:
        yield from _identity(channel)
    for element in _all(channel, "podcast:updateFrequency"):
        if element.get("rrule", "") not in _RULES:
            yield Problem("“podcast:updateFrequency” holds no rule that apps know", "feed.updates")
    for link in _all(channel, "atom:link"):
        yield from _address(link.get("href", ""), "atom:link", "base_url", is_public=is_public)
    yield from _people(channel)


def _identity(channel: Any) -> Iterator[Problem]:
    if not any(link.get("rel") == "self" for link in _all(channel, "atom:link")):
        yield Problem("“atom:link” with the feed's own address is missing", "base_url")
    if not _is_uuid(_text(channel, "podcast:guid")):
        yield Problem("“podcast:guid” is no UUID", "base_url")


def _categories(channel: Any) -> Iterator[Problem]:
    found = _all(channel, "itunes:category")
    if not found:
        yield Problem("“itunes:category” is missing", "category")
    for element in found:
        name = element.get("text", "")
        below = [one.get("text", "") for one in _all(element, "itunes:category")]
        if name not in CATEGORIES:
            yield Problem(f"Apple does not know the category “{name[:60]}”", "category")
        for sub in below:
            if sub not in CATEGORIES.get(name, ()):
                yield Problem(f"Apple does not know “{sub[:60]}” below “{name[:60]}”", "category")


# --- an episode --------------------------------------------------------------------------------


def _of_item(item: Any, *, is_public: bool, now: datetime | None) -> Iterator[Problem]:
    yield from _line(item, "title", "title")
    if not _text(item, "guid"):
        yield Problem("“guid” is missing")
    if item.find("description") is not None:
        yield from _prose(item, "description", "summary")
    if link := _text(item, "link"):
        yield from _address(link, "link", "link", is_public=True)
    yield from _enclosure(item, is_public=is_public)
    yield from _date(item, now)
    seconds = _text(item, "itunes:duration")
    if not seconds.isdecimal() or not int(seconds):
        yield Problem("“itunes:duration” is no number of seconds")
    yield from _flag(item, "itunes:explicit")
    yield from _image(item, is_public=is_public, is_needed=False)
    for name in ("season", "episode"):
        number = _text(item, f"itunes:{name}")
        if number and not (number.isdecimal() and int(number)):
            yield Problem(f"“itunes:{name}” is no whole number from 1", name)
    yield from _chapters(item, int(seconds) if seconds.isdecimal() else 0)
    for element in (*_all(item, "podcast:chapters"), *_all(item, "podcast:transcript")):
        yield from _address(element.get("url", ""), _name(element), "", is_public=is_public)
    for element in _all(item, "podcast:transcript"):
        if element.get("type") not in _TRANSCRIPT_TYPES:
            yield Problem("“podcast:transcript” has a media type that apps do not know")
    yield from _people(item)


def _enclosure(item: Any, *, is_public: bool) -> Iterator[Problem]:
    found = item.findall("enclosure")
    if len(found) != 1:
        yield Problem(f"has {len(found)} enclosures instead of one")
    for element in found:
        url, length = element.get("url", ""), element.get("length", "")
        yield from _address(url, "enclosure", "base_url", is_public=is_public)
        if not length.isdecimal() or not int(length):
            yield Problem("the “length” of “enclosure” is no number of bytes")
        path = urlsplit(url).path
        fits = [kind for ending, kind in AUDIO_TYPES.items() if path.endswith(ending)]
        if element.get("type") not in fits:
            yield Problem("the “type” of “enclosure” is not that of its file")
    for form in _all(item, "podcast:alternateEnclosure"):
        if form.get("type") not in _TYPES:
            yield Problem("“podcast:alternateEnclosure” has a media type that apps do not know")
        for source in _all(form, "podcast:source"):
            yield from _address(
                source.get("uri", ""), "podcast:source", "base_url", is_public=is_public
            )


def _date(item: Any, now: datetime | None) -> Iterator[Problem]:
    try:
        date = parsedate_to_datetime(_text(item, "pubDate"))
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


def _chapters(item: Any, seconds: int) -> Iterator[Problem]:
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


def _among(items: Sequence[Any]) -> Iterator[Problem]:
    """What is wrong with several episodes together."""
    guids = Counter(_text(item, "guid") for item in items)
    for guid, count in guids.items():
        if guid and count > 1:
            yield Problem(f"{count} episodes have one guid", guid=guid)
    files = Counter(
        element.get("url", "") for item in items for element in item.findall("enclosure")
    )
    for url, count in files.items():
        if count > 1:
            yield Problem(f"{count} episodes have one file, {url[:80]}")
    seen: dict[str, str] = {}
    for item in items:
        date, title = _text(item, "pubDate"), _text(item, "title")
        if date and date in seen:
            yield Problem(
                f"has the same date as “{seen[date][:60]}”; apps put them in any order",
                "date",
                _text(item, "guid"),
                is_error=False,
            )
        seen.setdefault(date, title)


def _unnumbered(items: Sequence[Any]) -> Iterator[Problem]:
    """Episodes of a serial that do not say which they are, as Apple asks for."""
    for item in items:
        if not _text(item, "itunes:episode"):
            yield Problem(
                "has no number, which Apple asks of every episode of a serial",
                "episode",
                _text(item, "guid"),
                is_error=False,
            )


# --- values ------------------------------------------------------------------------------------


def _line(parent: Any, tag: str, setting: str) -> Iterator[Problem]:
    content = _raw(parent, tag)
    if not content.strip():
        yield Problem(f"“{tag}” is missing", setting)
    if len(content) > text.MAX_LINE:
        yield Problem(f"“{tag}” has {len(content)} characters, more than {text.MAX_LINE}", setting)
    if content != content.strip():
        yield Problem(f"“{tag}” begins or ends with white space", setting)


def _prose(parent: Any, tag: str, setting: str) -> Iterator[Problem]:
    content = _raw(parent, tag)
    size = len(content.encode())
    if not content.strip():
        yield Problem(f"“{tag}” is missing", setting)
    if size > text.MAX_DESCRIPTION:
        yield Problem(f"“{tag}” has {size} bytes, more than {text.MAX_DESCRIPTION}", setting)


def _flag(parent: Any, tag: str) -> Iterator[Problem]:
    if _text(parent, tag) not in {"true", "false"}:
        yield Problem(f"“{tag}” is neither true nor false", "explicit")


def _image(parent: Any, *, is_public: bool, is_needed: bool) -> Iterator[Problem]:
    found = _all(parent, "itunes:image")
    if is_needed and len(found) != 1:
        yield Problem("“itunes:image” is missing", "cover")
    for element in (*found, *_all(parent, "podcast:image")):
        url = element.get("href", "")
        yield from _address(url, _name(element), "base_url", is_public=is_public)
        if not urlsplit(url).path.lower().endswith((".jpg", ".jpeg", ".png")):
            yield Problem(f"“{_name(element)}” is neither JPEG nor PNG by its name", "cover")


def _people(parent: Any) -> Iterator[Problem]:
    for element in _all(parent, "podcast:person"):
        if not (element.text or "").strip():
            yield Problem("“podcast:person” has no name", "author")


def _address(url: str, tag: str, setting: str, *, is_public: bool) -> Iterator[Problem]:
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


def _is_uuid(content: str) -> bool:
    try:
        uuid.UUID(content)
    except ValueError:
        return False
    return True


def _all(parent: Any, tag: str) -> list[Any]:
    found: list[Any] = parent.findall(tag, NAMESPACES)
    return found


def _raw(parent: Any, tag: str) -> str:
    return parent.findtext(tag, "", NAMESPACES) or ""


def _text(parent: Any, tag: str) -> str:
    return _raw(parent, tag).strip()


def _name(element: Any) -> str:
    """The element as feeds write it, with its prefix."""
    name = etree.QName(element)
    prefix = next((one for one, uri in NAMESPACES.items() if uri == name.namespace), "")
    return f"{prefix}:{name.localname}" if prefix else str(name.localname)
