"""The state of publication as values, and the steps from one to the next. Pure."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import cached_property

from narrate.errors import ArticleError
from narrate.model import Show, one_line
from narrate.published.clock import moment

_SPREAD = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class FeedRecord:
    """What is fixed of one feed.

    Attributes:
        guid: The podcast's, from the first public address of the feed; never changes.
        changed: When the feed's content last changed; has an offset.
        digest: SHA-256 of that content, in hexadecimal.
        url: The feed's public address when it was last written with one; empty before.
        moved: When that address took the place of another; has an offset.
    """

    lang: str
    guid: uuid.UUID | None = None
    changed: datetime | None = None
    digest: str = ""
    url: str = ""
    moved: datetime | None = None


@dataclass(frozen=True, slots=True)
class EpisodeRecord:
    """What is fixed of one episode.

    Attributes:
        title: Follows the article.
        published: Has an offset of whole minutes.
        source: Name of the article's file within the show, which may have another key than its
            name gives; empty when no build has noted it yet.
        withdrawn: When the episode left the feed; ``None`` while it is in it.
    """

    key: str
    lang: str
    guid: uuid.UUID
    published: datetime
    title: str = ""
    source: str = ""
    withdrawn: datetime | None = None


@dataclass(frozen=True)
class Publication:
    """Everything that was published: one record for each feed and each episode.

    Attributes:
        feeds: Sorted by language.
        episodes: Oldest first; those of one time by key, then language.
    """

    feeds: tuple[FeedRecord, ...] = ()
    episodes: tuple[EpisodeRecord, ...] = ()

    def feed(self, lang: str) -> FeedRecord:
        """The record of a feed; an empty one before its first build."""
        return next((feed for feed in self.feeds if feed.lang == lang), FeedRecord(lang))

    def episode(self, key: str, lang: str) -> EpisodeRecord | None:
        """The record of an episode, if it was ever published."""
        return self._by_name.get((key, lang))

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], EpisodeRecord]:
        return {(one.key, one.lang): one for one in self.episodes}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An episode that is to be in its feed.

    Attributes:
        date: From the article's metadata.
        source: Name of the article's file within the show.
    """

    key: str
    lang: str
    title: str = ""
    date: date | datetime | None = None
    source: str = ""


def ordered(feeds: Iterable[FeedRecord], episodes: Iterable[EpisodeRecord]) -> Publication:
    """The records in the order that :class:`Publication` promises."""
    return Publication(
        tuple(sorted(feeds, key=lambda feed: feed.lang)),
        tuple(sorted(episodes, key=lambda one: (_instant(one.published), one.key, one.lang))),
    )


def episode_guid(show: Show, key: str, lang: str) -> uuid.UUID:
    """The guid of an episode: version 5 of ``KEY.LANG`` with the show's id as name space."""
    return uuid.uuid5(show.id, f"{key}.{lang}")


def publish_all(
    state: Publication, show: Show, wanted: Sequence[Wanted], now: datetime
) -> Publication:
    """Fix guid and time of every episode that is published for the first time.

    The time is the article's date, else ``now``. Two episodes of a feed never share a time: in the
    order of their keys, whatever the order of ``wanted``, each takes the next free minute; of
    those without a date the last takes ``now``, so that no time lies in the future because of it.
    What was published before keeps both for good, withdrawn or not; only its title and the name of
    its file follow the article, and it is in its feed again.

    Args:
        wanted: One for each key and language.
        now: Has an offset.

    Raises:
        ArticleError: A date whose year has not four digits.
    """
    records = {(record.key, record.lang): record for record in state.episodes}
    fresh: dict[str, list[Wanted]] = {}
    for one in sorted(wanted, key=lambda one: (one.lang, one.key)):
        record = records.get((one.key, one.lang))
        if record is None:
            fresh.setdefault(one.lang, []).append(one)
        else:
            title, source = one_line(one.title) or record.title, one.source or record.source
            records[one.key, one.lang] = replace(record, title=title, source=source, withdrawn=None)
    for lang, new in fresh.items():
        calendar = _Calendar(record.published for record in state.episodes if record.lang == lang)
        for one, wish in _wishes(new, show, now):
            records[one.key, lang] = EpisodeRecord(
                key=one.key,
                lang=lang,
                guid=episode_guid(show, one.key, lang),
                published=calendar.next_free(wish),
                title=one_line(one.title),
                source=one.source,
            )
    return ordered(state.feeds, records.values())


class _Calendar:
    """The times of one feed's episodes, none of which is given twice."""

    def __init__(self, taken: Iterable[datetime]) -> None:
        self._after = {_instant(time): _SPREAD for time in taken}  # how far on to look instead

    def next_free(self, wish: datetime) -> datetime:
        """Take the first free time from ``wish`` on, in steps of a minute."""
        start, time = _instant(wish), wish
        passed = []
        while (step := self._after.get(_instant(time))) is not None:
            passed.append(_instant(time))
            time += step
        found = _instant(time)
        self._after[found] = _SPREAD
        for one in passed:
            # Many articles of one date would otherwise walk past each other again and again.
            self._after[one] = found - one + _SPREAD
        return wish + (found - start)


def _wishes(fresh: Sequence[Wanted], show: Show, now: datetime) -> list[tuple[Wanted, datetime]]:
    """The time that each episode of one feed would like to have."""
    undated = sum(one.date is None for one in fresh)
    wishes = []
    for one in fresh:
        if one.date is None:
            undated -= 1
            wishes.append((one, now.replace(microsecond=0) - undated * _SPREAD))
            continue
        try:
            wishes.append((one, moment(one.date, show.timezone)))
        except ArticleError as error:
            raise error.at(f"{one.key}.{one.lang}") from error
    return wishes


def _instant(time: datetime) -> datetime:
    return time.astimezone(timezone.utc)


def keep_podcast_guid(state: Publication, lang: str, guid: uuid.UUID) -> Publication:
    """Fix the podcast's guid, unless it is: a feed that moves keeps its first one."""
    feed = state.feed(lang)
    return state if feed.guid is not None else _with_feed(state, replace(feed, guid=guid))


def stamp_feed(
    state: Publication, lang: str, content_digest: str, now: datetime
) -> tuple[Publication, datetime]:
    """When the feed's content last changed: ``now`` if its digest is another than before.

    Args:
        content_digest: SHA-256 in hexadecimal.
        now: Has an offset.
    """
    feed = state.feed(lang)
    if feed.changed is not None and feed.digest == content_digest:
        return state, feed.changed
    changed = now.replace(microsecond=0)
    return _with_feed(state, replace(feed, changed=changed, digest=content_digest)), changed


def settle_feed(state: Publication, lang: str, url: str, now: datetime) -> tuple[Publication, str]:
    """Note where a feed is reached.

    Args:
        url: Its public address, which may be empty.
        now: Has an offset.

    Returns:
        The state, and the address that was left; empty when it is the first or the same.
    """
    feed = state.feed(lang)
    if not url or url == feed.url:
        return state, ""
    moved = now.replace(microsecond=0) if feed.url else None
    return _with_feed(state, replace(feed, url=url, moved=moved)), feed.url


def withdraw(state: Publication, names: Iterable[tuple[str, str]], now: datetime) -> Publication:
    """Note that episodes have left their feeds; their guid and date are kept.

    Args:
        names: Key and language of each; those that left earlier keep their time.
        now: Has an offset.
    """
    gone = set(names)
    episodes = (
        replace(one, withdrawn=now.replace(microsecond=0))
        if (one.key, one.lang) in gone and one.withdrawn is None
        else one
        for one in state.episodes
    )
    return ordered(state.feeds, episodes)


def _with_feed(state: Publication, feed: FeedRecord) -> Publication:
    others = [other for other in state.feeds if other.lang != feed.lang]
    return ordered([*others, feed], state.episodes)
