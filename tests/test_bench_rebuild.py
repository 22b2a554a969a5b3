"""The comparison of costs in a small form: what is counted, not how long it takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bench_rebuild import (
    CHAPTERS,
    Size,
    beyond_4_gib,
    build,
    edit,
    long_article,
    measured,
    short_article,
    sound_of,
)

from narrate.encode import find_ffmpeg
from sounds import RATE, pcm, silence, sine


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def figures(work: Path) -> dict[str, Any]:
    return measured(work, Size(articles=2, hours=0.01, chapter_s=6, rounds=1))


def test_nothing_changed_costs_nothing(figures: dict[str, Any]) -> None:
    assert figures["noop_work"] == 0


def test_metadata_that_is_not_spoken_is_neither_spoken_nor_encoded(figures: dict[str, Any]) -> None:
    assert figures["metadata_only_synthesised"] == 0
    assert figures["metadata_only_encodes"] == 0
    assert figures["category_episodes"] == 0
    assert figures["long_metadata_encodes"] == 0


def test_a_heading_is_one_utterance_and_one_chapter(figures: dict[str, Any]) -> None:
    assert (figures["heading_utterances"], figures["heading_chapters"]) == (1, 1)


def test_a_sentence_is_one_utterance_and_one_chapter(figures: dict[str, Any]) -> None:
    assert (figures["one_sentence_synthesised"], figures["one_sentence_encodes"]) == (1, 1)


def test_the_finished_file_has_its_sound_where_its_marks_are(figures: dict[str, Any]) -> None:
    assert figures["marks"] == [6, 6] == [figures["chapters"]] * 2
    assert figures["max_mark_error_ms"] < 30
    assert figures["max_join_step"] == 0
    assert figures["length_error_frames"] == 0
    assert figures["ffmpeg_complaints"] == 0


def test_memory_was_watched_and_is_small(figures: dict[str, Any]) -> None:
    assert 20 < figures["peak_rss_mb"] < 300
    assert 0 < figures["children_rss_mb"] < 300


def test_every_figure_can_be_written(figures: dict[str, Any]) -> None:
    assert json.loads(json.dumps(figures)) == figures


def test_a_build_that_changes_nothing_opens_no_audio(figures: dict[str, Any], work: Path) -> None:
    """Audit hooks see every file that Python opens, in narrate's own process."""
    assert figures["noop_work"] == 0
    program = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda e, a: opened.append(str(a[0])) if e == 'open' else None)\n"
        "from narrate.cli.main import run\n"
        "assert run(['-C', sys.argv[1], 'build', '--plain']) == 0\n"
        "print([name for name in opened if name.endswith(('.mp3', '.m4b', '.flac', '.pcm'))])\n"
        "print(any(name.endswith('narrate.toml') for name in opened))\n"
    )
    command = [sys.executable, "-c", program, str(work / "many")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-2:] == ["[]", "True"]


def test_a_shorter_article_is_the_beginning_of_a_longer_one() -> None:
    short, longer = (long_article("A Title", chapters, 20) for chapters in (2, 5))
    assert longer.startswith(short.rstrip("\n"))
    assert longer.count("## ") == 5


def test_articles_have_no_sentence_in_common() -> None:
    sentences = [
        line
        for n in range(50)
        for line in short_article(n).split("\n")
        if line.endswith(".") and ":" not in line
    ]
    assert len(sentences) == 50 * CHAPTERS
    assert len(set(sentences)) == len(sentences)


def test_a_change_that_does_not_fit_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.en.md").write_text("one two two")
    with pytest.raises(SystemExit, match="once"):
        edit(tmp_path, "a", "two", "three")
    edit(tmp_path, "a", "one", "three")
    assert (tmp_path / "articles" / "a.en.md").read_text() == "three two two"


def test_a_build_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="exit code"):
        build(tmp_path)


def test_a_chapter_of_any_length_keeps_its_marks(tmp_path: Path) -> None:
    """Beyond 4 GiB of samples it is a matter of an hour, with ``--giant 13.7``."""
    found = beyond_4_gib(find_ffmpeg(), tmp_path, 0.01)
    for fmt in ("mp3", "m4b"):
        one: Any = found[fmt]
        assert (one["length_error_frames"], one["marks"], one["complaints"]) == (0, 3, 0)
        assert one["mark_error_ms"] < 30
    assert list(tmp_path.iterdir()) == []


def test_a_click_and_a_late_sound_are_measured(tmp_path: Path) -> None:
    """A file whose only chapter begins 40 ms late, and with a click at its mark."""
    samples = np.concatenate([silence(0.54), sine(300, 1.0)])
    samples[20] = 0.25
    raw, path = tmp_path / "a.pcm", tmp_path / "a.m4b"
    raw.write_bytes(pcm(samples))
    notes = tmp_path / "notes.txt"
    notes.write_text(";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1500\ntitle=A\n")
    ffmpeg = find_ffmpeg()
    source = ["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", str(raw)]
    output = ["-map_chapters", "1", "-c:a", "alac", "-f", "ipod", str(path)]
    subprocess.run([ffmpeg.path, "-v", "error", *source, "-i", str(notes), *output], check=True)
    found = sound_of(ffmpeg, path, [], tmp_path / "decoded.pcm")
    assert (found.marks, found.frames) == (1, samples.size)
    assert found.join_step == pytest.approx(0.25, abs=0.001)
    assert found.mark_error_ms == pytest.approx(499.5, abs=1)  # the click is the first sound
