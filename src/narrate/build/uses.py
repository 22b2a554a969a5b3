"""Which sentences of a show another lexicon would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from narrate.build.planner import read_articles
from narrate.build.selection import Selection
from narrate.build.workspace import Workspace
from narrate.model import Script
from narrate.spoken import Lexicon


@dataclass(frozen=True, slots=True)
class Use:
    """An article that is read otherwise.

    Attributes:
        article: Its file.
        sentences: Utterances that are read otherwise.
        of: Utterances of the article.
    """

    article: str
    sentences: int
    of: int


def uses(space: Workspace, lexicons: Mapping[str, Lexicon]) -> list[Use]:
    """The articles in which other lexicons change something, in the order of the show.

    Args:
        lexicons: Language → readings, in place of those of ``space``; they hold for passages in
            articles of the other language, too.

    Raises:
        ShowError: There is no folder for articles.
    """
    selection = Selection()
    before = {read.file.name: _said(read.script) for read in read_articles(space, selection).reads}
    changed = []
    for read in read_articles(replace(space, lexicons=lexicons), selection).reads:
        now = _said(read.script)
        new = now - before.get(read.file.name, frozenset())
        if new:
            total = sum(len(chapter.utterances) for chapter in read.script.chapters)
            changed.append(Use(read.file.name, len(new), total))
    return changed


def _said(script: Script) -> frozenset[object]:
    """What engines are given: each clip of the article once."""
    return frozenset(
        (line.spoken, line.lang, tuple((s.start, s.end, s.ipa) for s in line.sounds))
        for chapter in script.chapters
        for line in chapter.utterances
    )
