"""Files that name addresses of the show, told with the address they are served under."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from urllib.parse import quote
from xml.sax.saxutils import unescape

from narrate.media_types import is_feed
from narrate.page import INDEX_NAME

_SHOW = "show.json"
_OPML = "feeds.opml"
_OWN = (
    re.compile(rb'<atom:link href="(https?://[^"]+/)[^"/]+" rel="self"'),
    re.compile(rb'xmlUrl="(https?://[^"]+/)[^"/]+"'),
)
# In the page's data; a text of the user's has no quotation mark there that is not escaped.
_FEED = re.compile(rb'"feed":("[^"\\]+"),"feed_url":("[^"\\]+(?:\\.[^"\\]*)*")')


def rebasing(name: str, base: str) -> Callable[[bytes], bytes] | None:
    """What a file of this name goes through before it is told; ``None`` for nothing.

    Args:
        name: Within the output folder.
        base: The address of the output folder as the client has it, with a slash at its end.
    """
    if is_feed(name) or name == _OPML:
        return lambda content: _rebased_xml(content, name, base)
    if name == _SHOW:
        return lambda content: _rebased_show(content, base)
    if name == INDEX_NAME:
        return lambda content: _rebased_page(content, base)
    return None


def _rebased_xml(content: bytes, name: str, base: str) -> bytes:
    from narrate import feed  # noqa: PLC0415 - with lxml, for feeds only

    found = next(filter(None, (own.search(content) for own in _OWN)), None)
    old = unescape(found[1].decode("utf-8", "replace"), {"&quot;": '"'}) if found else ""
    try:
        return feed.rebased(content, old, base, name=name)
    except ValueError:
        # Not ours, or half a file: it is told as it is.
        return content


def _rebased_show(content: bytes, base: str) -> bytes:
    try:
        show = json.loads(content)
        for language in show["languages"]:
            language["feed_url"] = base + quote(language["feed"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return content
    return json.dumps(show, ensure_ascii=False).encode("utf-8")


def _rebased_page(content: bytes, base: str) -> bytes:
    """The page with other addresses of its feeds, in its data and where a script is not needed."""
    try:
        found = [(one, *map(json.loads, one.groups())) for one in _FEED.finditer(content)]
    except ValueError:
        return content
    for one, feed, old in found:
        new = base + quote(feed)
        told = one[0].replace(one[2], json.dumps(new).encode())
        content = content.replace(one[0], told)
        for form in ('href="{}"', ">{}</a>"):
            before, after = (form.format(html.escape(text)) for text in (old, new))
            content = content.replace(before.encode("utf-8", "replace"), after.encode())
    return content
