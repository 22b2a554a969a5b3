"""Documents become chapters of utterances."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from articles import MAX_CHARS, read, script_of
from narrate.errors import ArticleError
from narrate.model import Disclosure, Pauses, Reading, Script, UtteranceKind
from narrate.segment import segment

PAUSES = Pauses(sentence_ms=1, paragraph_ms=2, heading_ms=3, list_item_ms=4, before_heading_ms=5)
DISCLOSURE = {"en": "{title} by {author}. Read by a synthetic voice."}


def titles(script: Script) -> list[str]:
    return [chapter.title for chapter in script.chapters]


def outline(script: Script) -> list[tuple[str, list[tuple[str, int, int, str]]]]:
    return [
        (c.id, [(u.kind.name[0], u.paragraph, u.pause_after_ms, u.text) for u in c.utterances])
        for c in script.chapters
    ]


def test_chapters_headings_and_pauses(tmp_path: Path) -> None:
    text = "One. Two.\n\nThree.\n\n## Part\n\nFour.\n\n### Deeper\n\n- five\n- six\n"
    script = script_of(tmp_path, text, reading=Reading(pauses=PAUSES))
    assert titles(script) == ["Introduction", "Part"]
    assert [chapter.paragraphs for chapter in script.chapters] == [2, 3]
    assert outline(script) == [
        ("opening", [("S", 1, 1, "One."), ("S", 1, 2, "Two."), ("S", 2, 2, "Three.")]),
        (
            "part",
            [
                ("H", 0, 3, "Part"),
                ("S", 1, 5, "Four."),
                ("H", 0, 3, "Deeper"),
                ("S", 2, 4, "five"),
                ("S", 3, 2, "six"),
            ],
        ),
    ]
    assert script.chapters[0].why == "the text before the first heading"
    assert script.chapters[1].why == "a heading of level 2 (“##” in front)"


def test_opening_title_is_in_the_language(tmp_path: Path) -> None:
    script = script_of(tmp_path, "Text.\n\n## Teil\n\nText.\n", "a.de.md")
    assert titles(script) == ["Einleitung", "Teil"]


def test_article_without_headings_is_one_chapter_with_its_title(tmp_path: Path) -> None:
    script = script_of(tmp_path, "---\ntitle: The Title\n---\nText.\n")
    assert titles(script) == ["The Title"]
    assert script.chapters[0].id == "opening"


@pytest.mark.parametrize(
    ("level", "expected"),
    [(1, ["A", "B"]), (2, ["A", "B"]), (3, ["A", "a", "B"]), (6, ["A", "a", "deep", "B"])],
)
def test_chapter_level(tmp_path: Path, level: int, expected: list[str]) -> None:
    text = "# T\n\n## A\n\nText.\n\n### a\n\nText.\n\n#### deep\n\nText.\n\n## B\n\nText.\n"
    assert titles(script_of(tmp_path, text, reading=Reading(chapter_level=level))) == expected


def test_several_headings_of_level_one_are_chapters(tmp_path: Path) -> None:
    script = script_of(tmp_path, "# One\n\nText.\n\n# Two\n\nText.\n\n## Two a\n\nText.\n")
    assert titles(script) == ["One", "Two", "Two a"]


def test_title_is_spoken_unless_the_disclosure_says_it(tmp_path: Path) -> None:
    document = read(tmp_path, "# Title\n\nText.\n\n## Part\n\nText.\n")
    plain = segment(document, Reading(), author="", max_chars=MAX_CHARS)
    first = plain.chapters[0].utterances[0]
    assert (first.kind, first.text) == (UtteranceKind.HEADING, "Title")
    assert titles(plain) == ["Introduction", "Part"]
    reading = Reading(disclosure=Disclosure("start", DISCLOSURE))
    said = segment(document, reading, author="Ada", max_chars=MAX_CHARS)
    assert [u.text for u in said.chapters[0].utterances] == [
        "Title by Ada.",
        "Read by a synthetic voice.",
        "Text.",
    ]
    assert ("Title", "title") in [(o.text, o.rule) for o in said.omissions]
    for changed in (replace(document, title="Other"), document):
        ends = Reading(disclosure=Disclosure("end" if changed is document else "start", DISCLOSURE))
        script = segment(changed, ends, author="Ada", max_chars=MAX_CHARS)
        assert "Title" in [u.text for u in script.chapters[0].utterances]


def test_title_before_a_heading_belongs_to_the_first_chapter(tmp_path: Path) -> None:
    script = script_of(tmp_path, "# Title\n\n## Part\n\nText.\n\n## Next\n\nText.\n")
    assert titles(script) == ["Part", "Next"]
    assert [u.text for u in script.chapters[0].utterances] == ["Title", "Part", "Text."]


def test_heading_without_text_joins_the_next(tmp_path: Path) -> None:
    script = script_of(tmp_path, "Text.\n\n## Empty\n\n## Full\n\nText.\n\n## Last\n")
    assert titles(script) == ["Introduction", "Empty – Full"]
    assert [u.text for u in script.chapters[1].utterances] == ["Empty", "Full", "Text.", "Last"]
    assert "Empty" in script.warnings[0]


def test_headings_without_text_at_the_end_are_read_and_told(tmp_path: Path) -> None:
    script = script_of(tmp_path, "## One\n\nText.\n\n## Two\n\n## Three\n")
    assert titles(script) == ["One"]
    assert [one.text for one in script.chapters[0].utterances][-2:] == ["Two", "Three"]
    [warning] = script.warnings
    assert "“Two”" in warning
    assert "“Three”" in warning


def test_heading_without_words_is_no_mark(tmp_path: Path) -> None:
    script = script_of(
        tmp_path, "## A\n\nText.\n\n##\n\nMore.\n\n## ***\n\nMore.\n\n## 😀\n\nMore.\n"
    )
    assert titles(script) == ["A"]
    assert script.chapters[0].paragraphs == 4


def test_disclosure_at_the_end_and_off(tmp_path: Path) -> None:
    document = read(tmp_path, "Text.\n\n## Part\n\nLast.\n")
    ending = Reading(pauses=PAUSES, disclosure=Disclosure("end", DISCLOSURE))
    script = segment(document, ending, author="Ada", max_chars=MAX_CHARS)
    last = script.chapters[-1].utterances[-1]
    assert (last.kind, last.paragraph, last.pause_after_ms) == (UtteranceKind.DISCLOSURE, 0, 2)
    assert [chapter.paragraphs for chapter in script.chapters] == [1, 1]
    silent = Reading(disclosure=Disclosure("off", DISCLOSURE))
    script = segment(document, silent, author="Ada", max_chars=MAX_CHARS)
    kinds = {u.kind for c in script.chapters for u in c.utterances}
    assert UtteranceKind.DISCLOSURE not in kinds


def test_ids_do_not_depend_on_what_stands_around(tmp_path: Path) -> None:
    first = script_of(tmp_path, "## Größe & Maß\n\nText.\n\n## End\n\nText.\n\n## End\n\nText.\n")
    second = script_of(tmp_path, "Opening.\n\n## New\n\nText.\n\n## Größe & Maß\n\nOther text.\n")
    assert [c.id for c in first.chapters] == ["groesse-mass", "end", "end-2"]
    assert [c.id for c in second.chapters] == ["opening", "new", "groesse-mass"]


def test_translators_line(tmp_path: Path) -> None:
    text = "Here is the English translation:\n\nThe text.\n"
    dropped = script_of(tmp_path, text)
    assert [u.text for u in dropped.chapters[0].utterances] == ["The text."]
    assert [(o.text, o.rule, o.line) for o in dropped.omissions] == [
        ("Here is the English translation:", "translator's line", 1)
    ]
    kept = script_of(tmp_path, text, reading=Reading(drop_translator_line=False))
    assert not kept.omissions
    titled = script_of(tmp_path, f"# Title\n\n{text}")
    assert "translator's line" in [o.rule for o in titled.omissions]
    later = script_of(tmp_path, f"First.\n\n{text}")
    assert not later.omissions


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        (" \n\t\n\f", "is empty"),
        ("---\ntitle: T\n---\n", "is empty"),
        ("# Title\n\n## Part\n", "headings but no text"),
        ("😀 🎉", "nothing in the article can be spoken in English"),
        ("นี่คือภาษาไทย", "cannot be said"),
        ("Here is the English translation:", "translator's line"),
        ("## Part\n\nนี่คือภาษาไทย", "nothing in the article"),
    ],
)
@pytest.mark.parametrize("name", ["a.en.md", "a.en.txt"])
def test_nothing_to_say(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(ArticleError, match=message) as caught:
        script_of(tmp_path, text, name)
    assert caught.value.where == name
    assert caught.value.mend


def test_nothing_but_code(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="code block"):
        script_of(tmp_path, "```\ncode\n```\n")


def test_what_cannot_be_said_is_reported_where_it_stands(tmp_path: Path) -> None:
    script = script_of(tmp_path, "One.\n\nนี่คือภาษาไทย\n\n## บทที่หนึ่ง\n\nTwo ชา words.\n")
    assert [(o.text, o.rule, o.line) for o in script.omissions] == [
        ("นี่คือภาษาไทย", "cannot be said", 3),
        ("##", "markup", 5),
        ("บทที่หนึ่ง", "cannot be said", 5),
    ]
    assert titles(script) == ["Introduction", "บทที่หนึ่ง"]
    assert script.chapters[1].utterances[0].unspoken == ("ชา",)


def test_long_headings_are_one_heading(tmp_path: Path) -> None:
    heading = "word " * 100
    script = script_of(tmp_path, f"## {heading}\n\nText.\n", reading=Reading(pauses=PAUSES))
    pauses = [u.pause_after_ms for u in script.chapters[0].utterances]
    assert len(pauses) > 2
    assert pauses == [PAUSES.clause_ms] * (len(pauses) - 2) + [3, 2]
    assert script.chapters[0].title == heading.strip()
