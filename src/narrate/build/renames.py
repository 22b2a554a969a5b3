"""Which published episode an article's file is, whatever the file is called today.

``published.toml`` notes the file of each episode. An episode whose file is gone and a new file that
says the same are one article that was renamed: it keeps the key, and with it guid, date, address,
takes and clips. Articles may also have passed their names on: two that were swapped, or a row that
was numbered anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from narrate.build.record import Record
from narrate.errors import ArticleError, NarrateError
from narrate.files import sha256_of
from narrate.model import LANGUAGES, ArticleFile, Document, one_line
from narrate.project import Articles
from narrate.published import EpisodeRecord, Publication


@dataclass(frozen=True, slots=True)
class Rename:
    """An article that was published from a file of another name.

    Attributes:
        lang: Of the episode.
        before: Name of that file; empty when it is not known any more.
    """

    file: ArticleFile
    lang: str
    before: str

    def __str__(self) -> str:
        """One line for the author."""
        was = f"was {self.before}; " if self.before else "was published under another name; "
        return f"{self.file.name}: {was}it keeps its key “{self.file.key}”, guid, date and address"


@dataclass(frozen=True, slots=True)
class Identified:
    """The articles, each under the key that it was published with.

    Attributes:
        files: In the order of :class:`Articles`.
        renames: Those that this build finds for the first time.
    """

    files: tuple[ArticleFile, ...]
    renames: tuple[Rename, ...]


def source_of(entry: EpisodeRecord, known: Mapping[str, Record]) -> str:
    """Name of the file that an episode was last made from; empty when nobody knows.

    Args:
        known: Stem → record of earlier builds.
    """
    record = known.get(f"{entry.key}.{entry.lang}")
    return entry.source or (record.source if record else "")


def is_unread(name: str, articles: Articles) -> bool:
    """Whether a file of this name may be there all the same, where nobody could look."""
    return any(name == place or name.startswith(f"{place}/") for place in articles.unread)


def identify(
    articles: Articles,
    publication: Publication,
    known: Mapping[str, Record],
    read: Callable[[ArticleFile], Document],
) -> Identified:
    """Give renamed articles the key that they were published with.

    Args:
        known: Stem → record of earlier builds.
        read: Reads an article; asked only of new files, while an episode's file is gone, and of
            those whose earlier content has another name now.
    """
    sources = {entry: source_of(entry, known) for entry in publication.episodes}
    found = _passed_on(sources, articles, known, read)
    passed = {sources[entry] for entry in found.values()}
    named_anew = {file.name for file in found}
    keys = _keys_of_known(
        {entry: source for entry, source in sources.items() if entry not in found.values()},
        {file.name for file in articles.files} - named_anew,
    )
    own = [file for file in articles.files if file.name not in passed | named_anew]
    taken = {*keys, *named_anew, *(file.name for file in own if _is_published(file, publication))}
    new = [file for file in articles.files if file.name not in taken]
    named = {(file.key, lang) for file in own for lang in _langs(file)}
    gone = [
        entry
        for entry, source in sources.items()
        if entry.withdrawn is None
        and entry not in found.values()
        and source not in keys
        and (entry.key, entry.lang) not in named
        and not is_unread(source, articles)
    ]
    found |= _same_content(gone, new, known)
    matched = set(found.values())
    found |= _same_title(
        [entry for entry in gone if entry not in matched],
        [file for file in new if file not in found],
        read,
    )
    keys |= {file.name: entry.key for file, entry in found.items()}
    files = {
        file: replace(file, key=key, new_key=file.key)
        if (key := keys.get(file.name, file.key)) != file.key
        else file
        for file in articles.files
    }
    renames = tuple(
        Rename(files[file], entry.lang, sources[entry]) for file, entry in found.items()
    )
    return Identified(tuple(files.values()), renames)


def owners_of(
    publication: Publication,
    known: Mapping[str, Record],
    identified: Identified,
    seen: Mapping[str, tuple[str, str]],
) -> dict[str, str]:
    """Stem of each published episode, in small letters → the file that is its article.

    Args:
        known: Stem → record of earlier builds.
        seen: Name of each file that was read → the key and language that it has now.
    """
    names = {file.name for file in identified.files}
    renamed = {(one.file.key, one.lang): one.file.name for one in identified.renames}
    owners = {}
    for entry in publication.episodes:
        place = entry.key, entry.lang
        source = renamed.get(place) or source_of(entry, known)
        if source in names and seen.get(source, place) == place:
            owners[f"{entry.key}.{entry.lang}".casefold()] = source
    return owners


def key_is_taken(name: str, stem: str, owner: str) -> ArticleError:
    """What to tell the author of a new article that would take a published one's place."""
    return ArticleError(
        f"its key and language, “{stem}”, are those of the published article {owner}",
        where=name,
        mend="Rename the file, or give it a “key” of its own.",
    )


def _keys_of_known(sources: Mapping[EpisodeRecord, str], names: set[str]) -> dict[str, str]:
    """Name of each file that an episode was made from → its key."""
    keys: dict[str, str] = {}
    # A file that was given another key leaves a withdrawn episode behind: the other one counts.
    for entry in sorted(sources, key=lambda entry: entry.withdrawn is not None):
        if sources[entry] in names:
            keys.setdefault(sources[entry], entry.key)
    return keys


def _passed_on(
    sources: Mapping[EpisodeRecord, str],
    articles: Articles,
    known: Mapping[str, Record],
    read: Callable[[ArticleFile], Document],
) -> dict[ArticleFile, EpisodeRecord]:
    """Files that hold an episode byte for byte, where its own or theirs held another before."""
    here = {file.name: file for file in articles.files}
    wanted: dict[str, list[EpisodeRecord]] = {}
    for entry in sources:
        record = known.get(f"{entry.key}.{entry.lang}")
        if entry.withdrawn is None and record and record.article:
            wanted.setdefault(record.article, []).append(entry)
    found = _pairs(
        (file, entry)
        for file in (articles.files if wanted else ())
        for entry in wanted.get(_digest(file), ())
        if file.lang in {"", entry.lang}
    )
    had = set(sources.values())

    def is_free(entry: EpisodeRecord, file: ArticleFile) -> bool:
        source = sources[entry]
        if source in here:
            return source != file.name and _is_another(here[source], entry, read)
        return file.name in had and not is_unread(source, articles)

    return {file: entry for file, entry in found.items() if is_free(entry, file)}


def _is_another(
    file: ArticleFile, entry: EpisodeRecord, read: Callable[[ArticleFile], Document]
) -> bool:
    """Whether a file holds another article now; one that was copied and edited is the same."""
    try:
        return one_line(read(file).title) != entry.title
    except NarrateError:
        return False


def _langs(file: ArticleFile) -> tuple[str, ...]:
    return (file.lang,) if file.lang else tuple(LANGUAGES)


def _is_published(file: ArticleFile, publication: Publication) -> bool:
    return any(publication.episode(file.key, lang) for lang in _langs(file))


def _same_content(
    gone: Sequence[EpisodeRecord], new: Sequence[ArticleFile], known: Mapping[str, Record]
) -> dict[ArticleFile, EpisodeRecord]:
    """Files that hold what an episode was made of, byte for byte."""
    wanted: dict[str, list[EpisodeRecord]] = {}
    for entry in gone:
        record = known.get(f"{entry.key}.{entry.lang}")
        if record and record.article:
            wanted.setdefault(record.article, []).append(entry)
    return _pairs(
        (file, entry)
        for file in (new if wanted else ())
        for entry in wanted.get(_digest(file), ())
        if file.lang in {"", entry.lang}
    )


def _same_title(
    gone: Sequence[EpisodeRecord],
    new: Sequence[ArticleFile],
    read: Callable[[ArticleFile], Document],
) -> dict[ArticleFile, EpisodeRecord]:
    """Files of another content, or of a lost cache, that have an episode's title."""
    wanted: dict[tuple[str, str], list[EpisodeRecord]] = {}
    for entry in gone:
        wanted.setdefault((entry.lang, entry.title), []).append(entry)
    pairs = []
    for file in new if wanted else ():
        try:
            document = read(file)
        except NarrateError:
            continue  # it will be reported when it is to be built
        title = one_line(document.title)
        pairs += [(file, entry) for entry in wanted.get((document.lang, title), ())]
    return _pairs(pairs)


def _pairs(
    candidates: Iterable[tuple[ArticleFile, EpisodeRecord]],
) -> dict[ArticleFile, EpisodeRecord]:
    """Those of which neither side fits anything else."""
    found = list(candidates)
    files = Counter(file for file, _ in found)
    entries = Counter(entry for _, entry in found)
    return {file: entry for file, entry in found if files[file] == entries[entry] == 1}


def _digest(file: ArticleFile) -> str:
    try:
        return sha256_of(file.path)
    except OSError:
        return ""
