"""The feeds in the output folder against the episodes that they tell of.

Rules come from RSS 2.0, Apple's "A Podcaster's Guide to RSS", the podcast namespace and Podlove
Simple Chapters. A feed is read as bytes that anybody might have written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from narrate import feed
from narrate.build import Record, Workspace
from narrate.check.findings import Finding, Severity, error, note, warning
from narrate.media_types import media_type

_MOST_PAGES = 10_000
_AGAIN = "`narrate build` writes it anew."
_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """A feed as it lies in the output folder.

    Attributes:
        name: Of its first file.
        pages: Name and content of each of its files, the newest episodes first.
        channels: The channel of each.
        items: Guid → the item.
    """

    name: str
    lang: str
    pages: Mapping[str, bytes]
    channels: Sequence[Any]
    items: Mapping[str, Any]

    @property
    def address(self) -> str:
        """Where it says that it is reached; empty where it does not."""
        links = self.channels[0].findall("atom:link", _NAMES)
        return next((str(link.get("href", "")) for link in links if link.get("rel") == "self"), "")

    def addresses(self) -> dict[str, str]:
        """All addresses of files that apps fetch, each with the type that the feed gives them."""
        found = {}
        for element in chain.from_iterable(channel.iter() for channel in self.channels):
            name = str(element.tag).rpartition("}")[2]
            url = str(element.get("url") or "")
            if name == "image" and (href := element.get("href")):
                found[str(href)] = "image/jpeg"
            elif name in {"enclosure", "chapters", "transcript"} and url:
                found[url] = str(element.get("type") or "")
            elif name == "source" and element.get("uri"):
                found[str(element.get("uri"))] = str(element.getparent().get("type") or "")
        return found


def read_feed(output: Path, lang: str) -> ReadFeed | Finding:
    """A feed with all its pages, or why it cannot be read."""
    pages: dict[str, bytes] = {}
    channels: list[Any] = []
    items: dict[str, Any] = {}
    for number in range(1, _MOST_PAGES):
        name = feed.feed_name(lang, number)
        if number > 1 and not (output / name).exists():
            break
        read = _page(output / name)
        if isinstance(read, Finding):
            return read
        pages[name], channel = read
        channels.append(channel)
        items |= {str(item.findtext("guid") or ""): item for item in channel.findall("item")}
    return ReadFeed(feed.feed_name(lang), lang, pages, channels, items)


def _page(path: Path) -> tuple[bytes, Any] | Finding:
    """The content of one file of a feed, and the channel in it."""
    from lxml import etree  # type: ignore[import-untyped] # noqa: PLC0415

    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return error(path.name, "is missing", "`narrate build` writes it.")
    except OSError as problem:
        return error(path.name, f"cannot be read: {(problem.strerror or '').lower()}", _AGAIN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        return error(path.name, f"is no XML ({problem.msg})", _AGAIN)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        return error(path.name, "is no RSS feed", _AGAIN)
    return content, channel


def feed_findings(
    space: Workspace, read: ReadFeed, records: Mapping[str, Record], asked: AbstractSet[str]
) -> Iterator[Finding]:
    """What is wrong with a feed.

    Args:
        records: Guid → the record of each episode that belongs into it.
        asked: Stems of the episodes that are looked at one by one.
    """
    found = [*_content_findings(space, read, records, asked)]
    yield from found
    if not any(one.severity is Severity.ERROR for one in found):
        yield from _edit_findings(space, read)


def _content_findings(
    space: Workspace, read: ReadFeed, records: Mapping[str, Record], asked: AbstractSet[str]
) -> Iterator[Finding]:
    yield from _rule_findings(space, read, records)
    yield from _channel_findings(space, read)
    for guid in read.items.keys() - records.keys():
        title = read.items[guid].findtext("title") or guid
        yield note(
            read.name,
            f"has an episode that nothing is noted of here: “{title[:80]}”",
            "`narrate build` notes it, if its article is here.",
        )
    for guid, record in records.items():
        if guid in read.items and record.stem in asked:
            yield from _item_findings(space, read, read.items[guid], record)
        elif guid not in read.items and record.output("mp3"):
            yield error(read.name, f"lacks the episode {record.stem}", "Run `narrate build`.")


def _edit_findings(space: Workspace, read: ReadFeed) -> Iterator[Finding]:
    """Whether a feed was changed in a place that no error names."""
    written = space.publication.feed(read.lang).digest
    undated = map(feed.without_build_time, read.pages.values())
    if written and feed.content_digest(undated) != written:
        yield warning(read.name, "was changed after its build wrote it", _AGAIN)


def _rule_findings(
    space: Workspace, read: ReadFeed, records: Mapping[str, Record]
) -> Iterator[Finding]:
    """What the rules of feeds say of each page."""
    for name, content in read.pages.items():
        is_public = bool(feed.feed_url(space.show, read.lang))
        for problem in feed.feed_problems(content, is_public=is_public, now=space.now):
            record = records.get(problem.guid)
            where = f"{name}: {record.stem}" if record else name
            place = record.source if record else "narrate.toml"
            mend = f"Mend “{problem.setting}” in {place}." if problem.setting else _AGAIN
            tell = error if problem.is_error else warning
            yield tell(where, problem.what, mend)


def _channel_findings(space: Workspace, read: ReadFeed) -> Iterator[Finding]:
    for name, channel in zip(read.pages, read.channels, strict=True):
        if channel.findtext("language") != read.lang:
            yield error(name, f"says another language than “{read.lang}”", _AGAIN)
    address = feed.feed_url(space.show, read.lang)
    if read.address != address:
        yield error(read.name, f"says that it is at “{read.address}”, not at {address}", _AGAIN)
    if what := feed.cut_description(space.show.texts[read.lang]):
        yield warning(f"narrate.toml: lang.{read.lang}.description", what, "Shorten it.")


def _item_findings(
    space: Workspace, read: ReadFeed, item: Any, record: Record
) -> Iterator[Finding]:
    where = f"{read.name}: {record.stem}"
    audio = record.output("mp3")
    enclosure = item.find("enclosure")
    if enclosure is None or audio is None:
        yield error(where, "has no <enclosure>", _AGAIN)
        return
    url, length, kind = (str(enclosure.get(name) or "") for name in ("url", "length", "type"))
    if file_name(url) != audio.name:
        yield error(where, f"its address {url} leads to another file than {audio.name}", _AGAIN)
    if length != str(audio.bytes):
        yield error(where, f"says {length or 'no'} bytes, the file has {audio.bytes}", _AGAIN)
    if kind != media_type(audio.name):
        yield error(where, f"gives the audio the type “{kind}”", _AGAIN)
    seconds, told = record.frames / record.sample_rate, _seconds(item)
    if told is None or abs(told - seconds) > 1:
        yield error(where, f"says that it lasts {told} s, it lasts {seconds:.0f} s", _AGAIN)
    if what := _psc_difference(item, record):
        yield error(where, f"its chapters (psc) are not those of the episode: {what}", _AGAIN)
    yield from _linked_findings(space.show.output, where, item, record)
    yield from _date_findings(space, where, item, record)
    for what in feed.cut_texts(record):
        yield warning(record.source, what, "Shorten it.")


def _seconds(item: Any) -> int | None:
    told = str(item.findtext("itunes:duration", "", _NAMES) or "")
    return int(told) if told.isdecimal() else None


def file_name(url: str) -> str:
    """Name of the file that an address leads to."""
    try:
        return unquote(urlsplit(url).path.rpartition("/")[2])
    except ValueError:
        return ""


def _psc_difference(item: Any, record: Record) -> str:
    wanted = json.loads(feed.chapters_json(record.marks, record.sample_rate, title=""))["chapters"]
    found = item.findall("psc:chapters/psc:chapter", _NAMES)
    if len(found) != len(wanted):
        return f"{len(found)} instead of {len(wanted)}"
    for number, (one, other) in enumerate(zip(found, wanted, strict=True), start=1):
        if one.get("title") != (other["title"] or str(number)):
            return f"chapter {number} is called “{str(one.get('title'))[:80]}”"
        if abs(_play_time(str(one.get("start"))) - other["startTime"]) > 0.001:  # noqa: PLR2004
            return f"chapter {number} begins at {one.get('start')}"
    return ""


def _play_time(text: str) -> float:
    try:
        hours, minutes, seconds = text.split(":")
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    except ValueError:
        return -1.0


def _linked_findings(output: Path, where: str, item: Any, record: Record) -> Iterator[Finding]:
    """Whether the files that an item names beside its audio are there, and all are named."""
    named = set()
    for element in item.iter():
        name = str(element.tag).rpartition("}")[2]
        url = {"image": "href", "source": "uri"}.get(name, "url")
        address = str(element.get(url) or "")
        if name in {"image", "chapters", "transcript", "source"} and address:
            named.add(file_name(address))
    for name in sorted(named):
        if not (output / name).is_file():
            yield error(where, f"names {name}, which is not there", _AGAIN)
    for file in record.outputs:
        is_linked = file.name.endswith((".chapters.json", ".vtt", ".srt", ".transcript.json"))
        if is_linked and file.name not in named:
            yield warning(where, f"does not name {file.name}", _AGAIN)


def _date_findings(space: Workspace, where: str, item: Any, record: Record) -> Iterator[Finding]:
    entry = space.publication.episode(record.key, record.lang)
    try:
        time = parsedate_to_datetime(str(item.findtext("pubDate") or ""))
    except (TypeError, ValueError):
        return  # the rules name it
    if entry is None or time.tzinfo is None or time != entry.published.replace(microsecond=0):
        yield error(where, "has another date than published.toml", "Run `narrate build`.")


def belonging(space: Workspace, lang: str, records: Sequence[Record]) -> dict[str, Record]:
    """Guid → record of the episodes that belong into a feed."""
    found = {}
    for record in records:
        entry = space.publication.episode(record.key, record.lang)
        if record.lang == lang and entry is not None and entry.withdrawn is None:
            found[str(entry.guid)] = record
    return found
