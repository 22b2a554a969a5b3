"""Whole articles as a listener gets them: ``tests/golden/segment/NAME`` → ``NAME.script``."""

from __future__ import annotations

from pathlib import Path

import pytest

from golden_files import same_as_golden
from narrate.ingest import read_article
from narrate.model import ArticleFile, Disclosure, Reading, Script
from narrate.segment import segment

FOLDER = Path(__file__).parent / "golden" / "segment"
ARTICLES = sorted(p for p in FOLDER.iterdir() if p.suffix in (".md", ".txt"))
READING = Reading(
    disclosure=Disclosure(
        "start",
        {
            "de": "{title}, von {author}. Gelesen von einer künstlichen Stimme.",
            "en": "{title}, by {author}. Read by a synthetic voice.",
        },
    )
)


def dump(script: Script) -> str:
    lines = [f"{script.document.lang}: {script.document.title}"]
    lines += [f"warning: {text}" for text in (*script.document.warnings, *script.warnings)]
    for chapter in script.chapters:
        lines += ["", f"{chapter.title} [{chapter.id}], {chapter.paragraphs} paragraphs"]
        lines += [f"  because: {chapter.why}"]
        for u in chapter.utterances:
            number = f" {u.paragraph}" if u.paragraph else ""
            lines.append(f"  {u.kind.value}{number}: {u.text} ({u.pause_after_ms} ms)")
            lines += [f"    unspoken: {part}" for part in u.unspoken]
    lines += ["", *(f"line {o.line}, {o.rule}: {o.text!r}" for o in script.omissions)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda p: p.name)
def test_script(article: Path) -> None:
    key, lang, _ = article.name.split(".")
    document = read_article(ArticleFile(article, article.name, key, lang))
    script = segment(document, READING, author="Ada Muster", max_chars=200)
    same_as_golden(article.with_name(article.name + ".script"), dump(script))
