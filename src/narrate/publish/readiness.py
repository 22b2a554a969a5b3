"""Whether the feeds say what lies beside them: a feed that does not is never published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree  # type: ignore[import-untyped]

from narrate.errors import OutputError
from narrate.files import read_bytes
from narrate.publish.local import Snapshot, Stage

_MOST_KIB = 64 << 10
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_POINTERS = (
    ("enclosure", "url"),
    (f"{_PODCAST}chapters", "url"),
    (f"{_PODCAST}transcript", "url"),
    (f"{_ITUNES}image", "href"),
)
_MEND = "Run `narrate build`, then `narrate publish` again."


def check_feeds(snapshot: Snapshot, base_url: str) -> None:
    """Refuse feeds that name files which are not there, of another length or at another address.

    Args:
        base_url: Of the show; where it is empty, addresses count from the feed.

    Raises:
        OutputError: There is no feed, or one does not fit the files.
    """
    sizes = {file.name: file.bytes for file in snapshot.files}
    feeds = [file for file in snapshot.files if file.stage is Stage.FEED]
    if not feeds:
        raise OutputError("there is nothing to publish yet: output/ holds no feed", mend=_MEND)
    for feed in feeds:
        for problem in _problems(feed.path, sizes, base_url):
            raise OutputError(problem, where=f"output/{feed.name}", mend=_MEND)


def _problems(feed: Path, sizes: Mapping[str, int], base_url: str) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(read_bytes(feed, feed.name, _MOST_KIB, OutputError, _MEND), parser)
    except etree.XMLSyntaxError:
        yield "this is no XML"
        return
    for tag, attribute in _POINTERS:
        for element in root.iter(tag):
            url = element.get(attribute, "")
            name = _name(url, base_url)
            if not name:
                if tag == "enclosure":
                    yield f"names “{url[:80]}”, and `base_url` says that it lies elsewhere"
            elif name not in sizes:
                yield f"names “{name[:80]}”, which is not in output/"
            elif tag == "enclosure" and element.get("length") != str(sizes[name]):
                told = str(element.get("length"))[:20]
                yield f"says that “{name[:80]}” has {told} bytes, and it has {sizes[name]}"


def _name(url: str, base_url: str) -> str:
    """Name of the file in ``output/`` that an address means; empty when it means none."""
    if base_url:
        if not url.startswith(base_url):
            return ""
        url = url[len(base_url) :]
    elif "://" in url:
        return ""
    return unquote(urlsplit(url).path)
