"""The public addresses of a show, on a server that does it right and on servers that do not."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import json
import re
import socketserver
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from file_server import answering
from narrate.build import Workspace
from narrate.check import Finding, Severity, check_public
from publishing_servers import make_certificate
from shows import edit, narrate

TYPES = {
    ".xml": "application/rss+xml; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".json": "application/json",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".html": "text/html",
    ".jpg": "image/jpeg",
}


class Host(http.server.ThreadingHTTPServer):
    """Serves a folder as a good static host does, but for the faults it is given.

    Attributes:
        faults: Name of a fault → pattern of the paths that have it.
        told: Passwords that came with requests.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.folder = folder
        self.faults: dict[str, str] = {}
        self.asked: list[str] = []
        self.told: set[str | None] = set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, *_: object) -> None:
        """Clients that go away are no fault of this one."""


class Answers(http.server.BaseHTTPRequestHandler):
    server: Host

    def do_HEAD(self) -> None:
        self.do_GET()

    def has(self, fault: str) -> bool:
        pattern = self.server.faults.get(fault)
        return pattern is not None and re.search(pattern, self.path) is not None

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        self.server.told.add(self.headers.get("Authorization"))
        name = self.path.partition("?")[0].lstrip("/").removeprefix("moved/")
        path = self.server.folder / name
        if self.has("closed"):
            self.reply(403, {})
        elif self.has("busy"):
            self.reply(503, {})
        elif self.has("loop"):
            self.reply(302, {"Location": self.path})
        elif self.has("moved") and not self.path.startswith("/moved/"):
            self.reply(301, {"Location": f"/moved/{name}"})
        elif self.has("no head") and self.command == "HEAD":
            self.reply(405, {})
        elif self.has("gone") or not path.is_file():
            self.reply(404, {})
        elif self.has("garbage"):
            self.wfile.write(b"\0\1\2 what?\r\n\r\n")
        elif self.has("hangs up"):
            self.close_connection = True
        else:
            self.serve(path, path.read_bytes())

    def serve(self, path: Path, content: bytes) -> None:
        if self.has("other"):
            content += b" "
        if self.has("error page"):
            path, content = Path("404.html"), b"<p>Not found"
        kind = "text/plain" if self.has("plain") else TYPES[path.suffix]
        kind = "text/html" if self.has("html") else kind
        headers = {"Content-Type": kind}
        if not self.has("no origin"):
            headers["Access-Control-Allow-Origin"] = "*"
        if not self.has("no tag"):
            headers["ETag"] = '"one"'
        if self.has("gzip") and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            content = gzip.compress(content, 1)
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if found and not self.has("no ranges"):
            start, end = int(found[1]), int(found[2])
            start -= self.has("wrong part")
            headers["Content-Range"] = f"bytes {start}-{end}/{len(content)}"
            self.reply(206, headers, content[start : end + 1])
        else:
            self.reply(200, headers, content)

    def reply(self, status: int, headers: dict[str, str], content: bytes = b"") -> None:
        self.send_response(status)
        if not self.has("no length"):
            self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def public(show: Path) -> Iterator[tuple[Path, Host]]:
    """A show whose public address is a host on this machine."""
    with answering(Host(show / "output")) as host:
        edit(show / "narrate.toml", "https://example.org/show/", host.address)
        assert narrate(show, "build").code == 0
        yield show, host


def found(show: Path) -> list[Finding]:
    return list(check_public(Workspace.open(show), ("de",)).findings)


def test_a_good_host_has_every_file_asked_for_and_no_fault(public: tuple[Path, Host]) -> None:
    show, host = public
    done = narrate(show, "check", "--public")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Checked 2 feeds, ")
    assert done.out.endswith(" addresses: 0 errors, 0 warnings\n")
    for name in ("feed.de.xml", "first.en.mp3", "cover.de.jpg", "first.de.chapters.json"):
        assert any(one.partition("?")[0].endswith(f" /{name}") for one in host.asked), name
    for name in ("first.de.vtt", "first.en.srt", "first.de.transcript.json"):
        assert f"HEAD /{name}" in host.asked
    assert not any("narrate" in one for one in host.asked), "only what the feeds name"


@pytest.mark.parametrize(
    ("fault", "paths", "severity", "clause"),
    [
        ("gone", r"\.mp3$", Severity.ERROR, "answers HEAD with 404 Not Found"),
        ("gone", r"feed\.de", Severity.ERROR, "answers GET with 404 Not Found"),
        ("no head", r"\.mp3$", Severity.ERROR, "answers HEAD with 405 Method Not Allowed"),
        ("plain", r"\.mp3$", Severity.ERROR, "is called “text/plain”, not audio/mpeg"),
        ("plain", r"\.xml$", Severity.ERROR, "is called “text/plain”, not application/rss+xml"),
        ("plain", r"\.vtt$", Severity.ERROR, "is called “text/plain”, not text/vtt"),
        ("other", r"\.mp3$", Severity.ERROR, "bytes there and"),
        ("other", r"\.xml$", Severity.ERROR, "is not the feed that lies here"),
        ("no length", r"\.mp3$", Severity.ERROR, "is answered without a length (HEAD)"),
        ("no ranges", r"\.mp3$", Severity.ERROR, "a part of it is answered with 200"),
        ("wrong part", r"\.mp3$", Severity.ERROR, "answers another part than was asked for"),
        ("no origin", r"\.json$", Severity.WARNING, "may not be read by players in a browser"),
        ("error page", r"\.mp3$", Severity.ERROR, "a web page instead of audio/mpeg"),
        ("error page", r"\.xml$", Severity.ERROR, "a web page instead of the feed"),
        ("html", r"\.mp3$", Severity.ERROR, "is called “text/html”, not audio/mpeg"),
        ("html", r"\.xml$", Severity.ERROR, "is called “text/html”, not application/rss+xml"),
        ("gzip", r"\.mp3$", Severity.ERROR, "is compressed on the way (gzip)"),
        ("no tag", r"\.xml$", Severity.WARNING, "is answered without ETag and Last-Modified"),
        ("moved", r"\.mp3$", Severity.WARNING, "has moved for good to "),
        ("loop", r"\.mp3$", Severity.ERROR, "cannot be reached: it leads on more than 5 times"),
        ("garbage", r"\.mp3$", Severity.ERROR, "cannot be reached: "),
        ("hangs up", r"\.jpg", Severity.ERROR, "cannot be reached: there is no connection"),
    ],
)
def test_a_fault_of_a_host_is_named_with_its_address(
    public: tuple[Path, Host], fault: str, paths: str, severity: Severity, clause: str
) -> None:
    show, host = public
    host.faults[fault] = paths
    problems = found(show)
    assert problems, fault
    assert {one.severity for one in problems} == {severity}
    assert all(re.search(paths, one.where) for one in problems), problems
    assert any(clause in one.what for one in problems), problems
    done = narrate(show, "check", "--public", "--lang", "de", "--json")
    assert done.code == (1 if severity is Severity.ERROR else 0)
    assert json.loads(done.out)["findings"][0]["severity"] == severity.value


@pytest.mark.parametrize(
    ("fault", "mend"),
    [
        ("gone", "`narrate publish` copies what is new."),
        ("closed", "permissions"),
        ("busy", "Ask again later"),
        ("no head", "settings of the host"),
        ("loop", "settings of the host"),
        ("error page", "see whether `base_url` leads to that folder"),
    ],
)
def test_what_to_do_is_told(public: tuple[Path, Host], fault: str, mend: str) -> None:
    show, host = public
    host.faults[fault] = r"\.mp3$"
    [problem] = found(show)
    assert mend in problem.mend


def test_a_host_that_answers_everything_with_a_page_has_one_line_for_each_file(
    public: tuple[Path, Host],
) -> None:
    show, host = public
    host.faults |= {"error page": "", "no tag": "", "no origin": "", "no ranges": ""}
    problems = found(show)
    assert len(problems) == len({one.where for one in problems})
    assert {one.severity for one in problems} == {Severity.ERROR}


def test_a_certificate_that_nobody_vouches_for_is_told(
    public: tuple[Path, Host], tmp_path: Path
) -> None:
    show, host = public
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*make_certificate(tmp_path / "own"))
    host.socket = context.wrap_socket(host.socket, server_side=True, do_handshake_on_connect=False)
    edit(show / "narrate.toml", host.address, host.address.replace("http:", "https:"))
    assert narrate(show, "build").code == 0
    problems = found(show)
    assert {one.what for one in problems} == {"cannot be reached: its certificate is not valid"}
    assert {one.mend for one in problems} == {
        "Have the host show a certificate for this name that browsers take."
    }


HEAD_OK = b"HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\n"
ODD = (
    HEAD_OK + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n",
    HEAD_OK + b"Content-Length: -5\r\n\r\n",
    HEAD_OK + b"Content-Length: \xd9\xa3\r\n\r\n",
    HEAD_OK + b"X: y\r\n" * 500 + b"\r\n",
    b"HTTP/1.1 302 x\r\nLocation: http://[::bad\r\n\r\n",
    b"HTTP/1.1 302 x\r\nLocation: http://.\xff./\r\n\r\n",
    b"HTTP/1.1 302 x\r\nLocation: http://" + b"a" * 300 + b".example/\r\n\r\n",
    b"HTTP/1.1 302 x\r\nLocation: http://127.0.0.1:99999/\r\n\r\n",
    b"HTTP/1.1 302 x\r\nLocation: file:///etc/passwd\r\n\r\n",
    b"HTTP/1.1 \xb2\xb2\xb2 x\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabcd",
    b"",
)


class Echo(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    said = b""
    without_end = b""


class Speaker(socketserver.BaseRequestHandler):
    """Says the same to whoever asks, and goes on for as long as somebody listens."""

    server: Echo

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            asked = self.request.recv(65_536)
            self.request.sendall(self.server.said)
            while self.server.without_end and asked.startswith(b"GET"):
                self.request.sendall(self.server.without_end)
                time.sleep(0.01)


@pytest.fixture
def odd(show: Path) -> Iterator[tuple[Path, Echo]]:
    """A show whose public address is a host that speaks HTTP as it likes."""
    with answering(Echo(("127.0.0.1", 0), Speaker)) as host:
        address = f"http://127.0.0.1:{host.server_address[1]}/"
        edit(show / "narrate.toml", "https://example.org/show/", address)
        assert narrate(show, "build").code == 0
        yield show, host


def test_a_host_that_speaks_http_wrongly_is_told(odd: tuple[Path, Echo]) -> None:
    show, host = odd
    for host.said in ODD:
        problems = found(show)
        assert any(one.severity is Severity.ERROR for one in problems), host.said[:60]


def test_an_answer_without_an_end_is_not_waited_for(
    odd: tuple[Path, Echo], monkeypatch: pytest.MonkeyPatch
) -> None:
    show, host = odd
    monkeypatch.setattr("narrate.check.public._FEED_S", 0.5)
    size = (show / "output/first.de.mp3").stat().st_size
    part = f"bytes {size - 2}-{size - 1}/{size}"
    for status, host.without_end in (("200 OK", b"x" * 40_000), ("206 Partial", b"x" * 999)):
        head = f"HTTP/1.1 {status}\r\nContent-Type: audio/mpeg\r\nContent-Range: {part}\r\n\r\n"
        host.said = head.encode()
        began = time.monotonic()
        assert found(show)
        assert time.monotonic() - began < 15


def test_no_password_is_used_that_apps_do_not_have(
    public: tuple[Path, Host], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show, host = public
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ada password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    assert found(show) == []
    assert host.told == {None}


def test_a_host_that_is_not_there_and_a_show_without_an_address(
    public: tuple[Path, Host],
) -> None:
    show, host = public
    host.server_close()
    assert {one.what for one in found(show)} >= {"cannot be reached: there is no connection"}
    edit(show / "narrate.toml", host.address, "")
    [problem] = found(show)
    assert (problem.where, problem.what) == ("feed.de.xml", "has no public address to be asked")
    assert problem.mend == "Set `base_url` in narrate.toml."
