"""The takes of a show are listed and listened to, and that changes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import soundfile  # type: ignore[import-untyped]

from narrate.build import Workspace
from narrate.sound import read_sound
from shows import ENGLISH, make_pair, narrate, snapshot, write_article

FIRST_OF_TWO = "Something stands here."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with a sentence that was read twice more; the first of the three is heard again."""
    show = make_pair(tmp_path_factory.mktemp("takes"))
    (show / "articles/first.de.md").unlink()
    sentence = ("regenerate", "first", "--lang", "en", "--chapter", "2", "--sentence", "2")
    for arguments in (("build",), sentence, sentence, (*sentence, "--take", "0")):
        outcome = narrate(show, *arguments)
        assert outcome.code == 0, outcome
    return show


@pytest.fixture
def show(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "show")


def listed(show: Path, *arguments: str) -> dict[str, Any]:
    outcome = narrate(show, "takes", *arguments, "--json")
    assert outcome.code == 0, outcome
    answer: dict[str, Any] = json.loads(outcome.out)
    return answer


def kept(show: Path) -> dict[str, bytes]:
    """Everything of the show but what it works with."""
    return {n: data for n, data in snapshot(show).items() if not n.startswith(".narrate/")}


def listen(show: Path, number: int, file: Path) -> None:
    arguments = ("first", "--lang", "en", "--chapter", "2", "--sentence", "2")
    outcome = narrate(show, "takes", *arguments, "--listen", str(number), "-o", str(file))
    assert outcome.code == 0, outcome
    assert outcome.out.splitlines()[-1] == str(file)


def test_takes_are_listed_with_the_chosen_one(built: Path) -> None:
    [entry] = listed(built)["takes"]
    assert (entry["key"], entry["lang"], entry["chapter"], entry["sentence"]) == (
        *("first", "en"),
        *(2, 2),
    )
    assert (entry["text"], entry["chosen"], entry["last"]) == (FIRST_OF_TWO, 0, 2)
    assert [take["chosen"] for take in entry["takes"]] == [True, False, False]
    assert all(take["seconds"] > 0.3 for take in entry["takes"])
    shown = narrate(built, "takes").out
    assert f"first.en, chapter 2, sentence 2: {FIRST_OF_TWO}\n" in shown
    assert "take 0 (1.3 s, chosen), take 1 (1.3 s), take 2 (1.3 s); voice tone-en" in shown


def test_takes_that_nobody_made_are_told_as_a_row(show: Path) -> None:
    arguments = ("first", "--lang", "en", "--chapter", "2", "--sentence", "2", "--take", "20")
    assert narrate(show, "regenerate", *arguments).code == 0
    line = narrate(show, "takes").out
    assert "take 2 (1.3 s), takes 3 to 19 (not spoken here), take 20 (1.3 s, chosen)" in line


def test_every_sentence_of_a_chapter_is_listed_on_request(built: Path) -> None:
    of_chapter = listed(built, "first", "--lang", "en", "--chapter", "2")["takes"]
    assert [(one["sentence"], one["last"]) for one in of_chapter] == [(1, 0), (2, 2), (3, 0)]
    [one] = listed(built, "first", "--lang", "en", "--chapter", "3", "--sentence", "2")["takes"]
    assert [take["number"] for take in one["takes"]] == [0]
    assert listed(built, "--lang", "de") == {"takes": [], "voices": []}


def test_clips_that_are_lost_and_sentences_that_are_gone_are_told(show: Path) -> None:
    for clip in (show / ".narrate/clips").rglob("*.json"):
        clip.unlink()
    shown = narrate(show, "takes").out
    assert "take 0 (not spoken here, chosen), take 1 (not spoken here)" in shown
    write_article(show, "first.en.md", ENGLISH.replace(FIRST_OF_TWO, "It went."))
    shown = narrate(show, "takes").out
    assert f"first.en: gone: {FIRST_OF_TWO}\n" in shown
    assert "take 0 is chosen, 2 was the last" in shown
    (show / "articles/first.en.md").unlink()
    [gone] = listed(show)["takes"]
    assert (gone["text"], gone["chapter"], gone["last"]) == (FIRST_OF_TWO, 0, 2)


def test_voices_of_chapters_are_listed(show: Path) -> None:
    entry = '\n[[voice]]\nkey = "first"\nlang = "en"\nchapter = "{}"\nvoice = "tone-en"\n'
    path = show / "takes.toml"
    chapters = ("the-first-chapter", "the-former-chapter")
    path.write_text(path.read_text() + "".join(map(entry.format, chapters)), encoding="utf-8")
    shown = narrate(show, "takes").out
    assert "first.en, chapter 2 “The First Chapter”: read by tone-en\n" in shown
    assert "first.en, “the-former-chapter”: read by tone-en (the chapter is gone)\n" in shown


def test_a_take_is_written_and_nothing_changes(show: Path, tmp_path: Path) -> None:
    before, clips = kept(show), snapshot(show / ".narrate/clips")
    listen(show, 1, tmp_path / "one.wav")
    assert snapshot(show / ".narrate/clips") == clips
    listen(show, 4, tmp_path / "four.wav")
    assert kept(show) == before
    assert read_sound(tmp_path / "one.wav") != read_sound(tmp_path / "four.wav")
    listen(show, 0, tmp_path / "zero.flac")
    assert soundfile.info(tmp_path / "zero.flac").duration == pytest.approx(1.32, abs=0.1)

    # The take that was only listened to is the one that is heard once it is chosen.
    arguments = ("--chapter", "2", "--sentence", "2", "--take", "4", "--plain")
    outcome = narrate(show, "regenerate", "first", "--lang", "en", *arguments)
    assert "Spoken: 0 synthesised" in outcome.out
    [line] = [
        line
        for line in Workspace.open(show).records.script("first.en").lines
        if line.text == FIRST_OF_TWO
    ]
    assert Workspace.open(show).clips.read(line.key) == read_sound(tmp_path / "four.wav")
    assert listed(show)["takes"][0]["last"] == 4


def test_without_a_terminal_the_file_is_named(show: Path) -> None:
    arguments = ("first", "--lang", "en", "--chapter", "2", "--sentence", "2", "--listen", "2")
    outcome = narrate(show, "takes", *arguments)
    path = Path(outcome.out.strip())
    assert path.suffix == ".wav"
    assert read_sound(path).seconds > 0.3


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--chapter", "2"), "`--chapter` needs an article"),
        (("first", "--sentence", "2"), "counts within a chapter"),
        (("first", "--lang", "en", "--listen", "1"), "plays one sentence"),
        (("first", "-o", "x.wav"), "`-o` writes one take"),
        (("first", "--lang", "en", "--chapter", "9"), "there is no chapter 9"),
        (("first", "--lang", "en", "--chapter", "2", "--sentence", "7"), "has 1 to 3"),
        (("nothing",), "no article matches “nothing”"),
        (("--lang", "fr"), "no language “fr”"),
        (("first", "--chapter", "2", "--sentence", "2", "--listen", "1", "-o", "take.txt"), ".txt"),
    ],
)
def test_wrong_usage_exits_2_and_changes_nothing(
    built: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    before = snapshot(built)
    outcome = narrate(built, "takes", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in outcome.err
    assert snapshot(built) == before


def test_a_show_without_takes_says_so(tmp_path: Path) -> None:
    outcome = narrate(make_pair(tmp_path), "takes")
    assert (outcome.code, outcome.err) == (0, "")
    assert "No sentence has another take" in outcome.out
