"""A real podcast app, gPodder, takes a regenerated episode for the one that it knows."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from file_server import Behaviour, Server, serving
from shows import ENGLISH, SETTINGS, make_show, narrate, write_article

pytestmark = [pytest.mark.clients, pytest.mark.needs_program("gpo")]

KINDS = {".mp3": "audio/mpeg", ".xml": "application/rss+xml", ".jpg": "image/jpeg"}


@dataclass(frozen=True)
class Known:
    """An episode as gPodder has it in its database."""

    guid: str
    url: str
    published: int


class Listener:
    """Somebody with gPodder and nothing of their own on this machine."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, *arguments: str) -> str:
        """Run ``gpo``; returns what it printed."""
        done = subprocess.run(
            ["gpo", *arguments],  # noqa: S607 - the one on the PATH is what is tested
            env={
                **os.environ,
                "HOME": str(self.home),
                "GPODDER_HOME": str(self.home / "gPodder"),
                "GPODDER_DOWNLOAD_DIR": str(self.home / "podcasts"),
                "LC_ALL": "C.UTF-8",
                "no_proxy": "*",
            },
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )
        return done.stdout

    def episodes(self) -> list[Known]:
        """What gPodder knows of all episodes."""
        with contextlib.closing(sqlite3.connect(self.home / "gPodder/Database")) as database:
            rows = database.execute("SELECT guid, url, published FROM episode").fetchall()
        return [Known(*row) for row in rows]

    def downloads(self) -> list[bytes]:
        """The audio that was downloaded."""
        return [path.read_bytes() for path in sorted((self.home / "podcasts").rglob("*.mp3"))]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def publish(show: Path, server: Server) -> None:
    """Put a show's output folder on the web."""
    server.files.clear()
    for path in (show / "output").iterdir():
        content = path.read_bytes()
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        kind = KINDS.get(path.suffix, "application/octet-stream")
        file = Behaviour(content=content, etag=etag, kind=kind)
        server.files[f"/{path.name}"] = file
        # As every server does, which asks for nothing behind the question mark.
        server.files[f"/{path.name}?v={hashlib.sha256(content).hexdigest()[:8]}"] = file


@pytest.mark.parametrize("kind", ["stable", "versioned"])
def test_gpodder_sees_one_episode_before_and_after_a_regeneration(
    tmp_path: Path, server: Server, kind: str
) -> None:
    address = f'base_url = "{server.address}/"\nenclosure_url = "{kind}"\n'
    show = make_show(
        tmp_path / "show", SETTINGS.replace('base_url = "https://example.org/show/"\n', address)
    )
    write_article(show, "first.en.md", ENGLISH)
    assert narrate(show, "build").code == 0
    publish(show, server)

    listener = Listener(tmp_path / "listener")
    listener.home.mkdir()
    listener.run("subscribe", f"{server.address}/feed.en.xml")
    listener.run("download")
    [before] = listener.episodes()
    first = (show / "output/first.en.mp3").read_bytes()
    assert listener.downloads() == [first]

    outcome = narrate(show, "regenerate", "first", "--lang", "en", "--chapter", "2")
    assert outcome.code == 0, outcome
    second = (show / "output/first.en.mp3").read_bytes()
    assert second != first
    publish(show, server)
    server.requests.clear()
    listener.run("update")
    assert any(path == "/feed.en.xml" for path, _ in server.requests)
    [after] = listener.episodes()
    assert (after.guid, after.published) == (before.guid, before.published)
    assert (after.url == before.url) == (kind == "stable")
    listener.run("download")
    assert listener.downloads() == [first]  # it keeps what it has, as docs/feeds.md says

    # Who deletes the download and fetches it again hears the new chapter.
    listener.run("delete", f"{server.address}/feed.en.xml", after.guid)
    assert listener.downloads() == []
    listener.run("download", f"{server.address}/feed.en.xml", after.guid)
    assert listener.downloads() == [second]
    assert len(listener.episodes()) == 1
