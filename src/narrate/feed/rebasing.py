"""A feed or an OPML file as it is told from another address than the one it was made for."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]

_ADDRESSES = frozenset({"url", "uri", "href", "feedUrl", "xmlUrl", "htmlUrl"})
"""Names of attributes that hold an address."""

_LISTS = frozenset({"srcset"})
"""Names of attributes that hold several, each with a width."""

_NEW_ADDRESS = "{http://www.itunes.com/dtds/podcast-1.0.dtd}new-feed-url"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def rebased(xml: bytes, old_base: str, new_base: str) -> bytes:
    """The document with every address of the show's own files put below another one.

    Links that the author has set stay as they are, also where they lead to the same host.

    Args:
        old_base: What the addresses begin with, with a slash at its end; empty where they are
            relative.
        new_base: What they are to begin with, with a slash at its end.

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
        for name, value in element.attrib.items():
            if name in _ADDRESSES:
                element.set(name, move(value))
            elif name in _LISTS:
                element.set(name, move.listed(value))
        if element.tag == _NEW_ADDRESS:
            element.text = move(element.text or "")
    for link in root.iterfind("channel/link"):
        # Where the author has set none, it is the folder itself.
        if link.text in {old_base, "./"}:
            link.text = new_base
    moved: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return moved + b"\n"


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
