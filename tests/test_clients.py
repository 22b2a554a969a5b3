"""Podcast apps and players hear a show from ``narrate serve``: judged by what they have and play.

``make clients`` runs these; they take a minute and programs that few have.
"""

from __future__ import annotations

import contextlib
import json
import os
import pty
import select
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from players import Played, Recording, chromium_plays, mpv_plays, vlc_plays
from serving import serve_process, told
from shows import GERMAN, SETTINGS, make_show, narrate, write_article

pytestmark = pytest.mark.clients

NEAR_S = 0.1
"""Each chapter begins with half a second of silence, and a frame of sound takes 0.026 s."""

TITLES = ["The First Part", "The Second Part", "The Third Part", "The Fourth Part"]


@dataclass(frozen=True)
class Public:
    """A show on the web.

    Attributes:
        address: Of its folder, with a slash at its end.
    """

    folder: Path
    address: str

    @property
    def feed(self) -> str:
        """The address of the English feed."""
        return f"{self.address}feed.en.xml"

    def chapters(self) -> list[tuple[str, float]]:
        """Title and start of each chapter, as narrate publishes them."""
        listed = json.loads((self.folder / "output/long.en.chapters.json").read_bytes())
        return [(one["title"], one["startTime"]) for one in listed["chapters"]]


def long_article() -> str:
    """Four chapters, each of them more than a player keeps ready, every sentence another tone."""
    parts = [
        f"## {title}\n\n"
        + "\n\n".join(
            f"Sentence {m} of part {n} goes on for a while, and then it ends as all do."
            for m in range(1, 11)
        )
        for n, title in enumerate(TITLES, start=1)
    ]
    return "---\ntitle: A Long Way\ndate: 2024-05-01\n---\n" + "\n\n".join(parts) + "\n"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    """A show in two languages, as ``narrate serve`` shows it to programs on this machine."""
    settings = SETTINGS.replace("[lang.de]", 'formats = ["mp3", "m4b", "m4a"]\n\n[lang.de]')
    show = make_show(tmp_path_factory.mktemp("clients") / "show", settings)
    write_article(show, "long.en.md", long_article())
    write_article(show, "short.de.md", GERMAN)
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    with serve_process(show, "--port", "0") as process:
        [listen] = [line for line in told(process) if line.startswith("Listen: ")]
        yield Public(show, listen.removeprefix("Listen: "))


@pytest.fixture(scope="module")
def recordings(public: Public) -> dict[str, Recording]:
    """What is in the files, by their endings."""
    return {
        kind: Recording(public.folder / f"output/long.en.{kind}") for kind in ("mp3", "m4b", "m4a")
    }


def listener_environment(home: Path) -> dict[str, str]:
    """Of somebody with nothing of their own on this machine."""
    home.mkdir(exist_ok=True)
    return {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "GPODDER_HOME": str(home / "gPodder"),
        "GPODDER_DOWNLOAD_DIR": str(home / "podcasts"),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        "no_proxy": "*",
    }


def rows(database: Path, query: str) -> list[dict[str, Any]]:
    """What a client has in its database."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]


# --- players ----------------------------------------------------------------------------------


def assert_is_at_the_third(public: Public, played: Played, recording: Recording) -> None:
    """All chapters were listed, and what is heard begins at the third."""
    chapters = public.chapters()
    assert [title for title, _ in played.chapters] == TITLES
    starts = [start for _, start in chapters]
    assert [start for _, start in played.chapters] == pytest.approx(starts, abs=NEAR_S)
    found = recording.find(played.samples)
    assert found.likeness > 0.98
    assert found.at_s == pytest.approx(chapters[2][1], abs=NEAR_S)


@pytest.mark.needs_program("mpv")
@pytest.mark.parametrize("kind", ["mp3", "m4b", "m4a"])
def test_mpv_lists_the_chapters_and_seeks_to_the_third(
    public: Public, recordings: dict[str, Recording], kind: str
) -> None:
    played = mpv_plays(f"{public.address}long.en.{kind}", chapter=3, seconds=2)
    assert_is_at_the_third(public, played, recordings[kind])


@pytest.mark.needs_program("cvlc")
@pytest.mark.parametrize("kind", ["m4b", "m4a"])
def test_libvlc_lists_the_chapters_and_seeks_to_the_third(
    public: Public, recordings: dict[str, Recording], kind: str
) -> None:
    played = vlc_plays(f"{public.address}long.en.{kind}", 2, chapter=3)
    assert_is_at_the_third(public, played, recordings[kind])


@pytest.mark.needs_program("cvlc")
def test_libvlc_seeks_in_an_mp3_to_where_the_third_chapter_begins(
    public: Public, recordings: dict[str, Recording]
) -> None:
    start_s = public.chapters()[2][1]
    # libVLC 3 reads no chapters of MP3 files, so it seeks to the time that the feed tells.
    played = vlc_plays(f"{public.address}long.en.mp3", 2, start_s=start_s)
    found = recordings["mp3"].find(played.samples)
    assert found.likeness > 0.98
    assert found.at_s == pytest.approx(start_s, abs=NEAR_S)


@pytest.mark.needs_program("chromium")
@pytest.mark.parametrize("kind", ["mp3", "m4a"])
def test_chromium_seeks_to_the_third_chapter(
    public: Public, recordings: dict[str, Recording], kind: str
) -> None:
    start_s = public.chapters()[2][1]
    browsed = chromium_plays(f"{public.address}long.en.{kind}", start_s, 2)
    found = recordings[kind].find(browsed.samples)
    assert found.likeness > 0.98
    # It tells its position at the end of what it has handed over, before that is heard.
    assert found.at_s == pytest.approx(browsed.says_s, abs=0.25)
    assert start_s <= found.at_s <= start_s + 1
    [episode] = json.loads((public.folder / "output/show.json").read_bytes())["episodes"][:1]
    assert browsed.duration_s == pytest.approx(episode["duration"], abs=0.06)


# --- podcast apps -----------------------------------------------------------------------------


@pytest.mark.needs_program("gpo")
@pytest.mark.needs_program("mpv")
def test_gpodder_subscribes_downloads_and_plays_the_chapters(
    public: Public, recordings: dict[str, Recording], tmp_path: Path
) -> None:
    environment = listener_environment(tmp_path / "listener")
    for command in (["subscribe", public.feed], ["download"]):
        gpo(command, environment)
    database = tmp_path / "listener/gPodder/Database"
    [podcast] = rows(database, "SELECT * FROM podcast")
    assert podcast["title"] == "The Tones"
    assert podcast["cover_url"].startswith(f"{public.address}cover.en.jpg?v=")
    [episode] = rows(database, "SELECT * FROM episode")
    chapters = public.chapters()
    assert episode["title"] == "A Long Way"
    assert json.loads(episode["chapters"]) == [
        {"start": int(start), "title": title} for title, start in chapters
    ]
    [download] = (tmp_path / "listener/podcasts").rglob("*.mp3")
    source = public.folder / "output/long.en.mp3"
    assert download.read_bytes() == source.read_bytes()
    assert episode["file_size"] == source.stat().st_size
    for number, (_, start) in enumerate(chapters, start=1):
        found = recordings["mp3"].find(mpv_plays(str(download), number, 2).samples)
        assert found.at_s == pytest.approx(start, abs=NEAR_S)


@pytest.mark.needs_program("gpo")
def test_gpodder_takes_all_feeds_from_the_list_of_them(public: Public, tmp_path: Path) -> None:
    environment = listener_environment(tmp_path / "listener")
    gpo(["import", f"{public.address}feeds.opml"], environment)
    podcasts = rows(tmp_path / "listener/gPodder/Database", "SELECT * FROM podcast")
    assert {podcast["url"]: podcast["title"] for podcast in podcasts} == {
        public.feed: "The Tones",
        f"{public.address}feed.de.xml": "Die Töne",
    }


def gpo(command: list[str], environment: Mapping[str, str]) -> None:
    subprocess.run(
        ["gpo", *command],  # noqa: S607 - the one on the PATH is what is tested
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=120,
    )


@pytest.mark.needs_program("newsboat")
@pytest.mark.needs_program("podboat")
def test_newsboat_lists_the_episode_and_podboat_downloads_it(
    public: Public, tmp_path: Path
) -> None:
    home = tmp_path / "listener"
    environment = listener_environment(home)
    own = home / ".newsboat"
    own.mkdir()
    (own / "urls").write_text(f"{public.feed}\n", encoding="utf-8")
    (own / "config").write_text(
        f'podcast-auto-enqueue yes\ndownload-path "{home}/"\ndownload-filename-format "%u"\n',
        encoding="utf-8",
    )
    subprocess.run(
        ["newsboat", "-q", "-x", "reload"],  # noqa: S607
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=120,
    )
    [item] = rows(own / "cache.db", "SELECT * FROM rss_item")
    assert (item["title"], item["enclosure_type"]) == ("A Long Way", "audio/mpeg")
    assert item["enclosure_url"] == f"{public.address}long.en.mp3"
    source = (public.folder / "output/long.en.mp3").read_bytes()
    podboat_downloads(environment, home / "long.en.mp3", len(source))
    assert (home / "long.en.mp3").read_bytes() == source


def podboat_downloads(environment: Mapping[str, str], wanted: Path, size: int) -> None:
    """Let podboat, which wants a terminal, work on its queue until a file is there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        ["podboat", "-a"],  # noqa: S607
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        try:
            deadline = time.monotonic() + 60
            while not (wanted.exists() and wanted.stat().st_size == size):
                assert time.monotonic() < deadline
                assert process.poll() is None
                # Who reads nothing of what it prints stops it.
                if select.select([ours], [], [], 0.05)[0]:
                    os.read(ours, 65_536)
        finally:
            process.kill()
            os.close(ours)
