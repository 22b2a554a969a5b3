"""Transcripts say what is heard when: judged by independent readers and the decoded sound."""

from __future__ import annotations

import html
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import numpy as np
import pytest
import webvtt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from narrate import feed
from narrate.feed import Cue
from shows import edit, make_pair, narrate, narrate_process, snapshot, synthesised, write_article
from sounds import RATE, all_decoded

GOLDEN = Path(__file__).parent / "golden" / "feed"
LONG = (
    "Ein Satz, der so lang ist, dass ihn keine zwei Zeilen fassen, wird an seinen Wörtern geteilt, "
    "und jeder Teil bekommt so viel Zeit, wie er im Verhältnis zu den anderen Buchstaben hat."
)


def cue(start_s: float, end_s: float, text: str, **more: Any) -> Cue:
    facts = {"chapter": 1, "paragraph": 1, "kind": "sentence", "lang": "de", **more}
    return Cue(round(start_s * RATE), round(end_s * RATE), text, **facts)


CUES = (
    cue(0.5, 1.25, "Töne & <Zahlen>", kind="heading", paragraph=0),
    cue(1.5, 12.5, LONG, speaker="pico-de"),
    cue(12.6, 13.0, "Read aloud", lang="en", chapter=2),
    cue(3_725.0004, 3_726, "Ein Pfeil --> {kein} <i>Zeichen</i>", chapter=2, paragraph=2),
)


def read_vtt(content: bytes) -> list[Any]:
    captions: list[Any] = webvtt.from_buffer(io.StringIO(content.decode())).captions
    return captions


def read_srt(content: bytes) -> list[Any]:
    captions: list[Any] = webvtt.from_buffer(io.StringIO(content.decode()), format="srt").captions
    return captions


def seconds(time: str) -> float:
    hours, minutes, rest = time.split(":")
    return int(hours) * 3_600 + int(minutes) * 60 + float(rest)


def words(text: str) -> list[str]:
    return html.unescape(re.sub(r"</?lang[^>]*>", "", text)).split()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("transcript.vtt", feed.webvtt(CUES, RATE, "de")),
        ("transcript.srt", feed.subrip(CUES, RATE)),
        ("transcript.json", feed.transcript_json(CUES, RATE, "de")),
        ("empty.vtt", feed.webvtt((), RATE, "de")),
        ("empty.json", feed.transcript_json((), RATE, "de")),
    ],
)
def test_golden(name: str, content: bytes) -> None:
    golden = GOLDEN / name
    if not golden.exists():
        golden.write_bytes(content)
        pytest.fail(f"{name} was written: read it, and keep it if it is right")
    assert content.decode() == golden.read_bytes().decode()


def test_an_independent_reader_finds_the_same_in_both_captions() -> None:
    vtt, srt = read_vtt(feed.webvtt(CUES, RATE, "de")), read_srt(feed.subrip(CUES, RATE))
    assert (len(vtt), len(srt)) == (5, 6)
    starts, ends = ({getattr(c, edge).replace(",", ".") for c in srt} for edge in ("start", "end"))
    for sentence in CUES:
        assert any(seconds(s) == round(sentence.start_frame / RATE, 3) for s in starts)
        assert any(seconds(s) == round(sentence.end_frame / RATE, 3) for s in ends)
    assert vtt[-1].start == "01:02:05.000"
    said = " ".join(c.text for c in CUES).split()
    assert words(" ".join(one.raw_text for one in vtt)) == said
    written = " ".join(one.text for one in srt).replace("→", "-->").replace("‹", "<")
    assert written.split() == said
    assert all(len(line) <= 32 for one in srt for line in one.lines)
    assert all(len(one.lines) <= 2 for one in srt)


def test_lines_are_short_and_long_sentences_divided_in_proportion() -> None:
    captions = read_vtt(feed.webvtt(CUES[1:2], RATE, "de"))
    first, second = captions
    assert (seconds(first.start), seconds(second.end)) == (1.5, 12.5)
    assert first.end == second.start
    assert all(len(line) <= 65 for one in captions for line in one.lines)
    assert all(len(one.lines) <= 2 for one in captions)
    share = (seconds(first.end) - 1.5) / 11
    letters = [len(one.text.replace("\n", "")) for one in captions]
    assert share == pytest.approx(letters[0] / sum(letters), abs=0.001)


def test_a_passage_of_another_language_is_marked() -> None:
    [foreign] = [one for one in read_vtt(feed.webvtt(CUES, RATE, "de")) if "Read" in one.text]
    assert foreign.raw_text == "<lang en>Read aloud</lang>"
    segment = json.loads(feed.transcript_json(CUES, RATE, "de"))["segments"][2]
    assert (segment["lang"], segment["chapter"]) == ("en", 2)


texts = st.text(st.characters(codec=None, exclude_categories=()), max_size=400)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(texts, st.integers(0, 300_000), st.integers(0, 40_000)), max_size=6))
def test_any_text_keeps_captions_whole(rows: list[tuple[str, int, int]]) -> None:
    cues, at = [], 0
    for content, length, pause in rows:
        cues.append(replace(CUES[0], start_frame=at, end_frame=at + length, text=content))
        at += length + pause + RATE // 500
    document = feed.webvtt(cues, RATE, "de")
    captions = read_vtt(document)
    assert all(seconds(one.start) < seconds(one.end) for one in captions)
    assert all(seconds(a.end) <= seconds(b.start) for a, b in pairwise(captions))
    assert all(len(html.unescape(line)) <= 65 for one in captions for line in one.lines)
    assert document.count(b"-->") == len(captions)
    shorter = read_srt(feed.subrip(cues, RATE)) if captions else []
    assert len(shorter) >= len(captions)
    assert all(len(line) <= 32 for one in shorter for line in one.lines)
    assert all(
        seconds(a.end.replace(",", ".")) <= seconds(b.start.replace(",", "."))
        for a, b in pairwise(shorter)
    )
    segments = json.loads(feed.transcript_json(cues, RATE, "de"))["segments"]
    assert len(segments) == len(cues)
    assert all("\n" not in one["body"] for one in segments)


# --- of a finished episode ---------------------------------------------------------------------


def sounds(path: Path) -> Iterator[tuple[float, float]]:
    """Start and end, in seconds, of everything that is heard between silences of 80 ms."""
    samples = np.abs(all_decoded(path)).max(axis=0)
    loud = np.flatnonzero(samples > 0.01)
    breaks = np.flatnonzero(np.diff(loud) > 0.08 * RATE)
    starts = [loud[0], *loud[breaks + 1]]
    ends = [*loud[breaks], loud[-1]]
    yield from ((a / RATE, b / RATE) for a, b in zip(starts, ends, strict=True))


@pytest.mark.parametrize("stem", ["first.de", "first.en"])
def test_cues_are_where_the_sound_is(built: Path, stem: str) -> None:
    heard = list(sounds(built / f"output/{stem}.mp3"))
    segments = json.loads((built / f"output/{stem}.transcript.json").read_bytes())["segments"]
    assert len(segments) == len(heard)
    for segment, (start, end) in zip(segments, heard, strict=True):
        assert segment["startTime"] == pytest.approx(start, abs=0.05)
        assert segment["endTime"] == pytest.approx(end, abs=0.05)
    captions = read_vtt((built / f"output/{stem}.vtt").read_bytes())
    for caption in captions:
        assert any(
            start - 0.05 <= seconds(caption.start) and seconds(caption.end) <= end + 0.05
            for start, end in heard
        )


def test_cues_lie_inside_their_chapter(built: Path) -> None:
    segments = json.loads((built / "output/first.de.transcript.json").read_bytes())["segments"]
    chapters = json.loads((built / "output/first.de.chapters.json").read_bytes())["chapters"]
    assert {one["chapter"] for one in segments} == set(range(1, len(chapters) + 1))
    for segment in segments:
        chapter = chapters[segment["chapter"] - 1]
        assert chapter["startTime"] <= segment["startTime"]
        assert segment["endTime"] <= chapter["endTime"]
    for before, after in pairwise(segments):
        assert before["endTime"] <= after["startTime"]


def test_the_feed_names_what_is_there(built: Path) -> None:
    [entry] = feedparser.parse((built / "output/feed.de.xml").read_bytes()).entries
    assert entry.podcast_transcript["url"].startswith("https://example.org/show/first.de.")
    catalogue = json.loads((built / "output/show.json").read_bytes())
    names = [name for one in catalogue["episodes"] for name in one["transcripts"].values()]
    assert len(names) == 8
    text = (built / "output/feed.de.xml").read_text(encoding="utf-8")
    assert all((built / "output" / name).is_file() for name in names)
    assert all(f"https://example.org/show/{name}" in text for name in names if ".de." in name)


def test_an_edited_spelling_that_sounds_alike_changes_words_and_no_sound(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    edit(show / "articles/first.de.md", "Hier steht etwas.", "Hier steht z. B. etwas.")
    assert narrate(show, "build").code == 0
    before = snapshot(show / "output")
    edit(show / "articles/first.de.md", "z. B.", "zum Beispiel")
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert synthesised(outcome) == 0
    assert "Wrote first.de (0:21; its words changed)" in outcome.out.replace("0:22", "0:21")
    after = snapshot(show / "output")
    words = b"Hier steht zum Beispiel etwas."
    for name in ("first.de.vtt", "first.de.mp3", "first.de.m4b"):
        assert words in after[name]
        assert words not in before[name]
    assert after["first.de.chapters.json"] == before["first.de.chapters.json"]
    for name, start in (("first.de.mp3", b"Info"), ("first.de.m4b", b"mdat")):
        old, new = before[name], after[name]
        assert new[new.index(start) :] == old[old.index(start) :], "the sound is what it was"
    assert narrate(show, "build").out.startswith("Nothing to do")


@pytest.mark.parametrize("lost", ["nothing", "clips and chapters"])
def test_an_older_show_gets_its_transcripts_without_being_spoken_or_encoded(
    show: Path, lost: str
) -> None:
    whole = snapshot(show / "output")
    as_an_older_narrate_left_it(show)
    if lost != "nothing":
        for name in ("clips", "chapters"):
            shutil.rmtree(show / ".narrate" / name)
    dry = narrate(show, "build", "--dry-run")
    assert dry.code == 0
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    assert synthesised(outcome) == 0
    assert not (show / ".narrate/chapters").exists() or lost == "nothing"
    assert snapshot(show / "output") == whole
    assert narrate(show, "build").out.startswith("Nothing to do")


@pytest.mark.parametrize("name", ["first.de.vtt", "first.en.transcript.json", "first.de.html"])
def test_a_lost_or_changed_transcript_is_made_again_without_the_cache(
    show: Path, name: str
) -> None:
    before = snapshot(show / "output")
    for folder in ("clips", "chapters"):
        shutil.rmtree(show / ".narrate" / folder)
    path = show / "output" / name
    path.unlink()
    outcome = narrate(show, "build")
    assert (outcome.code, synthesised(outcome)) == (0, 0), outcome
    assert f"{name} is missing" in outcome.out
    path.write_bytes(b"x" * len(before[name]))
    outcome = narrate(show, "build")
    assert f"{name} was changed by others" in outcome.out
    assert snapshot(show / "output") == before


NEW = (".vtt", ".srt", ".transcript.json", ".html", "show.json", "feeds.opml", "index.html")


def as_an_older_narrate_left_it(show: Path) -> None:
    """Without the small files, in the folder and in the records."""
    for path in list((show / "output").iterdir()):
        if path.name.endswith(NEW):
            path.unlink()
    for path in (show / ".narrate/episodes").glob("*.json"):
        rewrite_record(path)


def rewrite_record(path: Path) -> None:
    from narrate.files import seal, write_with_schema  # noqa: PLC0415

    content = json.loads(path.read_bytes())
    schema = content.pop("schema")
    for name in ("check", "chapter_ids", "season", "number"):
        content.pop(name, None)
    content["outputs"] = [one for one in content["outputs"] if not one["name"].endswith(NEW)]
    write_with_schema(path, seal(content, schema), schema)


def test_a_withdrawn_episode_takes_its_small_files_along(show: Path) -> None:
    before = snapshot(show / "output")
    text = (show / "articles/first.de.md").read_text(encoding="utf-8")
    write_article(show, "other.de.md", "# Anderes\n\nEin Satz.\n")
    assert narrate(show, "build").code == 0
    (show / "articles/first.de.md").unlink()
    assert narrate(show, "build").code == 0
    left = {path.name for path in (show / "output").iterdir()}
    assert not any(name.startswith("first.de.") for name in left)
    assert "first.de" not in (show / "output/show.json").read_text(encoding="utf-8")
    write_article(show, "first.de.md", text)
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert synthesised(outcome) == 0
    after = snapshot(show / "output")
    for name in before:
        if name.startswith("first.de."):
            assert after[name] == before[name]


def test_settings_of_the_feed_reach_it_and_nothing_is_spoken_for_them(show: Path) -> None:
    settings_file = show / "narrate.toml"
    text = settings_file.read_text(encoding="utf-8")
    more = '[feed]\nfull_text = true\nupdates = "weekly"\npage_size = 1\n'
    settings_file.write_text(f"{text}\n{more}", encoding="utf-8")
    article = show / "articles/first.de.md"
    edit(article, "title: Der", "season: 2\nepisode: 3\ntitle: Der")
    write_article(show, "second.de.md", "---\ndate: 2024-05-02\n---\n# Zwei\n\nEin Satz.\n")
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    assert synthesised(outcome) == 2
    first, second = (
        (show / f"output/feed.de{page}.xml").read_text(encoding="utf-8") for page in ("", ".2")
    )
    assert "<title>Zwei</title>" in first
    assert "Ein Satz.&lt;/p&gt;" in first
    assert "<itunes:season>2</itunes:season>" in second
    assert "<podcast:episode>3</podcast:episode>" in second
    assert "Hier steht etwas. Und hier steht mehr." in second
    assert 'rrule="FREQ=WEEKLY"' in first
    assert narrate(show, "build").out.startswith("Nothing to do")
    settings_file.write_text(text, encoding="utf-8")
    assert narrate(show, "build").code == 0
    assert not (show / "output/feed.de.2.xml").exists()


def test_a_feed_that_apps_would_refuse_is_not_written_and_the_setting_is_named(show: Path) -> None:
    before = (show / "output/feed.de.xml").read_bytes()
    edit(show / "narrate.toml", "https://example.org/show/", "https://exa..mple.org/show/")
    outcome = narrate(show, "build")
    assert outcome.code != 0
    assert "narrate.toml: base_url" in outcome.out + outcome.err
    assert "Traceback" not in outcome.out + outcome.err
    assert (show / "output/feed.de.xml").read_bytes() == before


def test_what_a_feed_must_cut_and_a_date_to_come_are_told(show: Path) -> None:
    title = "lang " * 1_000
    with (show / "narrate.toml").open("a", encoding="utf-8") as file:
        file.write('\n[disclosure]\nposition = "off"\n')
    write_article(
        show,
        "second.de.md",
        f'---\ntitle: "<script> ]]> {title}"\ndate: 2999-01-01\n---\nEin Satz.\n',
    )
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    told = outcome.err.splitlines()
    assert any("articles/second.de.md: its title has 50" in line for line in told), told
    assert any("is dated 2999-01-01, which is to come" in line for line in told), told
    entries = feedparser.parse((show / "output/feed.de.xml").read_bytes()).entries
    assert len(entries) == 2


def test_a_description_that_is_too_long_is_cut_at_a_word_and_told(show: Path) -> None:
    edit(show / "narrate.toml", "Eine Sendung aus Sinustönen.", "Töne & " * 900)
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    what = "narrate.toml: lang.de.description: has 7199 bytes; feeds show 4000, cut at a word"
    assert what in outcome.err
    content = (show / "output/feed.de.xml").read_bytes()
    described = etree.fromstring(content).findtext("channel/description")
    assert described.endswith("Töne…")
    assert len(described.encode()) <= 4_000
    checked = narrate(show, "check", "--quick")
    assert "7199 bytes" in checked.out
    assert checked.code == 0


def test_a_feed_is_made_in_a_process_of_its_own_just_so(built: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(built, tmp_path / "show"))
    (copy / "output/feed.de.xml").unlink()
    (copy / "output/show.json").unlink()
    assert narrate_process(copy, "build").code == 0
    for name in ("feed.de.xml", "show.json"):
        assert (copy / "output" / name).read_bytes() == (built / "output" / name).read_bytes()
