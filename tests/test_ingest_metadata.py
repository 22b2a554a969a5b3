"""What is said of an article: where it may stand, what it may be, what holds."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import read
from narrate.errors import ArticleError
from narrate.ingest.frontmatter import split_front_matter
from narrate.ingest.metadata import read_fields

BOTH = pytest.mark.parametrize("name", ["text.en.md", "text.en.txt"])


@BOTH
def test_front_matter_of_both_formats(tmp_path: Path, name: str) -> None:
    text = (
        "---\ntitle: The Title\nauthor: Ada Muster\ndate: 2026-01-31\nsummary: |\n  Two\n  lines.\n"
        "link: https://example.org/a\ncover: pictures/a.jpg\nvoice: eva\ndraft: true\n"
        "key: other-key\nlang: de\n---\n\nDer Text.\n"
    )
    document = read(tmp_path, text, name)
    assert (document.title, document.author) == ("The Title", "Ada Muster")
    assert (document.published, document.summary) == (date(2026, 1, 31), "Two lines.")
    assert (document.link, document.cover) == ("https://example.org/a", "pictures/a.jpg")
    assert (document.voice, document.draft, document.key) == ("eva", True, "other-key")
    assert document.lang == "de"
    assert document.blocks[0].text == "Der Text."
    assert document.blocks[0].line == 16
    assert "file name “en”" in document.warnings[0]


def test_signs_escaped_in_halves_are_whole_and_single_halves_are_left_out(tmp_path: Path) -> None:
    text = '---\ntitle: "Bild \\ud83d\\udc69\\u200d\\ud83d\\ude80 \\ud83d da"\n---\nText.\n'
    assert read(tmp_path, text).title == "Bild 👩\u200d🚀 da"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31T06:30:00", datetime(2026, 1, 31, 6, 30)),  # noqa: DTZ001
        ('"2026-01-31 06:30"', datetime(2026, 1, 31, 6, 30)),  # noqa: DTZ001
        ("2026-01-31T06:30:00Z", datetime(2026, 1, 31, 6, 30, tzinfo=timezone.utc)),
        (
            '"2026-01-31T06:30:00+01:00"',
            datetime(2026, 1, 31, 6, 30, tzinfo=timezone(timedelta(hours=1))),
        ),
    ],
)
def test_dates(tmp_path: Path, written: str, expected: date) -> None:
    document = read(tmp_path, f"---\ntitle: T\ndate: {written}\n---\nText.\n")
    assert document.published == expected
    assert type(document.published) is type(expected)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("title: 1984", "“title” is 1984"),
        ("title: [a]", "“title”"),
        ("author: {name: x}", "“author”"),
        ("date: next week", "“date” is 'next week'"),
        ("date: 2026-02-31", "front matter"),
        ("date: 20260131", "“date”"),
        ("draft: maybe", "“draft”"),
        ("link: example.org", "“link”"),
        ("link: javascript:alert(1)", "“link”"),
        ("link: https://me:secret@example.org/", "“link” holds a user name or password"),
        ("link: https://a..example/", "“link” is no valid address"),
        ("cover: /etc/passwd", "“cover”"),
        ("cover: https://example.org/x.png", "“cover”"),
        ("key: ../up", "“key”"),
        ("key: .hidden", "“key”"),
        ("key: Größe", "“key”"),
        ("lang: fr", "“lang” is 'fr'"),
        ("de: text", "“de”"),
        ("title: a: b", "line 2: this front matter is not YAML"),
        ("title: &a x", "anchor"),
        ("title: *a", "front matter"),
        ("title: !!python/name:os.system x", "tag"),
        ("x: " + "[" * 5_000 + "]" * 5_000, "nested deeper"),
    ],
)
def test_wrong_values(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read(tmp_path, f"---\n{line}\n---\nThe text.\n")
    assert message in str(caught.value)
    assert "text.en.md" in caught.value.where


def test_misspelled_keys_are_warned_about_and_foreign_ones_are_not(tmp_path: Path) -> None:
    ours, foreign = (
        "title: T\ntilte: x\nAutor: y\n",
        "tags: [a]\nlayout: post\nupdated: 2026-01-01\n",
    )
    warnings = read(tmp_path, f"---\n{ours}{foreign}---\nText.\n").warnings
    assert warnings == (
        "unknown key “tilte”; did you mean “title”?",
        "unknown key “Autor”; did you mean “author”?",
    )


def test_front_matter_over_sidecar_over_name(tmp_path: Path) -> None:
    sidecar = (
        'title = "Common"\nauthor = "Side"\nkey = "side-key"\nlang = "de"\n'
        '[en]\ntitle = "English"\nsummary = "S"\n[de]\ntitle = "Deutsch"\n'
    )
    english = read(tmp_path, "The text.\n", "text.en.md", sidecar)
    assert (english.lang, english.title, english.author) == ("en", "English", "Side")
    assert (english.key, english.summary) == ("side-key", "S")
    german = read(tmp_path, "---\nauthor: Front\n---\nText.\n", "text.de.txt", sidecar)
    assert (german.lang, german.title, german.author) == ("de", "Deutsch", "Front")
    assert read(tmp_path, "Text.\n", "text.md", sidecar).lang == "de"


def test_sidecar_warns_about_every_unknown_key(tmp_path: Path) -> None:
    sidecar = 'title = "T"\nsumary = "x"\nlayout = "post"\n[de]\nkey = "k"\n'
    warnings = read(tmp_path, "The text.\n", "text.en.md", sidecar).warnings
    assert warnings == (
        "text.toml: unknown key “sumary”; did you mean “summary”?",
        "text.toml: unknown key “layout” is ignored",
        "text.toml, de: unknown key “key” is ignored",
    )


@pytest.mark.parametrize(
    ("sidecar", "message"),
    [
        ("title = ", "this is not TOML"),
        ("date = 06:00:00", "“date”"),
        ("x = " + "[" * 20_000, "not sensible TOML"),
        ("#" * 70_000, "longer than 64 KB"),
    ],
)
def test_bad_sidecar(tmp_path: Path, sidecar: str, message: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read(tmp_path, "The text.\n", "text.en.md", sidecar)
    assert caught.value.where == "text.toml"
    assert message in str(caught.value)


def test_language_from_the_text(tmp_path: Path) -> None:
    german = "Das ist ein Text, der nicht sagt, in welcher Sprache er geschrieben ist.\n"
    english = "This is a text that does not say which language it is written in.\n"
    assert read(tmp_path, german, "a.md").lang == "de"
    assert read(tmp_path, english, "a.txt").lang == "en"
    assert read(tmp_path, "---\nlanguage: Deutsch\n---\n" + english, "a.md").lang == "de"
    with pytest.raises(ArticleError, match="its language cannot be told") as caught:
        read(tmp_path, "Lorem ipsum dolor sit amet.\n", "a.md")
    assert "a.de.md" in caught.value.mend


def test_wrong_language_is_warned_about(tmp_path: Path) -> None:
    english = "This is a text that is written in the language of the people. " * 5
    assert "Deutsch" in read(tmp_path, "# T\n\n" + english, "a.de.md").warnings[0]


def test_titles(tmp_path: Path) -> None:
    assert read(tmp_path, "# The *Title*\n\nText.\n").title == "The Title"
    assert read(tmp_path, "# Title\n\nText.\n", "a.en.txt").title == "Title"
    document = read(tmp_path, "Text.\n", "my-first_text.en.md")
    assert document.title == "My first text"
    assert "“title:”" in document.warnings[0]
    several = read(tmp_path, "# One\n\nText.\n\n# Two\n\nText.\n")
    assert several.title == "Text"
    announced = read(tmp_path, "Here is the translation:\n\n# Title\n\nText.\n")
    assert announced.title == "Title"


def test_control_characters_are_no_part_of_a_title(tmp_path: Path) -> None:
    assert read(tmp_path, '---\ntitle: "a\\u0001b\\nc\\uFFFF"\n---\nText.\n').title == "a b c"


@BOTH
def test_a_rule_at_the_head_is_no_front_matter(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, "---\nJust a sentence.\n\n---\n\nAnother one.\n", name)
    assert [b.text for b in document.blocks if b.text] == ["Just a sentence.", "Another one."]


def test_plain_text_keeps_a_block_that_is_no_yaml(tmp_path: Path) -> None:
    document = read(tmp_path, "---\ntitle: a: b\n---\nText.\n", "a.en.txt")
    assert document.blocks[1].text == "title: a: b"
    assert "is read as text: this front matter is not YAML" in document.warnings[0]


def test_empty_front_matter(tmp_path: Path) -> None:
    assert [b.text for b in read(tmp_path, "---\n---\nText.\n").blocks] == ["Text."]


YAML = r"""
title date key de : :\n \n -\s [ ] { } !!int\s &a\s *a << ?\s |\n >\n ' " 2026-13-01 1:1 0x ~ \t
\x01 true .inf # %YAML\s9 = , \s\s é
"""
PARTS = [part.replace(r"\s", " ").encode().decode("unicode_escape") for part in YAML.split()]


@settings(max_examples=300, deadline=None)
@given(block=st.lists(st.sampled_from(PARTS), max_size=20).map("".join), strict=st.booleans())
def test_front_matter_never_fails_otherwise(block: str, strict: bool) -> None:  # noqa: FBT001
    with suppress(ArticleError):
        front = split_front_matter(f"---\n{block}\n---\nText.\n", "x", strict=strict)
        read_fields(front.fields, "x", ours=False)
