"""From articles to episodes and feeds: what a change costs, and that nothing else changes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import av
import podcastparser  # type: ignore[import-untyped]
import pytest
from mutagen.mp3 import MP3
from PIL import Image

from narrate.build import locked_workspace
from narrate.encode import find_ffmpeg
from shows import (
    ENGLISH,
    GERMAN,
    SETTINGS,
    Outcome,
    edit,
    make_pair,
    make_show,
    narrate,
    snapshot,
    synthesised,
    write_article,
)

TITLES = {
    "de": ["Einleitung", "Das erste Kapitel", "Das zweite Kapitel"],
    "en": ["Introduction", "The First Chapter", "The Second Chapter"],
}


def written(outcome: Outcome) -> list[str]:
    return re.findall(r"^Wrote (\S+)", outcome.out, re.MULTILINE)


def in_feed(show: Path, lang: str) -> list[dict[str, Any]]:
    """The episodes of a feed, newest first, as a reader of feeds sees them."""
    with (show / f"output/feed.{lang}.xml").open("rb") as stream:
        feed: dict[str, Any] = podcastparser.parse("https://example.org/show/feed.xml", stream)
    episodes: list[dict[str, Any]] = feed["episodes"]
    return episodes


def test_an_article_becomes_files_with_chapters_and_a_feed(built: Path) -> None:
    output = built / "output"
    for lang, titles in TITLES.items():
        with av.open(str(output / f"first.{lang}.m4b")) as book:
            assert [c["metadata"]["title"] for c in book.chapters()] == titles
        tags = MP3(output / f"first.{lang}.mp3").tags  # type: ignore[no-untyped-call]
        assert tags is not None
        frames = sorted(tags.getall("CHAP"), key=lambda frame: frame.start_time)
        assert [str(frame.sub_frames["TIT2"]) for frame in frames] == titles
        [episode] = in_feed(built, lang)
        assert episode["title"] == {"de": "Der erste Artikel", "en": "The First Article"}[lang]
        [enclosure] = episode["enclosures"]
        assert enclosure["url"] == f"https://example.org/show/first.{lang}.mp3"
        assert enclosure["file_size"] == (output / f"first.{lang}.mp3").stat().st_size
        chapters = json.loads((output / f"first.{lang}.chapters.json").read_bytes())
        assert [chapter["title"] for chapter in chapters["chapters"]] == titles


def test_the_chapters_of_both_formats_begin_at_the_same_time(built: Path) -> None:
    for lang in TITLES:
        with av.open(str(built / "output" / f"first.{lang}.m4b")) as book:
            starts = [float(c["start"] * c["time_base"]) for c in book.chapters()]
        chapters = json.loads((built / "output" / f"first.{lang}.chapters.json").read_bytes())
        listed = [chapter["startTime"] for chapter in chapters["chapters"]]
        assert starts == pytest.approx(listed, abs=0.002)
        assert starts[0] == 0


def test_building_again_does_nothing(show: Path) -> None:
    before = snapshot(show)
    times = {path: path.stat().st_mtime_ns for path in (show / "output").iterdir()}
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert synthesised(outcome) == 0
    assert written(outcome) == []
    assert "2 up to date" in outcome.out
    assert snapshot(show) == before
    assert {path: path.stat().st_mtime_ns for path in (show / "output").iterdir()} == times


def test_building_later_changes_nothing(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(show)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")
    assert narrate(show, "build").code == 0
    assert snapshot(show) == before


def test_building_from_scratch_gives_the_same_bytes(show: Path) -> None:
    before = snapshot(show / "output")
    shutil.rmtree(show / "output")
    shutil.rmtree(show / ".narrate")
    outcome = narrate(show, "build", "--jobs", "1")
    assert outcome.code == 0
    assert synthesised(outcome) > 0
    assert snapshot(show / "output") == before


def test_losing_the_cache_loses_nothing_but_time(show: Path) -> None:
    before = snapshot(show / "output")
    shutil.rmtree(show / ".narrate")
    assert narrate(show, "build").code == 0
    assert snapshot(show / "output") == before


def test_one_changed_sentence_is_one_utterance_and_one_episode(show: Path) -> None:
    before = snapshot(show / "output")
    edit(show / "articles/first.en.md", "And more stands here.", "And much more stands here.")
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert synthesised(outcome) == 1
    assert written(outcome) == ["first.en"]
    after = snapshot(show / "output")
    changed = {name for name in after if after[name] != before.get(name)}
    audio = {"first.en.mp3", "first.en.m4b"}
    transcripts = {f"first.en.{one}" for one in ("vtt", "srt", "transcript.json", "html")}
    told = {"first.en.chapters.json", "feed.en.xml", "show.json", "index.html"}
    assert changed == audio | transcripts | told


def test_what_two_new_articles_say_alike_is_spoken_once(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    for key in ("one", "two"):
        text = f"---\ntitle: Number {key}\n---\nThe very same words.\n\n## The End\n\nOnly {key}.\n"
        write_article(show, f"{key}.en.md", text)
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    assert written(outcome) == ["one.en", "two.en"]
    # Each has its disclosure and its last sentence to itself.
    assert synthesised(outcome) == 2 + 2 * 2
    assert "6 utterances to speak" in outcome.out


def test_a_changed_sentence_keeps_guid_date_and_address(show: Path) -> None:
    def item() -> tuple[str, str, str]:
        [episode] = in_feed(show, "en")
        return episode["guid"], episode["published"], episode["enclosures"][0]["url"]

    before = item()
    edit(show / "articles/first.en.md", "And more stands here.", "And much more stands here.")
    edit(show / "articles/first.en.md", "date: 2024-05-01", "date: 2024-06-01")
    assert narrate(show, "build").code == 0
    assert item() == before


def test_moving_a_paragraph_speaks_nothing(show: Path) -> None:
    path = show / "articles/first.en.md"
    moved = "At last a long sentence that ends without haste.\n"
    edit(path, moved, "")
    edit(path, "## The First Chapter", f"{moved}\n## The First Chapter")
    write_article(show, "first.en.md", path.read_text() + "\nAnother one follows.\n")
    outcome = narrate(show, "build", "--lang", "en")
    assert outcome.code == 0
    assert synthesised(outcome) == 0
    assert written(outcome) == ["first.en"]


def test_a_changed_pause_speaks_nothing(show: Path) -> None:
    write = show / "narrate.toml"
    write.write_text(SETTINGS + "\n[pauses]\nsentence_ms = 500\n", encoding="utf-8")
    outcome = narrate(show, "build")
    assert (outcome.code, synthesised(outcome)) == (0, 0)
    assert written(outcome) == ["first.de", "first.en"]


def test_new_metadata_speaks_and_encodes_nothing(show: Path) -> None:
    chapters = snapshot(show / ".narrate/chapters")
    edit(show / "articles/first.en.md", "date: 2024-05-01", "date: 2024-05-01\nsummary: In short.")
    outcome = narrate(show, "build")
    assert (outcome.code, synthesised(outcome)) == (0, 0)
    assert snapshot(show / ".narrate/chapters") == chapters
    assert b"In short." in (show / "output/feed.en.xml").read_bytes()


def test_a_damaged_clip_is_found_and_spoken_again(show: Path) -> None:
    before = snapshot(show / "output")
    shutil.rmtree(show / ".narrate/chapters")
    (show / "output/first.de.mp3").unlink()
    clips = sorted((show / ".narrate/clips").rglob("*.flac"))
    clips[0].write_bytes(clips[0].read_bytes()[:-3])
    plan = narrate(show, "build", "--dry-run")
    assert "clip damaged" in plan.out
    outcome = narrate(show, "build")
    assert (outcome.code, synthesised(outcome)) == (0, 1)
    assert snapshot(show / "output") == before


def test_a_damaged_chapter_of_the_cache_is_encoded_again(show: Path) -> None:
    before = snapshot(show / "output")
    part = min((show / ".narrate/chapters").rglob("*.mp3"))
    part.write_bytes(part.read_bytes()[:-100])
    (show / "output/first.de.mp3").unlink()
    (show / "output/first.en.mp3").unlink()
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    assert snapshot(show / "output") == before


@pytest.mark.parametrize("name", ["first.de.mp3", "first.en.m4b", "first.de.chapters.json"])
def test_a_missing_or_changed_output_file_is_mended(show: Path, name: str) -> None:
    before = snapshot(show / "output")
    (show / "output" / name).unlink()
    assert narrate(show, "build").code == 0
    assert snapshot(show / "output") == before
    content = bytearray((show / "output" / name).read_bytes())
    content[len(content) // 2] ^= 255
    (show / "output" / name).write_bytes(content)
    assert narrate(show, "build").code == 0
    assert snapshot(show / "output") == before


@pytest.mark.parametrize("name", ["feed.de.xml", "cover.en.jpg"])
def test_a_missing_feed_or_cover_is_written_again(show: Path, name: str) -> None:
    before = snapshot(show / "output")
    (show / "output" / name).unlink()
    assert narrate(show, "build").code == 0
    assert snapshot(show / "output") == before


def test_a_bad_article_is_reported_last_and_the_others_are_built(show: Path) -> None:
    before = snapshot(show / "output")
    (show / "articles/bad.de.md").write_bytes(b"Text\x00text")
    write_article(show, "good.de.md", "# Gut\n\nEin Satz.\n")
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert written(outcome) == ["good.de"]
    assert "Failed: 1" in outcome.out
    assert outcome.out.index("Failed: 1") > outcome.out.index("Spoken:")
    assert "bad.de.md" in outcome.out[outcome.out.index("Failed: 1") :]
    assert "Traceback" not in outcome.out + outcome.err
    after = snapshot(show / "output")
    about = {"feed.de.xml", "show.json", "index.html"}
    assert {name: after[name] for name in before if name not in about} == {
        name: content for name, content in before.items() if name not in about
    }


def test_an_article_that_turns_bad_keeps_its_episode_and_its_place_in_the_feed(show: Path) -> None:
    before = snapshot(show / "output")
    write_article(show, "first.de.md", "---\ntitle: Leer\n---\n")
    assert narrate(show, "build").code == 1
    assert snapshot(show / "output") == before


def test_two_files_with_one_key_are_refused(show: Path) -> None:
    before = snapshot(show / "output")
    write_article(show, "sub/first.de.txt", "Ein anderer Text, ganz ohne Überschrift.\n")
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert "articles/sub/first.de.txt: its key and language, “first.de”, are those" in outcome.out
    assert snapshot(show / "output") == before


def test_only_the_selected_articles_are_built(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    write_article(show, "second.de.md", GERMAN)
    write_article(show, "third.de.md", GERMAN)
    outcome = narrate(show, "build", "f*", "THIRD", "--lang", "de")
    assert written(outcome) == ["first.de", "third.de"]
    assert len(in_feed(show, "de")) == 2
    assert not (show / "output/feed.en.xml").exists()


def test_a_key_set_inside_the_article_can_be_selected(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    write_article(show, "file.de.md", GERMAN.replace("title:", "key: inside\ntitle:"))
    write_article(show, "other.de.md", GERMAN.replace("title:", "key: deep\ntitle:"))
    assert written(narrate(show, "build", "inside", "other")) == ["inside.de", "deep.de"]


def test_building_one_article_does_not_drop_the_others_from_the_feed(show: Path) -> None:
    write_article(show, "second.de.md", GERMAN.replace("erste", "zweite"))
    assert narrate(show, "build").code == 0
    edit(show / "articles/second.de.md", "Noch einer danach.", "Noch ein anderer.")
    assert narrate(show, "build", "second").code == 0
    assert len(in_feed(show, "de")) == 2


def test_a_feed_is_left_alone_while_published_episodes_are_not_here(show: Path) -> None:
    write_article(show, "second.de.md", GERMAN.replace("erste", "zweite"))
    assert narrate(show, "build").code == 0
    before = (show / "output/feed.de.xml").read_bytes()
    shutil.rmtree(show / ".narrate")
    outcome = narrate(show, "build", "second")
    assert outcome.code == 0
    assert "feed.de.xml: left as it was" in outcome.err
    assert (show / "output/feed.de.xml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("build", "frist"), "no article matches “frist”\n  Did you mean “first”?"),
        (("build", "--lang", "fr"), "no language “fr”"),
        (("build", "--chapter", "9"), "there is no chapter 9"),
        (("build", "--voice", "tone-dee"), "no voice “tone-dee”\n  Did you mean “tone-de”?"),
        (("build", "--voice", "tone-de", "--lang", "en"), "speaks “de”, the text is “en”"),
        (("build", "--jobs", "0"), "--jobs"),
        (("regenerate", "first", "--lang", "de", "--chapter", "9"), "there is no chapter 9"),
        (("say", "x", "--lang", "de", "-o", "x.txt"), "“.txt” cannot be written"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_usage_exits_2_and_builds_nothing(
    show: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = snapshot(show)
    outcome = narrate(show, *arguments)
    assert outcome.code == 2
    assert message in outcome.err
    assert snapshot(show) == before


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("narrate.toml", "titel = 'x'\n" + SETTINGS, "title"),
        ("narrate.toml", "title = ", "narrate.toml"),
        ("narrate.toml", SETTINGS.replace("tone-de", "tone-dee"), "tone-de"),
        ("voices/tone-de.toml", 'lang = "de"\nengin = "tone"\n', "engine"),
        ("voices/tone-de.toml", 'lang = "de"\nengine = "tne"\n', "tone"),
        ("published.toml", "schema = 99\n", "published.toml"),
        ("takes.toml", "schema = 99\n", "takes.toml"),
    ],
)
def test_an_invalid_show_exits_3_and_starts_nothing(
    show: Path, file: str, content: str, message: str
) -> None:
    (show / file).write_text(content, encoding="utf-8")
    before = snapshot(show)
    outcome = narrate(show, "build")
    assert outcome.code == 3
    assert message in outcome.err
    assert len(outcome.err.strip().splitlines()) <= 2
    assert snapshot(show) == before


def test_a_chapter_alone_is_spoken_and_the_rest_named(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    outcome = narrate(show, "build", "first", "--lang", "en", "--chapter", "2")
    assert outcome.code == 1
    assert synthesised(outcome) == 3
    assert "chapters 1, 3" in outcome.out
    assert not (show / "output/first.en.mp3").exists()
    assert narrate(show, "build", "--lang", "en", "--chapter", "1").code == 1
    outcome = narrate(show, "build", "--lang", "en", "--chapter", "3")
    assert outcome.code == 0
    assert written(outcome) == ["first.en"]


def test_drafts_are_left_aside(show: Path) -> None:
    write_article(show, "later.de.md", GERMAN.replace("title:", "draft: true\ntitle:"))
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert written(outcome) == []
    assert "later.de.md: is a draft" in outcome.err


def test_an_article_in_one_language_is_normal(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    write_article(show, "only.en.md", ENGLISH)
    outcome = narrate(show, "build")
    assert (outcome.code, outcome.err) == (0, "")
    assert written(outcome) == ["only.en"]


def test_an_article_without_text_is_named_by_its_path(show: Path) -> None:
    write_article(show, "late/empty.en.md", "")
    outcome = narrate(show, "build", "--plain")
    assert outcome.code == 1
    assert "articles/late/empty.en.md: the article is empty" in outcome.err + outcome.out


def test_another_voice_for_one_build_is_not_for_good(show: Path) -> None:
    before = snapshot(show / "output")
    slow = 'lang = "de"\nengine = "tone"\nlength_scale = 2.0\nlicence = "CC0"\n'
    (show / "voices/slow-de.toml").write_text(slow, encoding="utf-8")
    plan = narrate(show, "build", "--lang", "de", "--voice", "slow-de", "--dry-run")
    assert "voice changed from tone-de to slow-de" in plan.out
    assert narrate(show, "build", "--lang", "de", "--voice", "slow-de").code == 0
    assert snapshot(show / "output")["first.de.mp3"] != before["first.de.mp3"]
    outcome = narrate(show, "build")
    assert (outcome.code, synthesised(outcome)) == (0, 0)
    after = snapshot(show / "output")
    assert after["first.de.mp3"] == before["first.de.mp3"]


def test_a_new_take_changes_one_chapter_of_one_language(show: Path) -> None:
    before = snapshot(show / "output")
    outcome = narrate(show, "regenerate", "first", "--lang", "en", "--chapter", "2")
    assert outcome.code == 0
    assert synthesised(outcome) == 3
    after = snapshot(show / "output")
    changed = {name for name in after if after[name] != before[name]}
    assert {"first.en.mp3", "first.en.m4b"} <= changed
    assert not {name for name in changed if ".de." in name}
    assert narrate(show, "build").out.count("0 synthesised") == 1
    assert snapshot(show / "output") == after
    (show / "takes.toml").unlink()
    outcome = narrate(show, "build")
    assert synthesised(outcome) == 0
    assert snapshot(show / "output")["first.en.mp3"] == before["first.en.mp3"]


def test_a_voice_that_cannot_vary_says_so(show: Path) -> None:
    voice = 'lang = "en"\nengine = "pico"\nlicence = "Apache-2.0"\n'
    (show / "voices/tone-en.toml").write_text(voice, encoding="utf-8")
    before = snapshot(show)
    outcome = narrate(show, "regenerate", "first", "--lang", "en", "--chapter", "2")
    assert outcome.code == 2
    assert "every take of the voice “tone-en” sounds the same" in outcome.err
    assert snapshot(show) == before


def test_a_dry_run_gives_reasons_and_changes_nothing(show: Path) -> None:
    edit(show / "articles/first.en.md", "And more stands here.", "And much more stands here.")
    before = snapshot(show)
    outcome = narrate(show, "build", "--dry-run")
    assert outcome.code == 0
    assert "first.de: up to date" in outcome.out
    reason = "text changed from “And more stands here.”"
    assert f"speak ({reason}): And much more stands here." in outcome.out
    assert snapshot(show) == before
    plan = json.loads(narrate(show, "build", "--dry-run", "--json").out)
    assert [episode["to_speak"] for episode in plan["episodes"]] == [0, 1]
    assert snapshot(show) == before


def test_a_failing_ffmpeg_is_reported_and_nothing_is_lost(
    show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(show / "output")
    edit(show / "articles/first.en.md", "And more stands here.", "And much more stands here.")
    fake = tmp_path / "ffmpeg"
    real = find_ffmpeg().path
    fake.write_text(
        f'#!/bin/sh\ncase "$*" in -version) exec "{real}" -version;; *) exit 1;; esac\n'
    )
    fake.chmod(0o755)
    monkeypatch.setenv("NARRATE_FFMPEG", str(fake))
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert "ffmpeg" in outcome.out
    assert "Traceback" not in outcome.out + outcome.err
    assert snapshot(show / "output") == before
    monkeypatch.setenv("NARRATE_FFMPEG", str(tmp_path / "nowhere"))
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert "ffmpeg" in outcome.err
    assert snapshot(show / "output") == before


def test_an_output_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    (show / "output").rmdir()
    (show / "output").write_text("in the way")
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert "output" in outcome.out + outcome.err
    assert "cannot be written" in outcome.out + outcome.err
    assert "Traceback" not in outcome.err


def test_deleting_an_article_takes_it_out_of_the_feed(show: Path) -> None:
    write_article(show, "second.de.md", GERMAN.replace("erste", "zweite"))
    assert narrate(show, "build").code == 0
    (show / "articles/second.de.md").unlink()
    assert narrate(show, "build").code == 0
    assert [episode["title"] for episode in in_feed(show, "de")] == ["Der erste Artikel"]


def test_what_is_left_out_is_counted_and_listed(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    write_article(show, "code.en.md", "# Code\n\nSome text here.\n\n```\nx = 1 + 2\n```\n")
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert re.search(r"Left out: \d+ words? \(", outcome.out)
    assert "x = 1 + 2" in narrate(show, "build", "--dry-run").out


def test_events_can_be_read_by_programs(show: Path) -> None:
    edit(show / "articles/first.en.md", "And more stands here.", "And much more stands here.")
    lines = narrate(show, "build", "--json").out.splitlines()
    events = [json.loads(line) for line in lines]
    assert events[-1]["event"] == "finished"
    assert events[-1]["synthesised"] == 1
    assert {"started", "utterancespoken", "episodewritten", "feedwritten"} <= {
        event["event"] for event in events
    }


def test_a_lost_publication_file_is_made_again(show: Path) -> None:
    (show / "published.toml").unlink()
    assert narrate(show, "build").code == 0
    for lang in TITLES:
        assert len(in_feed(show, lang)) == 1


def test_a_build_that_was_killed_loses_no_episode(show: Path) -> None:
    write_article(show, "second.de.md", GERMAN.replace("erste", "zweite"))
    before = (show / "published.toml").read_bytes()
    assert narrate(show, "build").code == 0
    (show / "published.toml").write_bytes(before)  # as if it had stopped before its end
    (show / "output/feed.de.xml").unlink()
    assert narrate(show, "build").code == 0
    assert len(in_feed(show, "de")) == 2


def test_an_episode_that_becomes_a_draft_leaves_the_feed_and_others_enter(show: Path) -> None:
    write_article(show, "second.de.md", GERMAN.replace("erste", "zweite"))
    edit(show / "articles/first.de.md", "title:", "draft: true\ntitle:")
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert [e["title"] for e in in_feed(show, "de")] == ["Der zweite Artikel"]
    assert "feed.de.xml: withdrawn: first (articles/first.de.md is a draft)" in outcome.err
    assert not list((show / "output").glob("first.de.*"))
    edit(show / "articles/first.de.md", "draft: true\n", "")
    assert narrate(show, "build", "first").code == 0
    assert len(in_feed(show, "de")) == 2


def test_a_folder_of_articles_that_is_gone_empties_no_feed(show: Path) -> None:
    before = snapshot(show / "output")
    (show / "articles").rename(show / "elsewhere")
    outcome = narrate(show, "build")
    assert outcome.code == 3
    assert "there is no folder “articles”" in outcome.err
    (show / "articles").mkdir()
    outcome = narrate(show, "build")
    assert "feed.de.xml: left as it was: none of its articles is here" in outcome.err
    assert snapshot(show / "output") == before


def test_two_builds_at_once_do_not_mix(show: Path) -> None:
    with locked_workspace(show):
        outcome = narrate(show, "build")
    assert outcome.code == 1
    assert re.search(r"another build of this show is running \(.*process \d+, since 2", outcome.err)
    assert narrate(show, "build").code == 0


def test_more_chapters_than_a_file_can_hold_are_refused_before_any_work(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    text = "".join(f"## Chapter {n}\n\nSome text.\n\n" for n in range(256))
    write_article(show, "many.en.md", f"---\ntitle: Many\n---\n{text}")
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert "articles/many.en.md: has 256 chapters; files can hold 255" in outcome.out
    assert "0 utterances" in outcome.out or "Nothing to do" in outcome.out


def test_an_article_in_a_language_of_no_feed_is_passed_over(tmp_path: Path) -> None:
    show = make_show(tmp_path, 'languages = ["de"]\n' + SETTINGS)
    write_article(show, "first.de.md", GERMAN)
    write_article(show, "first.en.md", ENGLISH)
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert "articles/first.en.md: passed over" in outcome.err
    assert narrate(show, "build", "--lang", "en").code == 2


def test_a_new_take_stays_in_its_chapter(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    text = "---\ntitle: Twice\n---\n## One\n\nThe same.\n\n## Two\n\nThe same.\n"
    write_article(show, "twice.en.md", text)
    assert narrate(show, "build").code == 0
    parts = snapshot(show / ".narrate/chapters")
    outcome = narrate(show, "regenerate", "twice", "--lang", "en", "--chapter", "2")
    assert outcome.code == 0
    assert "1 of 2 chapters changed" in outcome.out
    assert len(snapshot(show / ".narrate/chapters")) == len(parts) + 4


def test_an_article_called_cover_has_its_own_picture(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    Image.new("RGB", (1_400, 1_400), "red").save(show / "articles/red.png")
    write_article(show, "cover.en.md", ENGLISH.replace("title:", "cover: red.png\ntitle:"))
    assert narrate(show, "build").code == 0
    assert (show / "output/cover.en.jpg").read_bytes() != (
        show / "output/cover.en.cover.jpg"
    ).read_bytes()
    assert written(narrate(show, "build")) == []


def test_what_cannot_be_said_inside_a_sentence_is_listed_and_counted(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    write_article(show, "word.de.md", "# Wort\n\nDas Wort สวัสดี heißt hallo.\n")
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert "(cannot be said 1, title 1)" in outcome.out
    assert "left out: cannot be said: สวัสดี" in narrate(show, "build", "--dry-run").out


def test_articles_cannot_steer_the_terminal_or_turn_a_title(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    text = "# Tit\u202ele\n\nText \x1b]0;pwned\x07 hier \x9b31m.\n\n## A\x1b[2J\n\nMehr.\n"
    write_article(show, "evil.de.md", text)
    for arguments in (("build", "--dry-run"), ("build",), ("chapters",), ("chapters", "--plain")):
        outcome = narrate(show, *arguments)
        assert not set(outcome.out + outcome.err) & set("\x1b\x07\x9b\u202e")
    assert "\u202e" not in (show / "output/feed.de.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["bad.jpg", "small.png"])
def test_a_cover_that_cannot_be_used_is_named_once_before_any_work(
    tmp_path: Path, name: str
) -> None:
    show = make_pair(tmp_path)
    (show / "bad.jpg").write_bytes(b"\xff\xd8no picture")
    Image.new("RGB", (100, 100)).save(show / "small.png")
    (show / "narrate.toml").write_text(f'cover = "{name}"\n{SETTINGS}', encoding="utf-8")
    outcome = narrate(show, "build")
    assert outcome.code == 3
    assert outcome.err.count(name) == 1
    assert len(outcome.err.strip().splitlines()) <= 2
    assert not list((show / "output").iterdir())


def test_a_voice_that_cannot_be_used_fails_its_articles_by_name_and_no_others(
    tmp_path: Path,
) -> None:
    show = make_pair(tmp_path)
    voice = 'lang = "de"\nengine = "coqui"\nmodel = "no.pth"\nconfig = "no.json"\n'
    (show / "voices/tone-de.toml").write_text(voice, encoding="utf-8")
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert written(outcome) == ["first.en"]
    assert "Error: articles/first.de.md: " in outcome.err
    assert "no.json: the model's configuration is missing" in outcome.err
    assert "Traceback" not in outcome.out + outcome.err


def test_an_article_of_many_hours_is_announced_as_such(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    write_article(show, "long.en.md", "# Long\n\n" + "A sentence of some words. " * 30_000)
    outcome = narrate(show, "build", "--dry-run")
    assert outcome.code == 0
    assert "articles/long.en.md: this is about 15 hours of speech in one episode" in outcome.out
