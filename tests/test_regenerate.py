"""Reading again: exactly what was asked for changes, and a failure changes nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from narrate.build import Workspace, heard_episode
from narrate.build.division import divide
from narrate.encode import find_ffmpeg
from narrate.engines import Request, find_engine, varies
from narrate.ingest import read_article
from narrate.model import Voice
from narrate.project import find_articles, load_takes
from shows import ENGLISH, EPOCH, Outcome, make_pair, narrate, snapshot, synthesised, write_article

FIRST_OF_TWO = "Something stands here."
SECOND_OF_TWO = "And more stands here."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pair, and a second English voice."""
    show = make_pair(tmp_path_factory.mktemp("regenerated"))
    voice = 'lang = "en"\nengine = "pico"\nlicence = "Apache-2.0"\n'
    (show / "voices/pico-en.toml").write_text(voice, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    return show


def again(show: Path, *arguments: str, lang: str = "en") -> Outcome:
    outcome = narrate(show, "regenerate", "first", "--lang", lang, *arguments)
    assert outcome.code == 0, outcome
    return outcome


def test_what_was_asked_for_already_is_said_to_be_as_it_was(show: Path) -> None:
    sentence = ("--chapter", "2", "--sentence", "2")
    assert "Changed: first.en, chapter 2" in again(show, *sentence).out
    outcome = again(show, *sentence, "--take", "1")
    assert "As it was: first.en, chapter 2" in outcome.out
    assert "Changed" not in outcome.out
    facts = json.loads(again(show, *sentence, "--take", "1", "--json").out.splitlines()[-1])
    assert facts["changed"] is False


def test_a_sentence_that_stands_twice_is_told_in_the_plural(show: Path) -> None:
    path = show / "articles/first.en.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(FIRST_OF_TWO, f"{FIRST_OF_TWO} {FIRST_OF_TWO}"), encoding="utf-8")
    outcome = again(show, "--chapter", "2", "--sentence", "3")
    assert "sentences 2 and 3 at 0:" in outcome.out


def test_a_voice_of_the_other_language_is_refused_with_what_helps(show: Path) -> None:
    arguments = ("--lang", "en", "--chapter", "2", "--voice", "tone-de")
    outcome = narrate(show, "regenerate", "first", *arguments)
    assert outcome.code == 2
    assert "Name a voice of that language" in outcome.err


def numbers(show: Path, lang: str = "en") -> list[int]:
    """The takes that are heard, sentence by sentence."""
    lines = heard_episode(Workspace.open(show), "first", lang).lines
    return [line.line.take for line in lines]


def decoded(file: Path) -> NDArray[np.int16]:
    """All samples of a finished file, as ffmpeg gives them; it has nothing to complain of."""
    done = subprocess.run(
        [find_ffmpeg().path, "-v", "error", "-i", file, "-f", "s16le", "-"],
        capture_output=True,
        check=True,
    )
    assert not done.stderr
    return np.frombuffer(done.stdout, "<i2")


def chapters(show: Path) -> dict[str, list[NDArray[np.int16]]]:
    """Format → the samples of each chapter of the English episode, cut at its marks."""
    marks = heard_episode(Workspace.open(show), "first", "en").record.marks
    whole = {fmt: decoded(show / f"output/first.en.{fmt}") for fmt in ("mp3", "m4b")}
    for samples in whole.values():
        assert samples.size == marks[-1].end_frame
    return {
        fmt: [samples[mark.start_frame : mark.end_frame] for mark in marks]
        for fmt, samples in whole.items()
    }


# --- what changes, and what does not -----------------------------------------------------------


def test_of_the_example_show_one_chapter_changes_and_no_sample_of_the_others(
    example_show: tuple[Path, Outcome], tmp_path: Path
) -> None:
    """Chapter 2 in English, read again by a real neural voice."""
    assert example_show[1].code == 0, example_show[1].err
    show = shutil.copytree(example_show[0], tmp_path / "show")
    before, sound = snapshot(show), chapters(show)
    lines = heard_episode(Workspace.open(show), "first", "en").lines
    outcome = again(show, "--chapter", "2", "--plain")
    assert synthesised(outcome) == sum(line.chapter == 2 for line in lines) == 3

    after, resound = snapshot(show), chapters(show)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    outputs = {name for name in changed if name.startswith("output/")}
    audio = {f"output/first.en.{fmt}" for fmt in ("mp3", "m4a", "m4b")}
    feed, pages = {"output/feed.en.xml"}, {"output/index.html", "output/show.json"}
    texts = {
        f"output/first.en.{kind}"
        for kind in ("chapters.json", "transcript.json", "vtt", "srt", "html")
    }
    assert audio <= outputs <= audio | texts | pages | feed
    # A feed tells lengths: it changes when they do.
    is_longer = len(after["output/first.en.mp3"]) != len(before["output/first.en.mp3"])
    assert feed <= outputs or not is_longer
    clips = {name for name in changed if name.startswith(".narrate/clips/")}
    assert clips == {name for name in after if name.startswith(".narrate/clips/")} - set(before)
    assert len([name for name in clips if name.endswith(".flac")]) == 3
    parts = {name for name in changed if name.startswith(".narrate/chapters/")}
    assert sorted(Path(name).suffix for name in parts if not name.endswith(".json")) == [
        ".m4b",
        ".mp3",
    ]
    for fmt in ("mp3", "m4b"):
        first, second, third = sound[fmt]
        assert np.abs(third).max() > 1000
        assert np.array_equal(first, resound[fmt][0])
        assert not np.array_equal(second, resound[fmt][1])
        assert np.array_equal(third, resound[fmt][2])
    start = heard_episode(Workspace.open(show), "first", "en").lines[3].start_frame
    assert f"Changed: first.en, chapter 2 “The First Chapter”, from 0:{start // 44_100:02}." in (
        outcome.out
    )


def test_one_sentence_is_read_again_and_the_first_take_comes_back(show: Path) -> None:
    before = snapshot(show / "output")
    outcome = again(show, "--chapter", "2", "--sentence", "3")
    assert synthesised(outcome) == 1
    assert numbers(show) == [0, 0, 0, 0, 0, 1, 0, 0]
    start = json.loads(narrate(show, "where", "first", "0:13", "--lang", "en", "--json").out)[
        "start_s"
    ]
    assert (
        f"Changed: first.en, chapter 2 “The First Chapter”, sentence 3 at 0:{start:04.1f}"[:-1]
        in outcome.out
    )
    assert outcome.out.endswith(f"take 1, voice tone-en: {SECOND_OF_TWO}\n")
    second = snapshot(show / "output")

    assert synthesised(again(show, "--chapter", "2", "--sentence", "3", "--take", "0")) == 0
    assert snapshot(show / "output") == before
    own = load_takes(show).of("first", "en")
    assert (own.number(SECOND_OF_TWO), own.last(SECOND_OF_TWO)) == (0, 1)

    assert synthesised(again(show, "--chapter", "2", "--sentence", "3")) == 1
    assert numbers(show) == [0, 0, 0, 0, 0, 2, 0, 0]
    assert synthesised(again(show, "--at", "0:13", "--take", "1")) == 0
    assert snapshot(show / "output") == second
    assert narrate(show, "build").out.count("Wrote") == 0


def test_a_time_names_its_sentence_wherever_it_stands_now(show: Path) -> None:
    episode = heard_episode(Workspace.open(show), "first", "en")
    line = episode.lines[4]
    assert line.line.text == FIRST_OF_TWO
    time = f"{episode.seconds(line.start_frame) + 0.3:.2f}"
    moved = ENGLISH.replace(f"{FIRST_OF_TWO} {SECOND_OF_TWO}", "A new one. " + SECOND_OF_TWO)
    write_article(show, "first.en.md", moved.replace("At last", f"{FIRST_OF_TWO} At last"))
    outcome = again(show, "--at", time)
    assert "chapter 3 “The Second Chapter”, sentence 2 at" in outcome.out
    assert load_takes(show).of("first", "en").sentences.keys() == {("", FIRST_OF_TWO)}

    write_article(show, "first.en.md", moved.replace("At last", "At the very last"))
    before = snapshot(show)
    end = f"{episode.seconds(episode.lines[-1].end_frame) - 0.2:.2f}"
    outcome = narrate(show, "regenerate", "first", "--lang", "en", "--at", end)
    assert outcome.code == 2
    assert "the article no longer has what is heard then" in outcome.err
    assert snapshot(show) == before


def test_takes_survive_edits_elsewhere_and_moves(show: Path) -> None:
    again(show, "--chapter", "2", "--sentence", "2")
    moved = ENGLISH.replace(f"{FIRST_OF_TWO} ", "").replace(
        "Another one", f"{FIRST_OF_TWO} Another"
    )
    write_article(show, "first.en.md", moved.replace("The Second Chapter", "The Last Chapter"))
    outcome = narrate(show, "build")
    assert synthesised(outcome) == 2  # the heading and the sentence that were edited
    lines = heard_episode(Workspace.open(show), "first", "en").lines
    assert [line.line.take for line in lines if line.line.text == FIRST_OF_TWO] == [1]
    assert sum(line.line.take for line in lines) == 1


def test_a_sentence_that_chapters_share_is_read_again_in_one(show: Path) -> None:
    text = ENGLISH.replace("At last", f"{FIRST_OF_TWO} At last")
    write_article(show, "first.en.md", text)
    narrate(show, "build")
    parts = snapshot(show / ".narrate/chapters")
    assert "chapter 3" in again(show, "--chapter", "3", "--sentence", "2").out
    assert numbers(show) == [0, 0, 0, 0, 0, 0, 0, 1, 0]
    assert len(snapshot(show / ".narrate/chapters")) == len(parts) + 4
    # It leaves the chapter whose take it was, and the other one does not change.
    write_article(show, "first.en.md", ENGLISH)
    narrate(show, "build")
    assert numbers(show) == [0] * 8
    # It moves on to another chapter, and its take goes along.
    write_article(show, "first.en.md", ENGLISH.replace("Another", f"{FIRST_OF_TWO} Another"))
    narrate(show, "build")
    assert numbers(show) == [0, 0, 1, 0, 0, 0, 0, 0, 0]


def test_the_chapter_is_read_again_in_every_language(show: Path) -> None:
    outcome = narrate(show, "regenerate", "first", "--all-langs", "--chapter", "3")
    assert outcome.code == 0, outcome
    assert synthesised(outcome) == 4
    assert numbers(show, "de") == numbers(show, "en") == [0, 0, 0, 0, 0, 0, 1, 1]
    told = re.findall(r"^Changed: first\.(..), chapter 3", outcome.out, re.MULTILINE)
    assert told == ["de", "en"]


@pytest.mark.parametrize("langs", [("--all-langs",), ("--lang", "en")])
def test_a_draft_is_called_so(show: Path, langs: tuple[str, ...]) -> None:
    for article in (show / "articles").iterdir():
        text = article.read_text(encoding="utf-8")
        article.write_text(text.replace("date:", "draft: true\ndate:", 1), encoding="utf-8")
    outcome = narrate(show, "regenerate", "first", *langs, "--chapter", "2")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Error: articles/first.")
    assert "is a draft" in outcome.err


def test_programs_are_told_what_changed(show: Path) -> None:
    outcome = again(show, "--chapter", "2", "--json")
    events: list[dict[str, Any]] = [json.loads(line) for line in outcome.out.splitlines()]
    assert events[-1].pop("starts_s") == sorted(
        round(line.start_frame / 44_100, 4)
        for line in heard_episode(Workspace.open(show), "first", "en").lines
        if line.chapter == 2
    )
    assert events[-1] == {
        "event": "regenerated",
        "key": "first",
        "lang": "en",
        "chapter": 2,
        "title": "The First Chapter",
        "sentences": [1, 2, 3],
        "text": "",
        "takes": [1],
        "voice": "tone-en",
        "changed": True,
    }


# --- voices ------------------------------------------------------------------------------------


def test_a_chapter_gets_a_voice_for_good_and_gives_it_back(show: Path) -> None:
    before, sound = snapshot(show / "output"), chapters(show)
    outcome = again(show, "--chapter", "2", "--voice", "pico-en")
    assert synthesised(outcome) == 3
    lines = heard_episode(Workspace.open(show), "first", "en").lines
    assert [line.line.voice for line in lines] == ["tone-en"] * 3 + ["pico-en"] * 3 + [
        "tone-en"
    ] * 2
    for fmt, parts in chapters(show).items():
        assert np.array_equal(parts[0], sound[fmt][0])
        assert np.array_equal(parts[2], sound[fmt][2])
        assert not np.array_equal(parts[1], sound[fmt][1])
    changed = {n for n, data in snapshot(show / "output").items() if data != before[n]}
    assert not {name for name in changed if ".de." in name}
    assert narrate(show, "build").out.count("Wrote") == 0
    table = narrate(show, "chapters", "first", "--lang", "en").out
    assert re.findall(r"\b(?:pico|tone)-en\b", table) == ["tone-en", "pico-en", "tone-en"]

    # An edit costs one utterance, spoken by the chapter's own voice.
    write_article(show, "first.en.md", ENGLISH.replace("And more", "And much more"))
    assert synthesised(narrate(show, "build")) == 1
    assert narrate(show, "where", "first", "0:13", "--lang", "en").out.count("pico-en")

    # So does another pace of that voice, in its chapter alone.
    slower = (show / "voices/pico-en.toml").read_text(encoding="utf-8") + "length_scale = 1.2\n"
    (show / "voices/pico-en.toml").write_text(slower, encoding="utf-8")
    outcome = narrate(show, "build")
    assert synthesised(outcome) == 3
    assert "1 of 3 chapters changed" in outcome.out
    assert re.findall(r"^Voice: English by (\S+)", outcome.out, re.MULTILINE) == [
        "pico-en",
        "tone-en",
    ]

    write_article(show, "first.en.md", ENGLISH)
    assert synthesised(again(show, "--chapter", "2", "--voice", "tone-en")) == 0
    assert snapshot(show / "output") == before
    assert load_takes(show).of("first", "en").voices == {}


def test_the_voice_of_a_chapter_that_is_gone_is_warned_of(show: Path) -> None:
    again(show, "--chapter", "2", "--voice", "pico-en")
    write_article(show, "first.en.md", ENGLISH.replace("The First Chapter", "Quite Another"))
    outcome = narrate(show, "build", "--plain")
    assert "the chapter “the-first-chapter” is gone, and so is its voice, “pico-en”" in (
        outcome.out + outcome.err
    )
    lines = heard_episode(Workspace.open(show), "first", "en").lines
    assert {line.line.voice for line in lines} == {"tone-en"}
    (show / "voices/pico-en.toml").unlink()
    outcome = narrate(show, "build", "first", "--lang", "en")
    assert outcome.code == 1
    assert "there is no voice “pico-en”" in outcome.out + outcome.err


def test_a_voice_with_other_limits_divides_its_own_chapter_alone(show: Path) -> None:
    clause = "it goes on and on with one word after the other, "
    sentence = f"This is long: {clause * 6}and then it ends."
    assert 240 < len(sentence) < 400
    text = ENGLISH.replace("Something", f"{sentence} Something").replace(
        "At last", f"{sentence} At"
    )
    write_article(show, "first.en.md", text)
    space = Workspace.open(show)
    [file] = [one for one in find_articles(space.show).files if one.lang == "en"]
    document, usual = read_article(file), space.voices["tone-en"]
    xtts = Voice(
        "xtts", "en", "coqui", "tts_models/multilingual/multi-dataset/xtts_v2", speaker="Ana"
    )
    assert find_engine("coqui").max_chars(xtts) < find_engine("tone").max_chars(usual)
    alone, _ = divide(space, document, usual, {})
    both, warnings = divide(space, document, usual, {"the-first-chapter": xtts})
    assert not warnings
    assert both.chapters[0] == alone.chapters[0]
    assert both.chapters[2] == alone.chapters[2]
    assert len(both.chapters[1].utterances) > len(alone.chapters[1].utterances)
    assert all(len(line.spoken) <= 240 for line in both.chapters[1].utterances)


def test_a_vits_voice_without_noise_does_not_vary(tiny_german: Path, tmp_path: Path) -> None:
    silent = (("noise_scale", 0.0), ("noise_scale_dp", 0.0))
    voice = Voice("tiny", "de", "coqui", "model.pth", "config.json", folder=tiny_german)
    still = Voice(
        "still", "de", "coqui", "model.pth", "config.json", options=silent, folder=tiny_german
    )
    half = Voice(
        "half", "de", "coqui", "model.pth", "config.json", options=silent[:1], folder=tiny_german
    )
    assert [varies(one) for one in (voice, half, still)] == [True, True, False]
    for one in (half, still):
        speaker = find_engine("coqui").load(
            Voice(
                one.name,
                "de",
                "coqui",
                "model.pth",
                "config.json",
                options=(*one.options, ("runtime", "torch")),
                folder=tiny_german,
            )
        )
        readings = {speaker.speak(Request("Ein Satz.", "de", seed)).pcm for seed in (1, 2, 3)}
        assert (len(readings) > 1) is varies(one)
    show = make_pair(tmp_path / "show")
    for name in ("model.pth", "config.json"):
        shutil.copy(tiny_german / name, show / "voices")
    (show / "voices/tone-de.toml").write_text(
        'lang = "de"\nengine = "coqui"\nmodel = "model.pth"\nconfig = "config.json"\n'
        'licence = "CC0"\n[options]\nnoise_scale = 0.0\nnoise_scale_dp = 0.0\n',
        encoding="utf-8",
    )
    outcome = narrate(show, "regenerate", "first", "--lang", "de", "--chapter", "2")
    assert outcome.code == 2
    assert "every take of the voice “tone-de” sounds the same (engine coqui)" in outcome.err


def test_a_voice_that_cannot_vary_says_what_helps(show: Path) -> None:
    again(show, "--chapter", "2", "--voice", "pico-en")
    before = snapshot(show)
    for arguments in (("--chapter", "2"), ("--chapter", "2", "--sentence", "1"), ("--at", "0:10")):
        outcome = narrate(show, "regenerate", "first", "--lang", "en", *arguments)
        assert outcome.code == 2
        assert "every take of the voice “pico-en” sounds the same (engine pico)" in outcome.err
        assert "`narrate lexicon add`" in outcome.err
        assert "`--voice NAME`: tone-en varies." in outcome.err
    shown = narrate(show, "where", "first", "0:10", "--lang", "en").out
    assert "This voice reads it alike each time." in shown
    assert "narrate regenerate first --lang en --chapter 2 --voice NAME" in shown
    assert snapshot(show) == before


# --- what cannot be done -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--lang", "en"), "no chapter is named"),
        (("--chapter", "2"), "the language is missing"),
        (("--lang", "en", "--sentence", "2"), "counts within a chapter"),
        (("--lang", "en", "--chapter", "9"), "there is no chapter 9: the article has 1 to 3"),
        (("--lang", "en", "--chapter", "0"), "--chapter"),
        (("--lang", "en", "--chapter", "2", "--sentence", "9"), "chapter 2 has 1 to 3"),
        (("--lang", "en", "--at", "9:00"), "the episode ends at"),
        (("--lang", "en", "--at", "nine"), "“nine” is no time"),
        (("--lang", "en", "--at", "0:10", "--chapter", "2"), "`--at` names a sentence already"),
        (("--all-langs", "--chapter", "2", "--sentence", "1"), "another sentence in each language"),
        (("--all-langs", "--at", "0:10"), "another sentence in each language"),
        (("--all-langs", "--lang", "en", "--chapter", "2"), "exclude each other"),
        (("--all-langs", "--chapter", "2", "--voice", "pico-en"), "a voice speaks one language"),
        (("--lang", "en", "--at", "0:10", "--voice", "pico-en"), "changes a whole chapter"),
        (("--lang", "en", "--chapter", "2", "--voice", "pico"), "there is no voice “pico”"),
        (("--lang", "de", "--chapter", "2", "--voice", "pico-en"), "speaks “en”"),
        (("--lang", "en", "--chapter", "2", "--take", "-1"), "--take"),
        (("--lang", "fr", "--chapter", "2"), "no language “fr”"),
    ],
)
def test_wrong_usage_exits_2_and_changes_nothing(
    show: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    before = snapshot(show)
    outcome = narrate(show, "regenerate", "first", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in outcome.err
    assert snapshot(show) == before


OLDER = f'schema = 1\n[[take]]\nkey = "first"\nlang = "de"\ntext = "{"x" * 9}"\nnumber = 4\n'


@pytest.mark.parametrize("takes", ["", OLDER])
def test_a_failure_leaves_takes_and_output_as_they_were(
    show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, takes: str
) -> None:
    if takes:
        (show / "takes.toml").write_text(takes, encoding="utf-8")
    before = snapshot(show / "output")
    real, fake = find_ffmpeg().path, tmp_path / "ffmpeg"
    fake.write_text(
        f'#!/bin/sh\ncase "$*" in -version) exec "{real}" -version;; *) exit 1;; esac\n'
    )
    fake.chmod(0o755)
    monkeypatch.setenv("NARRATE_FFMPEG", str(fake))
    outcome = narrate(show, "regenerate", "first", "--lang", "en", "--chapter", "2")
    assert outcome.code == 1
    assert "Changed:" not in outcome.out
    assert "Traceback" not in outcome.out + outcome.err
    assert snapshot(show / "output") == before
    path = show / "takes.toml"
    assert (path.read_text(encoding="utf-8") if path.exists() else "") == takes
    monkeypatch.delenv("NARRATE_FFMPEG")
    # What was spoken is kept: the same command goes on with the same take.
    assert synthesised(again(show, "--chapter", "2")) == 0
    assert numbers(show) == [0, 0, 0, 1, 1, 1, 0, 0]
