"""Content to a client: whole or in part, at the client's own pace."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from narrate.serve import conditions
from narrate.serve.contents import Content
from narrate.serve.ranges import Span, wanted_spans

_BLOCK = 1 << 16


class Cut(Exception):  # noqa: N818 - the end of a connection, which is no error of ours
    """The file has become shorter than was promised: the connection must end."""


class ContentAnswer:
    """An ASGI answer of what lies in ``content``, which it closes.

    Args:
        headers: Besides those of length, range and state.
    """

    def __init__(self, content: Content, headers: Mapping[str, str]) -> None:
        self._content = content
        self._headers = {**headers, **content.validators.headers, "accept-ranges": "bytes"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one GET or HEAD."""
        try:
            await self._answer(scope, receive, send)
        finally:
            self._content.close()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers, content = Headers(scope=scope), self._content
        if status := conditions.outcome(headers, content.validators):
            without = {"content-type", "content-encoding"}
            kept = {name: text for name, text in self._headers.items() if name not in without}
            if status == HTTPStatus.PRECONDITION_FAILED:
                kept["content-length"] = "0"
            await _begin(send, status, kept)
            await _end(send)
            return
        status, spans = self._spans(scope["method"], headers)
        told = dict(self._headers)
        if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            told |= {"content-range": f"bytes */{content.size}", "content-length": "0"}
            await _begin(send, status, told)
            await _end(send)
            return
        between: list[bytes] = []
        length = sum(end - first for first, end in spans)
        if len(spans) > 1:
            boundary = secrets.token_hex(12)
            between = _multipart(spans, boundary, told["content-type"], content.size)
            told["content-type"] = f"multipart/byteranges; boundary={boundary}"
            length += sum(map(len, between))
        elif status == HTTPStatus.PARTIAL_CONTENT:
            first, end = spans[0]
            told["content-range"] = f"bytes {first}-{end - 1}/{content.size}"
        told["content-length"] = str(length)
        await _begin(send, status, told)
        if scope["method"] != "HEAD":
            await _send_until_gone(self._blocks(spans, between), receive, send)
        await _end(send)

    def _spans(self, method: str, headers: Headers) -> tuple[HTTPStatus, list[Span]]:
        whole = [(0, self._content.size)]
        wanted = headers.get("range")
        # Only GET knows ranges (RFC 9110, section 14.2).
        if (
            wanted is None
            or method != "GET"
            or not conditions.range_counts(headers.get("if-range"), self._content.validators)
        ):
            return HTTPStatus.OK, whole
        spans = wanted_spans(wanted, self._content.size)
        if spans is None:
            return HTTPStatus.OK, whole
        if not spans:
            return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, []
        return HTTPStatus.PARTIAL_CONTENT, spans

    async def _blocks(self, spans: Iterable[Span], between: list[bytes]) -> AsyncIterator[bytes]:
        for number, (first, end) in enumerate(spans):
            if between:
                yield between[number]
            at = first
            while at < end:
                block = await self._content.read(at, min(end, at + _BLOCK))
                if not block:
                    raise Cut
                at += len(block)
                yield block
        if between:
            yield between[-1]


def _multipart(spans: list[Span], boundary: str, content_type: str, size: int) -> list[bytes]:
    """What stands before each part, and behind the last."""
    heads = [
        f"\r\n--{boundary}\r\ncontent-type: {content_type}\r\n"
        f"content-range: bytes {first}-{end - 1}/{size}\r\n\r\n"
        for first, end in spans
    ]
    return [text.encode("ascii") for text in (*heads, f"\r\n--{boundary}--\r\n")]


async def _send_until_gone(blocks: AsyncIterator[bytes], receive: Receive, send: Send) -> None:
    """Send block by block; each waits until the client has room for it."""
    gone = asyncio.ensure_future(_left(receive))
    try:
        async for block in blocks:
            if gone.done():
                return
            await send({"type": "http.response.body", "body": block, "more_body": True})
    finally:
        gone.cancel()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _begin(send: Send, status: int, headers: Mapping[str, str]) -> None:
    raw = [(name.encode("latin-1"), text.encode("latin-1")) for name, text in headers.items()]
    await send({"type": "http.response.start", "status": int(status), "headers": raw})


async def _end(send: Send) -> None:
    await send({"type": "http.response.body", "body": b"", "more_body": False})
