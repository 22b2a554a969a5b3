"""What a request means: ranges, conditions, paths, hosts."""

from __future__ import annotations

import itertools
import os
import time
from http import HTTPStatus
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.serve.conditions import Validators, outcome, range_counts, settled
from narrate.serve.hosts import Names, own_names, parse_authority
from narrate.serve.paths import open_inside, parts_of
from narrate.serve.ranges import wanted_spans

DATE = 1_717_200_000
BEFORE, SAME, AFTER = (
    "Fri, 31 May 2024 23:59:59 GMT",
    "Sat, 01 Jun 2024 00:00:00 GMT",
    "Sat, 01 Jun 2024 00:00:01 GMT",
)
NOW = Validators('"abc"', DATE)


@pytest.mark.parametrize(
    ("header", "spans"),
    [
        ("bytes=0-0", [(0, 1)]),
        ("bytes=10-", [(10, 100)]),
        ("bytes=-7", [(93, 100)]),
        ("bytes=-700", [(0, 100)]),
        # As far as a client can count.
        ("bytes=98-9223372036854775807", [(98, 100)]),
        ("bytes=98-18446744073709551615", [(98, 100)]),
        ("bytes=90-1000", [(90, 100)]),
        ("BYTES = 1-2", [(1, 3)]),
        ("bytes=0-1, 5-6 ,-1", [(0, 2), (5, 7), (99, 100)]),
        ("bytes=5-6,0-1", [(5, 7), (0, 2)]),
        ("bytes=0-9,5-14,15-19", [(0, 20)]),
        ("bytes=0-1,100-", [(0, 2)]),
        ("bytes=,0-1,", [(0, 2)]),
        # Nothing of it exists.
        ("bytes=100-", []),
        ("bytes=-0", []),
        ("bytes=100-200,-0", []),
        # No ranges at all: the whole file.
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=,", None),
        ("bytes=5-4", None),
        ("bytes=a-b", None),
        ("bytes=0-1,x", None),
        ("bytes=1", None),
        ("bytes=--1", None),
        ("bytes=+1-2", None),
        ("bytes=١-٢", None),
        ("bytes=0-1-2", None),
        ("items=0-1", None),
        ("0-1", None),
        ("bytes=" + ",".join(f"{n}-{n}" for n in range(0, 80, 2)), None),
        ("bytes=" + "9" * 5_000 + "-", None),
    ],
)
def test_ranges(header: str, spans: list[tuple[int, int]] | None) -> None:
    assert wanted_spans(header, 100) == spans


def test_an_empty_file_has_no_ranges() -> None:
    assert wanted_spans("bytes=0-", 0) is None


@settings(deadline=None)
@given(st.text(alphabet="bytes=0123456789-, \t", max_size=40), st.integers(1, 50))
def test_spans_lie_within_the_file_and_apart(specs: str, size: int) -> None:
    spans = wanted_spans(f"bytes={specs}", size) or []
    assert all(0 <= first < end <= size for first, end in spans)
    ordered = sorted(spans)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(ordered))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, None),
        ({"if-none-match": '"abc"'}, 304),
        ({"if-none-match": 'W/"abc"'}, 304),
        ({"if-none-match": '"x", "abc"'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"abcd"'}, None),
        ({"if-none-match": "abc"}, None),
        ({"if-modified-since": SAME}, 304),
        ({"if-modified-since": AFTER}, 304),
        ({"if-modified-since": BEFORE}, None),
        ({"if-modified-since": "yesterday"}, None),
        # A tag counts before a date.
        ({"if-none-match": '"x"', "if-modified-since": AFTER}, None),
        ({"if-match": '"x"'}, 412),
        ({"if-match": 'W/"abc"'}, 412),
        ({"if-match": '"abc"'}, None),
        ({"if-match": "*"}, None),
        ({"if-unmodified-since": BEFORE}, 412),
        ({"if-unmodified-since": SAME}, None),
    ],
)
def test_conditions(headers: dict[str, str], status: int | None) -> None:
    assert outcome(headers, NOW) == (HTTPStatus(status) if status else None)


@pytest.mark.parametrize(
    ("if_range", "counts"),
    [
        (None, True),
        ('"abc"', True),
        ('W/"abc"', False),
        ('"x"', False),
        (SAME, True),
        (AFTER, False),
        (BEFORE, False),
        ("nonsense", False),
        ("", False),
    ],
)
def test_if_range_demands_the_very_state(if_range: str | None, *, counts: bool) -> None:
    assert range_counts(if_range, NOW) is counts


def test_a_fresh_date_is_not_told() -> None:
    assert settled(time.time()) == 0
    assert settled(time.time() + 1_000) == 0
    assert settled(DATE + 0.7) == DATE
    assert "last-modified" not in Validators('"x"').headers
    assert not range_counts("Thu, 01 Jan 1970 00:00:00 GMT", Validators('"x"'))


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        (b"/", ("",)),
        (b"/feed.de.xml", ("feed.de.xml",)),
        (b"/%66eed.de.xml", ("feed.de.xml",)),
        (b"/a/b.mp3", ("a", "b.mp3")),
        (b"/a/", ("a", "")),
        ("/bä.mp3".encode(), ("bä.mp3",)),
        (b"/b%C3%A4.mp3", ("bä.mp3",)),
    ],
)
def test_paths_that_lead_to_a_file(path: bytes, parts: tuple[str, ...]) -> None:
    assert parts_of(path) == parts


REFUSED = (
    *(b"/..", b"/../x", b"/a/../x", b"/%2e%2e/x", b"/.%2e/x", b"/%2E%2E%2Fx", b"/..%2fx"),
    *(b"/..%5cx", b"/a%5c..%5cx", b"/\\x", b"/%00", b"/x%00.mp3", b"/%0a", b"/.htaccess", b"//x"),
    *(b"//etc/passwd", b"/%2fetc/passwd", b"/C:/x", b"/c%3a%5cx", b"/C:", b"/x:stream", b"/con"),
    *(b"/NUL.txt", b"/com1", b"/x.", b"/x%20", b"/.", b"/./x", b"/%ff", b"/%c0%ae%c0%ae/x", b"x"),
    *(b"", b"/" + b"a" * 3_000, b"/.new-abc12345/first.mp3", b"/%EF%BC%8E%EF%BC%8E/../x"),
)


@pytest.mark.parametrize("path", REFUSED)
def test_paths_that_lead_nowhere(path: bytes) -> None:
    assert parts_of(path) is None


@settings(deadline=None)
@given(st.lists(st.sampled_from([b"/", b"..", b".", b"%2e", b"%2f", b"%5c", b"a", b"secret"])))
def test_no_path_leaves_the_folder(pieces: list[bytes]) -> None:
    folder = Path(__file__).parent
    parts = parts_of(b"/" + b"".join(pieces))
    if parts is not None:
        place = os.path.normpath(folder.joinpath(*parts))
        assert Path(place).is_relative_to(folder)


def test_links_are_followed_only_within(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    folder.mkdir()
    (tmp_path / "secret").write_bytes(b"secret")
    (folder / "a.mp3").write_bytes(b"a")
    (folder / ".hidden").write_bytes(b"hidden")
    (folder / "within.mp3").symlink_to("a.mp3")
    for name, target in (
        *(("out", "../secret"), ("absolute", str(tmp_path / "secret")), ("up", "..")),
        *(("hidden", ".hidden"), ("loop", "loop"), ("none", "nothing")),
    ):
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe")
    (folder / "sub").mkdir()
    found = open_inside(folder, ("within.mp3",))
    assert found is not None
    assert found.stream.read() == b"a"
    found.close()
    for name in ("out", "absolute", "hidden", "loop", "none", "pipe", "sub", "missing"):
        assert open_inside(folder, (name,)) is None
    assert open_inside(folder, ("up", "secret")) is None
    assert open_inside(tmp_path / "nowhere", ("a.mp3",)) is None


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("localhost", "localhost", 0),
        ("LocalHost:8000", "localhost", 8000),
        ("127.0.0.1:1", "127.0.0.1", 1),
        ("[::1]:8000", "[::1]", 8000),
    ],
)
def test_hosts(text: str, host: str, port: int) -> None:
    found = parse_authority(text)
    assert found is not None
    assert (found.host, found.port) == (host, port)


@pytest.mark.parametrize(
    "text",
    [
        *("", ":80", "a b", "a/b", "a@b", 'a"b', "a<b", "a:b", "a:99999", "a:123456", "[::1"),
        *("[zz]", "ä.de", "a\x00", "-a", "a:80:90", "http://a"),
    ],
)
def test_what_is_no_host(text: str) -> None:
    assert parse_authority(text) is None


def test_only_own_names_fit() -> None:
    here, network = Names("127.0.0.1", is_open=False), Names("0.0.0.0", is_open=True)  # noqa: S104
    for host in ("localhost", "127.0.0.1", "127.3.4.5", "[::1]", "show.localhost"):
        assert here.fit(host)
        assert network.fit(host)
    for host in ("192.168.1.5", "[fe80::1]", *own_names()):
        assert not here.fit(host) or host == "localhost"
        assert network.fit(host)
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example"):
        assert not here.fit(host)
        assert not network.fit(host)
