"""Every piece says why it is made anew or kept, down to what was changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from narrate.files import seal, unseal
from shows import SETTINGS, edit, narrate


def why(show: Path, *arguments: str, lang: str = "en") -> dict[str, Any]:
    outcome = narrate(show, "why", "first", "--lang", lang, "--json", *arguments)
    assert outcome.code == 0, outcome
    [episode] = json.loads(outcome.out)["episodes"]
    assert isinstance(episode, dict)
    return episode


def test_what_changed_is_counted_in_the_singular_and_the_plural(show: Path) -> None:
    english(show).write_text("# A title\n\nOne sentence.\n", encoding="utf-8")
    line = next(
        line for line in narrate(show, "build", "--dry-run").out.splitlines() if "first.en" in line
    )
    assert "1 chapter instead of 3" in line
    assert "1 of 1 chapter changed" in line
    english(show).write_text("# A title\n\nOne.\n\n## A\n\nTwo.\n", encoding="utf-8")
    assert "2 chapters instead of 3" in narrate(show, "build", "--dry-run").out


def spoken(episode: dict[str, Any]) -> dict[str, str]:
    """Text → reason of every sentence that will be spoken."""
    return {
        line["text"]: line["why"]
        for chapter in episode["chapters"]
        for line in chapter["sentences"]
        if line["action"] == "speak"
    }


def english(show: Path) -> Path:
    return show / "articles/first.en.md"


def set_voice(show: Path, line: str) -> None:
    path = show / "voices/tone-en.toml"
    path.write_text(f"{line}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")


def test_what_is_as_it_was_says_so(show: Path) -> None:
    episode = why(show)
    assert (episode["action"], episode["why"]) == ("keep", "nothing it is made of changed")
    assert {chapter["why"] for chapter in episode["chapters"]} == {"unchanged"}
    assert {line["why"] for c in episode["chapters"] for line in c["sentences"]} == {"unchanged"}


def test_a_build_of_what_is_as_it_was_reads_no_article(show: Path) -> None:
    code = (
        "import sys; from narrate.cli.main import run; run(['build']); "
        "print({'narrate.ingest', 'narrate.segment'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=show, capture_output=True, text=True, check=True
    )
    assert "2 up to date" in done.stdout
    assert done.stdout.endswith("set()\n")


def test_in_words_a_piece_a_line(show: Path) -> None:
    edit(english(show), "And more stands here.", "And much more stands here.")
    lines = narrate(show, "why", "first", "--lang", "en", "--chapter", "2").out.splitlines()
    assert lines == [
        "first.en: write: 1 of 3 chapters changed",
        "  chapter 2 “The First Chapter”: encode mp3, m4b: 1 sentence changed",
        "    1 keep: unchanged: The First Chapter",
        "    2 keep: unchanged: Something stands here.",
        "    3 speak: text changed from “And more stands here.”: And much more stands here.",
    ]


def test_a_new_article_is_new(show: Path) -> None:
    shutil.rmtree(show / ".narrate")
    assert why(show)["why"] == "its note in .narrate is gone"
    (show / "published.toml").unlink()
    episode = why(show)
    assert episode["why"] == "new"
    assert set(spoken(episode).values()) == {"new"}
    assert {chapter["why"] for chapter in episode["chapters"]} == {"new"}


def test_an_added_sentence_is_new_and_a_removed_one_is_counted(show: Path) -> None:
    edit(english(show), "And more stands here.", "And more stands here. This one is new.")
    edit(english(show), "Another one follows.", "")
    episode = why(show)
    assert spoken(episode) == {"This one is new.": "new"}
    reasons = [chapter["why"] for chapter in episode["chapters"]]
    assert reasons == ["1 sentence removed", "1 sentence added", "unchanged"]


def test_moved_sentences(show: Path) -> None:
    edit(
        english(show),
        "Something stands here. And more stands here.",
        "And more stands here. Something stands here.",
    )
    episode = why(show)
    assert spoken(episode) == {}
    assert episode["chapters"][1]["why"] == "sentences moved"


def test_an_entry_of_the_lexicon_is_named(show: Path) -> None:
    lexicon = show / "lexicon.en.toml"
    lexicon.write_text('more = "moor"\n', encoding="utf-8")
    assert spoken(why(show)) == {"And more stands here.": "lexicon entry “more” changed"}
    assert narrate(show, "build").code == 0
    lexicon.write_text('more = "mohr"\nhaste = "hayst"\n', encoding="utf-8")
    assert spoken(why(show)) == {
        "And more stands here.": "lexicon entry “more” changed",
        "At last a long sentence that ends without haste.": "lexicon entry “haste” changed",
    }


def test_a_marked_passage_is_named(show: Path) -> None:
    path = show / "articles/first.de.md"
    edit(path, "Und hier steht mehr.", 'Und hier steht <span lang="en">1 more</span>.')
    assert narrate(show, "build").code == 0
    edit(path, '<span lang="en">1 more</span>', "1 more")
    assert list(spoken(why(show, lang="de")).values()) == [
        "“1 more” is marked as another language, or no longer"
    ]


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ("length_scale = 1.1", "voice tone-en: length_scale 1.0 → 1.1"),
        ("seed = 7", "voice tone-en: seed 0 → 7"),
        (
            "options = { sample_rate = 16000 }",
            "voice tone-en: sample_rate none → 16000",
        ),
    ],
)
def test_a_setting_of_the_voice_is_named(show: Path, setting: str, reason: str) -> None:
    set_voice(show, setting)
    assert set(spoken(why(show)).values()) == {reason}
    assert spoken(why(show, lang="de")) == {}


def test_another_voice_is_named(show: Path) -> None:
    shutil.copy(show / "voices/tone-en.toml", show / "voices/other.toml")
    with (show / "voices/other.toml").open("a", encoding="utf-8") as file:
        file.write("length_scale = 1.2\n")
    edit(show / "narrate.toml", 'en = "tone-en"', 'en = "other"')
    assert set(spoken(why(show)).values()) == {"voice changed from tone-en to other"}


def test_another_take_is_named(show: Path) -> None:
    assert narrate(show, "regenerate", "first", "--lang", "en", "--chapter", "3").code == 0
    (show / "takes.toml").unlink()
    shutil.rmtree(show / ".narrate/clips")
    shutil.rmtree(show / ".narrate/chapters")
    episode = why(show, "--chapter", "3")
    assert set(spoken(episode).values()) == {"take 1 → 0"}


def test_damaged_and_missing_clips_are_told_apart(show: Path) -> None:
    shutil.rmtree(show / ".narrate/chapters")
    (show / "output/first.en.mp3").unlink()
    clips = sorted((show / ".narrate/clips").rglob("*.flac"))
    for clip in clips:
        clip.write_bytes(clip.read_bytes()[:-1])
    episode = why(show)
    assert episode["why"] == "first.en.mp3 is missing"
    assert {chapter["why"] for chapter in episode["chapters"]} == {"encoded chapter missing"}
    assert set(spoken(episode).values()) == {"clip damaged"}
    shutil.rmtree(show / ".narrate/clips")
    assert set(spoken(why(show)).values()) == {"clip missing"}


def test_a_damaged_chapter_is_encoded_again(show: Path) -> None:
    (show / "output/first.en.mp3").write_bytes(b"other")
    for part in (show / ".narrate/chapters").rglob("*.mp3"):
        part.write_bytes(b"damaged")
    episode = why(show)
    assert episode["why"] == "first.en.mp3 was changed by others"
    assert {(c["action"], c["why"]) for c in episode["chapters"]} == {
        ("encode mp3", "encoded chapter damaged")
    }


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("title: The First Article", "title: The Best Article", "title changed"),
        ("date: 2024-05-01", "date: 2024-05-01\nsummary: In short.", "summary changed"),
        ("date: 2024-05-01", "date: 2024-05-01\nlink: https://example.org/a", "link changed"),
        ("date: 2024-05-01", "date: 2024-05-01\ncover: own.png", "cover changed"),
    ],
)
def test_what_an_episode_says_of_itself_is_named(
    show: Path, old: str, new: str, reason: str
) -> None:
    from PIL import Image  # noqa: PLC0415

    Image.new("RGB", (1400, 1400)).save(show / "articles/own.png")
    edit(english(show), old, new)
    said = why(show)["why"].split("; ")
    assert reason in said


def test_an_author_and_the_name_of_the_show_are_named(show: Path) -> None:
    edit(show / "narrate.toml", 'title = "The Tones"', 'title = "The New Tones"')
    assert why(show)["why"] == "name of the show changed; cover changed"
    edit(show / "narrate.toml", "Ada Example", "Ada Sample")
    assert why(show)["why"].startswith("author changed; name of the show changed")


def test_a_changed_heading_is_named(show: Path) -> None:
    edit(english(show), "## The Second Chapter", "## The Last Chapter")
    episode = why(show)
    assert episode["why"] == "title of chapter 3 changed; 1 of 3 chapters changed"
    assert spoken(episode) == {"The Last Chapter": "text changed from “The Second Chapter”"}


def test_settings_are_named_with_both_values(show: Path) -> None:
    path = show / "narrate.toml"
    audio = 'bitrate_kbps = 64\nformats = ["mp3"]\n'
    pauses = "\n[pauses]\nsentence_ms = 500\n"
    path.write_text(SETTINGS + pauses, encoding="utf-8")
    reasons = [chapter["why"] for chapter in why(show)["chapters"]]
    assert reasons == ["pause sentence_ms 350 → 500", "pause sentence_ms 350 → 500", "unchanged"]
    path.write_text(audio + SETTINGS, encoding="utf-8")
    episode = why(show)
    assert "formats changed from mp3 m4b to mp3" in episode["why"]
    assert {chapter["why"] for chapter in episode["chapters"]} == {
        "audio setting bitrate_kbps 96 → 64"
    }
    assert spoken(episode) == {}


def test_a_dry_run_gives_the_same_reasons(show: Path) -> None:
    edit(english(show), "And more stands here.", "And much more stands here.")
    out = narrate(show, "build", "--dry-run").out
    assert "first.en: 1 of 3 chapters changed" in out
    assert "chapter 2 “The First Chapter”: encode mp3, m4b (1 sentence changed)" in out
    assert "speak (text changed from “And more stands here.”): And much more stands here." in out


def test_an_unknown_chapter_is_refused(show: Path) -> None:
    outcome = narrate(show, "why", "first", "--chapter", "9")
    assert outcome.code == 2
    assert "there is no chapter 9" in outcome.err


def test_a_newer_record_is_refused_and_an_older_one_lifted(show: Path) -> None:
    path = show / ".narrate/episodes/first.en.json"
    content = unseal(path, 2)
    assert content is not None
    before = {name: (show / "output" / name).read_bytes() for name in ("first.en.mp3",)}
    path.write_bytes(seal(content, 3))
    outcome = narrate(show, "build")
    assert outcome.code == 3
    assert "a newer narrate wrote this file (schema 3, this one knows 2)" in outcome.err
    new = ("software", "voices", "article", "made_of", "settings", "offer")
    older = {name: value for name, value in content.items() if name not in new}
    older |= {"schema": 1, "made": "0" * 64, "inputs": "0" * 64}
    path.write_text(json.dumps(older), encoding="utf-8")
    script = show / ".narrate/scripts/first.en.json"
    lines = json.loads(script.read_bytes())["lines"]
    known = ("text", "spoken", "voice", "take", "key")
    old_lines = [{name: line[name] for name in known} for line in lines]
    script.write_text(json.dumps({"schema": 1, "lines": old_lines}), encoding="utf-8")
    shutil.rmtree(show / ".narrate/chapters")
    reasons = {chapter["why"] for chapter in why(show)["chapters"]}
    assert reasons == {"what made it before is not noted"}
    outcome = narrate(show, "build")
    assert "Spoken: 0 synthesised" in outcome.out
    assert "an older narrate wrote it" in outcome.out
    assert {name: (show / "output" / name).read_bytes() for name in before} == before
    assert json.loads(path.read_bytes())["schema"] == 2
    backup = path.with_name("first.en.json.schema-1")
    assert json.loads(backup.read_bytes())["schema"] == 1


def test_a_draft_and_a_language_without_an_article_are_told(show: Path) -> None:
    text = english(show).read_text(encoding="utf-8")
    english(show).write_text(f"---\ndraft: true\n---\n{text}", encoding="utf-8")
    outcome = narrate(show, "why", "first", "--lang", "en")
    assert (outcome.code, "first.en.md: is a draft" in outcome.err) == (2, True)
    english(show).unlink()
    outcome = narrate(show, "why", "first", "--lang", "en")
    assert (outcome.code, "first: there is no article in “en”" in outcome.err) == (2, True)


def test_only_what_was_never_published_is_called_new(show: Path) -> None:
    text = english(show).read_text(encoding="utf-8")
    shutil.rmtree(show / ".narrate")
    assert "first.en: its note in .narrate is gone;" in narrate(show, "build", "--dry-run").out
    english(show).unlink()
    assert narrate(show, "build").code == 0
    english(show).write_text(text, encoding="utf-8")
    assert "first.en: back in its feed;" in narrate(show, "build", "--dry-run").out
    second = show / "articles/second.en.md"
    second.write_text("# Another\n\nOne sentence.\n", encoding="utf-8")
    assert "second.en: new;" in narrate(show, "build", "--dry-run").out


def test_a_lost_publication_file_is_told_before_the_feeds_are_published(show: Path) -> None:
    lost = "published.toml: is gone: every episode gets a new date"
    assert lost not in narrate(show, "build").err
    kept = (show / "published.toml").read_bytes()
    (show / "published.toml").unlink()
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert f"Warning: {lost}" in outcome.err
    assert lost not in narrate(show, "build").err
    (show / "published.toml").write_bytes(kept)
    assert lost not in narrate(show, "build").err
