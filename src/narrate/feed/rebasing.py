"""A feed or an OPML file as it is told from another address than the one it was made for."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]

_ADDRESSES = frozenset({"url", "uri", "href", "feedUrl", "xmlUrl", "htmlUrl"})
"""Names of attributes that hold an address."""

_LISTS = frozenset({"srcset"})
"""Names of attributes that hold several, each with a width."""

_NEW_ADDRESS = "{http://www.itunes.com/dtds/podcast-1.0.dtd}new-feed-url"
_LINK = "{http://www.w3.org/2005/Atom}link"
_TRANSCRIPT = "{https://podcastindex.org/namespace/1.0}transcript[@type='text/html']"
_OF_AUTHOR = frozenset(
    f"{{https://podcastindex.org/namespace/1.0}}{name}" for name in ("funding", "license")
)
"""Elements that lead where the author wants."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def rebased(xml: bytes, old_base: str, new_base: str, *, name: str = "") -> bytes:
    """The document with every address of the show's own files put below another one.

    Links that the author has set stay as they are, also where they lead to the same host.

    Args:
        old_base: What the addresses begin with, with a slash at its end; empty where they are
            relative.
        new_base: What they are to begin with, with a slash at its end.
        name: The document's own; a feed that does not know its address is told it.

    Raises:
        ValueError: It is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    move = _Move(old_base, new_base)
    for element in root.iter(etree.Element):
        if element.tag not in _OF_AUTHOR:
            _move_attributes(element, move)
        if element.tag == _NEW_ADDRESS:
            element.text = move(element.text or "")
    for link in root.iterfind("channel/link"):
        # Where the author has set none, it is the folder itself.
        if link.text in {old_base, "./"}:
            link.text = new_base
    for item in root.iterfind("channel/item"):
        _move_link(item, move)
    if name:
        _tell_own_address(root, new_base + name)
    moved: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return moved + b"\n"


def _move_attributes(element: Any, move: _Move) -> None:
    for attribute, value in element.attrib.items():
        if attribute in _ADDRESSES:
            element.set(attribute, move(value))
        elif attribute in _LISTS:
            element.set(attribute, move.listed(value))


def _move_link(item: Any, move: _Move) -> None:
    """Where the author has set no link, an episode leads to its own page, which has moved."""
    link = item.find("link")
    pages = {page.get("url") for page in item.iterfind(_TRANSCRIPT)}
    if link is not None and move(link.text or "") in pages:
        link.text = move(link.text or "")


def _tell_own_address(root: Any, address: str) -> None:
    """What a feed without a public address lacks; all apps that check feeds ask for it."""
    channel = root.find("channel")
    if channel is None or any(link.get("rel") == "self" for link in channel.iterfind(_LINK)):
        return
    link = etree.Element(_LINK, href=address, rel="self", type="application/rss+xml")
    first = channel.find("item")
    channel.insert(len(channel) if first is None else channel.index(first), link)


class _Move:
    """Puts addresses from one base to another."""

    def __init__(self, old_base: str, new_base: str) -> None:
        self._old, self._new = old_base, new_base

    def __call__(self, address: str) -> str:
        if self._old and address.startswith(self._old):
            return self._new + address[len(self._old) :]
        if self._old or not address or address.startswith("#") or _SCHEME.match(address):
            return address
        return urljoin(self._new, address)

    def listed(self, addresses: str) -> str:
        """``first 300w, second 600w``."""
        return ", ".join(self(one.strip()) for one in addresses.split(","))
