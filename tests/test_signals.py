"""Builds that are asked to stop, and the lock of one that did not get to say so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest

from narrate.build import locked_workspace
from shows import (
    SETTINGS,
    make_pair,
    make_show,
    narrate,
    narrate_process,
    snapshot,
    write_article,
)

EPOCH = {"SOURCE_DATE_EPOCH": "1717200000"}
ARTICLES = 8

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def make_long_show(folder: Path) -> Path:
    """A show whose build takes a while, episode by episode."""
    show = make_show(folder, 'formats = ["mp3"]\n' + SETTINGS)
    for number in range(ARTICLES):
        lines = "\n\n".join(f"Sentence {line} of article {number}." for line in range(4))
        text = f"---\ntitle: Article {number}\ndate: 2024-05-01\n---\n{lines}\n"
        write_article(show, f"a{number:02}.en.md", text)
    return show


def start_build(show: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "narrate", "build", "--jobs", "1", "--plain"],
        cwd=show,
        env={**os.environ, **EPOCH},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(path: Path, build: subprocess.Popen[str]) -> None:
    while not path.exists():
        assert build.poll() is None, build.communicate()
        time.sleep(0.01)


def listed(show: Path) -> list[str]:
    """File names of a feed's episodes."""
    feed = feedparser.parse((show / "output/feed.en.xml").read_bytes())
    assert not feed.bozo
    return sorted(entry.enclosures[0].href.rsplit("/", 1)[1] for entry in feed.entries)


def test_a_terminated_build_leaves_a_feed_of_what_is_done(tmp_path: Path) -> None:
    calm = make_long_show(tmp_path / "calm")
    assert narrate_process(calm, "build", **EPOCH).code == 0
    show = make_long_show(tmp_path / "stopped")
    build = start_build(show)
    wait_for(show / "output/feed.en.xml", build)
    build.send_signal(signal.SIGTERM)
    _, err = build.communicate(timeout=60)
    assert build.returncode == 143
    assert err == "Terminated. What was done is kept; the same command goes on.\n"
    finished = listed(show)
    assert 1 <= len(finished) < ARTICLES
    assert finished == sorted(path.name for path in (show / "output").glob("*.mp3"))
    assert not list((show / "output").glob(".*"))
    assert (show / "published.toml").read_text().count("guid") >= len(finished)
    outcome = narrate_process(show, "build", **EPOCH)
    assert outcome.code == 0
    assert f"{len(finished)} up to date" in outcome.out
    assert snapshot(show / "output") == snapshot(calm / "output")
    assert (show / "published.toml").read_bytes() == (calm / "published.toml").read_bytes()


def test_what_a_killed_build_leaves_is_swept(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    assert narrate_process(show, "build", **EPOCH).code == 0
    before = snapshot(show / "output")
    left = [
        show / "output/.new-abc12345/first.en.mp3",
        show / "output/.new-abc12345.xml",
        show / ".narrate/clips/ab/.new-abc12345.flac",
        show / ".narrate/chapters/ab/.encode-abc12345/loud.wav",
        show / ".narrate/work/tmpabc/1.pcm",
        show / ".new-abc12345.toml",
    ]
    mine = show / "output/.htaccess"
    for path in (*left, mine):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    os.utime(left[-1], (1, 1))
    # The note that a build takes away at its end, as a killed one leaves it behind.
    (show / ".narrate/lock.json").write_text('{"process": 1, "since": "2024-01-01"}')
    outcome = narrate_process(show, "build", **EPOCH)
    assert outcome.code == 0, outcome.err
    assert not [path for path in left if path.exists()]
    assert mine.read_bytes() == b"half"
    mine.unlink()
    assert snapshot(show / "output") == before
    assert not (show / ".narrate/lock.json").exists()


def test_a_build_killed_while_it_notes_who_holds_the_lock_leaves_nothing(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    piece = show / ".narrate/.new-abc12345.json"
    piece.parent.mkdir()
    piece.write_bytes(b"half")
    assert narrate_process(show, "build", **EPOCH).code == 0
    assert not piece.exists()


def test_the_lock_says_who_holds_it(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    holder = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from narrate.build import locked_workspace\n"
        "sys.argv = ['narrate', 'build', 'first']\n"
        "with locked_workspace(Path()):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder], cwd=show, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        outcome = narrate(show, "build")
        assert outcome.code == 1
        year = time.localtime().tm_year
        told = f"is running (`narrate build first`, process {process.pid}, since {year}-"
        assert told in outcome.err
        process.kill()
    # Its note is still there, and nobody is held up or told of it.
    assert (show / ".narrate/lock.json").exists()
    assert narrate(show, "build").code == 0


def test_the_note_of_a_dead_holder_is_not_believed(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    note = {"process": gone.pid, "since": "2024-01-01", "command": "narrate build old"}
    with locked_workspace(show):
        (show / ".narrate/lock.json").write_text(json.dumps(note))
        outcome = narrate(show, "build")
    assert "another build of this show is running\n" in outcome.err
    assert "2024-01-01" not in outcome.err


SLOW_END = """
import signal, sys, time
from narrate.cli.stopping import stopping_cleanly
with stopping_cleanly() as stop:
    try:
        print("ready", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        print("ending", flush=True)
        time.sleep(60)
"""


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_second_signal_ends_at_once(first: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW_END], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(first)
        assert process.stdout.readline() == "ending\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == -signal.SIGTERM


def test_what_is_set_to_be_ignored_stays_so() -> None:
    with subprocess.Popen(
        ["/bin/sh", "-c", f"trap '' HUP; exec \"{sys.executable}\" -c '{SLOW_END}'"],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == "ending\n"
        process.kill()
