"""``voices/*.toml``: one voice a file, named by its file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from narrate.engines import Engine, find_engine
from narrate.errors import EngineError, ShowError
from narrate.model import LANGUAGES, SEED_BITS, Voice, printable
from narrate.nearest import suggestion
from narrate.project.tables import Table, read_toml, shown
from narrate.voice_files import VOICE_NAME
from narrate.voices import accepted_terms

KEYS = (
    "name",
    "description",
    "lang",
    "engine",
    "model",
    "config",
    "speaker",
    "reference",
    "length_scale",
    "seed",
    "licence",
    "commercial",
    "attribution",
    "terms",
    "options",
)
"""Every setting of a voice."""


def load_voices(root: Path) -> dict[str, Voice]:
    """All voices of the show at ``root``, by name; hidden files are passed over.

    Raises:
        ShowError: A voice is invalid, used or not.
    """
    folder = root / "voices"
    accepted = accepted_terms(root)
    voices: dict[str, Voice] = {}
    for path in sorted(folder.glob("*.toml")):
        if not path.name.startswith("."):
            voice = _voice(path, accepted)
            voices[voice.name] = voice
    return voices


def _voice(path: Path, accepted: Mapping[str, str]) -> Voice:
    file = f"voices/{printable(path.name)}"
    if not VOICE_NAME.fullmatch(path.stem):
        raise ShowError(
            "the file's name cannot name a voice",
            where=file,
            mend="Use letters without accents, digits, dots, hyphens and underscores.",
        )
    table = Table(read_toml(path, file), file)
    table.only(KEYS, {"": KEYS})
    _check_name(table, path.stem)
    name = table.line("engine")
    engine = _engine(table, name)
    terms = table.url("terms")
    voice = Voice(
        name=path.stem,
        lang=table.choice("lang", "", LANGUAGES),
        engine=name,
        model=table.line("model"),
        config=table.line("config"),
        speaker=table.line("speaker"),
        reference=table.line("reference"),
        length_scale=table.number("length_scale", 1.0, 0.25, 4.0),
        seed=table.whole("seed", 0, 0, 2**SEED_BITS - 1),
        options=_options(table.table("options"), engine),
        licence=table.line("licence"),
        commercial=table.flag("commercial", default=True),
        attribution=table.prose("attribution"),
        description=table.prose("description"),
        terms=terms,
        accepted=bool(terms) and accepted.get(path.stem) == terms,
        folder=path.parent,
    )
    return _validated(voice, engine, file)


def _check_name(table: Table, stem: str) -> None:
    name = table.line("name", stem)
    if name != stem:
        raise table.error(
            "name",
            f"the file calls the voice “{stem}”, its content {shown(name)}",
            "The file's name counts: rename the file, or take this line out.",
        )


def _engine(table: Table, name: str) -> Engine | None:
    """The voice's engine; nothing when it does not load here, which is not the file's fault.

    A build that uses the voice, and ``narrate voices``, will say what the engine lacks.
    """
    if not name:
        raise table.error("engine", "is missing", 'Write one such as `engine = "pico"`.')
    try:
        return find_engine(name)
    except ShowError as error:
        raise table.error("engine", error.what, error.mend) from error
    except EngineError:
        return None


def _options(
    table: Table, engine: Engine | None
) -> tuple[tuple[str, str | int | float | bool], ...]:
    if engine is None:
        return ()
    known = engine.options
    for name in table.values:
        if name not in known:
            raise table.error(
                name, f"the engine “{engine.name}” has no such option", suggestion(name, known)
            )
    return tuple((name, _option(table, name, known[name])) for name in sorted(table.values))


def _option(table: Table, name: str, kind: type) -> str | int | float | bool:
    if kind is str:
        return table.line(name)
    if kind is bool:
        return table.flag(name, default=False)
    if kind is int:
        return table.whole(name, 0, -(2**63), 2**63 - 1)
    return table.number(name, 0.0, -1e9, 1e9)


def _validated(voice: Voice, engine: Engine | None, file: str) -> Voice:
    """The voice, once its engine has agreed to it."""
    try:
        if engine is not None:
            engine.validate(voice)
    except ShowError as error:
        # Engines name the voice; the reader looks for its file.
        raise ShowError(error.what, where=file, mend=error.mend) from error
    return voice
