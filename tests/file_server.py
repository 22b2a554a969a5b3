"""A real HTTP server on this machine that serves files as servers do, or as badly as asked."""

from __future__ import annotations

import contextlib
import http.server
import re
import socketserver
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar


@dataclass
class Behaviour:
    """How a file is served.

    Attributes:
        cuts: Bytes to send in each of the next answers before the connection ends.
        hangs: Keep a cut connection open instead of ending it.
        ranges: Know ranges.
        blind: Pass over ``If-Range``.
        statuses: Of the next answers, in place of the file.
        extra: Announced on top of the true length.
        drip_s: To wait after each block.
        chunked: Announce no length.
    """

    content: bytes = b""
    etag: str = '"one"'
    modified: str = ""
    kind: str = "application/zip"
    cuts: list[int] = field(default_factory=list)
    hangs: bool = False
    ranges: bool = True
    blind: bool = False
    statuses: list[int] = field(default_factory=list)
    location: str = ""
    extra: int = 0
    drip_s: float = 0.0
    chunked: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class Server(http.server.ThreadingHTTPServer):
    """Serves by path; ``*`` stands for any."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, Behaviour] = {}
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        self.answer: Callable[[str], bytes | None] = lambda _: None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def ranges(self) -> list[str]:
        """The ``Range`` of each request, empty where there was none."""
        return [headers.get("Range", "") for _, headers in self.requests]

    def handle_error(self, *_: object) -> None:
        """Clients that go away are what is tested."""


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        server = self.server
        server.requests.append((self.path, dict(self.headers.items())))
        if (made := server.answer(self.path)) is not None:
            self._headers(200, len(made), {"Content-Type": "application/json"})
            self.wfile.write(made)
            return
        file = server.files.get(self.path) or server.files.get("*")
        if file is None:
            self._headers(404, 0)
        elif file.statuses:
            status = file.statuses.pop(0)
            self._headers(status, 0, {"Location": file.location} if file.location else {})
        else:
            self._serve(file)

    def _serve(self, file: Behaviour) -> None:
        size = len(file.content)
        start = self._start(file)
        if start > size:
            self._headers(416, 0)
            return
        marks = {"ETag": file.etag, "Last-Modified": file.modified, "Content-Type": file.kind}
        headers = {**file.headers, **{name: value for name, value in marks.items() if value}}
        if start:
            headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
        if file.chunked:
            headers["Transfer-Encoding"] = "chunked"
        length = None if file.chunked else size - start + file.extra
        self._headers(206 if start else 200, length, headers)
        if self.command == "HEAD":
            return
        rest = file.content[start:]
        cut = file.cuts.pop(0) if file.cuts else None
        self._send(file, rest if cut is None else rest[:cut])
        if cut is not None and file.hangs:
            time.sleep(30)
        if cut is None and file.chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _start(self, file: Behaviour) -> int:
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if not found or not file.ranges:
            return 0
        condition = self.headers.get("If-Range", "")
        if condition and condition not in (file.etag, file.modified) and not file.blind:
            return 0
        return int(found[1])

    def _send(self, file: Behaviour, content: bytes) -> None:
        step = 20_000 if file.drip_s else max(len(content), 1)
        for begin in range(0, len(content), step):
            block = content[begin : begin + step]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(block), block) if file.chunked else block)
            self.wfile.flush()
            time.sleep(file.drip_s)

    def _headers(
        self, status: int, length: int | None, headers: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        if length is not None:
            self.send_header("Content-Length", str(length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


_S = TypeVar("_S", bound=socketserver.BaseServer)


@contextlib.contextmanager
def answering(server: _S) -> Iterator[_S]:
    """A server that answers until the block ends."""
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def serving() -> contextlib.AbstractContextManager[Server]:
    """A server of this module that answers until the block ends."""
    return answering(Server())
