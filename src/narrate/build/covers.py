"""Which picture an episode and a show carry, and the finished file of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from narrate import revisions
from narrate.cache import EntryState, Store
from narrate.errors import ArticleError, NarrateError, OutputError, ShowError
from narrate.files import is_inside, sha256_of
from narrate.model import ArticleFile, Document, Show, digest


@dataclass(frozen=True, slots=True)
class CoverSource:
    """What a cover is made of.

    Attributes:
        key: Names the finished picture.
        content: Names what it shows, whatever revision of narrate finishes it.
        name: Of the user's picture relative to the show; empty for a drawn one.
        path: The user's picture.
    """

    key: str
    content: str
    title: str = ""
    author: str = ""
    lang: str = ""
    name: str = ""
    path: Path | None = None

    def finished(self, store: Store) -> Path:
        """The picture as apps want it, from the store or made now.

        Raises:
            NarrateError: The user's picture cannot be used.
        """
        if store.state(self.key) is not EntryState.PRESENT:
            store.put(self.key, {}, self._make)
        return store.path(self.key)

    def _make(self, target: Path) -> None:
        from narrate import cover  # noqa: PLC0415 - Pillow is loaded when a cover is made

        if self.path is not None:
            cover.prepare_cover(self.path, target)
        else:
            cover.draw_cover(self.title, self.author, target, lang=self.lang)


def picture_name(stem: str) -> str:
    """Name of an episode's own picture within the output folder."""
    return f"{stem}.cover.jpg"


def show_cover(show: Show, lang: str) -> CoverSource:
    """The cover of a feed: the show's own picture, or one drawn from its title."""
    text = show.texts[lang]
    if text.cover:
        return _from_file(show, show.root / text.cover)
    key = digest(["drawn", revisions.COVER, text.title, text.author, lang])
    content = digest(["drawn", text.title, text.author, lang])
    return CoverSource(key, content, text.title, text.author, lang)


def check_show_covers(show: Show, store: Store) -> None:
    """Finish the show's own pictures before anything else is done.

    Raises:
        ShowError: One cannot be used.
    """
    for lang in show.languages:
        source = show_cover(show, lang)
        if source.path is None:
            continue
        try:
            source.finished(store)
        except OutputError:
            raise
        except NarrateError as error:
            raise ShowError(
                error.what, where=f"narrate.toml: cover: {source.name}", mend=error.mend
            ) from error


def article_cover(show: Show, file: ArticleFile, document: Document) -> CoverSource | None:
    """The picture an article brings itself, if it does.

    Raises:
        ArticleError: It is missing or lies outside the show.
    """
    if not document.cover:
        return None
    path = file.path.parent / document.cover
    if not path.is_file() or not is_inside(path, show.root):
        raise ArticleError(
            f"its cover “{document.cover}” is no file of this show",
            where=file.name,
            mend="Name a JPEG, PNG or WebP file of the show's folder, relative to the article.",
        )
    return _from_file(show, path.resolve())


def _from_file(show: Show, path: Path) -> CoverSource:
    name = path.resolve().relative_to(show.root.resolve()).as_posix()
    content = sha256_of(path)
    return CoverSource(digest(["picture", revisions.COVER, content]), content, name=name, path=path)
