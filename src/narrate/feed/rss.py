"""RSS 2.0 with the tags of Apple Podcasts, the podcast namespace and Podlove Simple Chapters.

Rules come from the RSS 2.0 specification, Apple's "A Podcaster's Guide to RSS", the podcast
namespace 1.0 and Podlove Simple Chapters 1.2.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime, timezone
from email.utils import format_datetime
from pathlib import PurePosixPath
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from narrate.feed import text
from narrate.feed.categories import check_category
from narrate.feed.chapters import play_time
from narrate.feed.names import (
    ascii_url,
    enclosure_url,
    episode_file,
    feed_url,
    published_url,
)
from narrate.feed.notes import show_notes
from narrate.model import Episode, Show

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}

_AUDIO_TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/x-m4a"}
_UNDATED = datetime(1970, 1, 1, tzinfo=timezone.utc)


def render_feed(  # noqa: PLR0913 - a feed is the show, its episodes and what was fixed earlier
    show: Show,
    lang: str,
    episodes: Sequence[Episode],
    *,
    guid: uuid.UUID | None,
    image: str,
    has_moved: bool = False,
) -> bytes:
    """The feed of one language, before it is said when it last changed.

    Args:
        episodes: In any order; the newest is written first.
        guid: The podcast's, once it has a public address.
        image: Name of the show's cover within the output folder; empty for none.
        has_moved: The feed once had another public address.

    Returns:
        An XML document in UTF-8, for :func:`with_build_time` to date. Without ``show.base_url``
        addresses are relative.

    Raises:
        ShowError: Apple does not know the category.
    """
    check_category(show.category, show.subcategory)
    rss = etree.Element("rss", nsmap=NAMESPACES, version="2.0")
    channel = etree.SubElement(rss, "channel")
    _describe_show(channel, show, lang)
    _add(channel, "lastBuildDate", format_datetime(_UNDATED))
    if image:
        _add(channel, "itunes:image", href=published_url(show, image))
    if has_moved and (url := feed_url(show, lang)):
        _add(channel, "itunes:new-feed-url", url)
    _add_podcast_tags(channel, show, lang, guid)
    newest_first = sorted(episodes, key=lambda episode: episode.key)
    newest_first.sort(key=lambda episode: episode.published, reverse=True)
    for episode in newest_first:
        _add_item(etree.SubElement(channel, "item"), show, episode)
    document: bytes = etree.tostring(rss, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return document


def content_digest(undated: bytes) -> str:
    """SHA-256 of a feed apart from ``lastBuildDate``, which changes when this does."""
    return hashlib.sha256(undated).hexdigest()


def with_build_time(undated: bytes, last_build: datetime) -> bytes:
    """The feed with its ``lastBuildDate``: when its content last changed, with an offset."""
    # No text of the show can hold the tag: there, its signs are escaped.
    return undated.replace(_build_date(_UNDATED), _build_date(last_build), 1)


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
    _add(channel, "generator", "narrate")
    _add(channel, "itunes:type", "episodic")
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


def _add_podcast_tags(channel: Any, show: Show, lang: str, guid: uuid.UUID | None) -> None:
    if url := feed_url(show, lang):
        _add(channel, "atom:link", href=url, rel="self", type="application/rss+xml")
    if guid is not None:
        _add(channel, "podcast:guid", str(guid))
    owner = {"owner": text.line(show.email)} if show.email else {}
    _add(channel, "podcast:locked", "yes", **owner)
    _add(channel, "podcast:medium", "podcast")
    _add(channel, "podcast:txt", "true", purpose="ai-content")
    _add_author(channel, text.line(show.texts[lang].author))


def _add_author(parent: Any, name: str) -> None:
    # Without a role readers assume a host, which is a voice that nobody has here.
    if name:
        _add(parent, "podcast:person", name, group="writing", role="author")


def _add_item(item: Any, show: Show, episode: Episode) -> None:
    title = text.line(episode.title) or episode.key
    show_author = text.line(show.texts[episode.lang].author)
    author = text.line(episode.author) or show_author
    _add(item, "guid", str(episode.guid), isPermaLink="false")
    _add(item, "title", title)
    _add(item, "itunes:title", title)
    if link := ascii_url(episode.link):
        _add(item, "link", link)
    _add(item, "pubDate", format_datetime(episode.published))
    _add(
        item,
        "enclosure",
        url=enclosure_url(show, episode.file, episode.sha256),
        length=str(episode.bytes),
        type=_AUDIO_TYPES[PurePosixPath(episode.file).suffix],
    )
    _add(item, "itunes:duration", str(_whole_seconds(episode)))
    _add(item, "itunes:episodeType", "full")
    if author:
        _add(item, "itunes:author", author)
    if author != show_author:
        _add_author(item, author)
    if episode.image:
        _add(item, "itunes:image", href=published_url(show, episode.image))
    _add(item, "description", text.escaped(episode.summary, episode.notes) or title)
    _add(item, "itunes:summary", text.plain(episode.summary, episode.notes) or title)
    if notes := show_notes(episode):
        _add(item, "content:encoded", notes)
    _add_chapters(item, show, episode)


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
