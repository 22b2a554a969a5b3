"""The feeds in the output folder against the episodes that they tell of.

Rules come from RSS 2.0, Apple's "A Podcaster's Guide to RSS", the podcast namespace and Podlove
Simple Chapters. A feed is read as bytes that anybody might have written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from narrate import feed
from narrate.build import Record, Workspace
from narrate.check.findings import Finding, error, note, warning

_MOST_FEED = 2_000_000
_MOST_TITLE = 255
_MOST_DESCRIPTION = 4_000
_LARGE = 64 << 20
_TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/x-m4a", ".m4b": "audio/mp4"}
_NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}
_SOON = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """A feed as it lies in the output folder.

    Attributes:
        items: Guid → the item.
    """

    name: str
    lang: str
    size: int
    channel: Any
    items: Mapping[str, Any]

    @property
    def address(self) -> str:
        """Where it says that it is reached; empty where it does not."""
        links = self.channel.findall("atom:link", _NAMES)
        return next((str(link.get("href", "")) for link in links if link.get("rel") == "self"), "")

    def addresses(self) -> dict[str, str]:
        """All addresses of files that apps fetch, each with the type that the feed gives them."""
        found = {}
        for element in self.channel.iter():
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
    """A feed, or why it cannot be read."""
    from lxml import etree  # type: ignore[import-untyped] # noqa: PLC0415

    name = feed.feed_name(lang)
    again = "`narrate build` writes it anew."
    try:
        content = (output / name).read_bytes()
    except FileNotFoundError:
        return error(name, "is missing", "`narrate build` writes it.")
    except OSError as problem:
        return error(name, f"cannot be read: {(problem.strerror or '').lower()}", again)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=len(content) < _LARGE
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        return error(name, f"is no XML ({problem.msg})", again)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        return error(name, "is no RSS feed", again)
    items = {str(item.findtext("guid") or ""): item for item in channel.findall("item")}
    return ReadFeed(name, lang, len(content), channel, items)


def feed_findings(
    space: Workspace, read: ReadFeed, records: Mapping[str, Record], asked: AbstractSet[str]
) -> Iterator[Finding]:
    """What is wrong with a feed.

    Args:
        records: Guid → the record of each episode that belongs into it.
        asked: Stems of the episodes that are looked at one by one.
    """
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
    yield from _date_findings(space, read, records)


def _channel_findings(space: Workspace, read: ReadFeed) -> Iterator[Finding]:
    again = "`narrate build` writes it anew."
    if read.size > _MOST_FEED:
        what = f"has {read.size / 1e6:.1f} MB; some apps stop at 2 MB"
        yield warning(read.name, what, "Turn on paging, or take the full text out of the feed.")
    for tag in ("title", "link", "description", "language", "itunes:explicit"):
        if not (read.channel.findtext(tag, "", _NAMES) or "").strip():
            yield error(read.name, f"lacks <{tag}>", again)
    for tag in ("itunes:category", "itunes:image"):
        if read.channel.find(tag, _NAMES) is None:
            yield error(read.name, f"lacks <{tag}>", again)
    if read.channel.findtext("language") != read.lang:
        yield error(read.name, f"says another language than “{read.lang}”", again)
    address = feed.feed_url(space.show, read.lang)
    if read.address != address:
        yield error(read.name, f"says that it is at “{read.address}”, not at {address}", again)
    yield from _cut_findings(
        f"narrate.toml: lang.{read.lang}.description",
        space.show.texts[read.lang].description,
        read.channel.findtext("description") or "",
    )


def _item_findings(
    space: Workspace, read: ReadFeed, item: Any, record: Record
) -> Iterator[Finding]:
    again, where = "`narrate build` writes it anew.", f"{read.name}: {record.stem}"
    audio = record.output("mp3")
    enclosure = item.find("enclosure")
    if enclosure is None or audio is None:
        yield error(where, "has no <enclosure>", again)
        return
    url, length, kind = (str(enclosure.get(name) or "") for name in ("url", "length", "type"))
    if file_name(url) != audio.name:
        yield error(where, f"its address {url} leads to another file than {audio.name}", again)
    if length != str(audio.bytes):
        yield error(where, f"says {length or 'no'} bytes, the file has {audio.bytes}", again)
    if kind != _TYPES.get(Path(audio.name).suffix):
        yield error(where, f"gives the audio the type “{kind}”", again)
    seconds, told = record.frames / record.sample_rate, _seconds(item)
    if told is None or abs(told - seconds) > 1:
        yield error(where, f"says that it lasts {told} s, it lasts {seconds:.0f} s", again)
    if what := _psc_difference(item, record):
        yield error(where, f"its chapters (psc) are not those of the episode: {what}", again)
    yield from _linked_findings(space.show.output, where, item, record)
    if len(record.title) > _MOST_TITLE:
        what = f"its title has {len(record.title)} characters; {_MOST_TITLE} are shown"
        yield warning(where, what, f"Shorten the title in {record.source}.")
    yield from _cut_findings(
        record.source,
        "\n\n".join((record.summary, *record.notes)),
        item.findtext("itunes:summary", "", _NAMES) or "",
        "summary",
    )


def _cut_findings(
    where: str, written: str, shown: str, what: str = "description"
) -> Iterator[Finding]:
    size = len(written.encode("utf-8", "replace"))
    if size > _MOST_DESCRIPTION and "…" in shown:
        found = f"the {what} has {size:,} bytes; apps take {_MOST_DESCRIPTION:,}, the rest is cut"
        yield warning(where, found, f"Shorten the {what}.")


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
    again = "`narrate build` writes it anew."
    named = set()
    for element in item.iter():
        name = str(element.tag).rpartition("}")[2]
        url = {"image": "href", "source": "uri"}.get(name, "url")
        address = str(element.get(url) or "")
        if name in {"image", "chapters", "transcript", "source"} and address:
            named.add(file_name(address))
    for name in sorted(named):
        if not (output / name).is_file():
            yield error(where, f"names {name}, which is not there", again)
    for file in record.outputs:
        is_linked = file.name.endswith((".chapters.json", ".vtt", ".srt", ".transcript.json"))
        if is_linked and file.name not in named:
            yield warning(where, f"does not name {file.name}", again)


def _date_findings(
    space: Workspace, read: ReadFeed, records: Mapping[str, Record]
) -> Iterator[Finding]:
    times: dict[datetime, str] = {}
    for guid, record in records.items():
        item = read.items.get(guid)
        told = item.findtext("pubDate") if item is not None else None
        entry = space.publication.episode(record.key, record.lang)
        if told is None or entry is None:
            continue
        try:
            time = parsedate_to_datetime(told)
        except ValueError:
            yield error(read.name, f"{record.stem} has no valid date", "Run `narrate build`.")
            continue
        if time != entry.published.replace(microsecond=0):
            what = f"{record.stem} has another date than published.toml"
            yield error(read.name, what, "Run `narrate build`.")
        if time > space.now + _SOON:
            yield warning(
                f"{read.name}: {record.stem}",
                f"its date lies in the future ({time:%Y-%m-%d}); most apps show it at once, Apple "
                "hides it until then",
                f"Correct `date` in {record.source}, if that is not meant.",
            )
        if time in times:
            what = f"{record.stem} and {times[time]} have one date; apps may swap them"
            yield warning(read.name, what, "Give one another date in published.toml.")
        times[time] = record.stem


def belonging(space: Workspace, lang: str, records: Sequence[Record]) -> dict[str, Record]:
    """Guid → record of the episodes that belong into a feed."""
    found = {}
    for record in records:
        entry = space.publication.episode(record.key, record.lang)
        if record.lang == lang and entry is not None and entry.withdrawn is None:
            found[str(entry.guid)] = record
    return found
