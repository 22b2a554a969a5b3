"""What a build says: on terminals, in logs, to programs."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from narrate.errors import ArticleError
from narrate.events import (
    ChapterEncoded,
    Downloading,
    EpisodeWritten,
    Event,
    Failed,
    FeedWritten,
    Finished,
    Started,
    UtteranceSpoken,
    VoiceUsed,
    Warned,
)
from narrate.report import duration, wants_plain
from narrate.report.bars import BarReport
from narrate.report.json_lines import JsonReport
from narrate.report.plain import PlainReport
from narrate.report.progress import Progress
from shows import make_pair

ERROR = ArticleError("is empty", where="a.md", mend="Write something.")
VOICE = VoiceUsed("de", "xtts-de", "coqui", "CPML", commercial=False)
EVENTS: tuple[Event, ...] = (
    Started(episodes=2, up_to_date=1, chapters=3, utterances=4, characters=100),
    Warned("has no title", "a.md"),
    Downloading("a model", 1_000_000, 4_000_000),
    UtteranceSpoken("a.de", 50, 10.0, 1.0),
    ChapterEncoded("a.de", 1, "Anfang"),
    EpisodeWritten("a.de", ("a.de.mp3",), 3_700.0, "new"),
    Failed(ERROR),
    FeedWritten("feed.de.xml", 1, changed=True, is_public=False),
    Finished(
        synthesised=1,
        reused=3,
        episodes_written=1,
        episodes_up_to_date=1,
        audio_s=10.0,
        wall_s=2.0,
        failures=(ERROR,),
        left_out={"url": 2, "table": 1},
        voices=(VOICE,),
    ),
)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.6, "1:00"), (61, "1:01"), (3_661, "1:01:01")]
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize("report", [PlainReport, BarReport])
def test_lines_say_what_happened_and_failures_come_last(
    report: type[PlainReport | BarReport], capsys: pytest.CaptureFixture[str]
) -> None:
    with report("output") as told:
        for event in EVENTS:
            told(event)
    captured = capsys.readouterr()
    said = captured.out + captured.err
    for line in (
        "To do: 2 episodes, 3 chapters, 4 utterances to speak",
        "Warning: a.md: has no title",
        "Wrote a.de (1:01:40; new)",
        "Spoken: 1 synthesised, 3 from the cache; 0:10 of new speech in 2.0 s (real-time factor 0.200)",  # noqa: E501
        "Episodes: 1 written, 1 up to date, in output",
        "Feed: output/feed.de.xml (1 episode, written)",
        "Left out: 3 words (url 2, table 1)",
        "Voice: Deutsch by xtts-de (engine coqui, CPML; NOT for commercial use)",
    ):
        assert line in said
    assert captured.out.rstrip().endswith("Failed: 1\n  a.md: is empty\n    Write something.")


def test_json_has_one_object_for_each_event(capsys: pytest.CaptureFixture[str]) -> None:
    with JsonReport() as told:
        for event in EVENTS:
            told(event)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["event"] for line in lines] == [type(e).__name__.lower() for e in EVENTS]
    assert lines[-1]["failures"] == [
        {"what": "is empty", "where": "a.md", "mend": "Write something."}
    ]


def test_progress_counts_and_foresees() -> None:
    progress = Progress()
    assert str(progress) == "episodes 0/0, chapters 0/0, utterances 0/0, 0:00 left"
    for event in EVENTS[:3]:
        progress.note(event)
    assert str(progress) == "fetching a model: 1.0 of 4.0 MB"
    for event in EVENTS[3:6]:
        progress.note(event)
    assert re.fullmatch(
        r"episodes 1/2, chapters 1/3, utterances 1/4, \d+:\d\d left, real-time factor \d\.\d\d",
        str(progress),
    )


def test_a_narrow_terminal_has_a_bar_and_the_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("FORCE_COLOR", "1")
    with BarReport("output") as told:
        for event in EVENTS[:6]:
            told(event)
    out = re.sub(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", "", capsys.readouterr().out)
    assert re.search(r"[━╸╺]{10} episodes 1/2, .*\d left, .* \d:\d\d:\d\d", out), out


def test_plain_progress_comes_at_most_every_ten_seconds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    with PlainReport("output") as told:
        told(EVENTS[0])
        for _ in range(250):
            now += 0.1
            told(EVENTS[3])
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("Progress")]
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("environ", "plain"),
    [
        ({}, False),
        ({"NARRATE_PLAIN": "1"}, True),
        ({"NARRATE_PLAIN": "0"}, False),
        ({"TERM": "dumb"}, True),
        ({"TERM": "xterm"}, False),
    ],
)
def test_the_environment_can_ask_for_plain_lines(environ: dict[str, str], *, plain: bool) -> None:
    assert wants_plain(environ) is plain


@pytest.mark.parametrize(
    ("environment", "drawn", "coloured"),
    [
        ({"TERM": "xterm-256color"}, True, True),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, True, False),
        ({"TERM": "xterm-256color", "NARRATE_PLAIN": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_a_real_terminal_gets_a_bar_unless_it_cannot_or_must_not(
    tmp_path: Path, environment: dict[str, str], *, drawn: bool, coloured: bool
) -> None:
    show = make_pair(tmp_path)
    parent, child = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "narrate", "build", "--lang", "de"],
        cwd=show,
        env={**os.environ, "COLUMNS": "120", **environment},
        stdout=child,
        stderr=child,
        stdin=child,
    ) as build:
        os.close(child)
        said = b""
        try:
            while part := os.read(parent, 65_536):
                said += part
        except OSError:  # Linux: the other side is closed
            pass
    os.close(parent)
    assert build.returncode == 0
    text = said.decode()
    assert "Wrote first.de" in text
    assert ("━" in text) is drawn
    colours = any(f"\x1b[{code}" in text for code in ("31", "32", "33", "38;", "1;31", "35"))
    assert colours is coloured
