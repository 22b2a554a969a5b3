"""``narrate lexicon``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Json, OneLang, Plain, show_folder
from narrate.cli.common import check_langs, print_json, print_table, tell
from narrate.cli.say import check_format, say_and_tell
from narrate.cli.suggest import suggest
from narrate.cli.voices import find_voice
from narrate.errors import UsageError

if TYPE_CHECKING:
    from narrate.build import LexiconEdit, Workspace
    from narrate.spoken import Entry

app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="How words are read in this show: lexicon.de.toml and lexicon.en.toml.",
)
app.command()(suggest)

Word = Annotated[str, typer.Argument(metavar="WORD", help="A word or phrase as it is written.")]


@app.command()
def add(
    context: typer.Context,
    word: Word,
    lang: OneLang,
    reading: Annotated[
        str, typer.Argument(metavar="[READING]", help="How it is said, in ordinary letters.")
    ] = "",
    ipa: Annotated[
        str, typer.Option("--ipa", metavar="SOUNDS", help="Its sounds in the phonetic alphabet.")
    ] = "",
    voice: Annotated[
        str, typer.Option("--voice", metavar="NAME", help="For this voice alone.")
    ] = "",
    file: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the sound here."),
    ] = None,
    no_play: Annotated[
        bool, typer.Option("--no-play", help="Do not play the sound; name its file.")
    ] = False,
    plain: Plain = False,
) -> None:
    """Set how a word is read, say which articles use it, and let it be heard in a sentence.

    \b
    Examples:
      narrate lexicon add Xiaomi Schau-mi --lang de
      narrate lexicon add "New York" "Nju Jork" --lang de
      narrate lexicon add Zhipu Dschipu --lang de --ipa "ˈdʒiːpuː"
    """  # noqa: D301
    from narrate.audition import sentence_with  # noqa: PLC0415
    from narrate.build import Workspace, set_entry  # noqa: PLC0415
    from narrate.spoken import Entry  # noqa: PLC0415

    check_langs([lang])
    check_format(file)
    space = Workspace.open(show_folder(context))
    name = voice or space.show.voices.get(lang, "")
    chosen = find_voice(space.voices, name) if name else None
    if chosen is not None and chosen.lang != lang:
        raise UsageError(
            f"the voice “{chosen.name}” speaks “{chosen.lang}”", mend=f"Use `--lang {chosen.lang}`."
        )
    entry = Entry(word.strip(), reading.strip(), ipa.strip(), voices=(voice,) if voice else ())
    edit = set_entry(space, lang, entry)
    tell(f"{edit.file}: {_shown(entry)}")
    for line in _changed(space, edit):
        tell(line)
    if chosen is None:
        print(f"The show has no voice for “{lang}”, so nobody says it here.")
        return
    target = file or space.show.cache / "say" / f"{chosen.name}.wav"
    text = sentence_with(word.strip(), lang)
    say_and_tell(
        space.show, chosen, text, target, edit.lexicon, plain=plain, play_it=not (no_play or file)
    )


@app.command("list")
def list_entries(
    context: typer.Context,
    lang: Annotated[
        str, typer.Option("--lang", "-l", metavar="LANG", help="Only this language: de or en.")
    ] = "",
    as_json: Json = False,
) -> None:
    """List the words of the lexicons and their readings.

    \b
    Examples:
      narrate lexicon list
      narrate lexicon list --lang de --json
    """  # noqa: D301
    from narrate import project  # noqa: PLC0415

    langs = check_langs([lang] if lang else [])
    show, voices = project.load_show(project.find_show(show_folder(context)))
    lexicons = project.load_lexicons(show.root, voices)
    found = [
        (one, entry)
        for one, lexicon in lexicons.items()
        if one in (langs or lexicons)
        for entry in lexicon.entries
    ]
    if as_json:
        print_json([{"lang": one, **_as_json(entry)} for one, entry in found])
    elif not found:
        print("No words yet: narrate lexicon add WORD READING --lang LANG")
    else:
        rows = [
            (one, entry.written, entry.say, entry.ipa, ", ".join(entry.voices))
            for one, entry in found
        ]
        print_table(("lang", "word", "reading", "ipa", "voices"), rows)


@app.command()
def remove(context: typer.Context, word: Word, lang: OneLang) -> None:
    """Take a word out of the lexicon: it is read by the rules again.

    \b
    Example:
      narrate lexicon remove Xiaomi --lang de
    """  # noqa: D301
    from narrate.build import Workspace, remove_entry  # noqa: PLC0415

    check_langs([lang])
    space = Workspace.open(show_folder(context))
    edit = remove_entry(space, lang, word.strip())
    tell(f"{edit.file}: “{word}” is gone")
    for line in _changed(space, edit):
        tell(line)


def _changed(before: Workspace, edit: LexiconEdit) -> list[str]:
    """What will be heard otherwise, a line for each article; the cache may have it already."""
    found = edit.uses(before)
    if not found:
        return ["No article is read otherwise."]
    return [
        f"{use.article}: {use.sentences} of {use.of} sentences are read otherwise" for use in found
    ]


def _shown(entry: Entry) -> str:
    parts = [f"“{entry.say}”" if entry.say else "", f"[{entry.ipa}]" if entry.ipa else ""]
    return f"“{entry.written}” is read {' '.join(part for part in parts if part)}"


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "word": entry.written,
        "say": entry.say,
        "ipa": entry.ipa,
        "case": entry.case,
        "voices": list(entry.voices),
        "pattern": entry.is_pattern,
    }
