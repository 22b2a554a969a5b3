"""A real article in both languages, no part of the project: what a listener expects of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from accounts import account
from narrate.ingest import read_article
from narrate.model import ArticleFile, Reading, Script
from narrate.segment import segment
from narrate.segment.script import OPENING_TITLES
from writing import solid

FOLDER = Path(__file__).parents[2] / "shared" / "articles"
NAMES = ("ki-kurzdramen.de.txt", "ki-kurzdramen.en.txt")

pytestmark = pytest.mark.skipif(
    not (FOLDER / "expected.json").exists(), reason=f"the real articles are not in {FOLDER}"
)


def real_script(name: str) -> Script:
    key, lang, _ = name.split(".")
    document = read_article(ArticleFile(FOLDER / name, name, key, lang))
    return segment(document, Reading(), author="", max_chars=250)


@pytest.mark.parametrize("name", NAMES)
def test_listener_hears_what_is_expected(name: str) -> None:
    expected = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))[name]
    script = real_script(name)
    lang = expected["lang"]
    assert script.document.lang == lang
    titles = [title or OPENING_TITLES[lang] for title in expected["chapters"]]
    assert [chapter.title for chapter in script.chapters] == titles
    assert [chapter.paragraphs for chapter in script.chapters] == expected["paragraphs"]
    for chapter in script.chapters:
        for utterance in chapter.utterances:
            for text in expected["never_spoken"]:
                assert text not in utterance.text
                assert text not in utterance.spoken
            assert not any(c.isdigit() for c in utterance.spoken)


@pytest.mark.parametrize("name", NAMES)
def test_language_is_told_from_the_text(name: str) -> None:
    document = read_article(ArticleFile(FOLDER / name, name, "key"))
    assert document.lang == name.split(".")[1]


@pytest.mark.parametrize("name", NAMES)
def test_every_character_is_accounted_for(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert solid("".join(piece.source for piece in account(real_script(name)))) == solid(text)


def test_chapters_pair() -> None:
    first, second = (real_script(name) for name in NAMES)
    assert len(first.chapters) == len(second.chapters)
