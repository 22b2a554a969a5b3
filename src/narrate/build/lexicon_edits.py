"""An entry of the show's lexicon is tried, set or taken out: whoever asks, it is done here."""

from __future__ import annotations

from dataclasses import dataclass

from narrate.build.lock import locked_lexicons
from narrate.build.uses import Use, uses
from narrate.build.workspace import Workspace
from narrate.errors import ShowError, UsageError
from narrate.files import write_atomically
from narrate.nearest import did_you_mean
from narrate.project import lexicon_name, parse_lexicon, with_entry, without_entry
from narrate.spoken import Entry, Lexicon


@dataclass(frozen=True, slots=True)
class LexiconEdit:
    """What became of a language's lexicon.

    Attributes:
        file: Its name.
        lexicon: As it is now.
    """

    lang: str
    file: str
    lexicon: Lexicon

    def uses(self, before: Workspace) -> list[Use]:
        """The articles that are read otherwise than before the edit."""
        return uses(before, {**before.lexicons, self.lang: self.lexicon})


def tried_entry(space: Workspace, lang: str, entry: Entry) -> LexiconEdit:
    """What an entry would make of the lexicon; writes nothing.

    Raises:
        UsageError: The entry cannot be used.
    """
    return _parsed(space, lang, with_entry(_raw(space, lang), entry))


def set_entry(space: Workspace, lang: str, entry: Entry) -> LexiconEdit:
    """Put an entry into the lexicon, in place of one of the same word and voices.

    Raises:
        UsageError: The entry cannot be used; nothing is written.
        OutputError: The lexicon cannot be written.
    """
    with locked_lexicons(space.show):
        raw = with_entry(_raw(space, lang), entry)
        edit = _parsed(space, lang, raw)
        write_atomically(space.show.root / edit.file, raw)
    return edit


def remove_entry(space: Workspace, lang: str, word: str) -> LexiconEdit:
    """Take a word out of the lexicon.

    Raises:
        UsageError: It is not there.
        OutputError: The lexicon cannot be written.
    """
    with locked_lexicons(space.show):
        raw = without_entry(_raw(space, lang), word)
        if raw is None:
            known = [entry.written for entry in space.lexicons[lang].entries]
            raise UsageError(
                f"there is no “{word}”",
                where=lexicon_name(lang),
                mend=f"{did_you_mean(word, known)}`narrate lexicon list` lists the words.",
            )
        edit = _parsed(space, lang, raw)
        write_atomically(space.show.root / edit.file, raw)
    return edit


def _parsed(space: Workspace, lang: str, raw: bytes) -> LexiconEdit:
    try:
        lexicon = parse_lexicon(raw, lang, space.voices)
    except ShowError as error:
        raise UsageError(error.what, where=error.where, mend=error.mend) from error
    return LexiconEdit(lang, lexicon_name(lang), lexicon)


def _raw(space: Workspace, lang: str) -> bytes:
    path = space.show.root / lexicon_name(lang)
    return path.read_bytes() if path.exists() else b""
