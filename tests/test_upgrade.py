"""Newer software is no change of the show: what it would read otherwise waits for a refresh.

The newer software is a copy of narrate with another German rule, another method of the engine and
another longest utterance. It runs in a process of its own, which does one command after the other.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import shows
from narrate.build import Workspace
from narrate.build.record import OutputFile
from narrate.encode import find_ffmpeg
from shows import EPOCH, Outcome, edit, make_show, snapshot, synthesised, write_article

GERMAN = """\
---
title: Der erste Artikel
date: 2024-05-01
---
Ein Satz z. B. am Anfang. Noch einer danach.

## Das erste Kapitel

Hier steht ein langer Satz, der so lang ist, dass die neuere Stimme ihn nicht am Stück lesen würde.
Und hier steht mehr.

## Das zweite Kapitel

Zum Schluss ein Satz, der ohne Eile endet.
"""

ENGLISH = """\
---
title: The First Article
date: 2024-05-01
---
A sentence to begin with.

## The First Chapter

Something stands here.
"""


COMMANDS = """\
import dataclasses, json, os, sys
from pathlib import Path
import narrate, shows
print(narrate.__file__, flush=True)
own = {"PYTHONPATH": os.environ["PYTHONPATH"]}
for line in sys.stdin:
    environment, show, arguments = json.loads(line)
    os.environ.clear()
    os.environ.update(environment | own)
    outcome = shows.narrate(Path(show), *arguments)
    print(json.dumps(dataclasses.astuple(outcome)), flush=True)
"""
"""Does the commands that it is told, and says what came of each."""


@dataclass(frozen=True)
class Software:
    """A narrate: another one that runs, or this one."""

    process: subprocess.Popen[str] | None = None

    def narrate(self, show: Path, *arguments: str) -> Outcome:
        """Run a command as :func:`shows.narrate` does."""
        if self.process is None:
            return shows.narrate(show, *arguments)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        order = json.dumps([dict(os.environ), str(show), arguments])
        print(order, file=self.process.stdin, flush=True)
        return Outcome(*json.loads(self.process.stdout.readline()))


OLDER = Software()


def copied(root: Path) -> Path:
    """A copy of narrate, which can be changed."""
    source = Path(shows.__file__).parents[1] / "src/narrate"
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(source, root / "narrate", ignore=ignored))


@contextlib.contextmanager
def running(root: Path) -> Iterator[Software]:
    """The narrate of a folder."""
    path = os.pathsep.join([str(root), str(Path(shows.__file__).parent)])
    with subprocess.Popen(
        [sys.executable, "-c", COMMANDS],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"{root / 'narrate/__init__.py'}\n"
        yield Software(process)


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Software]:
    root = tmp_path_factory.mktemp("newer")
    package = copied(root)
    edit(package / "spoken/german/abbreviation_tables.py", "zum Beispiel", "beispielsweise")
    edit(package / "engines/tone.py", 'METHOD = "1"', 'METHOD = "2"')
    edit(package / "engines/tone.py", "return 400", "return 60")
    with running(root) as software:
        yield software


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show that the older narrate has built; tests copy it."""
    show = make_show(tmp_path_factory.mktemp("built") / "show")
    write_article(show, "first.de.md", GERMAN)
    write_article(show, "first.en.md", ENGLISH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        build(show, OLDER)
    return show


def command(show: Path, software: Software, *arguments: str) -> Outcome:
    outcome = software.narrate(show, *arguments)
    assert outcome.code == 0, outcome
    return outcome


def build(show: Path, software: Software, *arguments: str) -> Outcome:
    return command(show, software, "build", *arguments)


def newer_line(outcome: Outcome) -> str:
    return "".join(line for line in outcome.out.splitlines() if line.startswith("Newer software"))


def lines_of(show: Path, stem: str) -> list[dict[str, object]]:
    content = json.loads((show / f".narrate/scripts/{stem}.json").read_bytes())
    lines: list[dict[str, object]] = content["lines"]
    return lines


def test_an_upgrade_changes_no_byte_and_says_what_it_would(show: Path, newer: Software) -> None:
    before = snapshot(show / "output")
    outcome = build(show, newer)
    assert synthesised(outcome) == 0
    assert snapshot(show / "output") == before
    # Every clip would be another; two sentences would be divided otherwise.
    count = len({line["key"] for stem in ("first.de", "first.en") for line in lines_of(show, stem)})
    assert re.fullmatch(
        rf"Newer software would read {count + 2} sentences in 2 episodes \(\d+ min\) otherwise; "
        r"`narrate build --refresh` renews them\.",
        newer_line(outcome),
    )
    # It is counted once: later builds read no article for it.
    records = snapshot(show / ".narrate/episodes")
    assert newer_line(build(show, newer)) == newer_line(outcome)
    assert snapshot(show / ".narrate/episodes") == records


def test_the_older_narrate_has_nothing_to_offer(show: Path) -> None:
    assert "Newer software" not in build(show, OLDER).out


def test_an_edited_sentence_of_an_old_episode_is_one_utterance(show: Path, newer: Software) -> None:
    before = {line["text"]: line for line in lines_of(show, "first.de")}
    edit(show / "articles/first.de.md", "Noch einer danach.", "Noch einer folgt danach.")
    outcome = build(show, newer)
    assert synthesised(outcome) == 1
    assert re.findall(r"^Wrote (\S+)", outcome.out, re.MULTILINE) == ["first.de"]
    after = {line["text"]: line for line in lines_of(show, "first.de")}
    [new] = set(after) - set(before)
    assert new == "Noch einer folgt danach."
    kept = set(after) - {new}
    for name in ("spoken", "key", "pause_ms"):
        assert [after[text][name] for text in kept] == [before[text][name] for text in kept]
    assert after["Ein Satz z. B. am Anfang."]["spoken"] == "Ein Satz zum Beispiel am Anfang."
    again = build(show, newer)
    assert (synthesised(again), "2 up to date" in again.out) == (0, True)


def test_a_paragraph_that_would_be_divided_otherwise_stays_as_it_was(
    show: Path, newer: Software
) -> None:
    edit(show / "articles/first.de.md", "Und hier steht mehr.", "Und hier steht viel mehr.")
    outcome = build(show, newer)
    assert synthesised(outcome) == 1
    texts = [str(line["text"]) for line in lines_of(show, "first.de")]
    assert any(
        text.startswith("Hier steht ein langer") and text.endswith("würde.") for text in texts
    )


def test_an_edited_heading_is_one_utterance_and_one_chapter(show: Path, newer: Software) -> None:
    before = set(snapshot(show / ".narrate/chapters/mp3")) | set(
        snapshot(show / ".narrate/chapters")
    )
    edit(show / "articles/first.de.md", "## Das zweite Kapitel", "## Das letzte Kapitel")
    assert synthesised(build(show, newer)) == 1
    new = {name for name in snapshot(show / ".narrate/chapters") if name not in before}
    assert sorted(Path(name).suffix for name in new if not name.endswith(".json")) == [
        ".m4b",
        ".mp3",
    ]


def test_a_refresh_reads_anew_what_is_named_and_then_nothing(show: Path, newer: Software) -> None:
    plan = build(show, newer, "--refresh", "first", "--lang", "de", "--dry-run")
    assert "spoken form changed from “Ein Satz zum Beispiel am Anfang.”" in plan.out
    assert "engine tone: method 1 → 2" in plan.out
    english = (show / "output/first.en.mp3").read_bytes()
    outcome = build(show, newer, "--refresh", "first", "--lang", "de")
    assert synthesised(outcome) == len(lines_of(show, "first.de"))
    assert (show / "output/first.en.mp3").read_bytes() == english
    assert "in 1 episode (" in newer_line(build(show, newer))
    build(show, newer, "--refresh")
    assert newer_line(build(show, newer)) == ""
    fresh = make_show(show.parent / "fresh")
    shutil.copytree(show / "articles", fresh / "articles", dirs_exist_ok=True)
    build(fresh, newer)
    refreshed = {
        name: content
        for name, content in snapshot(show / "output").items()
        if not name.endswith(".xml")
    }
    assert {name: snapshot(fresh / "output")[name] for name in refreshed} == refreshed


def test_a_kept_clip_that_is_lost_is_read_by_the_newer_software(
    show: Path, newer: Software
) -> None:
    shutil.rmtree(show / ".narrate/clips")
    edit(show / "articles/first.de.md", "Noch einer danach.", "Noch einer folgt danach.")
    plan = build(show, newer, "--dry-run")
    assert "speak (clip missing; newer software reads it): Ein Satz z. B. am Anfang." in plan.out
    # Only the chapter of the edited sentence needs its clips; the others stay encoded.
    assert synthesised(build(show, newer)) == sum(
        line["chapter"] == 1 for line in lines_of(show, "first.de")
    )
    spoken = {line["text"]: line["spoken"] for line in lines_of(show, "first.de")}
    assert spoken["Ein Satz z. B. am Anfang."] == "Ein Satz beispielsweise am Anfang."


def regenerate(show: Path, software: Software, sentence: str, *arguments: str) -> Outcome:
    """Read one sentence of the German article again."""
    line = next(line for line in lines_of(show, "first.de") if line["text"] == sentence)
    chapter = [one for one in lines_of(show, "first.de") if one["chapter"] == line["chapter"]]
    place = ("--chapter", str(line["chapter"]), "--sentence", str(chapter.index(line) + 1))
    return command(show, software, "regenerate", "first", "--lang", "de", *place, *arguments)


@pytest.mark.parametrize("retaken_by", ["older", "newer"])
def test_an_earlier_take_comes_back_as_it_was(show: Path, newer: Software, retaken_by: str) -> None:
    before = snapshot(show / "output")
    regenerate(show, newer if retaken_by == "newer" else OLDER, "Noch einer danach.")
    assert snapshot(show / "output")["first.de.mp3"] != before["first.de.mp3"]
    takes = command(show, newer, "takes", "first", "--lang", "de")
    assert re.search(r"take 0 \(\d+\.\d s\), take 1 \(\d+\.\d s, chosen\)", takes.out)
    command(show, newer, "cache", "prune")
    outcome = regenerate(show, newer, "Noch einer danach.", "--take", "0")
    assert synthesised(outcome) == 0
    assert snapshot(show / "output") == before
    build(show, newer, "--refresh")
    again = regenerate(show, newer, "Noch einer danach.", "--take", "1")
    assert synthesised(again) == (1 if retaken_by == "older" else 0)


def test_a_voice_that_is_taken_back_reads_as_before(show: Path, newer: Software) -> None:
    before = snapshot(show / "output")
    voice = (show / "voices/tone-de.toml").read_text(encoding="utf-8")
    (show / "voices/slow.toml").write_text(f"{voice}length_scale = 1.2\n", encoding="utf-8")
    chapter = ("regenerate", "first", "--lang", "de", "--chapter", "3", "--voice")
    assert synthesised(command(show, newer, *chapter, "slow")) == sum(
        line["chapter"] == 3 for line in lines_of(show, "first.de")
    )
    assert synthesised(command(show, newer, *chapter, "tone-de")) == 0
    assert snapshot(show / "output") == before


def test_a_take_survives_where_newer_rules_would_divide_its_sentence(
    show: Path, newer: Software
) -> None:
    long = next(
        str(line["text"]) for line in lines_of(show, "first.de") if "langer" in str(line["text"])
    )
    regenerate(show, newer, long)
    assert newer_line(build(show, newer)).startswith("Newer software would read")
    edit(show / "articles/first.de.md", "Und hier steht mehr.", "Und hier steht viel mehr.")
    assert synthesised(build(show, newer)) == 1
    lines = {str(line["text"]): line for line in lines_of(show, "first.de")}
    assert lines[long]["take"] == 1
    shutil.rmtree(show / ".narrate/clips")
    edit(show / "articles/first.de.md", "Und hier steht viel mehr.", "Und hier steht mehr.")
    build(show, newer)
    assert {str(line["text"]): line for line in lines_of(show, "first.de")}[long]["take"] == 1


def test_what_is_listened_to_never_takes_the_place_of_an_older_clip(
    show: Path, newer: Software, tmp_path: Path
) -> None:
    key = next(
        str(line["key"])
        for line in lines_of(show, "first.de")
        if line["text"] == "Noch einer danach."
    )
    shutil.rmtree(show / ".narrate/clips")
    place = ("first", "--lang", "de", "--chapter", "1", "--sentence", "3")
    command(show, newer, "takes", *place, "--listen", "0", "-o", str(tmp_path / "a.wav"))
    names = {path.name for path in (show / ".narrate/clips").rglob("*.flac")}
    assert names
    assert f"{key}.flac" not in names


def test_an_article_that_comes_back_after_an_upgrade_is_as_it_was(
    show: Path, newer: Software
) -> None:
    before = (show / "output/first.de.mp3").read_bytes()
    path = show / "articles/first.de.md"
    path.unlink()
    build(show, newer)
    assert not (show / "output/first.de.mp3").exists()
    path.write_text(GERMAN, encoding="utf-8")
    assert synthesised(build(show, newer)) == 0
    assert (show / "output/first.de.mp3").read_bytes() == before


def test_another_wording_of_the_code_offers_nothing(show: Path, tmp_path: Path) -> None:
    with (copied(tmp_path) / "spoken/german/numbers.py").open("a", encoding="utf-8") as file:
        file.write("\n# Said otherwise.\n")
    with running(tmp_path) as software:
        outcome = build(show, software)
    assert (synthesised(outcome), newer_line(outcome)) == (0, "")


def test_a_newer_ffmpeg_encodes_only_the_chapter_that_changed(
    show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = find_ffmpeg().path
    wrapper = tmp_path / "ffmpeg"
    version = f'{program} -version | sed "1s/version /version 99-/"'
    script = f'#!/bin/sh\n[ "$1" = -version ] && {{ {version}; exit; }}\nexec {program} "$@"\n'
    wrapper.write_text(script, encoding="utf-8")
    wrapper.chmod(0o755)
    monkeypatch.setenv("NARRATE_FFMPEG", str(wrapper))
    assert find_ffmpeg().version.startswith("99-")
    before = snapshot(show)
    assert synthesised(build(show, OLDER)) == 0
    assert snapshot(show / "output") == {
        name.removeprefix("output/"): content
        for name, content in before.items()
        if name.startswith("output/")
    }
    edit(show / "articles/first.de.md", "Noch einer danach.", "Noch einer folgt danach.")
    build(show, OLDER)
    new = set(snapshot(show / ".narrate/chapters")) - {
        name.removeprefix(".narrate/chapters/") for name in before
    }
    assert sorted(Path(name).suffix for name in new if not name.endswith(".json")) == [
        ".m4b",
        ".mp3",
    ]


def test_another_text_page_is_told_as_one(tmp_path: Path) -> None:
    show = make_show(tmp_path / "show")
    write_article(show, "first.en.md", ENGLISH)
    assert shows.narrate(show, "build").code == 0
    # As an older narrate with another style wrote it.
    path = show / "output/first.en.html"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"<style>", b"<style>/* other */"))
    records = Workspace.open(show).records
    record = records.load_all()["first.en"]
    outputs = tuple(OutputFile.of(path) if one.name == path.name else one for one in record.outputs)
    records.update(replace(record, outputs=outputs))
    article = show / "articles/first.en.md"
    edit(article, "stands here.\n", "stands here.\n\n")  # so that it is looked at
    done = shows.narrate(show, "build")
    assert "its text page changed" in done.out + done.err
    assert path.read_bytes() == content
