"""Articles and what earlier builds left become a plan."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from narrate import encode, project, published
from narrate.build.companions import lacks_companions
from narrate.build.digests import inputs_digest
from narrate.build.division import divide, own_voices
from narrate.build.episode_plan import ReadArticle, offer_for, plan_episode
from narrate.build.estimate import CHARACTERS_A_SECOND
from narrate.build.plan import EpisodePlan, Plan, limited, of_article
from narrate.build.record import Offer, Record
from narrate.build.refresh import in_words, is_counted, is_of_today
from narrate.build.renames import Identified, identify, key_is_taken, owners_of
from narrate.build.selection import Selection, check_chapter, check_langs, selected_files
from narrate.build.withdrawal import Seen, find_withdrawals
from narrate.build.workspace import Workspace
from narrate.errors import ArticleError, NarrateError
from narrate.model import ArticleFile, Chapter, Document, Script
from narrate.published import Publication, Wanted, moment, publish_all, withdraw

_LONG_HOURS = 12


def make_plan(space: Workspace, selection: Selection) -> Plan:
    """Decide what a build must do.

    Raises:
        ShowError: There is no folder for articles.
        UsageError: The selection names what does not exist.
        AudioError: There is no ffmpeg.
    """
    space.ffmpeg  # noqa: B018 - without one nothing can be built: say so once
    articles = project.find_articles(space.show)
    check_langs(selection, space.show.languages)
    if selection.voice:
        space.check_override(selection.voice, selection.langs)
    known = _identified(space, articles)
    planner = _Planner(space, selection)
    chosen = selected_files(space, known.files, selection)
    for file in chosen:
        planner.read(file)
    planner.refuse_doubles(known)
    withdrawals = find_withdrawals(space, articles, planner.seen, selection)
    publication = withdraw(planner.publish(), [one.place for one in withdrawals], space.now)
    episodes = planner.plan(publication)
    check_chapter(selection, [len(episode.chapters) for episode in episodes])
    plan = Plan(
        selection=selection,
        files=known.files,
        episodes=episodes,
        kept=tuple(planner.kept),
        drafts=tuple(planner.drafts),
        failures=tuple(planner.failures),
        warnings=(
            *_lost(space),
            *(("", text) for text in articles.warnings),
            *planner.warnings,
        ),
        publication=publication,
        renames=tuple(one for one in known.renames if one.file in chosen),
        withdrawals=withdrawals,
        offers=planner.offers,
        newer=planner.newer(episodes),
    )
    return limited(plan)


@dataclass(frozen=True, slots=True)
class Readings:
    """Articles as they are divided and said, before anything else is planned.

    Attributes:
        warnings: Each with its place, which may be empty.
    """

    reads: tuple[ReadArticle, ...]
    failures: tuple[NarrateError, ...]
    warnings: tuple[tuple[str, str], ...]


def read_articles(space: Workspace, selection: Selection) -> Readings:
    """Read the selected articles and divide them; needs no ffmpeg.

    Raises:
        ShowError: There is no folder for articles.
        UsageError: The selection names what does not exist.
    """
    articles = project.find_articles(space.show)
    check_langs(selection, space.show.languages)
    known = _identified(space, articles)
    planner = _Planner(space, replace(selection, in_detail=True))
    for file in selected_files(space, known.files, selection):
        planner.read(file)
    planner.refuse_doubles(known)
    check_chapter(selection, [len(read.script.chapters) for read in planner.reads])
    return Readings(
        reads=tuple(planner.reads),
        failures=tuple(planner.failures),
        warnings=(*(("", text) for text in articles.warnings), *planner.warnings),
    )


def _lost(space: Workspace) -> tuple[tuple[str, str], ...]:
    """A word when what is published is not known any more, though episodes were built."""
    if space.publication.episodes or not space.known:
        return ()
    text = (
        "is gone: every episode gets a new date, and one that was renamed a new guid, so that apps "
        "may show old episodes as new; restore it from version control before you publish"
    )
    return ((published.FILE_NAME, text),)


def _identified(space: Workspace, articles: project.Articles) -> Identified:
    """The articles under the keys that they were published with."""

    def read(file: ArticleFile) -> Document:
        from narrate import ingest  # noqa: PLC0415 - loaded when an article must be read

        return ingest.read_article(file)

    return identify(articles, space.publication, space.known, read)


class _Planner:
    """The state of one planning: what was read so far, and what failed."""

    def __init__(self, space: Workspace, selection: Selection) -> None:
        self._space = space
        self._selection = selection
        self._known_sources = {
            (record.source, record.key): record for record in space.known.values()
        }
        self.reads: list[ReadArticle] = []
        self.kept: list[Record] = []
        self.drafts: list[ArticleFile] = []
        self.seen = Seen()
        self.failures: list[NarrateError] = []
        self.warnings: list[tuple[str, str]] = []
        self.offers: dict[str, Offer] = {}

    def read(self, file: ArticleFile) -> None:
        """Take a file in: keep its episode as it is, or read it."""
        try:
            if (record := self._unchanged(file)) is not None:
                self.seen.episodes[file.name] = record.key, record.lang
                if not self._wants_lang(record.lang):
                    return
                self.kept.append(record)
                self._count_newer(file, record)
                self.warnings += [(file.name, text) for text in record.warnings]
                return
            from narrate import ingest  # noqa: PLC0415 - loaded when an article must be read

            document = ingest.read_article(file)
            self.seen.episodes[file.name] = document.key, document.lang
            if document.draft:
                self.drafts.append(file)
                self.seen.drafts.add(file.name)
            elif self._wants_lang(document.lang) and self._is_ours(file, document):
                self.reads.append(self._divide(file, document))
        except NarrateError as error:
            if file.name not in self.seen.episodes:
                self.seen.failed.append(file)
            self.failures.append(of_article(error, file))

    def _count_newer(self, file: ArticleFile, record: Record) -> None:
        """Count what newer software would change in an episode that is kept, unless it is known."""
        space = self._space
        if is_counted(space, record):
            return
        from narrate import ingest  # noqa: PLC0415 - loaded when an article must be read

        with contextlib.suppress(NarrateError):  # what it cannot read now, it read before
            document = ingest.read_article(file)
            voice, own = space.voices[record.voice], own_voices(space, document)
            script, _ = divide(space, document, voice, own)
            read = ReadArticle(file, script, voice, own)
            self.offers[record.stem] = offer_for(space, read, record)

    def newer(self, episodes: Sequence[EpisodePlan]) -> str:
        """What newer software would change in all articles, in a line; empty: nothing."""
        offers = [self.offers.get(record.stem) or record.offer for record in self.kept]
        offers += [episode.offer for episode in episodes]
        return in_words([offer for offer in offers if offer is not None])

    def _wants_lang(self, lang: str) -> bool:
        return not self._selection.langs or lang in self._selection.langs

    def _is_ours(self, file: ArticleFile, document: Document) -> bool:
        """Whether the show has the article's language; says so when it has not."""
        if document.lang in self._space.show.languages:
            return True
        text = f"passed over: its language “{document.lang}” is none of the show's “languages”"
        self.warnings.append((file.name, text))
        return False

    def _divide(self, file: ArticleFile, document: Document) -> ReadArticle:
        space = self._space
        override = self._selection.voice
        voice = space.voice_of(document, override)
        own = {} if override else own_voices(space, document)
        script, unheard = divide(space, document, voice, own)
        if len(script.chapters) > encode.MAX_CHAPTERS:
            raise ArticleError(
                f"has {len(script.chapters)} chapters; files can hold {encode.MAX_CHAPTERS}",
                where=file.name,
                mend="Lower “chapter_level” in narrate.toml, or divide the article.",
            )
        said = (*warnings_of(script), *unheard, *self._another_date(document))
        self.warnings += [(file.name, text) for text in said]
        return ReadArticle(file, script, voice, own)

    def _another_date(self, document: Document) -> Iterator[str]:
        """A word when an article's date is no longer the one that it was published with.

        Raises:
            ArticleError: No episode can have this date.
        """
        if document.published is None:
            return
        date = moment(document.published, self._space.show.timezone)
        entry = self._space.publication.episode(document.key, document.lang)
        if entry is not None and entry.published.date() != date.date():
            yield (
                f"its date, {date.date()}, is not {entry.published.date()}, when it was first "
                f"published, which stays; {published.FILE_NAME} says so"
            )

    def _unchanged(self, file: ArticleFile) -> Record | None:
        """The record of a file whose episode needs nothing, else ``None``."""
        space = self._space
        record = self._known_sources.get((file.name, file.key))
        chosen = self._selection
        if record is None or chosen.in_detail or chosen.refresh or chosen.chapter is not None:
            return None
        voice = space.voices.get(chosen.voice or record.voice)
        if voice is None or record.damaged_output(space.show.output):
            return None
        if lacks_companions(record):
            return None
        # What older software said can only be noted anew by making it anew.
        if not space.records.has_script(record) and is_of_today(space, record):
            return None
        entry = space.publication.episode(record.key, record.lang)
        if entry is None:
            return None
        inputs = inputs_digest(
            space, file, record.key, record.lang, voice, record.cover, entry, chosen.voice
        )
        return record if inputs == record.inputs else None

    def refuse_doubles(self, known: Identified) -> None:
        """Report articles that would write the same files; the published one of them is built.

        Args:
            known: All of the show, selected or not.
        """
        names: dict[str, list[str]] = {}
        for read in self.reads:
            names.setdefault(read.document.stem.casefold(), []).append(read.file.name)
        for record in self.kept:
            names.setdefault(record.stem.casefold(), []).append(record.source)
        owners = owners_of(self._space.publication, self._space.known, known, self.seen.episodes)
        refused: set[str] = set()
        for stem, sources in names.items():
            if owner := owners.get(stem, ""):
                others = [name for name in sources if name != owner]
                self.failures += [key_is_taken(name, stem, owner) for name in others]
                refused.update(others)
            elif len(sources) > 1:
                self.failures.append(
                    ArticleError(
                        f"{len(sources)} articles have the key and language “{stem}”",
                        where=" and ".join(sorted(sources)),
                        mend="Rename one of the files, or give it a “key” of its own.",
                    )
                )
                refused.update(sources)
        self.reads = [read for read in self.reads if read.file.name not in refused]
        self.kept = [record for record in self.kept if record.source not in refused]

    def publish(self) -> Publication:
        """The publication with a guid and a date for everything that was read."""
        space = self._space
        wanted = [Wanted(one.key, one.lang, one.title, source=one.source) for one in self.kept]
        for read in self.reads:
            one = read.document
            wanted.append(Wanted(one.key, one.lang, one.title, one.published, read.file.name))
        return publish_all(space.publication, space.show, wanted, space.now)

    def plan(self, publication: Publication) -> tuple[EpisodePlan, ...]:
        """Find what each article lacks."""
        episodes = []
        for read in self.reads:
            try:
                chosen = self._selection
                plan = plan_episode(
                    self._space, read, publication, chosen.voice, refresh=chosen.refresh
                )
                episodes.append(plan)
            except NarrateError as error:  # noqa: PERF203 - each article fails on its own
                self.failures.append(of_article(error, read.file))
        return tuple(episodes)


def warnings_of(script: Script) -> tuple[str, ...]:
    """What the author should know of an article, unsayable parts included."""
    unspoken: dict[str, None] = {}
    for chapter in script.chapters:
        for utterance in chapter.utterances:
            unspoken.update(dict.fromkeys(utterance.unspoken))
    said = [*script.document.warnings, *script.warnings]
    if unspoken:
        shown = " ".join(list(unspoken)[:12]) + (" …" if len(unspoken) > 12 else "")  # noqa: PLR2004
        said.append(f"no way is known to say, so it is left out: {shown}")
    characters = sum(_characters(chapter) for chapter in script.chapters)
    hours = characters / CHARACTERS_A_SECOND / 3600
    if hours >= _LONG_HOURS:
        said.append(f"this is about {hours:.0f} hours of speech in one episode")
    return tuple(said)


def _characters(chapter: Chapter) -> int:
    return sum(len(utterance.spoken) for utterance in chapter.utterances)
