"""An article becomes a script, divided for the voices that will read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from narrate.build.sounds import tell_sounds
from narrate.build.workspace import Workspace
from narrate.model import Document, Script, Voice
from narrate.project import TAKES_FILE


def divide(
    space: Workspace, document: Document, voice: Voice, own: Mapping[str, Voice]
) -> tuple[Script, tuple[str, ...]]:
    """The script of an article, and warnings about sounds that a voice cannot be told.

    A chapter with a voice of its own is divided for that voice; the others are as they would be
    without it.

    Args:
        own: Chapter id → voice; ids that the article does not have are warned of.
    """
    script, warnings = _divided_for(space, document, voice)
    if not own:
        return script, warnings
    ids = {chapter.id for chapter in script.chapters}
    gone = [
        f"the chapter “{chapter}” is gone, and so is its voice, “{other.name}”; its entry stands "
        f"in {TAKES_FILE}"
        for chapter, other in own.items()
        if chapter not in ids
    ]
    said = {chapter.id: chapter for chapter in script.chapters}
    for other in {one.name: one for chapter, one in own.items() if chapter in ids}.values():
        its, unheard = _divided_for(space, document, other)
        said |= {c.id: c for c in its.chapters if own.get(c.id) == other}
        warnings += unheard
    chapters = tuple(said[chapter.id] for chapter in script.chapters)
    return replace(script, chapters=chapters), (*warnings, *gone)


def own_voices(space: Workspace, document: Document) -> Mapping[str, Voice]:
    """Chapter id → the voice that was chosen for this chapter alone.

    Raises:
        ArticleError: There is no such voice, or it speaks another language.
    """
    chosen = space.takes.of(document.key, document.lang).voices
    place = f"{TAKES_FILE}, {document.stem}, chapter"
    return {
        chapter: space.voice_for(document.lang, name, f"{place} “{chapter}”")
        for chapter, name in chosen.items()
    }


def _divided_for(
    space: Workspace, document: Document, voice: Voice
) -> tuple[Script, tuple[str, ...]]:
    """The script as one voice would read all of it."""
    from narrate import segment  # noqa: PLC0415 - loaded when an article must be read

    engine = space.engine(voice)
    script = segment.segment(
        document,
        space.show.reading,
        author=space.show.texts[document.lang].author,
        max_chars=engine.max_chars(voice),
        lexicons={lang: one.for_voice(voice.name) for lang, one in space.lexicons.items()},
    )
    return tell_sounds(script, voice, engine)
