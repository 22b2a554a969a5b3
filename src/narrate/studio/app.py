"""The application: who may ask, and which answer a request gets."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import math
from collections.abc import Callable
from http import HTTPStatus
from importlib import resources
from pathlib import Path
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from narrate.build import Workspace
from narrate.errors import NarrateError, UsageError
from narrate.media_types import content_type, media_type
from narrate.model import LANGUAGES, is_key
from narrate.page import palette
from narrate.running import running_build
from narrate.serve.answers import ContentAnswer
from narrate.serve.contents import Digests, FileContent
from narrate.serve.hosts import is_loopback, parse_authority
from narrate.serve.paths import open_inside, parts_of
from narrate.studio import views
from narrate.studio.bench import Bench
from narrate.studio.desk import Desk, in_parts
from narrate.studio.orders import read_order
from narrate.studio.tasks import task_of

_LARGEST_BODY = 1 << 16
_ASSETS = resources.files("narrate.studio") / "assets"
_ASSET_NAMES = frozenset(one.name for one in _ASSETS.iterdir())
_PALETTE = "palette.css"  # the show's page has it, too
_SOUNDS = (".mp3", ".m4b", ".wav")

_SAFE = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "media-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",  # the address holds the key
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class App:
    """Answers requests of the page, and of nobody else.

    Args:
        token: What every path begins with.
    """

    def __init__(self, desk: Desk, bench: Bench, token: str) -> None:
        self._desk, self._bench, self._token = desk, bench, token
        self._digests = Digests()
        self._few = asyncio.Semaphore(2)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        answer = await self._answer(Request(scope, receive))
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> ASGIApp:
        refusal = _refusal(request)
        if refusal is not None:
            return refusal
        head, slash, path = request.scope["path"].removeprefix("/").partition("/")
        is_right = hmac.compare_digest(head.encode("utf-8"), self._token.encode("ascii"))
        if not is_right or not slash:
            words = "Open the address that `narrate studio` has printed: it holds a key."
            return _words(HTTPStatus.FORBIDDEN, words)
        try:
            if request.method == "POST":
                return await self._post(request, path)
            return await self._get(request, path)
        except NarrateError as error:
            return _json({"error": in_parts(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)
        except ClientDisconnect:
            return _words(HTTPStatus.BAD_REQUEST, "The request has ended half-way.")

    async def _get(self, request: Request, path: str) -> ASGIApp:
        name = path or "index.html"
        if name in _ASSET_NAMES or name == _PALETTE:
            kind = content_type(media_type(name))
            content = palette().encode() if name == _PALETTE else (_ASSETS / name).read_bytes()
            return Response(content, headers={**_SAFE, "content-type": kind})
        if path == "api/progress":
            since = request.query_params.get("since", "0")
            number = int(since) if since.isascii() and since.isdecimal() and len(since) < 10 else 0  # noqa: PLR2004 - digits
            return _json({**self._desk.told(number), **self._elsewhere()})
        folder, _, name = path.partition("/")
        if folder == "audio":
            return await self._sound(self._bench.root / "output", name)
        if folder == "sounds":
            return await self._sound(self._bench.sounds.folder, name)
        view = _view(request, path)
        if view is None:
            return _words(HTTPStatus.NOT_FOUND, "There is no such thing here.")
        async with self._few:
            return _json(await asyncio.to_thread(self._look, view))

    def _elsewhere(self) -> dict[str, Any]:
        """What shows that somebody else builds, or has built: files come and go in the folder."""
        root = self._bench.root
        building = not self._desk.is_busy and running_build(root / ".narrate") is not None
        stamp = ""
        with contextlib.suppress(OSError):
            stamp = str((root / "output").stat().st_mtime_ns)
        return {"building": building, "stamp": stamp}

    def _look(self, view: Callable[[Workspace], dict[str, Any]]) -> dict[str, Any]:
        return view(Workspace.open(self._bench.root))

    async def _sound(self, folder: Path, name: str) -> ASGIApp:
        parts = parts_of(f"/{name}".encode()) if name.endswith(_SOUNDS) else None
        file = open_inside(folder, parts) if parts and len(parts) == 1 else None
        if file is None:
            return _words(HTTPStatus.NOT_FOUND, "There is no such sound here.")
        try:
            content = FileContent(file, await self._digests.of(file))
        except BaseException:
            file.close()
            raise
        # The page asks for a changed file by another address; parts of it may be kept.
        headers = {"cache-control": "private", "content-type": media_type(name)}
        return ContentAnswer(content, {**_SAFE, **headers})

    async def _post(self, request: Request, path: str) -> ASGIApp:
        if path == "api/stop":
            return _json({"stopped": self._desk.stop()})
        folder, _, kind = path.removeprefix("api/").partition("/")
        if folder != "tasks":
            return _words(HTTPStatus.NOT_FOUND, "There is no such thing here.")
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > _LARGEST_BODY:
                return _words(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is too much.")
        task = task_of(read_order(kind, body), self._bench)
        return _json({"number": self._desk.put(task)}, HTTPStatus.ACCEPTED)


def _refusal(request: Request) -> Response | None:
    """An answer to whom nobody on this page has sent.

    A page of another site can have its name point here (DNS rebinding), or have a browser send
    requests here: the one has another host, the other another origin.
    """
    host = parse_authority(request.headers.get("host", ""))
    if host is None or not is_loopback(host.host):
        words = "The studio is reached under the address that it has printed."
        return _words(HTTPStatus.MISDIRECTED_REQUEST, words)
    if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        return _words(HTTPStatus.FORBIDDEN, "Another page has sent this.")
    if request.method == "POST":
        return _post_refusal(request, f"http://{host}")
    if request.method not in {"GET", "HEAD"}:
        words = "This is not done here."
        return _words(HTTPStatus.METHOD_NOT_ALLOWED, words, allow="GET, HEAD, POST")
    return None


def _post_refusal(request: Request, origin: str) -> Response | None:
    if request.headers.get("origin", "").lower() != origin:
        return _words(HTTPStatus.FORBIDDEN, "Another page has sent this.")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return _words(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "This is no JSON.")
    return None


def _view(request: Request, path: str) -> Callable[[Workspace], dict[str, Any]] | None:
    """What is to be looked at; ``None`` where there is nothing.

    Raises:
        UsageError: It is not said properly what.
    """
    if path == "api/show":
        return views.show_facts
    if path == "api/unbuilt":
        return views.unbuilt_facts
    if path == "api/lexicon":
        return views.lexicon_facts
    if path not in {"api/episode", "api/takes"}:
        return None
    key, lang = (request.query_params.get(name, "") for name in ("key", "lang"))
    if not is_key(key) or lang not in LANGUAGES:
        raise UsageError("no episode is named", mend="Load the page anew.")
    if path == "api/episode":
        return lambda space: views.episode_facts(space, key, lang)
    try:
        at = float(request.query_params.get("at", ""))
    except ValueError:
        at = math.nan
    if not 0 <= at < 1e7:  # noqa: PLR2004 - half a year
        raise UsageError("no time is named", mend="Load the page anew.")
    return lambda space: views.takes_facts(space, key, lang, at)


def _json(content: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return JSONResponse(content, status, headers=_SAFE)


def _words(status: HTTPStatus, text: str, **headers: str) -> Response:
    return PlainTextResponse(f"{text}\n", status, headers={**_SAFE, **headers})
