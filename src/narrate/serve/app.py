"""The application: which answer a request gets."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from narrate.media_types import AUDIO, content_type, is_feed, is_text, media_type
from narrate.page import INDEX_NAME
from narrate.running import running_build
from narrate.serve import pages
from narrate.serve.answers import ContentAnswer
from narrate.serve.contents import Content, Digests, FileContent, Texts
from narrate.serve.hosts import Authority, Names, parse_authority
from narrate.serve.paths import OpenFile, Parts, open_inside, parts_of
from narrate.serve.rebasing import rebasing

PROGRESS = "progress"
SUBSCRIBE = "subscribe"
_METHODS = "GET, HEAD, OPTIONS"
_MOST_LISTED = 2_000

_SAFE = {
    "cache-control": "no-cache",
    "referrer-policy": "no-referrer",  # the address may hold a key
    "x-content-type-options": "nosniff",
}
_OPEN = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": (
        "Accept-Ranges, Content-Encoding, Content-Length, Content-Range, ETag, Last-Modified"
    ),
}
"""Players on pages of other sites may read what is published; nothing else that is told here."""

_PREFLIGHT = {
    "access-control-allow-methods": _METHODS,
    "access-control-allow-headers": (
        "Accept, Cache-Control, If-Match, If-Modified-Since, If-None-Match, If-Range, "
        "If-Unmodified-Since, Range"
    ),
    "access-control-max-age": "86400",
}


@dataclass(frozen=True, slots=True)
class Served:
    """What is served, and to whom.

    Attributes:
        folder: The show's output folder, which need not be there yet.
        cache: The show's ``.narrate``, where a running build says how far it is.
        names: Hosts this server answers for.
        token: What an address must hold behind ``/t/``; empty where everybody may listen.
    """

    folder: Path
    cache: Path
    names: Names
    token: str = ""

    @property
    def prefix(self) -> str:
        """What every path begins with, without a slash at its end."""
        return f"/t/{self.token}" if self.token else ""


class App:
    """Answers requests by what lies in the output folder at that moment.

    Args:
        log: Told of each answer: the client, the method, the path without its key, the status.
    """

    def __init__(
        self, served: Served, log: Callable[[str, str, str, int], None] | None = None
    ) -> None:
        self._served = served
        self._log = log
        self._digests = Digests()
        self._texts = Texts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = Request(scope)

        async def send_noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._finish_head(request, message)
            await send(message)

        try:
            answer = await self._answer(request)
        except OSError as error:
            # The disk failed, or there are too many open files: later it may go well.
            reason = (error.strerror or "it failed").lower()
            words = f"This file cannot be read now: {reason}."
            answer = _words(HTTPStatus.SERVICE_UNAVAILABLE, words)
        await answer(scope, receive, send_noted)

    def _finish_head(self, request: Request, message: Message) -> None:
        if _has_body(request):
            # What still comes of it is not waited for.
            message["headers"] = [*message["headers"], (b"connection", b"close")]
        if self._log is not None:
            client = request.client.host if request.client else "?"
            self._log(client, request.method, self._told_path(request), message["status"])

    def _told_path(self, request: Request) -> str:
        """The path without its key, which nobody is to read over the user's shoulder."""
        _, raw = _target(request, request.scope["raw_path"])
        within = self._within(raw)
        if within is None and self._served.token.encode() in unquote_to_bytes(raw):
            return "/…"  # the key, spelled so that it does not count
        return (raw if within is None else within).decode("latin-1")

    async def _answer(self, request: Request) -> ASGIApp:
        raw: bytes = request.scope["raw_path"]
        host, raw = _target(request, raw)
        if request.scope["http_version"] not in {"1.0", "1.1"}:
            return _words(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "HTTP/1.1 is spoken here.")
        if host is None:
            return _words(HTTPStatus.BAD_REQUEST, "The host of this request is none.")
        if not self._served.token and not self._served.names.fit(host.host):
            return _page(pages.other_name_page(host.host), HTTPStatus.MISDIRECTED_REQUEST)
        within = self._within(raw)
        if within is None:
            return _page(pages.no_key_page(), HTTPStatus.FORBIDDEN)
        return await self._within_show(request, within, f"http://{host}{self._served.prefix}/")

    async def _within_show(self, request: Request, path: bytes, base: str) -> ASGIApp:
        """Answer who may ask.

        Args:
            base: The address of the output folder as the client has it.
        """
        if request.method == "OPTIONS":
            return _options(request)
        if request.method not in {"GET", "HEAD"}:
            words = "Files are only read here."
            return _words(HTTPStatus.METHOD_NOT_ALLOWED, words, allow=_METHODS)
        parts = parts_of(path)
        if parts is None:
            return _words(HTTPStatus.NOT_FOUND, "There is no such file here.", **_OPEN)
        return await self._get(request, parts, base)

    def _within(self, raw: bytes) -> bytes | None:
        """The path behind the key; ``None`` without the right one."""
        if not self._served.token:
            return raw
        head, slash, rest = raw.removeprefix(b"/t/").partition(b"/")
        is_right = raw.startswith(b"/t/") and hmac.compare_digest(
            head, self._served.token.encode("ascii")
        )
        return b"/" + rest if is_right and slash else None

    async def _get(self, request: Request, parts: Parts, base: str) -> ASGIApp:
        if parts == (PROGRESS,):
            running = running_build(self._served.cache)
            state = {"building": running is not None, **(asdict(running) if running else {})}
            return JSONResponse(state, headers={**_SAFE, "cache-control": "no-store"})
        folder = self._served.folder
        if parts == (SUBSCRIBE,):
            has_page = (folder / INDEX_NAME).is_file()
            return _page(pages.subscribe_page(base, feeds_in(folder), has_page=has_page))
        names = parts if parts[-1] else (*parts[:-1], INDEX_NAME)
        file = open_inside(folder, names)
        if file is None:
            return self._without(parts)
        try:
            return await self._file(request, file, "/".join(names), base)
        except BaseException:
            file.close()
            raise

    async def _file(self, request: Request, file: OpenFile, name: str, base: str) -> ASGIApp:
        media = media_type(file.name)
        headers = {**_SAFE, **_OPEN, "content-type": content_type(media)}
        content: Content | None = None
        if is_text(media) or is_feed(name):
            headers["vary"] = "Accept-Encoding"
            packed = "range" not in request.headers and _takes_gzip(request)
            rebase = rebasing(name, base)
            content = await self._texts.tell(file, base, rebase, packed=packed)
            if content is not None:
                file.close()
                if content.encoding:
                    headers["content-encoding"] = content.encoding
        if content is None:
            content = FileContent(file, await self._digests.of(file))
        return ContentAnswer(content, headers)

    def _without(self, parts: Parts) -> Response:
        """For what is no file: at the top, what there is instead of a page."""
        if parts not in {("",), (INDEX_NAME,)}:
            return _words(HTTPStatus.NOT_FOUND, "There is no such file here.", **_OPEN)
        folder, running = self._served.folder, running_build(self._served.cache)
        feeds, audio = feeds_in(folder), _audio_in(folder)
        if not feeds and not audio:
            return _page(pages.empty_page(running))
        return _page(pages.listing_page(feeds, audio, running))


def feeds_in(folder: Path) -> dict[str, str]:
    """Language → name of its feed, of all feeds that are there."""
    found = sorted(name for name in _names_in(folder) if is_feed(name))
    whole = ((name.removeprefix("feed.").removesuffix(".xml"), name) for name in found)
    return {lang: name for lang, name in whole if lang.isalpha()}


def _audio_in(folder: Path) -> list[str]:
    found = sorted(name for name in _names_in(folder) if name.endswith(AUDIO))
    return [name for name in found if not name.startswith(".")][:_MOST_LISTED]


def _names_in(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(folder) if entry.is_file()]
    except OSError:
        return []


def _target(request: Request, raw: bytes) -> tuple[Authority | None, bytes]:
    """The host that is meant, and the path; a whole address counts before ``Host``."""
    if raw.lower().startswith(b"http://"):
        named, slash, path = raw[len(b"http://") :].partition(b"/")
        return parse_authority(named.decode("latin-1")), slash + path or b"/"
    named_host = request.headers.get("host")
    if named_host is None:
        # HTTP/1.0 knows no hosts: what the client reached is meant.
        host, port = request.scope.get("server") or ("localhost", None)
        bare = f"[{host}]" if ":" in host else host
        named_host = f"{bare}:{port}" if port else bare
    return parse_authority(named_host), raw


def _has_body(request: Request) -> bool:
    headers = request.headers
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _takes_gzip(request: Request) -> bool:
    for part in request.headers.get("accept-encoding", "").split(","):
        name, _, weight = part.partition(";")
        if name.strip().lower() in {"gzip", "x-gzip", "*"}:
            return weight.replace(" ", "").lower() not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _options(request: Request) -> Response:
    headers = {"allow": _METHODS, **_SAFE, **_OPEN}
    if "access-control-request-method" in request.headers:
        headers |= _PREFLIGHT
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)


def _words(status: HTTPStatus, text: str, **headers: str) -> Response:
    return PlainTextResponse(f"{text}\n", status, headers={**_SAFE, **headers})


def _page(content: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    policy = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return HTMLResponse(content, status, headers={**_SAFE, **policy})
