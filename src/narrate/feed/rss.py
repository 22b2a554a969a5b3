"""RSS 2.0 with the tags of Apple Podcasts, the podcast namespace and Podlove Simple Chapters.

Rules come from the RSS 2.0 specification, Apple's "A Podcaster's Guide to RSS", the podcast
namespace 1.0 and Podlove Simple Chapters 1.2.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from narrate.feed import text
from narrate.feed.catalogue import TRANSCRIPTS, newest_first
from narrate.feed.categories import check_category
from narrate.feed.chapters import play_time
from narrate.feed.names import (
    ascii_url,
    enclosure_url,
    episode_file,
    feed_name,
    feed_url,
    image_url,
    published_url,
)
from narrate.feed.notes import show_notes
from narrate.media_types import media_type
from narrate.model import MAX_NAME, Episode, EpisodeFile, Show

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}

UPDATES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "daily": ("FREQ=DAILY", {"de": "Täglich", "en": "Daily"}),
    "weekly": ("FREQ=WEEKLY", {"de": "Wöchentlich", "en": "Weekly"}),
    "biweekly": ("FREQ=WEEKLY;INTERVAL=2", {"de": "Alle zwei Wochen", "en": "Every two weeks"}),
    "monthly": ("FREQ=MONTHLY", {"de": "Monatlich", "en": "Monthly"}),
    "yearly": ("FREQ=YEARLY", {"de": "Jährlich", "en": "Yearly"}),
    "complete": ("", {"de": "Abgeschlossen", "en": "Complete"}),
}
"""How often there is an episode → recurrence rule (RFC 5545, section 3.3.10), and words for it."""

FUNDING: Mapping[str, str] = {"de": "Diese Show unterstützen", "en": "Support this show"}
"""What apps show beside the address of ``funding``."""

_UNDATED = datetime(1970, 1, 1, tzinfo=timezone.utc)
_BUILD_DATE = re.compile(rb"<lastBuildDate>[^<]*</lastBuildDate>")


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What a feed says besides the show's settings and its episodes.

    Attributes:
        guid: The podcast's, once it has a public address.
        image: Name of the show's cover within the output folder; empty for none.
        image_sha256: Of that file, in hexadecimal; empty if it is not known.
        has_moved: The feed once had another public address.
        alternates: The other languages that the show has a feed in.
        narrators: Names of the voices that are usually heard.
    """

    guid: uuid.UUID | None = None
    image: str = ""
    image_sha256: str = ""
    has_moved: bool = False
    alternates: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()


def render_feed(
    show: Show, lang: str, episodes: Sequence[Episode], facts: FeedFacts
) -> tuple[bytes, ...]:
    """The feed of one language, before it is said when it last changed.

    Args:
        episodes: In any order; the newest is written first.

    Returns:
        An XML document in UTF-8 for each page, which is one unless ``show.feed.page_size`` is set;
        for :func:`with_build_time` to date. Without ``show.base_url`` addresses are relative.

    Raises:
        ShowError: Apple does not know the category.
    """
    check_category(show.category, show.subcategory)
    ordered = newest_first(episodes)
    size = show.feed.page_size or max(len(ordered), 1)
    parts = [ordered[at : at + size] for at in range(0, len(ordered), size)] or [[]]
    return tuple(
        _render_page(show, lang, part, facts, (number, len(parts)))
        for number, part in enumerate(parts, start=1)
    )


def _render_page(
    show: Show, lang: str, episodes: Sequence[Episode], facts: FeedFacts, page: tuple[int, int]
) -> bytes:
    rss = etree.Element("rss", nsmap=NAMESPACES, version="2.0")
    channel = etree.SubElement(rss, "channel")
    _describe_show(channel, show, lang)
    _add(channel, "lastBuildDate", format_datetime(_UNDATED))
    if facts.image:
        address = image_url(show, facts.image, facts.image_sha256)
        _add_image(channel, address, text.line(show.texts[lang].title))
    if facts.has_moved and (url := feed_url(show, lang)):
        _add(channel, "itunes:new-feed-url", url)
    _add_links(channel, show, lang, facts, page)
    _add_podcast_tags(channel, show, lang, facts)
    for episode in episodes:
        _add_item(etree.SubElement(channel, "item"), show, episode)
    document: bytes = etree.tostring(rss, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return document


def content_digest(undated: Iterable[bytes]) -> str:
    """SHA-256 of a feed's pages apart from ``lastBuildDate``, which changes when this does."""
    return hashlib.sha256(b"".join(undated)).hexdigest()


def with_build_time(undated: bytes, last_build: datetime) -> bytes:
    """The feed with its ``lastBuildDate``: when its content last changed, with an offset."""
    # No text of the show can hold the tag: there, its signs are escaped.
    return undated.replace(_build_date(_UNDATED), _build_date(last_build), 1)


def without_build_time(dated: bytes) -> bytes:
    """The reverse of :func:`with_build_time`."""
    return _BUILD_DATE.sub(_build_date(_UNDATED), dated, count=1)


def _build_date(time: datetime) -> bytes:
    return f"<lastBuildDate>{format_datetime(time)}</lastBuildDate>".encode()


def _add(parent: Any, tag: str, content: str = "", **attributes: str) -> Any:
    prefix, colon, name = tag.partition(":")
    element = etree.SubElement(parent, f"{{{NAMESPACES[prefix]}}}{name}" if colon else tag)
    for attribute, value in attributes.items():
        element.set(attribute, value)
    if content:
        element.text = content
    return element


def _describe_show(channel: Any, show: Show, lang: str) -> None:
    words = show.texts[lang]
    title, author = text.line(words.title), text.line(words.author)
    _add(channel, "title", title)
    _add(channel, "link", ascii_url(words.link) or ascii_url(show.base_url) or "./")
    _add(channel, "description", text.plain(words.description) or title)
    _add(channel, "language", lang)
    if rights := text.line(show.feed.copyright):
        _add(channel, "copyright", rights)
    _add(channel, "generator", "narrate")
    _add(channel, "itunes:type", show.feed.kind)
    if show.feed.updates == "complete":
        _add(channel, "itunes:complete", "Yes")
    _add(channel, "itunes:explicit", "true" if show.explicit else "false")
    category = _add(channel, "itunes:category", text=show.category)
    if show.subcategory:
        _add(category, "itunes:category", text=show.subcategory)
    if author:
        _add(channel, "itunes:author", author)
    if show.email:
        owner = _add(channel, "itunes:owner")
        _add(owner, "itunes:name", author or title)
        _add(owner, "itunes:email", text.line(show.email))
    if show.private:
        _add(channel, "itunes:block", "Yes")
        _add(channel, "podcast:block", "yes")


def _add_links(
    channel: Any, show: Show, lang: str, facts: FeedFacts, page: tuple[int, int]
) -> None:
    """The feed's own address, its other pages (RFC 5005), and the feeds in other languages."""
    number, last = page
    kind = {"type": "application/rss+xml"}
    if feed_url(show, lang):
        _add(channel, "atom:link", href=_page_url(show, lang, number), rel="self", **kind)
    near = [("previous", number - 1), ("next", number + 1)]
    pages = [("first", 1), *((rel, at) for rel, at in near if 1 <= at <= last), ("last", last)]
    for rel, at in pages if last > 1 else ():
        _add(channel, "atom:link", href=_page_url(show, lang, at), rel=rel, **kind)
    for other in facts.alternates:
        more = {"hreflang": other, "title": text.line(show.texts[other].title)}
        _add(channel, "atom:link", href=_page_url(show, other, 1), rel="alternate", **kind, **more)


def _page_url(show: Show, lang: str, page: int) -> str:
    return published_url(show, feed_name(lang, page))


def _add_podcast_tags(channel: Any, show: Show, lang: str, facts: FeedFacts) -> None:
    if facts.guid is not None:
        _add(channel, "podcast:guid", str(facts.guid))
    owner = {"owner": text.line(show.email)} if show.email else {}
    _add(channel, "podcast:locked", "yes", **owner)
    _add(channel, "podcast:medium", "podcast")
    _add(channel, "podcast:txt", "true", purpose="ai-content")
    if code := text.line(show.feed.apple_verify):
        _add(channel, "podcast:txt", code, purpose="applepodcastsverify")
    if url := ascii_url(show.feed.funding):
        _add(channel, "podcast:funding", FUNDING.get(lang, FUNDING["en"]), url=url)
    if name := text.line(show.feed.license, MAX_NAME):
        url = ascii_url(show.feed.license_url)
        _add(channel, "podcast:license", name, **({"url": url} if url else {}))
    if show.feed.updates:
        rule, words = UPDATES[show.feed.updates]
        said = {"rrule": rule} if rule else {"complete": "true"}
        _add(channel, "podcast:updateFrequency", words.get(lang, words["en"]), **said)
    _add_people(channel, show.texts[lang].author, facts.narrators)


def _add_people(parent: Any, author: str, narrators: Sequence[str]) -> None:
    # Without a role readers assume a host, whom nobody hears here.
    if name := text.line(author, MAX_NAME):
        _add(parent, "podcast:person", name, group="writing", role="author")
    for voice in narrators:
        if name := text.line(voice, MAX_NAME):
            _add(parent, "podcast:person", name, group="cast", role="narrator")


def _add_image(parent: Any, address: str, shows: str) -> None:
    """A square JPEG.

    Args:
        shows: What stands on it, for those who do not see it.
    """
    _add(parent, "itunes:image", href=address)
    form = {"aspect-ratio": "1/1", "type": "image/jpeg", "purpose": "artwork"}
    _add(parent, "podcast:image", href=address, alt=shows, **form)


def _add_item(item: Any, show: Show, episode: Episode) -> None:
    title = text.line(episode.title) or episode.key
    author = text.line(episode.author) or text.line(show.texts[episode.lang].author)
    _add(item, "guid", str(episode.guid), isPermaLink="false")
    _add(item, "title", title)
    _add(item, "itunes:title", title)
    if link := ascii_url(episode.link) or _own_page(show, episode):
        _add(item, "link", link)
    _add(item, "pubDate", format_datetime(episode.published))
    _add(
        item,
        "enclosure",
        url=enclosure_url(show, episode.file, episode.sha256),
        length=str(episode.bytes),
        type=media_type(episode.file),
    )
    _add_alternatives(item, show, episode)
    _add(item, "itunes:duration", str(_whole_seconds(episode)))
    _add(item, "itunes:explicit", "true" if show.explicit else "false")
    _add(item, "itunes:episodeType", "full")
    _add_numbers(item, episode)
    if author:
        _add(item, "itunes:author", author)
    _add_people(item, author, episode.narrators)
    if episode.image:
        digests = (file.sha256 for file in episode.others if file.name == episode.image)
        _add_image(item, image_url(show, episode.image, next(digests, "")), title)
    _add(item, "description", text.escaped(episode.summary, episode.notes) or title)
    _add(item, "itunes:summary", text.plain(episode.summary, episode.notes) or title)
    if notes := show_notes(episode):
        _add(item, "content:encoded", notes)
    _add_chapters(item, show, episode)
    _add_transcripts(item, show, episode)


def _own_page(show: Show, episode: Episode) -> str:
    """Where an episode can be read; empty while nobody can reach it."""
    text_page = episode.other("html")
    return published_url(show, text_page.name) if text_page and show.base_url else ""


def _add_numbers(item: Any, episode: Episode) -> None:
    for name, number in (("season", episode.season), ("episode", episode.number)):
        if number is not None:
            _add(item, f"itunes:{name}", str(number))
            _add(item, f"podcast:{name}", str(number))


def _add_alternatives(item: Any, show: Show, episode: Episode) -> None:
    """The same sound as AAC, for apps that choose; with it, the enclosure itself as one choice."""
    aac = episode.other("m4a")
    if aac is None:
        return
    own = EpisodeFile(episode.file, episode.bytes, episode.sha256)
    for file, title, usual in ((own, "MP3", "true"), (aac, "AAC", "false")):
        form = _add(
            item,
            "podcast:alternateEnclosure",
            type=media_type(file.name),
            length=str(file.bytes),
            bitrate=str(show.audio.bitrate_kbps * 1_000),
            lang=episode.lang,
            title=title,
            default=usual,
        )
        _add(form, "podcast:source", uri=enclosure_url(show, file.name, file.sha256))
        checksum = b64encode(bytes.fromhex(file.sha256)).decode()
        _add(form, "podcast:integrity", type="sri", value=f"sha256-{checksum}")


def _add_transcripts(item: Any, show: Show, episode: Episode) -> None:
    for form, extension in TRANSCRIPTS.items():
        if file := episode.other(extension):
            timed = {} if form == "html" else {"rel": "captions"}
            _add(
                item,
                "podcast:transcript",
                url=published_url(show, file.name),
                type=media_type(file.name),
                language=episode.lang,
                **timed,
            )


def _whole_seconds(episode: Episode) -> int:
    return (2 * episode.frames + episode.sample_rate) // (2 * episode.sample_rate)


def _add_chapters(item: Any, show: Show, episode: Episode) -> None:
    if not episode.marks:
        return
    file = episode_file(episode.key, episode.lang, "chapters.json")
    _add(
        item,
        "podcast:chapters",
        url=published_url(show, file),
        type="application/json+chapters",
    )
    chapters = _add(item, "psc:chapters", version="1.2")
    for number, mark in enumerate(episode.marks, start=1):
        _add(
            chapters,
            "psc:chapter",
            start=play_time(mark.start_frame, episode.sample_rate),
            title=text.line(mark.title) or str(number),
        )
