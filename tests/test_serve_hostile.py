"""Clients that speak HTTP wrongly, stop half-way, take their time, or look elsewhere."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.serve import protocol, server
from serving import HOST, converse, fetch, serve_process, serving, told

MP3 = "/first.de.mp3"


@pytest.fixture(scope="module", autouse=True)
def hasty() -> Iterator[None]:
    """What is waited for minutes is waited for moments."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(protocol, "REQUEST_S", 1.0)
        patch.setattr(protocol, "STALLED_S", 1.0)
        patch.setattr(server, "_KEEP_ALIVE_S", 1)
        yield


@pytest.fixture(scope="module")
def port(hasty: None, built: Path) -> Iterator[int]:
    del hasty  # waits as short
    with serving(built) as port:
        yield port


WRONG = (
    b"\r\n\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: nonsense\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: \x00\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: local\xff\xfehost\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    bytes(range(256)) * 10,
    b"GET /" + b"a" * 200_000,
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-Y: z\r\n" * 100_000,
)


@pytest.mark.parametrize("said", WRONG)
def test_wrong_http_is_refused_and_the_next_client_served(port: int, said: bytes) -> None:
    heard = converse(port, said)
    assert not heard or heard.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 405 ", b"HTTP/1.1 505 "))
    assert b"Traceback" not in heard
    assert fetch(port, MP3, {"Range": "bytes=0-1"}).status == 206


@pytest.mark.parametrize(
    "said",
    [b"", b"GET /first.de.mp3", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: "],
)
def test_half_a_request_is_not_waited_for(port: int, said: bytes) -> None:
    began = time.monotonic()
    assert converse(port, said) == b""
    assert time.monotonic() - began < 10


def test_nor_one_that_comes_in_drops(port: int) -> None:
    began = time.monotonic()
    with socket.create_connection((HOST, port), timeout=10) as connection:
        with contextlib.suppress(ConnectionError):
            while time.monotonic() - began < 20:
                connection.sendall(b"G")
                time.sleep(0.05)
        assert time.monotonic() - began < 10


def test_nor_the_half_of_a_second_one(port: int) -> None:
    whole = b"GET /progress HTTP/1.1\r\nHost: localhost\r\n\r\n"
    began = time.monotonic()
    for said in ((whole, b"GET /prog"), (whole + b"GET /prog",)):
        heard = converse(port, *said, pause_s=0.2)
        assert heard.startswith(b"HTTP/1.1 200 ")
        assert heard.endswith(b'{"building":false}')
    assert time.monotonic() - began < 10


def test_several_requests_at_once_are_answered_in_order(port: int) -> None:
    asked = "GET {} HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-{}\r\n\r\n"
    last = "GET /missing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    said = asked.format(MP3, 4) + asked.format(MP3, 9) + last
    heard = converse(port, said.encode())
    assert [part[:3] for part in heard.split(b"HTTP/1.1 ")[1:]] == [b"206", b"206", b"404"]


def test_a_client_that_takes_nothing_is_let_go(show: Path) -> None:
    (show / "output/long.mp3").write_bytes(bytes(30_000_000))
    with serving(show) as port, socket.create_connection((HOST, port), timeout=30) as connection:
        connection.sendall(b"GET /long.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(3)
        heard = 0
        with contextlib.suppress(ConnectionError):
            while block := connection.recv(1 << 20):
                heard += len(block)
    assert 0 < heard < 30_000_000


@pytest.mark.parametrize("length", [b"5", b"100000000"])
def test_a_body_that_nobody_asked_for_is_not_waited_for(port: int, length: bytes) -> None:
    for method, status in ((b"GET", b"206"), (b"POST", b"405"), (b"HEAD", b"200")):
        said = method + b" /first.de.mp3 HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-3\r\n"
        heard = converse(port, said + b"Content-Length: " + length + b"\r\n\r\nabc")
        assert heard.startswith(b"HTTP/1.1 " + status)
        assert b"connection: close" in heard


@pytest.mark.parametrize(
    "path",
    [
        *("/../narrate.toml", "/%2e%2e/narrate.toml", "/..%2fnarrate.toml", "/..%5cnarrate.toml"),
        *(
            "/a/../../narrate.toml",
            "//narrate.toml",
            "/%2fetc/passwd",
            "//etc/passwd",
            "/.htaccess",
        ),
        *("/feed.de.xml%00.mp3", "/C:%5cWindows%5cwin.ini", "/first.de.mp3/", "/first.de.mp3/x"),
        *("/link.mp3", "/folder/narrate.toml", "/%c0%ae%c0%ae/narrate.toml", "/pipe.mp3", "/sub"),
    ],
)
def test_nothing_outside_the_folder_is_told(tmp_path: Path, path: str) -> None:
    output = tmp_path / "output"
    (output / "sub").mkdir(parents=True)
    (tmp_path / "narrate.toml").write_text("secret")
    (output / ".htaccess").write_text("secret")
    (output / "link.mp3").symlink_to("../narrate.toml")
    (output / "folder").symlink_to("..")
    os.mkfifo(output / "pipe.mp3")
    with serving(tmp_path) as port:
        heard = converse(
            port,
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode("ascii"),
        )
    assert heard.startswith(b"HTTP/1.1 404 ")
    assert b"secret" not in heard


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=120))
def test_no_request_brings_the_server_down(port: int, rest: bytes) -> None:
    head = b"GET /first.de.mp3?" + rest.replace(b"\n", b"")
    heard = converse(port, head + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert heard[:12] in {b"HTTP/1.1 200", b"HTTP/1.1 400"}


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_more_clients_than_files_may_be_open(built: Path) -> None:
    with subprocess.Popen(
        ["/bin/sh", "-c", f"ulimit -n 40; exec '{sys.executable}' -m narrate serve --port 0"],
        cwd=built,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        port = int(told(process)[0].rsplit(":", 1)[1].strip("/"))
        assert fetch(port, MP3).status == 200
        with contextlib.ExitStack() as stack:
            for _ in range(60):
                stack.enter_context(socket.create_connection((HOST, port), timeout=30))
            time.sleep(0.5)
        assert fetch(port, MP3).status == 200
        process.terminate()
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "Stopped.\n", "")


def test_two_hundred_slow_clients_cost_little(show: Path) -> None:
    size, clients = 50_000_000, 200
    with (show / "output/long.mp3").open("wb") as stream:
        stream.truncate(size)
    with serve_process(show, "--port", "0") as process, contextlib.ExitStack() as stack:
        port = int(told(process)[0].rsplit(":", 1)[1].strip("/"))
        request = b"GET /long.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n"
        fetch(port, "/long.mp3", method="HEAD")
        fetch(port, "/feed.de.xml")
        program = psutil.Process(process.pid)
        before = program.memory_info().rss
        connections = []
        for _ in range(clients):
            connection = stack.enter_context(socket.create_connection((HOST, port), timeout=30))
            connection.sendall(request)
            connections.append(connection)
        for _ in range(3):
            for connection in connections:
                assert connection.recv(10_000)
        assert fetch(port, MP3, {"Range": "bytes=0-99"}).status == 206
        grown = program.memory_info().rss - before
        # Each has a block that waits for it, none the file.
        assert grown < clients * 300_000
        for connection in connections[::2]:
            connection.close()
        assert fetch(port, "/progress").status == 200
