"""What a changed lexicon makes a build speak again, and the commands that change it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shows import Outcome, make_show, narrate, write_article

ARTICLE = """\
---
title: Ein Artikel
date: 2024-05-01
---
Xiaomi zeigt ein Auto. Die Leute staunen sehr.

## Das zweite Kapitel

Der Xiaomi-Vorsitzende freut sich. OpenAI schweigt dazu.
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    root = make_show(tmp_path / "show")
    write_article(root, "a.de.md", ARTICLE)
    write_article(
        root, "b.de.md", ARTICLE.replace("Xiaomi", "Die Firma").replace("Ein A", "Mein A")
    )
    return root


def add(show: Path, *arguments: str) -> Outcome:
    return narrate(show, "lexicon", "add", *arguments, "--lang", "de", "--plain")


def spoken(show: Path) -> int:
    """How many utterances a build synthesises."""
    outcome = narrate(show, "build", "--plain")
    assert outcome.code == 0, outcome.err
    found = re.search(r"Spoken: (\d+) synthesised", outcome.out)
    return int(found[1]) if found else 0


def test_a_changed_entry_speaks_exactly_the_sentences_that_use_it(show: Path) -> None:
    assert spoken(show) > 6
    said = add(show, "Xiaomi", "Schau-mi")
    assert said.code == 0, said.err
    assert re.search(r"articles/a.de.md: 2 of \d+ sentences are read otherwise", said.out)
    assert "b.de.md" not in said.out
    assert spoken(show) == 2
    assert spoken(show) == 0
    add(show, "Xiaomi", "Schiau-mi")
    assert spoken(show) == 2
    gone = narrate(show, "lexicon", "remove", "Xiaomi", "--lang", "de")
    assert "articles/a.de.md: 2 of " in gone.out
    assert spoken(show) == 0  # the first clips are still there


def test_a_reading_for_another_voice_changes_nothing(show: Path) -> None:
    second = 'lang = "de"\nengine = "tone"\nlicence = "CC0"\n'
    (show / "voices" / "other.toml").write_text(second, encoding="utf-8")
    spoken(show)
    said = add(show, "Xiaomi", "Schau-mi", "--voice", "other")
    assert "No article is read otherwise." in said.out
    assert spoken(show) == 0


def test_sounds_are_told_to_no_engine_that_takes_none(show: Path) -> None:
    spoken(show)
    said = add(show, "OpenAI", "--ipa", "ˈoʊpən")
    assert said.code == 0
    assert "only an `ipa` for “OpenAI”" in said.err
    built = narrate(show, "build", "--plain")
    assert "only an `ipa` for “OpenAI”, and the voice “tone-de” takes none" in built.err + built.out
    assert "0 synthesised" in built.out


def test_the_word_is_heard_in_a_sentence(show: Path, tmp_path: Path) -> None:
    sounds = {}
    for reading in ("Schau-mi", "Ziaumi"):
        target = tmp_path / f"{reading}.wav"
        said = add(show, "Xiaomi", reading, "-o", str(target))
        assert said.out.splitlines()[-1] == str(target)
        sounds[reading] = target.read_bytes()
    assert sounds["Schau-mi"] != sounds["Ziaumi"]
    kept = (show / "lexicon.de.toml").read_text(encoding="utf-8")
    assert kept == 'schema = 1\nXiaomi = "Ziaumi"\n'


def test_say_uses_the_lexicon(show: Path, tmp_path: Path) -> None:
    files = [tmp_path / "before.wav", tmp_path / "after.wav"]
    narrate(show, "say", "Xiaomi zeigt es.", "--lang", "de", "-o", str(files[0]))
    add(show, "Xiaomi", "Schau-mi")
    narrate(show, "say", "Xiaomi zeigt es.", "--lang", "de", "-o", str(files[1]))
    assert files[0].read_bytes() != files[1].read_bytes()


def test_the_words_are_listed(show: Path) -> None:
    assert "No words yet" in narrate(show, "lexicon", "list").out
    add(show, "Xiaomi", "Schau-mi", "--ipa", "ˈʃaʊmi")
    (row,) = json.loads(narrate(show, "lexicon", "list", "--json").out)
    assert (row["lang"], row["word"], row["say"], row["ipa"]) == (
        *("de", "Xiaomi", "Schau-mi"),
        "ˈʃaʊmi",
    )
    assert "Schau-mi" in narrate(show, "lexicon", "list", "--lang", "de").out
    assert "Schau-mi" not in narrate(show, "lexicon", "list", "--lang", "en").out


def test_likely_misread_words_are_suggested_until_they_have_a_reading(show: Path) -> None:
    def words() -> dict[str, int]:
        rows = json.loads(narrate(show, "lexicon", "suggest", "--lang", "de", "--json").out)
        return {row["word"]: row["count"] for row in rows}

    assert words() == {"Xiaomi": 2, "OpenAI": 2}
    add(show, "Xiaomi", "Schau-mi")
    assert words() == {"OpenAI": 2}
    rows = narrate(show, "lexicon", "suggest", "a").out.splitlines()
    assert [row.split()[:3] for row in rows[1:]] == [["de", "1", "OpenAI"]]


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (("Xiaomi", "Schau 3", "--lang", "de"), 2, "digits"),
        (("Xiaomi", "--lang", "de"), 2, "has no reading"),
        (("Xiaomi", "Schau", "--lang", "fr"), 2, "no language “fr”"),
        (("Xiaomi", "Schau", "--lang", "de", "--voice", "tone-en"), 2, "speaks “en”"),
        (("Xiaomi", "Schau", "--lang", "de", "--voice", "x"), 2, "no voice"),
        (("Xiaomi", "Schau", "--lang", "de", "-o", "x.aac"), 2, "cannot be written"),
    ],
)
def test_what_cannot_be_added_writes_nothing(
    show: Path, arguments: tuple[str, ...], code: int, what: str
) -> None:
    outcome = narrate(show, "lexicon", "add", *arguments)
    assert (outcome.code, what in outcome.err) == (code, True), outcome.err
    assert not (show / "lexicon.de.toml").exists()


def test_an_invalid_lexicon_stops_a_build_before_anything_is_spoken(show: Path) -> None:
    (show / "lexicon.de.toml").write_text('Xiaomi = "Schau 3"\n', encoding="utf-8")
    outcome = narrate(show, "build", "--plain")
    assert outcome.code == 3
    assert "lexicon.de.toml: “Xiaomi”: has a reading with digits" in outcome.err
    assert "Traceback" not in outcome.err


def test_removing_an_unknown_word_suggests_the_one_that_is_there(show: Path) -> None:
    add(show, "Xiaomi", "Schau-mi")
    outcome = narrate(show, "lexicon", "remove", "xiaomi", "--lang", "de")
    assert outcome.code == 2
    assert "Did you mean “Xiaomi”?" in outcome.err


def test_a_word_of_a_passage_in_the_other_language_counts(show: Path) -> None:
    write_article(show, "c.de.md", "# Zitat\n\nEr sagte [the Xiaomi lead]{lang=en} und ging.\n")
    settings = show / "narrate.toml"
    text = settings.read_text(encoding="utf-8")
    alone = text.replace("[lang.de]", 'languages = ["de"]\n\n[lang.de]').replace(
        'en = "tone-en"', ""
    )
    for written, last in ((text, ".wav"), (alone, "nobody says it here.")):
        settings.write_text(written, encoding="utf-8")
        said = narrate(show, "lexicon", "add", "Xiaomi", "Show-mee", "--lang", "en", "--plain")
        assert said.code == 0, said.err
        assert "articles/c.de.md: 1 of " in said.out
        assert said.out.rstrip().endswith(last)
        gone = narrate(show, "lexicon", "remove", "Xiaomi", "--lang", "en")
        assert "articles/c.de.md: 1 of " in gone.out


def test_suggest_names_articles_that_cannot_be_read(show: Path) -> None:
    (show / "articles" / "bad.de.md").write_bytes(b"# Bad\n\n\x81\x8d\n")
    outcome = narrate(show, "lexicon", "suggest")
    assert outcome.code == 1
    assert "articles/bad.de.md" in outcome.err
    assert "OpenAI" in outcome.out


def test_words_added_at_once_are_all_kept(show: Path) -> None:
    words = [f"Wort{letter}" for letter in "abcd"]
    start = (sys.executable, "-m", "narrate", "lexicon", "add")
    adding = [
        subprocess.Popen([*start, word, "Lesung", "--lang", "de", "--no-play"], cwd=show)
        for word in words
    ]
    assert [one.wait(timeout=60) for one in adding] == [0] * len(words)
    rows = json.loads(narrate(show, "lexicon", "list", "--json").out)
    assert {row["word"] for row in rows} == set(words)
