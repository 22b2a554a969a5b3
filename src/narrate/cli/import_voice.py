"""``narrate voices import``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import show_folder
from narrate.cli.common import check_langs, tell
from narrate.errors import UsageError

if TYPE_CHECKING:
    from narrate.engines.coqui.importing import Import, Imported

_GENERIC = ("model", "best_model", "model_file", "checkpoint")
"""Names of files that say nothing; their folder's name stands in."""

_CARD = "MODEL_CARD"
_CARD_KIB = 256
_LICENCE = re.compile(r"^[ \t*#-]*Licen[cs]e[ \t]*:[ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_NOT_COMMERCIAL = re.compile(r"\bNC\b|non-?commercial", re.IGNORECASE)
_LONGEST = 120
_LISTED = 8


def import_voice(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A Piper voice (.onnx) or a Coqui checkpoint (.pth)."),
    ],
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="Of the voice; the file's if not set.")
    ] = "",
    lang: Annotated[
        str, typer.Option("--lang", "-l", metavar="LANG", help="de or en; known to Piper voices.")
    ] = "",
    speaker: Annotated[
        str, typer.Option("--speaker", metavar="NAME", help="One of several; the first if not set.")
    ] = "",
    licence: Annotated[
        str, typer.Option("--licence", metavar="TEXT", help="What the voice may be used under.")
    ] = "",
    config: Annotated[
        Path | None,
        typer.Option("--config", metavar="FILE", help="Of a checkpoint: its config.json."),
    ] = None,
    trust: Annotated[
        bool,
        typer.Option("--trust", help="Load a checkpoint that can run code, once: you trust it."),
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of the voice of that name.")
    ] = False,
) -> None:
    """Bring a voice from elsewhere into the show, once it has spoken like the original.

    \b
    Examples:
      narrate voices import de_DE-thorsten-medium.onnx --name thorsten-piper
      narrate voices import my-model/best_model.pth --name mine --lang de
    """  # noqa: D301
    from narrate import project  # noqa: PLC0415
    from narrate.engines.coqui.importing import find_source, foretell, import_model  # noqa: PLC0415
    from narrate.voice_files import check_new_name, fitting_name, new_voice  # noqa: PLC0415

    check_langs([lang] if lang else [])
    show, _ = project.load_show(project.find_show(show_folder(context)))
    job = find_source(file, config, lang=lang, trust=trust)
    name = name or fitting_name(_stem(job.source))
    licence = licence or licence_of(job)
    check_new_name(show.root, name, replace=replace)
    if foretold := foretell(job):
        _check_lang(foretold)
        _choose_speaker(foretold, speaker)
    with new_voice(show.root, name, replace=replace) as voice:
        imported = import_model(job, voice.folder)
        _check_lang(imported)
        chosen = _choose_speaker(imported, speaker)
        voice.settings = _settings(imported, name, chosen, licence)
    _report(imported, name, chosen, licence)


def _stem(path: Path) -> str:
    return path.parent.name if path.stem in _GENERIC else path.stem


def licence_of(job: Import) -> str:
    """What the card beside a Piper voice says."""
    from narrate.errors import NarrateError  # noqa: PLC0415
    from narrate.files import read_bytes  # noqa: PLC0415
    from narrate.model import one_line  # noqa: PLC0415

    try:
        card = read_bytes(job.source.with_name(_CARD), _CARD, _CARD_KIB)
    except NarrateError:
        return ""
    found = _LICENCE.search(card.decode("utf-8", "replace"))
    return one_line(found[1])[:_LONGEST] if found else ""


def _check_lang(imported: Imported) -> None:
    from narrate.model import LANGUAGES, printable  # noqa: PLC0415

    if imported.lang not in LANGUAGES:
        speaks = f"speaks “{printable(imported.lang)}”" if imported.lang else "names no language"
        raise UsageError(
            f"the voice {speaks}; narrate reads {' and '.join(LANGUAGES)}",
            mend="If it can read one of these, name it with `--lang`.",
        )


def _choose_speaker(imported: Imported, wanted: str) -> str:
    from narrate.nearest import did_you_mean  # noqa: PLC0415

    known = imported.speakers
    if not wanted:
        return known[0] if known else ""
    if wanted not in known:
        listed = ", ".join(known[:_LISTED]) + (" …" if len(known) > _LISTED else "")
        mend = f"It has: {listed}." if known else "It has one voice only."
        raise UsageError(
            f"the voice has no speaker “{wanted}”",
            where="--speaker",
            mend=f"{did_you_mean(wanted, known)}{mend}",
        )
    return wanted


def _settings(imported: Imported, name: str, speaker: str, licence: str) -> dict[str, object]:
    settings: dict[str, object] = {
        "description": imported.description,
        "lang": imported.lang,
        "engine": "coqui",
        "model": f"{name}/model.pth",
        "config": f"{name}/config.json",
    }
    if speaker:
        settings["speaker"] = speaker
    if licence:
        settings["licence"] = licence
    if _NOT_COMMERCIAL.search(licence):
        settings["commercial"] = False
    return settings


def _report(imported: Imported, name: str, speaker: str, licence: str) -> None:
    of = f", speaker “{speaker}” of {len(imported.speakers)}" if speaker else ""
    tell(
        f"Imported as voices/{name}.toml: {imported.description}, "
        f"{imported.sample_rate} Hz{of}, licence: {licence or 'not known, look it up'}"
    )
    if imported.correlation:
        tell(
            "It sounds like the original: correlation "
            f"{imported.correlation:.8f}, no sample differs by more than {imported.largest:.6f}"
        )
    text = "Guten Tag." if imported.lang == "de" else "Good morning."
    tell(f'Listen: narrate say "{text}" --lang {imported.lang} --voice {name}')
