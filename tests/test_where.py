"""What is heard at which time: told from a finished episode, checked on its decoded sound."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from narrate.build import Workspace, heard_episode
from narrate.cli.times import clock, parse_time
from narrate.errors import UsageError
from shows import ENGLISH, make_pair, narrate, snapshot, write_article
from sounds import RATE, all_decoded

PHRASE = "At last a long sentence that ends without haste."


def refused(show: Path, *arguments: str) -> str:
    outcome = narrate(show, "where", *arguments)
    assert outcome.code == 2, outcome
    return outcome.err


def test_a_refusal_tells_times_as_a_player_does_and_what_there_is(built: Path, show: Path) -> None:
    late = refused(built, "first", "1:59:00", "--lang", "en")
    assert "first.en, 1:59:00: the episode ends at 0:" in late
    assert "seconds" not in late
    (show / "articles/first.de.md").unlink()
    assert narrate(show, "build").code == 0
    assert "first: there is no article in “de”" in refused(show, "first", "0:01", "--lang", "de")


def test_a_voice_that_is_gone_is_said_to_be_gone(show: Path) -> None:
    arguments = ("first", "--lang", "en", "--chapter", "2", "--voice", "tone-old")
    voice = show / "voices/tone-old.toml"
    voice.write_text('lang = "en"\nengine = "tone"\nseed = 7\n', encoding="utf-8")
    assert narrate(show, "regenerate", *arguments).code == 0
    start = told(show, "0:00")["start_s"]
    at = next(
        line.start_frame / RATE
        for line in heard_episode(Workspace.open(show), "first", "en").lines
        if line.chapter == 2
    )
    assert at > start
    voice.unlink()
    outcome = narrate(show, "where", "first", f"{at + 0.1:.1f}", "--lang", "en")
    assert "There is no voice “tone-old” any more." in outcome.out
    assert "alike each time" not in outcome.out
    failed = narrate(show, "build")
    assert failed.code == 1
    assert "takes.toml, first.en, chapter “" in failed.out


def told(show: Path, time: str, lang: str = "en") -> dict[str, Any]:
    outcome = narrate(show, "where", "first", time, "--lang", lang, "--json")
    assert outcome.code == 0, outcome
    answer: dict[str, Any] = json.loads(outcome.out)
    return answer


@pytest.mark.parametrize("extension", ["mp3", "m4b"])
def test_every_sentence_is_heard_when_it_is_said_to_be(built: Path, extension: str) -> None:
    episode = heard_episode(Workspace.open(built), "first", "en")
    samples = np.abs(all_decoded(built / f"output/first.en.{extension}")[0])
    assert samples.size == episode.record.frames
    loud = samples > 0.02
    for line in episode.lines:
        heard = line.start_frame + np.flatnonzero(loud[line.start_frame : line.end_frame])
        # The sines of the voice rise and fall within 10 ms.
        assert (heard[0] - line.start_frame) / RATE < 0.01
        assert (line.end_frame - heard[-1]) / RATE < 0.03
        loud[line.start_frame - RATE // 200 : line.end_frame + RATE // 200] = False
    assert not loud.any()
    assert [line.chapter for line in episode.lines] == [1, 1, 1, 2, 2, 2, 3, 3]
    assert [line.sentence for line in episode.lines] == [1, 2, 3, 1, 2, 3, 1, 2]


@pytest.mark.parametrize("damage", [b"", None])
def test_what_was_noted_and_lost_is_noted_again(show: Path, damage: bytes | None) -> None:
    before = told(show, "0:02")
    script = show / ".narrate/scripts/first.en.json"
    script.unlink()
    if damage is not None:
        script.write_bytes(damage)
    outcome = narrate(show, "where", "first", "0:02", "--lang", "en")
    assert (outcome.code, outcome.out) == (2, "")
    assert "`narrate build first` notes it; nothing is spoken again" in outcome.err
    again = narrate(show, "build", "first")
    assert again.code == 0
    assert "0 synthesised" in again.out
    assert "0 written" in again.out
    assert told(show, "0:02") == before


def test_a_time_within_a_sentence_tells_all_about_it(built: Path) -> None:
    episode = heard_episode(Workspace.open(built), "first", "en")
    for line in episode.lines:
        middle = episode.seconds((line.start_frame + line.end_frame) // 2)
        answer = told(built, f"{middle:.3f}")
        assert (answer["chapter"], answer["sentence"]) == (line.chapter, line.sentence)
        assert answer["text"] == line.line.text
        assert answer["start_s"] < middle < answer["end_s"]
        assert not answer["in_pause"]
    assert answer["spoken"] == answer["text"] == PHRASE
    assert (answer["chapter_id"], answer["title"]) == ("the-second-chapter", "The Second Chapter")
    assert (answer["voice"], answer["take"], answer["varies"]) == ("tone-en", 0, True)
    assert answer["command"] == "narrate regenerate first --lang en --chapter 3 --sentence 2"
    shown = narrate(built, "where", "first", clock(middle), "--lang", "en").out
    assert (
        f"first.en, chapter 3 “The Second Chapter”, sentence 2, {clock(answer['start_s'])}" in shown
    )
    assert f"Written: {PHRASE}" in shown
    assert f"Read it again: {answer['command']}\n" in shown


def test_the_time_that_is_shown_for_a_beginning_is_its_sentence(built: Path) -> None:
    episode = heard_episode(Workspace.open(built), "first", "de")
    for line in episode.lines:
        shown = parse_time(clock(episode.seconds(line.start_frame)), "")
        assert episode.at(shown).line == line


def test_in_a_pause_it_is_the_sentence_before(built: Path) -> None:
    episode = heard_episode(Workspace.open(built), "first", "en")
    before = episode.lines[3]
    time = episode.seconds(before.end_frame) + 0.2
    answer = told(built, f"{time:.3f}")
    assert (answer["in_pause"], answer["text"]) == (True, "The First Chapter")
    shown = narrate(built, "where", "first", f"{time:.3f}", "--lang", "en").out
    assert "nothing is heard; this is the sentence before." in shown
    # The silence that opens a chapter comes after the last sentence of the one before.
    opening = episode.seconds(episode.record.marks[1].start_frame) + 0.1
    assert told(built, f"{opening:.3f}")["text"] == episode.lines[2].line.text
    shown = narrate(built, "where", "first", "0", "--lang", "en").out
    assert "nothing is heard; this is the first sentence, which follows." in shown
    assert "chapter 1 “Introduction”, sentence 1" in shown


def test_an_episode_of_an_earlier_cache_is_told_from_its_clips(show: Path) -> None:
    times = ("0:03", "0:12", "0:18")
    known = [told(show, time) for time in times]
    episode = heard_episode(Workspace.open(show), "first", "en")
    records = Workspace.open(show).records
    script = records.script("first.en")
    lines = tuple(replace(line, start_frame=None, end_frame=None) for line in script.lines)
    records.save(episode.record, replace(script, lines=lines))
    files = snapshot(show)
    again = heard_episode(Workspace.open(show), "first", "en")
    assert {line.line.start_frame for line in again.lines} == {None}
    assert [(line.start_frame, line.end_frame) for line in again.lines] == [
        (line.start_frame, line.end_frame) for line in episode.lines
    ]
    assert [told(show, time) for time in times] == known
    assert snapshot(show) == files


def test_an_edited_article_is_told_of_and_the_file_still_known(show: Path) -> None:
    before = told(show, "0:12")
    write_article(show, "first.en.md", ENGLISH.replace("## The First", "New.\n\n## The First"))
    after = told(show, "0:12")
    assert after["changed"] == "the article has changed"
    assert after["command"] == "narrate regenerate first --lang en --at 0:12"
    assert {**after, "changed": "", "command": before["command"]} == before
    shown = narrate(show, "where", "first", "0:12", "--lang", "en").out
    assert "Since this was built, the article has changed." in shown
    (show / "articles/first.en.md").unlink()
    assert told(show, "0:12")["changed"] == "the article is gone"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("first", "9:00", "--lang", "en"), "the episode ends at"),
        (("first", "7:61", "--lang", "en"), "“7:61” is no time"),
        (("first", "soon", "--lang", "en"), "“soon” is no time"),
        (("nothing", "0:01", "--lang", "en"), "no article matches “nothing”"),
        (("first", "0:01", "--lang", "fr"), "no language “fr”"),
    ],
)
def test_what_cannot_be_told_exits_2(
    built: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    outcome = narrate(built, "where", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert complaint in outcome.err


def test_an_episode_that_is_not_built_is_named(tmp_path: Path) -> None:
    outcome = narrate(make_pair(tmp_path), "where", "first", "0:01", "--lang", "de")
    assert outcome.code == 2
    assert "no finished episode in “de”" in outcome.err
    assert "`narrate build first` makes it." in outcome.err


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7:32", 452.0),
        ("1:02:03", 3723.0),
        ("452", 452.0),
        ("452.5", 452.5),
        ("452,5", 452.5),
        (" 0:07.25 ", 7.25),
        ("72:10", 4330.0),
    ],
)
def test_times_are_read_as_players_and_people_write_them(text: str, seconds: float) -> None:
    assert parse_time(text, "TIME") == seconds


@pytest.mark.parametrize("text", ["", ":", "7:", "7:61", "1:60:00", "-1", "1e3", "٣:٠٠", "7:3 2"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no time"):
        parse_time(text, "TIME")


def test_times_are_shown_in_tenths() -> None:
    assert [clock(second) for second in (0, 7.29, 59.99, 452.5, 3723.04)] == [
        "0:00.0",
        "0:07.2",
        "0:59.9",
        "7:32.5",
        "1:02:03.0",
    ]
