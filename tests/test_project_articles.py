from __future__ import annotations

import os
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import ShowError
from narrate.project import (
    find_articles,
    load_show,
)
from narrate.project.articles import article_key
from settings_files import smallest_show, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return smallest_show(tmp_path / "show")


def found(root: Path) -> list[tuple[str, str, str]]:
    return [(f.key, f.lang, f.name) for f in find_articles(load_show(root)[0]).files]


def test_articles_pair_by_name_in_any_subfolder(root: Path) -> None:
    for name in ("b.en.md", "b.de.txt", "2026/a.de.markdown", "2026/x/c.md", "d.DE.MD"):
        write(root, f"articles/{name}")
    assert found(root) == [
        ("a", "de", "articles/2026/a.de.markdown"),
        ("b", "de", "articles/b.de.txt"),
        ("b", "en", "articles/b.en.md"),
        ("c", "", "articles/2026/x/c.md"),
        ("d", "de", "articles/d.DE.MD"),
    ]


def test_other_files_are_passed_over_without_a_word(root: Path) -> None:
    for name in (
        "README.md",
        "readme.de.md",
        ".draft.de.md",
        ".git/a.md",
        "a.docx",
        "a.de",
        "b.png",
    ):
        write(root, f"articles/{name}")
    articles = find_articles(load_show(root)[0])
    assert articles.files == ()
    assert articles.warnings == ()


def test_a_sidecar_belongs_to_both_languages_of_its_folder(root: Path) -> None:
    for name in ("a.de.md", "a.en.txt", "a.toml", "x/a.de.md", "lone.toml"):
        write(root, f"articles/{name}")
    articles = find_articles(load_show(root)[0])
    sidecars = {f.name: f.sidecar and f.sidecar.name for f in articles.files}
    assert sidecars == {
        "articles/a.de.md": "a.toml",
        "articles/a.en.txt": "a.toml",
        "articles/x/a.de.md": None,
    }
    assert articles.warnings == ("articles/lone.toml: there is no article of this name beside it",)


def test_a_sidecar_is_found_whatever_form_its_accents_have(root: Path) -> None:
    write(root, "articles/" + unicodedata.normalize("NFD", "Grüße") + ".de.md")
    write(root, "articles/" + unicodedata.normalize("NFC", "Grüße") + ".toml")
    [article] = find_articles(load_show(root)[0]).files
    assert article.key == "Gruesse"
    assert article.sidecar is not None


@pytest.mark.parametrize(
    ("stem", "key"),
    [
        ("plain-name_1.2", "plain-name_1.2"),
        ("Größe über Öl", "Groesse-ueber-Oel"),
        ("Crème brûlée — Don’t", "Creme-brulee-Dont"),
        ("Straße", "Strasse"),
        ("Łódź", "Lodz"),
        ("..hidden", "hidden"),
        ("a/../b", "a-..-b"),
        ("短剧", ""),
        ("🎉", ""),
        ("x" * 300, "x" * 120),
    ],
)
def test_keys_are_ascii(stem: str, key: str) -> None:
    assert article_key(stem) == key


@given(st.text())
def test_keys_name_files_whatever_the_text(text: str) -> None:
    key = article_key(text)
    assert key == article_key(key)
    assert key.isascii()
    assert "/" not in key
    assert not key.startswith(".")


def test_a_name_without_a_key_is_told(root: Path) -> None:
    for name in ("短剧.de.md", "短剧.en.md", "文章.de.md"):
        write(root, f"articles/{name}")
    articles = find_articles(load_show(root)[0])
    keys = {f.name: f.key for f in articles.files}
    assert keys["articles/短剧.de.md"] == keys["articles/短剧.en.md"]
    assert len(set(keys.values())) == 2
    assert all(re.fullmatch(r"article-[0-9a-f]{8}", key) for key in keys.values())
    assert all("“key”" in text for text in articles.warnings)
    assert len(articles.warnings) == 3


def test_links_out_of_the_show_are_passed_over(root: Path) -> None:
    outside = write(root.parent, "outside/secret.md")
    inside = write(root, "drafts/inside.md")
    (root / "articles/secret.de.md").symlink_to(outside)
    (root / "articles/folder").symlink_to(outside.parent)
    (root / "articles/gone.de.md").symlink_to(root / "nowhere.md")
    (root / "articles/loop.de.md").symlink_to(root / "articles/loop.de.md")
    (root / "articles/inside.de.md").symlink_to(inside)
    articles = find_articles(load_show(root)[0])
    assert [f.name for f in articles.files] == ["articles/inside.de.md"]
    assert sorted(text.partition(":")[0] for text in articles.warnings) == [
        "articles/folder",
        "articles/gone.de.md",
        "articles/loop.de.md",
        "articles/secret.de.md",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text on this system")
def test_a_name_that_is_no_text_is_shown_all_the_same(root: Path) -> None:
    write(root, os.fsdecode(b"articles/\xff.de.md"))
    write(root, "articles/line\nbreak.de.md")
    articles = find_articles(load_show(root)[0])
    assert [f.name for f in articles.files] == [
        "articles/\N{REPLACEMENT CHARACTER}.de.md",
        "articles/line\N{REPLACEMENT CHARACTER}break.de.md",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_passed_over(root: Path) -> None:
    os.mkfifo(root / "articles/pipe.de.md")
    articles = find_articles(load_show(root)[0])
    assert articles.files == ()
    assert len(articles.warnings) == 1


def test_a_missing_folder_is_told(root: Path) -> None:
    (root / "articles").rmdir()
    with pytest.raises(ShowError, match="there is no folder “articles”"):
        find_articles(load_show(root)[0])
