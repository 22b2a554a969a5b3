"""The addresses of a show as apps find them: asked over the network, from wherever this runs.

Rules: RFC 9110 (ranges in section 14, HEAD in 9.3.2), Fetch (CORS); Apple's and the Podcast
Standards Project's demands on hosts.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from narrate import feed
from narrate.build import Workspace
from narrate.check.feeds import ReadFeed, file_name, read_feed
from narrate.check.findings import Finding, Report, error, ordered, warning

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

_TIMEOUT_S = (10, 20)
_MOST_HOPS = 5
_MOST_FEED = 64 << 20
_FEED_S = 120.0
"""For a whole feed: a host that sends it in drops is not waited for."""

_MOST_DIGITS = 18
_AT_ONCE = 4
_ASKER = "https://player.example.org"
_ALIKE = {
    "application/rss+xml": {"application/rss+xml", "application/xml", "text/xml"},
    "audio/x-m4a": {"audio/x-m4a", "audio/mp4", "audio/m4a"},
    "audio/mp4": {"audio/mp4", "audio/x-m4a", "audio/x-m4b"},
    "application/json+chapters": {"application/json+chapters", "application/json"},
    "application/x-subrip": {"application/x-subrip", "application/srt", "text/srt", "text/plain"},
    "application/srt": {"application/x-subrip", "application/srt", "text/srt", "text/plain"},
}
_WEB_PAGES = {"text/html", "application/xhtml+xml"}
_READ_BY_PAGES = ("application/json", "text/vtt", "application/rss+xml", "audio/")
_UPLOAD = "`narrate publish` copies what is new."
_SETTINGS = "Correct the settings of the host; docs/publishing.md has some."
_WRONG_PLACE = f"{_UPLOAD} If it did: see whether `base_url` leads to that folder."
_LATER = "Ask again later; if it stays so, ask whoever runs the host."
_MENDS = {
    401: "Apps know no password: let everybody read these files.",
    403: "Let everybody read these files: see their permissions at the host.",
    404: _WRONG_PLACE,
    410: _UPLOAD,
    429: _LATER,
    500: _LATER,
    502: _LATER,
    503: _LATER,
    504: _LATER,
}
"""What to do, by a status of HTTP."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """An address and what is expected there.

    Attributes:
        size: In bytes; ``None`` where the local file is missing.
    """

    url: str
    kind: str
    size: int | None


def check_public(space: Workspace, langs: Sequence[str]) -> Report:
    """Ask every address that the local feeds name, and those of the feeds themselves.

    Args:
        langs: Languages of the feeds; all where there is none.
    """
    found: list[Finding] = []
    asked: dict[str, _Asked] = {}
    feeds = 0
    for lang in langs or space.show.languages:
        address = feed.feed_url(space.show, lang)
        read = read_feed(space.show.output, lang)
        if isinstance(read, Finding):
            found.append(read)
            continue
        if not address:
            what = "has no public address to be asked"
            found.append(error(read.name, what, "Set `base_url` in narrate.toml."))
            continue
        feeds += 1
        found += _feed_findings(read, address)
        asked |= {one.url: one for one in _addresses(space, read)}
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        for findings in pool.map(_file_findings, asked.values()):
            found += findings
    return Report(ordered(found), feeds=feeds, files=len(asked))


def _addresses(space: Workspace, read: ReadFeed) -> Iterator[_Asked]:
    for name, content in list(read.pages.items())[1:]:
        url = feed.feed_url(space.show, read.lang).removesuffix(read.name) + name
        yield _Asked(url, "application/rss+xml", len(content))
    for url, kind in read.addresses().items():
        if url.startswith(("http://", "https://")):
            path = space.show.output / file_name(url)
            yield _Asked(url, kind, path.stat().st_size if path.is_file() else None)


def _session() -> Session:
    import requests  # noqa: PLC0415 - loaded when the network is asked for

    session = requests.Session()
    session.max_redirects = _MOST_HOPS
    # An app knows no password, though ~/.netrc may.
    session.auth = _nobody
    # Lengths are those of the file only where nothing is compressed on the way.
    session.headers.update(
        {"Accept-Encoding": "identity", "Origin": _ASKER, "User-Agent": "narrate"}
    )
    return session


def _nobody(request: PreparedRequest) -> PreparedRequest:
    return request


def _feed_findings(read: ReadFeed, url: str) -> Iterator[Finding]:
    """Whether a feed is reached, is a feed to apps, and is the one that lies here."""
    import requests  # noqa: PLC0415

    try:
        with _session() as session, session.get(url, timeout=_TIMEOUT_S, stream=True) as answer:
            if answer.status_code != requests.codes.ok:
                yield from _common_findings(answer, url, "application/rss+xml")
                return
            total, size, until = hashlib.sha256(), 0, time.monotonic() + _FEED_S
            for block in answer.iter_content(1 << 16):
                size += len(block)
                total.update(block)
                if size > _MOST_FEED or time.monotonic() > until:
                    break
            is_ours = total.digest() == hashlib.sha256(read.pages[read.name]).digest()
            if not is_ours and _type(answer) in _WEB_PAGES:
                yield _page_instead(answer, url, "the feed")
                return
            yield from _common_findings(answer, url, "application/rss+xml")
            if not answer.headers.get("ETag") and not answer.headers.get("Last-Modified"):
                what = "is answered without ETag and Last-Modified: apps load it whole each time"
                yield warning(url, what, _SETTINGS)
    except (requests.RequestException, ValueError) as problem:  # where a redirection leads
        yield _unreached(url, problem)
        return
    if not is_ours:
        yield error(url, "is not the feed that lies here", _UPLOAD)


def _file_findings(one: _Asked) -> list[Finding]:
    """What an app would meet that fetches a file: first its head, then a part of it."""
    import requests  # noqa: PLC0415

    found: list[Finding] = []
    try:
        with _session() as session:
            with session.head(one.url, timeout=_TIMEOUT_S, allow_redirects=True) as answer:
                if _is_page_instead(answer, one):
                    return [_page_instead(answer, one.url, one.kind)]
                found += _common_findings(answer, one.url, one.kind)
                if answer.status_code == requests.codes.ok:
                    found += _length_findings(answer, one)
            if answer.status_code == requests.codes.ok and one.kind.startswith("audio/"):
                found += _range_findings(session, one)
                found += _compression_findings(session, one)
    except (requests.RequestException, ValueError) as problem:  # where a redirection leads
        found.append(_unreached(one.url, problem))
    return found


def _common_findings(answer: Response, url: str, kind: str) -> Iterator[Finding]:
    """Status, way there, type, and whether pages elsewhere may read it."""
    status = answer.status_code
    if status != 200:  # noqa: PLR2004 - HTTP
        name = answer.request.method
        what = f"answers {name} with {status} {answer.reason or ''}".rstrip()
        yield error(url, what, _MENDS.get(status, _SETTINGS))
        return
    if answer.history:
        permanent = any(hop.status_code in {301, 308} for hop in answer.history)
        if urlsplit(url).scheme == "https" and urlsplit(answer.url).scheme == "http":
            yield error(url, f"leads to an address without encryption: {answer.url}", _SETTINGS)
        elif permanent:
            what = f"has moved for good to {answer.url}"
            yield warning(url, what, "Set `base_url` in narrate.toml to where it is.")
    told = _type(answer)
    if told not in _ALIKE.get(kind, {kind}):
        yield error(url, f"is called “{told}”, not {kind}", _SETTINGS)
    allowed = answer.headers.get("Access-Control-Allow-Origin", "")
    if kind.startswith(_READ_BY_PAGES) and allowed not in {"*", _ASKER}:
        what = "may not be read by players in a browser (no Access-Control-Allow-Origin)"
        yield warning(url, what, _SETTINGS)


def _type(answer: Response) -> str:
    """The media type that an answer names, without what follows it."""
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _is_page_instead(answer: Response, one: _Asked) -> bool:
    """Whether a host says with a page what it should say with a status, such as 404.

    A file of the expected length is that file, whatever the host calls it.
    """
    return (
        answer.status_code == 200  # noqa: PLR2004 - HTTP
        and _type(answer) in _WEB_PAGES
        and one.kind not in _WEB_PAGES
        and answer.headers.get("Content-Length") != str(one.size)
    )


def _page_instead(answer: Response, url: str, expected: str) -> Finding:
    there = f": {answer.url}" if answer.history else ""
    return error(url, f"answers with a web page instead of {expected}{there}", _WRONG_PLACE)


def _length_findings(answer: Response, one: _Asked) -> Iterator[Finding]:
    told = answer.headers.get("Content-Length", "")
    if one.size is None:
        return
    if not told.isdecimal() or len(told) > _MOST_DIGITS:
        if one.kind.startswith("audio/"):
            yield error(one.url, "is answered without a length (HEAD)", _SETTINGS)
    elif int(told) != one.size:
        what = f"has {int(told):,} bytes there and {one.size:,} here"
        yield error(one.url, what, _UPLOAD)


def _range_findings(session: Session, one: _Asked) -> Iterator[Finding]:
    """Whether a player can jump: the last two bytes are asked for."""
    end = (one.size or 2) - 1
    wanted = f"bytes={end - 1}-{end}"
    with session.get(one.url, headers={"Range": wanted}, timeout=_TIMEOUT_S, stream=True) as answer:
        told = answer.headers.get("Content-Range", "")
        if answer.status_code != 206:  # noqa: PLR2004 - HTTP
            what = f"cannot be jumped in: a part of it is answered with {answer.status_code}"
            yield error(one.url, what, _SETTINGS)
        elif told != f"bytes {end - 1}-{end}/{end + 1}":
            yield error(one.url, f"answers another part than was asked for: “{told}”", _SETTINGS)
        elif len(next(answer.iter_content(1 << 10), b"")) != 2:  # noqa: PLR2004 - bytes asked for
            yield error(one.url, "announces a part that it does not send", _SETTINGS)


def _compression_findings(session: Session, one: _Asked) -> Iterator[Finding]:
    """Whether audio arrives as it is where an app would take it compressed, as most would."""
    headers = {"Accept-Encoding": "gzip, deflate, br, zstd"}
    with session.get(one.url, headers=headers, timeout=_TIMEOUT_S, stream=True) as answer:
        if (how := answer.headers.get("Content-Encoding", "identity").lower()) != "identity":
            what = f"is compressed on the way ({how}): its length is not the one in the feed"
            yield error(one.url, what, _SETTINGS)


def _unreached(url: str, problem: Exception) -> Finding:
    """What went wrong, in a few words and without addresses of objects."""
    import requests  # noqa: PLC0415

    mend = f"See whether {urlsplit(url).netloc} can be reached, and that `base_url` is right."
    if isinstance(problem, requests.exceptions.SSLError):
        mend = "Have the host show a certificate for this name that browsers take."
    elif isinstance(problem, requests.exceptions.TooManyRedirects):
        mend = _SETTINGS
    kinds: tuple[tuple[type[Exception], str], ...] = (
        (requests.exceptions.SSLError, "its certificate is not valid"),
        (requests.exceptions.Timeout, "it does not answer in time"),
        (requests.exceptions.TooManyRedirects, f"it leads on more than {_MOST_HOPS} times"),
        (requests.exceptions.ConnectionError, "there is no connection"),
    )
    words = (word for kind, word in kinds if isinstance(problem, kind))
    why = next(words, "the answer is no valid HTTP")
    return error(url, f"cannot be reached: {why}", mend)
