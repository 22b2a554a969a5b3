"""Which files of a show are articles, and what their names say.

``KEY.LANG.md``, ``.markdown`` or ``.txt``, in any subfolder of ``articles/``; the key comes from
the file's name alone, so moving a file changes nothing. ``KEY.md`` leaves the language to whoever
reads it. ``KEY.toml`` beside an article holds its metadata. Hidden files and folders, every
``README`` and files of other kinds are passed over without a word.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from narrate.errors import ShowError
from narrate.files import is_inside
from narrate.model import LANGUAGES, MAX_KEY, ArticleFile, Show, printable

SUFFIXES = (".md", ".markdown", ".txt")
"""Of article files, in small letters."""

_SIDECAR = ".toml"
_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "'": "",
        "’": "",
    }
)
_FOREIGN = re.compile(r"[^A-Za-z0-9._]+")


@dataclass(frozen=True, slots=True)
class Articles:
    """The article files of a show.

    Attributes:
        files: Sorted by key, language and name.
        warnings: Sentences about files that were passed over and about names that give no key.
        unread: Names, within the show, of files and folders that are there and could not be looked
            into: nobody knows which articles they hold.
    """

    files: tuple[ArticleFile, ...]
    warnings: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def find_articles(show: Show) -> Articles:
    """The article files below ``articles/``, in the same order on every machine.

    A file whose name gives no key gets one made from a digest of the name, and a warning. Links
    that lead out of the show, and links to folders, are passed over.
    """
    warnings: list[str] = []
    unread: list[str] = []
    paths = sorted(_files(show, warnings, unread), key=os.fsencode)
    articles = [path for path in paths if path.suffix.lower() in SUFFIXES]
    sidecars = {_beside(path): path for path in paths if path.suffix.lower() == _SIDECAR}
    files = [_article(show, path, sidecars, warnings) for path in articles]
    used = {file.sidecar for file in files}
    warnings += [
        f"{_name(show, path)}: there is no article of this name beside it"
        for path in sidecars.values()
        if path not in used
    ]
    files.sort(key=lambda file: (file.key, file.lang, file.name))
    return Articles(tuple(files), tuple(warnings), tuple(unread))


def article_key(text: str) -> str:
    """The key that a file name gives: ASCII, ``[A-Za-z0-9._-]``, empty when nothing is left.

    German letters become two (ä → ae, ß → ss), other accents go, everything else becomes a hyphen.
    """
    composed = unicodedata.normalize("NFC", text).translate(_LETTERS)
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c)
    )
    key = _FOREIGN.sub("-", plain)
    return key[:MAX_KEY].strip("-._")


def _files(show: Show, warnings: list[str], unread: list[str]) -> Iterator[Path]:
    if not show.articles.is_dir():
        raise ShowError(
            "there is no folder “articles”",
            where=str(show.root),
            mend="Make it, or bring back the one that was there: without it every feed is empty.",
        )

    def pass_over(path: Path, why: str) -> None:
        warnings.append(f"{_name(show, path)}: {why}")
        unread.append(_name(show, path))

    def on_error(error: OSError) -> None:
        pass_over(Path(error.filename or show.articles), f"cannot be read: {_reason(error)}")

    if not is_inside(show.articles, show.root):
        pass_over(show.articles, "this link leads out of the show and was passed over")
        return
    for folder, folders, names in os.walk(show.articles, onerror=on_error):
        here = Path(folder)
        for name in sorted(folders):
            if not name.startswith(".") and (here / name).is_symlink():
                pass_over(here / name, "links to folders are passed over; copy the folder")
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in filter(_is_wanted, names):
            if why := _unreadable(show, here / name):
                pass_over(here / name, why)
            else:
                yield here / name


def _is_wanted(name: str) -> bool:
    path = Path(name)
    is_kind = path.suffix.lower() in (*SUFFIXES, _SIDECAR)
    return is_kind and not name.startswith(".") and _split(path.stem)[0].lower() != "readme"


def _unreadable(show: Show, path: Path) -> str:
    """Why the path is no ordinary file of the show, or empty; a pipe would never end."""
    try:
        # In this order, since a link to itself has no target that could be looked at.
        if not path.is_file():
            return "this is no file that can be read, passed over"
        if path.is_symlink() and not is_inside(path, show.root):
            return "this link leads out of the show, passed over"
    except OSError as error:  # a folder that may be listed and not entered
        return f"cannot be read: {_reason(error)}"
    return ""


def _article(
    show: Show, path: Path, sidecars: dict[tuple[Path, str], Path], warnings: list[str]
) -> ArticleFile:
    stem, lang = _split(path.stem)
    key = article_key(stem)
    name = _name(show, path)
    if not key:
        key = f"article-{_digest(stem)}"
        warnings.append(
            f"{name}: its name holds no Latin letter or digit, so its key is “{key}” "
            "unless its front matter sets “key”; better rename the file"
        )
    return ArticleFile(path, name, key, lang, sidecars.get(_beside(path)))


def _digest(stem: str) -> str:
    """Names a file whose letters are all foreign, the same in both languages."""
    composed = unicodedata.normalize("NFC", stem)
    return hashlib.sha256(composed.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def _split(stem: str) -> tuple[str, str]:
    """``KEY.LANG`` parted; the language is empty when the name has none."""
    head, dot, tail = stem.rpartition(".")
    return (head, tail.lower()) if dot and tail.lower() in LANGUAGES else (stem, "")


def _beside(path: Path) -> tuple[Path, str]:
    """What an article and its sidecar share: folder and name, however accents are encoded."""
    stem = path.stem if path.suffix.lower() == _SIDECAR else _split(path.stem)[0]
    return path.parent, unicodedata.normalize("NFC", stem)


def _name(show: Show, path: Path) -> str:
    return printable(path.relative_to(show.root).as_posix())


def _reason(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()
