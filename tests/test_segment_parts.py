"""Slugs, the translator's line and the disclosure."""

from __future__ import annotations

import pytest

from narrate.model import Disclosure, Document, Reading
from narrate.segment.disclosure import disclosure_text
from narrate.segment.slug import slug, unique_ids
from narrate.segment.translator import is_translators_line


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Größe & Maß", "groesse-mass"),
        ("Größe", "groesse"),
        ("  Hello, World! ", "hello-world"),
        ("Être ou ne pas être", "etre-ou-ne-pas-etre"),
        ("中文", "chapter"),
        ("Was ist, was war?", "was-ist-was-war"),
        ("a" * 100, "a" * 60),
        ("word " * 20, "word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_slug(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_ids_are_unique() -> None:
    assert unique_ids(["", "A", "a!", "A-2", "Opening"]) == [
        "opening",
        "a",
        "a-2",
        "a-2-2",
        "opening-2",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Here is the English translation:",
        "Here's the translation:",
        "Here’s the English translation of the article:",
        "Sure, here is the translated text:",
        "Certainly! Here is the text translated into English:",
        "Below is the English version:",
        "The following is an English translation of the article:",
        "English translation:",
        "Translation:",
        "Hier ist die deutsche Übersetzung:",
        "Hier ist die Übersetzung ins Deutsche:",
        "Gerne! Hier ist die Übersetzung des Artikels:",
        "Im Folgenden finden Sie die deutsche Übersetzung:",
        "Nachfolgend die Übersetzung des Textes:",
        "Hier folgt der übersetzte Text:",
        "Deutsche Übersetzung:",
        "Übersetzung aus dem Englischen:",
        "  here is the\n translation : ".strip(),
    ],
)
def test_translators_lines(line: str) -> None:
    assert is_translators_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Here is what we know:",
        "Here is the translation of a letter that my grandmother wrote.",
        "Translation is an art.",
        "Hier ist die Lage:",
        "Die Übersetzung des Buches dauerte drei Jahre.",
        "Here is the English translation: The text begins at once.",
        "",
        "Here is the translation" + " of the text" * 20 + ":",
    ],
)
def test_no_translators_lines(line: str) -> None:
    assert not is_translators_line(line)


@pytest.mark.parametrize(
    ("template", "title", "author", "expected"),
    [
        ("{title} by {author}.", "T", "A", "T by A."),
        ("{title} by {author}. Read by a voice.", "T", "", "T. Read by a voice."),
        ("“{title}”, written by {author}, read", "T", "", "“T”, read"),
        ("{title} von {author}. Gelesen.", "T", "", "T. Gelesen."),
        ("{title}. Read.", "Why?", "A", "Why? Read."),
        (
            "{title} by {author}.",
            "{author} {0} {title!r}",
            "{title}",
            "{author} {0} {title!r} by {title}.",
        ),
        ("{other} {", "T", "A", "{other} {"),
        ("By {author}: {title}", "T", "", "T"),
    ],
)
def test_disclosure(template: str, title: str, author: str, expected: str) -> None:
    reading = Reading(disclosure=Disclosure("start", {"en": template}))
    document = Document("k", "en", title, "articles/k.en.md", ())
    assert disclosure_text(document, reading, author) == expected


def test_author_of_the_article_comes_first() -> None:
    reading = Reading(disclosure=Disclosure("end", {"en": "{author}"}))
    document = Document("k", "en", "T", "articles/k.en.md", (), author="Own")
    assert disclosure_text(document, reading, "Show") == "Own"


def test_no_disclosure() -> None:
    document = Document("k", "de", "T", "articles/k.de.md", ())
    assert disclosure_text(document, Reading(disclosure=Disclosure("off", {"de": "x"})), "") == ""
    assert disclosure_text(document, Reading(disclosure=Disclosure("start", {"en": "x"})), "") == ""
