"""What a file is, by its name: as feeds, the server, hosts and their guide have it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from narrate.media_types import content_type, is_feed, is_text, media_type

GUIDE = Path(__file__).parent.parent / "docs/publishing.md"


def test_types_are_those_that_apps_know() -> None:
    names = {
        "a.de.mp3": "audio/mpeg",
        "a.de.m4a": "audio/x-m4a",
        "a.de.m4b": "audio/mp4",
        "a.de.chapters.json": "application/json+chapters",
        "a.de.vtt": "text/vtt",
        "a.de.srt": "application/x-subrip",
        "a.de.transcript.json": "application/json",
        "feed.de.xml": "application/rss+xml",
        "feed.de.2.xml": "application/rss+xml",
        "other.xml": "application/xml",
        "feeds.opml": "text/x-opml",
        "cover.de.jpg": "image/jpeg",
        "INDEX.HTML": "text/html",
        "A.MP3": "audio/mpeg",
        "unknown": "application/octet-stream",
        ".mp3": "application/octet-stream",
    }
    assert {name: media_type(name) for name in names} == names


def test_text_says_that_it_is_utf_8() -> None:
    assert content_type("text/vtt") == "text/vtt; charset=utf-8"
    assert content_type("audio/mpeg") == "audio/mpeg"
    forms = ("application/rss+xml", "application/json+chapters", "image/svg+xml", "image/jpeg")
    assert [is_text(form) for form in forms] == [True, True, True, False]


def test_what_a_built_show_and_its_feeds_say_is_what_the_server_says(built: Path) -> None:
    show = json.loads((built / "output/show.json").read_bytes())
    files = [file for one in show["episodes"] for file in one["files"]]
    assert {file["name"][-4:] for file in files} == {".mp3", ".m4b"}
    assert all(file["type"] == media_type(file["name"]) for file in files)
    for path in (built / "output").glob("feed.*.xml"):
        assert is_feed(path.name)
        told = re.findall(
            r'<(?:enclosure|podcast:\w+) url="([^"]+)"[^>]* type="([^"]+)"', path.read_text()
        )
        assert len(told) > 4
        assert [kind for _, kind in told] == [media_type(url) for url, _ in told]


def test_the_guide_for_hosts_names_the_same_types() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    apache = re.findall(r"^AddType (\S+) +(\.\w+)$", guide, re.MULTILINE)
    nginx = re.findall(r"^ {8}([a-z]+/\S+) +([a-z0-9 ]+);$", guide, re.MULTILINE)
    told = {(kind, end) for kind, end in apache}
    told |= {(kind, f".{end}") for kind, ends in nginx for end in ends.split()}
    assert len(apache) > 5 < len(nginx)
    assert told == {(media_type(f"feed.de{end}"), end) for _, end in told}
