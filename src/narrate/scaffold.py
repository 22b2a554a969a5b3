"""A new show that builds at once: settings, voices, and a first article to try it on."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
import uuid
import zoneinfo
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import tomlkit

from narrate.engines import find_engine
from narrate.engines.coqui.packaged import PACKAGED
from narrate.errors import ShowError, UsageError
from narrate.files import parse_toml, read_bytes, write_atomically, write_failure
from narrate.model import LANGUAGES, Voice
from narrate.project import SHOW_FILE, load_show
from narrate.project.tables import MAX_KIB

if sys.version_info >= (3, 11):
    from importlib.resources.abc import Traversable
else:
    from importlib.abc import Traversable


EMBEDDED = ("pico", "espeak")
"""Engines whose voices come with narrate and are small; the first is the better one."""

_NATURAL = {"de": ("thorsten-de",), "en": ("joe-en", "ljspeech-en")}
"""For each language the neural voices to be offered, the easiest to have first."""


@dataclass(frozen=True, slots=True)
class NaturalVoice:
    """A neural voice that comes with a new show.

    Attributes:
        is_here: It is made of an installed package, without network.
    """

    name: str
    licence: str
    is_here: bool


def natural_voice(lang: str) -> NaturalVoice:
    """The neural voice to be offered for a language on this machine."""
    voices = [_natural_voice(name) for name in _NATURAL[lang]]
    return next((voice for voice in voices if voice.is_here), voices[-1])


def _natural_voice(name: str) -> NaturalVoice:
    file = resources.files("narrate") / "templates" / "voices" / f"{name}.toml"
    table = parse_toml(file.read_bytes(), file.name, mend="Install narrate again.")
    packaged = PACKAGED.get(str(table["model"]))
    is_here = packaged is not None and packaged.source() is not None
    return NaturalVoice(name, str(table["licence"]), is_here)


def usual_voices() -> Mapping[str, str]:
    """For each language a voice to begin with: the best one that this machine has ready.

    Pico has no package for macOS; there it is espeak-ng. Without either, voices are downloaded on
    first use.
    """
    for engine in EMBEDDED:
        voices = {lang: Voice(f"{engine}-{lang}", lang, engine) for lang in LANGUAGES}
        if all(find_engine(engine).check(voice).ready for voice in voices.values()):
            return {lang: voice.name for lang, voice in voices.items()}
    return {"de": "thorsten-de", "en": "ljspeech-en"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What ``narrate init`` asks.

    Attributes:
        titles: For each of ``languages``; two feeds with one title look alike in an app.
        descriptions: For each of ``languages``; what is missing is the title again.
        private: Ask directories not to list the show.
        timezone: IANA name.
        voices: Language → name of a voice that comes with a new show.
        id: Names the show for good; by chance, so that no two shows share it.
    """

    titles: Mapping[str, str]
    languages: tuple[str, ...] = tuple(LANGUAGES)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    link: str = ""
    email: str = ""
    base_url: str = ""
    private: bool = False
    timezone: str = "UTC"
    voices: Mapping[str, str] = field(default_factory=usual_voices)
    id: uuid.UUID = field(default_factory=uuid.uuid4)


def create_show(folder: Path, answers: Answers) -> tuple[Path, ...]:
    """Make a new show.

    Args:
        folder: Does not exist yet, or holds nothing but hidden files; those stay as they are.

    Returns:
        The files that were written.

    Raises:
        UsageError: The folder is in use, or an answer is no valid setting; nothing was written.
        OutputError: A file cannot be written; what was written before is removed again.
    """
    refuse_used(folder)
    content = _content(answers)
    _refuse_invalid(content)
    return tuple(_write(folder, content))


def template_voices() -> tuple[str, ...]:
    """Names of the voices that come with a new show."""
    return tuple(path.name.removesuffix(".toml") for path in _voice_files())


def add_voice(root: Path, name: str) -> Path:
    """Copy a voice of :func:`template_voices` into a show; one that is there stays as it is.

    Raises:
        OutputError: It cannot be written.
    """
    path = root / "voices" / f"{name}.toml"
    if not path.exists():
        (template,) = [file for file in _voice_files() if file.name == path.name]
        write_atomically(path, template.read_bytes())
    return path


def use_voice(root: Path, name: str, lang: str) -> bool:
    """Let a voice read a language of a show; everything else in ``narrate.toml`` stays as it is.

    Returns:
        False when it did before.

    Raises:
        ShowError: The file cannot be read.
        OutputError: It cannot be written.
    """
    path = root / SHOW_FILE
    document = tomlkit.parse(read_bytes(path, SHOW_FILE, MAX_KIB).decode("utf-8-sig"))
    voices = document.setdefault("voices", tomlkit.table())
    if voices.get(lang) == name:
        return False
    voices[lang] = name
    write_atomically(path, tomlkit.dumps(document).encode())
    return True


def _voice_files() -> list[Traversable]:
    folder = resources.files("narrate") / "templates" / "voices"
    files = [path for path in folder.iterdir() if path.name.endswith(".toml")]
    return sorted(files, key=lambda path: path.name)


def local_timezone() -> str:
    """The time zone this machine is set to, as an IANA name; UTC when it does not say."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if not name:
        with contextlib.suppress(OSError):
            # A link into the time zone database on Linux and macOS.
            name = Path("/etc/localtime").readlink().as_posix().partition("zoneinfo/")[2]
    try:
        return zoneinfo.ZoneInfo(name).key
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"


def refuse_used(folder: Path) -> None:
    """Refuse a folder that a new show cannot be made in.

    Raises:
        UsageError: It holds a show or other files already, or is none.
    """
    where = str(folder)
    elsewhere = "Name a folder that is empty or does not exist yet."
    if (folder / SHOW_FILE).exists():
        raise UsageError("there is a show in this folder already", where=where, mend=elsewhere)
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return
    except NotADirectoryError as error:
        raise UsageError("this is a file, not a folder", where=where, mend=elsewhere) from error
    except OSError as error:
        raise write_failure(folder, error) from error
    if any(not name.startswith(".") for name in names):
        raise UsageError("the folder is not empty", where=where, mend=elsewhere)


def _refuse_invalid(content: Mapping[str, bytes]) -> None:
    """Load the show once from a temporary folder: what is written will be accepted later."""
    with tempfile.TemporaryDirectory(prefix="narrate-") as trial:
        for name, data in content.items():
            path = Path(trial) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        try:
            load_show(Path(trial))
        except ShowError as error:
            raise UsageError(error.what, where=error.where, mend=error.mend) from error


def _content(answers: Answers) -> dict[str, bytes]:
    """Every file of the new show: path within it → content."""
    templates = resources.files("narrate") / "templates"
    articles = templates / "articles"
    template = (templates / SHOW_FILE).read_text(encoding="utf-8")
    content = {SHOW_FILE: _settings(template, answers)}
    for lang in answers.languages:
        name = f"welcome.{lang}.md"
        content[f"articles/{name}"] = (articles / name).read_bytes()
    content |= {f"voices/{voice.name}": voice.read_bytes() for voice in _voice_files()}
    content["output/.gitkeep"] = b""
    content[".gitignore"] = (templates / "gitignore").read_bytes()
    return content


def _settings(template: str, answers: Answers) -> bytes:
    """``narrate.toml``: the template with the answers put in, its comments kept."""
    for lang in LANGUAGES:
        if lang not in answers.languages:
            template = _without_language(template, lang)
    document = tomlkit.parse(template)
    document["id"] = str(answers.id)
    document["author"] = answers.author
    document["link"] = answers.link
    document["base_url"] = answers.base_url
    document["email"] = answers.email
    document["languages"] = list(answers.languages)
    document["private"] = answers.private
    document["timezone"] = answers.timezone
    for lang in answers.languages:
        document["voices"][lang] = answers.voices.get(lang, "")
        table = document["lang"][lang]
        table.update(
            title=answers.titles.get(lang, ""), description=answers.descriptions.get(lang, "")
        )
    try:
        return tomlkit.dumps(document).encode()
    except UnicodeEncodeError as error:
        raise UsageError("an answer holds characters that are no text", where=SHOW_FILE) from error


def _without_language(template: str, lang: str) -> str:
    """Take out a language's lines; tomlkit would take the comment that follows them too."""
    template = re.sub(rf"^\[lang\.{lang}\]\n(?:.+\n)+\n", "", template, flags=re.MULTILINE)
    return re.sub(rf"^{lang} = .+\n", "", template, flags=re.MULTILINE)


def _write(folder: Path, content: Mapping[str, bytes]) -> Iterator[Path]:
    written: list[Path] = []
    for name, data in content.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                written.append(path)
                stream.write(data)
        except FileExistsError:
            continue  # a hidden file that was there before
        except OSError as error:
            for done in written:
                done.unlink(missing_ok=True)
            raise write_failure(path, error) from error
        yield path
