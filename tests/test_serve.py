"""The output folder over HTTP, asked through real sockets."""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest

from narrate.encode import find_ffmpeg
from narrate.page import render_index
from narrate.serve.rebasing import rebasing
from serving import HOST, converse, fetch, serving

MP3 = "/first.de.mp3"
LONG = 10_000_000
"""Bytes, more than sockets hold."""


@pytest.fixture(scope="module")
def port(built: Path) -> Iterator[int]:
    with serving(built) as port:
        yield port


@pytest.fixture(scope="module")
def mp3(built: Path) -> bytes:
    return (built / "output/first.de.mp3").read_bytes()


# --- ranges --------------------------------------------------------------------------------------


def test_a_file_is_told_whole(port: int, mp3: bytes) -> None:
    reply = fetch(port, MP3)
    assert (reply.status, reply.body) == (200, mp3)
    assert reply.headers["Content-Length"] == str(len(mp3))
    assert reply.headers["Content-Type"] == "audio/mpeg"
    assert reply.headers["Accept-Ranges"] == "bytes"
    assert reply.headers["ETag"] == f'"{hashlib.sha256(mp3).hexdigest()}"'
    assert reply.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("wanted", "first", "end"),
    [("0-0", 0, 1), ("100-199", 100, 200), ("1000-", 1000, None), ("-500", -500, None)],
)
def test_a_range_is_told_exactly(
    port: int, mp3: bytes, wanted: str, first: int, end: int | None
) -> None:
    reply = fetch(port, MP3, {"Range": f"bytes={wanted}"})
    begin = first % len(mp3)
    assert (reply.status, reply.body) == (206, mp3[first:end])
    assert reply.headers["Content-Range"] == (
        f"bytes {begin}-{begin + len(reply.body) - 1}/{len(mp3)}"
    )
    assert reply.headers["Content-Length"] == str(len(reply.body))


def test_several_ranges_come_as_parts(port: int, mp3: bytes) -> None:
    reply = fetch(port, MP3, {"Range": "bytes=0-9,50-59,-5"})
    assert reply.status == 206
    assert reply.headers.get_content_type() == "multipart/byteranges"
    assert reply.headers["Content-Length"] == str(len(reply.body))
    boundary = reply.headers.get_param("boundary")
    _, *parts, last = reply.body.split(f"\r\n--{boundary}".encode())
    assert last == b"--\r\n"
    size = len(mp3)
    for part, (first, end) in zip(parts, [(0, 10), (50, 60), (size - 5, size)], strict=True):
        head, _, body = part.partition(b"\r\n\r\n")
        assert body == mp3[first:end]
        assert f"content-range: bytes {first}-{end - 1}/{size}".encode() in head


def test_what_does_not_exist_cannot_be_had(port: int, mp3: bytes) -> None:
    reply = fetch(port, MP3, {"Range": f"bytes={len(mp3)}-"})
    assert (reply.status, reply.body) == (416, b"")
    assert reply.headers["Content-Range"] == f"bytes */{len(mp3)}"


def test_a_resumed_download_is_never_of_two_files(port: int, mp3: bytes) -> None:
    etag = fetch(port, MP3).headers["ETag"]
    rest = fetch(port, MP3, {"Range": "bytes=1000-", "If-Range": etag})
    assert (rest.status, rest.body) == (206, mp3[1000:])
    whole = fetch(port, MP3, {"Range": "bytes=1000-", "If-Range": '"of another build"'})
    assert (whole.status, whole.body) == (200, mp3)


def test_head_tells_what_get_would(port: int) -> None:
    for path in (MP3, "/feed.de.xml", "/", "/first.de.chapters.json"):
        told, asked = fetch(port, path), fetch(port, path, method="HEAD")
        assert asked.body == b""
        assert asked.status == told.status == 200
        same = ("Content-Length", "Content-Type", "ETag", "Accept-Ranges", "Cache-Control")
        assert [asked.headers[name] for name in same] == [told.headers[name] for name in same]
    assert fetch(port, MP3, {"Range": "bytes=0-1"}, "HEAD").status == 200


def test_what_a_client_has_is_not_told_again(port: int) -> None:
    first = fetch(port, MP3)
    for headers in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-None-Match": f"W/{first.headers['ETag']}", "Range": "bytes=0-1"},
        {"If-None-Match": "*"},
    ):
        again = fetch(port, MP3, headers)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "Content-Type" not in again.headers
    assert fetch(port, MP3, {"If-Match": '"x"'}).status == 412


def test_dates_tell_states_apart_once_they_can(show: Path) -> None:
    path = show / "output/first.de.mp3"
    os.utime(path, (1_717_200_000, 1_717_200_000))
    date = "Sat, 01 Jun 2024 00:00:00 GMT"
    with serving(show) as port:
        assert fetch(port, MP3).headers["Last-Modified"] == date
        assert fetch(port, MP3, {"If-Modified-Since": date}).status == 304
        assert fetch(port, MP3, {"Range": "bytes=0-1", "If-Range": date}).status == 206
        os.utime(path)
        assert "Last-Modified" not in fetch(port, MP3).headers
        assert fetch(port, MP3, {"Range": "bytes=0-1", "If-Range": date}).status == 200


# --- what else a player asks for -----------------------------------------------------------------


def test_a_player_on_another_site_may_read_and_seek(port: int) -> None:
    origin = {"Origin": "https://player.example"}
    asked = {
        **origin,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "range, if-range",
    }
    before = fetch(port, MP3, asked, "OPTIONS")
    assert before.status == 204
    assert before.headers["Access-Control-Allow-Origin"] == "*"
    assert "Range" in before.headers["Access-Control-Allow-Headers"].split(", ")
    assert "GET" in before.headers["Access-Control-Allow-Methods"].split(", ")
    for path, status in ((MP3, 206), ("/missing.mp3", 404)):
        reply = fetch(port, path, {**origin, "Range": "bytes=0-1"})
        assert (reply.status, reply.headers["Access-Control-Allow-Origin"]) == (status, "*")
    exposed = fetch(port, MP3, origin).headers["Access-Control-Expose-Headers"].split(", ")
    assert {"Accept-Ranges", "Content-Length", "Content-Range", "ETag"} <= set(exposed)
    # How far a build is is for the show's own page alone.
    assert "Access-Control-Allow-Origin" not in fetch(port, "/progress", origin).headers


def test_text_is_packed_and_nothing_else(port: int, built: Path) -> None:
    takes = {"Accept-Encoding": "br, gzip;q=0.8"}
    plain, packed = fetch(port, "/feed.de.xml"), fetch(port, "/feed.de.xml", takes)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    again = fetch(port, "/feed.de.xml", {**takes, "If-None-Match": packed.headers["ETag"]})
    assert again.status == 304
    for path in (MP3, "/cover.de.jpg"):
        reply = fetch(port, path, takes)
        assert "Content-Encoding" not in reply.headers
        assert reply.body == (built / "output" / path[1:]).read_bytes()
    for refusal in ("gzip;q=0", "identity", "deflate"):
        reply = fetch(port, "/feed.de.xml", {"Accept-Encoding": refusal})
        assert "Content-Encoding" not in reply.headers


def test_a_range_is_never_of_what_is_packed(port: int) -> None:
    plain = fetch(port, "/feed.de.xml").body
    headers = {"Accept-Encoding": "gzip", "Range": "bytes=10-19"}
    part = fetch(port, "/feed.de.xml", headers)
    assert (part.status, part.body) == (206, plain[10:20])
    assert "Content-Encoding" not in part.headers
    packed = fetch(port, "/feed.de.xml", {"Accept-Encoding": "gzip"}).headers["ETag"]
    whole = fetch(port, "/feed.de.xml", {**headers, "If-Range": packed})
    assert (whole.status, whole.body) == (200, plain)


def test_types_do_not_depend_on_the_machine(port: int) -> None:
    for path, content_type in (
        ("/feed.de.xml", "application/rss+xml; charset=utf-8"),
        ("/first.de.chapters.json", "application/json+chapters; charset=utf-8"),
        ("/first.de.m4b", "audio/mp4"),
        ("/cover.de.jpg", "image/jpeg"),
    ):
        reply = fetch(port, path, method="HEAD")
        assert reply.headers["Content-Type"] == content_type
        assert reply.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_files_are_only_read(port: int, method: str) -> None:
    reply = fetch(port, MP3, method=method)
    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_ffmpeg_seeks_as_in_the_file(port: int, built: Path) -> None:
    def decoded(source: str) -> bytes:
        command = [find_ffmpeg().path, "-v", "error", "-ss", "12", "-i", source, "-t", "1"]
        done = subprocess.run(
            [*command, "-f", "s16le", "-"], capture_output=True, check=True, timeout=60
        )
        return done.stdout

    for name in ("first.de.mp3", "first.de.m4b"):
        heard = decoded(f"http://{HOST}:{port}/{name}")
        assert len(heard) > 80_000
        assert heard == decoded(str(built / "output" / name))


# --- addresses -----------------------------------------------------------------------------------


def test_feeds_carry_the_address_they_are_served_under(port: int, built: Path) -> None:
    own = "https://example.org/show/"
    assert own in (built / "output/feed.de.xml").read_text()
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", "localhost:9999", "localhost"):
        told = fetch(port, "/feed.de.xml", {"Host": host}).body.decode()
        assert own not in told
        for name in ("feed.de.xml", "first.de.mp3", "first.de.chapters.json"):
            assert f'"http://{host}/{name}"' in told
        assert f'"http://{host}/cover.de.jpg?v=' in told
        show = json.loads(fetch(port, "/show.json", {"Host": host}).body)
        assert {one["feed_url"] for one in show["languages"]} == {
            f"http://{host}/feed.{lang}.xml" for lang in ("de", "en")
        }


def test_the_page_names_the_feeds_where_it_is_asked_for(port: int, built: Path) -> None:
    own = "https://example.org/show/feed.de.xml"
    page = (built / "output/index.html").read_text()
    told = fetch(port, "/index.html", {"Host": "localhost:9999"}).body.decode()
    new = "http://localhost:9999/feed.de.xml"
    assert own in page
    assert told == page.replace("https://example.org/show/feed", "http://localhost:9999/feed")
    for form in (f'href="{new}"', f">{new}</a>", f'"feed_url":"{new}"'):
        assert form in told


@pytest.mark.parametrize("description", ["“{}”", '"feed":"feed.de.xml","feed_url":"{}"', "{}"])
def test_an_address_that_the_user_wrote_stays(description: str) -> None:
    own = "https://example.org/a&b/feed.de.xml"
    texts = {"title": "T", "description": description.format(own), "cover": "", "link": ""}
    texts |= {"lang": "de", "author": "A", "feed": "feed.de.xml", "feed_url": own}
    page = render_index({"id": "1", "languages": [texts], "episodes": []})
    rebase = rebasing("index.html", "http://localhost/")
    assert rebase is not None
    told = rebase(page).decode()
    described = re.search('<p class="description">(.*)</p>', told)
    assert described is not None
    assert html.unescape(described[1]) == texts["description"]
    data = re.search('id="data">(.*)</script>\n', told)
    assert data is not None
    [language] = json.loads(data[1].split("</script>")[0])["show"]["languages"]
    assert language == texts | {"feed_url": "http://localhost/feed.de.xml"}
    assert told.count('href="http://localhost/feed.de.xml"') == 2


def test_the_list_of_feeds_does_so_too(show: Path) -> None:
    outline = '<opml version="2.0"><body><outline xmlUrl="{}feed.de.xml"/></body></opml>'
    for base in ("https://example.org/show/", ""):
        (show / "output/feeds.opml").write_text(outline.format(base))
        with serving(show) as port:
            told = fetch(port, "/feeds.opml").body.decode()
        assert f'xmlUrl="http://{HOST}:{port}/feed.de.xml"' in told


def test_a_feed_without_a_public_address_gets_one(show: Path) -> None:
    feed = show / "output/feed.de.xml"
    relative = feed.read_text().replace("https://example.org/show/", "")
    feed.write_text(re.sub(r"<atom:link .*/>", "", relative))
    with serving(show) as port:
        told = fetch(port, "/feed.de.xml").body.decode()
    for name in ("feed.de.xml", "first.de.mp3", "first.de.chapters.json"):
        assert f'"http://{HOST}:{port}/{name}"' in told
    assert f'"http://{HOST}:{port}/cover.de.jpg?v=' in told
    assert not feedparser.parse(told).bozo


@pytest.mark.parametrize("content", [b"", b"<rss", b"\xff\xfe", b"<a/>", b"{}", b"[" * 50_000])
def test_what_is_no_feed_is_told_as_it_is(show: Path, content: bytes) -> None:
    for name in ("feed.de.xml", "feeds.opml", "show.json"):
        (show / "output" / name).write_bytes(content)
    with serving(show) as port:
        for name in ("feed.de.xml", "feeds.opml", "show.json"):
            reply = fetch(port, f"/{name}")
            assert reply.status == 200
            assert content in {reply.body, b"<a/>"}


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "192.168.1.7", "127.0.0.1.nip.io", "a:b"]
)
def test_other_hosts_are_not_answered_for(port: int, host: str) -> None:
    reply = fetch(port, "/feed.de.xml", {"Host": host})
    assert reply.status in {400, 421}
    assert b"<rss" not in reply.body
    assert b"http://evil" not in reply.body


def test_a_whole_address_counts_before_host(port: int) -> None:
    told = converse(
        port, f"GET http://localhost:{port}/feed.de.xml HTTP/1.0\r\n\r\n".encode("ascii")
    )
    assert told.startswith(b"HTTP/1.1 200 ")
    assert f'"http://localhost:{port}/first.de.mp3"'.encode() in told
    told = converse(
        port, b"GET http://evil.example/feed.de.xml HTTP/1.0\r\nHost: localhost\r\n\r\n"
    )
    assert told.startswith(b"HTTP/1.1 421 ")


def test_the_oldest_clients_are_answered(port: int) -> None:
    told = converse(port, b"GET /feed.de.xml HTTP/1.0\r\n\r\n")
    assert told.startswith(b"HTTP/1.1 200 ")
    assert f'"http://127.0.0.1:{port}/first.de.mp3"'.encode() in told


# --- with a key ----------------------------------------------------------------------------------


def test_with_a_key_nothing_is_told_without_it(built: Path) -> None:
    key = "abcdefghijkl"
    with serving(built, token=key, is_open=True) as port:
        for path in (
            *("/", MP3, "/feed.de.xml", "/progress", "/subscribe", "/t/", f"/t/{key}", "/t/x/"),
            *(f"/t/{key[:-1]}{MP3}", f"/t/{key}x{MP3}", f"/T/{key}{MP3}", f"//t/{key}{MP3}"),
        ):
            for method in ("GET", "HEAD", "OPTIONS", "POST"):
                reply = fetch(port, path, method=method)
                assert reply.status == 403
                assert key.encode() not in reply.body
        assert fetch(port, f"/t/{key}{MP3}", {"Range": "bytes=0-1"}).status == 206
        told = fetch(port, f"/t/{key}/feed.de.xml", {"Host": "192.168.1.7:8000"}).body.decode()
        assert f'"http://192.168.1.7:8000/t/{key}/first.de.mp3"' in told
        assert f'"http://192.168.1.7:8000/t/{key}/feed.de.xml"' in told
        page = fetch(port, f"/t/{key}/subscribe", {"Host": "192.168.1.7:8000"})
        bare = f"192.168.1.7:8000/t/{key}/feed.de.xml"
        assert f'href="antennapod-subscribe://{bare}"'.encode() in page.body
        assert f"<code>http://{bare}</code>".encode() in page.body
        assert b"Overcast" in page.body
        # Links of the page do not carry the key to other sites.
        assert page.headers["Referrer-Policy"] == "no-referrer"


# --- while things change -------------------------------------------------------------------------


def begin(port: int, path: str) -> socket.socket:
    """A client that takes an answer slowly."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    connection.settimeout(30)
    connection.connect((HOST, port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
    return connection


def rest(connection: socket.socket, size: int) -> bytes:
    """The body of an answer of this size, or what comes of it until it is cut off."""
    heard = bytearray()
    while b"\r\n\r\n" not in heard[:2_000]:
        heard += connection.recv(1_000)
    body = heard[heard.index(b"\r\n\r\n") + 4 :]
    while len(body) < size and (block := connection.recv(1 << 18)):
        body += block
    return bytes(body)


def test_an_answer_is_of_one_file_to_its_end(show: Path) -> None:
    path = show / "output/long.mp3"
    old, new = (bytes([sign]) * LONG for sign in b"ab")
    path.write_bytes(old)
    with serving(show) as port, begin(port, "/long.mp3") as connection:
        connection.recv(1, socket.MSG_PEEK)
        fresh = path.with_name(".new-abc12345.mp3")
        fresh.write_bytes(new)
        fresh.replace(path)
        assert rest(connection, len(old)) == old
        assert fetch(port, "/long.mp3").body == new


def test_a_file_that_is_overwritten_in_its_place_ends_its_answer(show: Path) -> None:
    path = show / "output/long.mp3"
    path.write_bytes(b"a" * LONG)
    with serving(show) as port, begin(port, "/long.mp3") as connection:
        while not connection.recv(5_000, socket.MSG_PEEK).endswith(b"a"):
            time.sleep(0.01)
        path.write_bytes(b"b" * LONG)
        body = rest(connection, LONG)
    assert len(body) < LONG
    assert set(body) == {ord("a")}


def test_a_new_state_has_a_new_tag(show: Path) -> None:
    path = show / "output/first.de.mp3"
    with serving(show) as port:
        before = fetch(port, MP3)
        content = bytearray(before.body)
        content[-1] ^= 1
        time.sleep(0.02)
        path.write_bytes(content)
        after = fetch(port, MP3, {"If-None-Match": before.headers["ETag"]})
        assert (after.status, after.body) == (200, bytes(content))


def test_without_a_page_what_is_there_is_listed(show: Path) -> None:
    (show / "output/index.html").unlink(missing_ok=True)
    (show / "output/a b&c.mp3").write_bytes(b"x")
    with serving(show) as port:
        page = fetch(port, "/").body.decode()
    assert 'href="feed.de.xml"' in page
    assert 'href="a%20b%26c.mp3"' in page
    assert "a b&amp;c.mp3" in page
    assert ".new" not in page


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with serving(tmp_path) as port:
        for _ in ("no folder", "an empty one"):
            page = fetch(port, "/")
            assert page.status == 200
            assert b"narrate build" in page.body
            assert fetch(port, "/feed.de.xml").status == 404
            assert b"There is no feed yet" in fetch(port, "/subscribe").body
            (tmp_path / "output").mkdir(exist_ok=True)
