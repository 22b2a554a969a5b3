"""All feeds of a show in one file that apps import: OPML 2.0."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree  # type: ignore[import-untyped]

from narrate.feed import text
from narrate.feed.names import ascii_url, feed_name, published_url
from narrate.model import Show

FILE_NAME = "feeds.opml"


def render_opml(show: Show, langs: Sequence[str]) -> bytes:
    """The feeds of a show as a list of subscriptions, in UTF-8.

    Args:
        langs: Languages that have a feed; the first names the list.
    """
    opml = etree.Element("opml", version="2.0")
    head = etree.SubElement(opml, "head")
    titles = [text.line(show.texts[lang].title) for lang in langs]
    etree.SubElement(head, "title").text = " / ".join(dict.fromkeys(titles))
    body = etree.SubElement(opml, "body")
    for lang, title in zip(langs, titles, strict=True):
        words = show.texts[lang]
        facts = {
            "type": "rss",
            "text": title,
            "title": title,
            "description": text.plain(words.description),
            "language": lang,
            "xmlUrl": published_url(show, feed_name(lang)),
            "htmlUrl": ascii_url(words.link) or ascii_url(show.base_url),
        }
        outline = etree.SubElement(body, "outline")
        for name, value in facts.items():
            if value:
                outline.set(name, value)
    document: bytes = etree.tostring(
        opml, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )
    return document
