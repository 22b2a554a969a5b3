from __future__ import annotations

import os
import random
import stat
import sys
import time as clock
import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.errors import ArticleError, OutputError, ShowError, UsageError
from narrate.model import Show, ShowText
from narrate.published import (
    EpisodeRecord,
    FeedRecord,
    Publication,
    Wanted,
    build_time,
    keep_podcast_guid,
    load,
    moment,
    publish_all,
    save,
    settle_feed,
    stamp_feed,
    withdraw,
)
from narrate.published.record import episode_guid, ordered

NOW = datetime(2026, 5, 4, 3, 2, 1, tzinfo=timezone.utc)
SHOW = Show(
    id=uuid.UUID("0a1d1f0e-5f1f-4f1c-9c39-0a8a3f6a5c11"),
    root=Path("show"),
    languages=("de", "en"),
    texts={"de": ShowText("Vorgelesen", "", "", "")},
    timezone="Europe/Berlin",
)
DIGEST = "0" * 64
STATE = Publication(
    feeds=(
        FeedRecord(
            "de",
            uuid.UUID("917393e3-1b1e-5cef-ace4-edaa54e1f810"),
            NOW,
            DIGEST,
            "https://example.org/feed.de.xml",
            NOW,
        ),
        FeedRecord("en", None, NOW, DIGEST),
    ),
    episodes=(
        EpisodeRecord(
            "a",
            "de",
            uuid.UUID("11111111-1111-5111-8111-111111111111"),
            datetime(2026, 1, 31, 6, 0, tzinfo=timezone(timedelta(hours=1))),
            'Größe & "Töne" 🎧',
            "articles/größe.de.md",
        ),
        EpisodeRecord(
            "b",
            "en",
            uuid.UUID("22222222-2222-5222-8222-222222222222"),
            NOW,
            "",
            "articles/b.en.md",
            NOW,
        ),
    ),
)


def times(state: Publication, lang: str = "de") -> dict[str, datetime]:
    return {one.key: one.published for one in state.episodes if one.lang == lang}


def publish_one(
    state: Publication, show: Show, wanted: Wanted, now: datetime
) -> tuple[Publication, EpisodeRecord]:
    state = publish_all(state, show, [wanted], now)
    record = state.episode(wanted.key, wanted.lang)
    assert record is not None
    return state, record


def test_guid_is_uuid5_of_show_key_and_language() -> None:
    _, record = publish_one(Publication(), SHOW, Wanted("a.b", "de"), NOW)
    assert record.guid == uuid.uuid5(SHOW.id, "a.b.de") == episode_guid(SHOW, "a.b", "de")
    assert record.published == NOW


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 1, 31), "2026-01-31T06:00:00+01:00"),
        (date(2026, 7, 1), "2026-07-01T06:00:00+02:00"),
        (datetime(2026, 7, 1, 18, 30, 15, 999), "2026-07-01T18:30:15+02:00"),  # noqa: DTZ001
        (datetime(2026, 3, 29, 2, 30), "2026-03-29T02:30:00+01:00"),  # noqa: DTZ001
        (
            datetime(2026, 7, 1, 9, 0, tzinfo=ZoneInfo("Asia/Kathmandu")),
            "2026-07-01T09:00:00+05:45",
        ),
        (datetime(2026, 7, 1, 9, 0, tzinfo=timezone.utc), "2026-07-01T09:00:00+00:00"),
        (date(1850, 1, 1), "1850-01-01T05:06:32+00:00"),
    ],
)
def test_what_a_date_means(value: date, expected: str) -> None:
    assert moment(value, "Europe/Berlin").isoformat() == expected


def test_utc_needs_no_time_zone_database() -> None:
    assert moment(date(2026, 1, 1), "UTC").isoformat() == "2026-01-01T06:00:00+00:00"


@pytest.mark.parametrize("value", [date(202, 1, 1), date.min, date.max])
def test_a_year_that_no_feed_can_write_is_refused(value: date) -> None:
    with pytest.raises(ArticleError) as caught:
        publish_one(Publication(), SHOW, Wanted("old", "de", "", value), NOW)
    assert caught.value.where == "old.de"


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(1000, 1, 1), date(9998, 12, 31)),
    st.sampled_from(["UTC", "Asia/Kolkata", "Africa/Monrovia"]),
)
def test_moments_survive_rss(day: date, zone: str) -> None:
    then = moment(day, zone)
    assert parsedate_to_datetime(format_datetime(then)) == then


def test_guid_and_time_are_kept_whatever_the_article_says_later() -> None:
    before, first = publish_one(
        Publication(), SHOW, Wanted("a", "de", "Alt", date(2026, 1, 1)), NOW
    )
    later = NOW + timedelta(days=9)
    other = replace(SHOW, timezone="Asia/Tokyo", id=uuid.UUID(int=7))
    after, second = publish_one(before, other, Wanted("a", "de", "Neu", date(2030, 1, 1)), later)
    assert second == replace(first, title="Neu")
    assert len(after.episodes) == 1


def test_equal_times_are_spread_in_key_order() -> None:
    day = date(2026, 1, 1)
    wanted = [Wanted(key, "de", "", day) for key in "cab"] + [Wanted("a", "en", "", day)]
    state = publish_all(Publication(), SHOW, wanted, NOW)
    six = moment(day, SHOW.timezone)
    minutes = [six, six + timedelta(minutes=1), six + timedelta(minutes=2)]
    assert list(times(state).items()) == list(zip("abc", minutes, strict=True))
    assert times(state, "en") == {"a": six}
    later = publish_all(state, SHOW, [Wanted("0", "de", "", day)], NOW)
    assert times(later)["0"] == six + timedelta(minutes=3)


def test_without_dates_the_last_takes_now() -> None:
    state = publish_all(Publication(), SHOW, [Wanted(key, "de") for key in "ba"], NOW)
    assert times(state) == {"a": NOW - timedelta(minutes=1), "b": NOW}


wanted_lists = st.lists(
    st.builds(
        Wanted,
        st.text("abc", min_size=1, max_size=2),
        st.sampled_from(["de", "en"]),
        st.text(max_size=5),
        st.none()
        | st.dates(date(2026, 1, 1), date(2026, 1, 2))
        | st.datetimes(
            datetime.combine(date(2026, 1, 1), time()),
            datetime.combine(date(2026, 1, 1), time(0, 3)),
            timezones=st.sampled_from([timezone.utc, timezone(timedelta(hours=-1))]),
        ),
    ),
    unique_by=lambda one: (one.key, one.lang),
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(wanted_lists, st.randoms(use_true_random=False))
def test_publishing_is_stable_unique_and_blind_to_order(
    wanted: list[Wanted], shuffler: random.Random
) -> None:
    state = publish_all(Publication(), SHOW, wanted, NOW)
    shuffled = list(wanted)
    shuffler.shuffle(shuffled)
    assert publish_all(Publication(), SHOW, shuffled, NOW) == state
    assert publish_all(state, SHOW, shuffled, NOW + timedelta(hours=1)) == state
    for lang in ("de", "en"):
        moments = [one.published for one in state.episodes if one.lang == lang]
        assert len({one.timestamp() for one in moments}) == len(moments)
        assert all(one.utcoffset() is not None for one in moments)
    assert {one.guid for one in state.episodes} == {
        episode_guid(SHOW, one.key, one.lang) for one in wanted
    }


@settings(max_examples=25, deadline=None)
@given(wanted_lists, st.text(max_size=40))
def test_the_file_gives_back_the_state(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[Wanted], title: str
) -> None:
    path = tmp_path_factory.mktemp("state") / "published.toml"
    titled = [replace(one, title=title) for one in wanted]
    state, _ = stamp_feed(publish_all(Publication(), SHOW, titled, NOW), "de", DIGEST, NOW)
    assert save(path, state)
    assert load(path) == state
    assert not save(path, state)


def test_titles_that_utf8_cannot_hold(tmp_path: Path) -> None:
    state, record = publish_one(Publication(), SHOW, Wanted("a", "de", " \ud800\n\x00x "), NOW)
    assert record.title == "x"
    save(tmp_path / "published.toml", state)
    assert load(tmp_path / "published.toml") == state


def test_the_file_is_for_people(tmp_path: Path) -> None:
    path = tmp_path / "published.toml"
    save(path, STATE)
    golden = Path(__file__).parent / "golden" / "feed" / "published.toml"
    assert path.read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")
    assert load(golden) == STATE


def test_nothing_is_published_without_a_file(tmp_path: Path) -> None:
    assert load(tmp_path / "published.toml") == Publication()
    assert save(tmp_path / "published.toml", Publication())


def test_an_unchanged_state_leaves_the_file_and_a_persons_comments_alone(tmp_path: Path) -> None:
    path = tmp_path / "published.toml"
    save(path, STATE)
    path.write_text("# ours\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    os.utime(path, (1, 1))
    assert not save(path, ordered(reversed(STATE.feeds), reversed(STATE.episodes)))
    assert path.stat().st_mtime == 1
    assert path.read_text(encoding="utf-8").startswith("# ours\n")


OLD = """\
# ours
schema = 1

[feeds.de]
guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
changed = 2026-05-04T03:02:01Z
digest = "0000000000000000000000000000000000000000000000000000000000000000"

[[episodes]]
key = "a"
lang = "de"
title = "A"
published = 2026-01-31T06:00:00+01:00
guid = "11111111-1111-5111-8111-111111111111"
"""


def test_a_file_of_schema_1_is_kept_beside_the_new_one_once(tmp_path: Path) -> None:
    path, backup = tmp_path / "published.toml", tmp_path / "published.toml.schema-1"
    path.write_text(OLD, encoding="utf-8")
    state = load(path)
    [episode] = state.episodes
    assert (episode.source, episode.withdrawn) == ("", None)
    assert (state.feed("de").url, state.feed("de").moved) == ("", None)
    assert not save(path, state)  # nothing to say: nothing is touched
    assert not backup.exists()
    wanted = Wanted("a", "de", "B", source="articles/a.de.md")
    later = publish_all(state, SHOW, [wanted], NOW)
    assert later.episodes == (replace(episode, title="B", source="articles/a.de.md"),)
    assert save(path, later)
    assert load(path) == later
    assert backup.read_text(encoding="utf-8") == OLD
    assert save(path, Publication())
    assert backup.read_text(encoding="utf-8") == OLD


def test_a_withdrawn_episode_keeps_guid_and_date_and_comes_back_with_them() -> None:
    state = publish_all(Publication(), SHOW, [Wanted("a", "de", "A"), Wanted("b", "de")], NOW)
    gone = withdraw(state, [("a", "de"), ("a", "en")], NOW)
    assert [one.withdrawn for one in gone.episodes] == [NOW, None]
    later = NOW + timedelta(days=1)
    assert withdraw(gone, [("a", "de")], later) == gone
    back = publish_all(gone, SHOW, [Wanted("a", "de", date=date(2030, 1, 1))], later)
    assert back == state
    # Its time stays its own while it is away.
    other = publish_all(gone, SHOW, [Wanted("c", "de", "", times(state)["a"])], later)
    assert times(other)["c"] == NOW + timedelta(minutes=1)


def test_a_feed_that_moves_notes_when() -> None:
    first, second = "https://a.example/feed.de.xml", "https://b.example/feed.de.xml"
    state, left = settle_feed(Publication(), "de", "", NOW)
    assert (state, left) == (Publication(), "")
    state, left = settle_feed(state, "de", first, NOW)
    assert (state.feed("de"), left) == (FeedRecord("de", url=first), "")
    assert settle_feed(state, "de", first, NOW) == (state, "")
    assert settle_feed(state, "de", "", NOW) == (state, "")
    later = NOW + timedelta(days=1)
    state, left = settle_feed(state, "de", second, later)
    assert (state.feed("de"), left) == (FeedRecord("de", url=second, moved=later), first)


def test_thousands_of_articles_of_one_day_take_no_time() -> None:
    started = clock.process_time()
    wanted = [Wanted(f"{n:05}", "de", "", date(2026, 1, 1)) for n in range(10_000)]
    state = publish_all(Publication(), SHOW, wanted, NOW)
    assert len(set(times(state).values())) == len(wanted)
    assert all(state.episode(one.key, "de") for one in wanted)
    assert clock.process_time() - started < 5  # each walking past the others took a minute


EPISODE = (
    'key="a"\nlang="de"\ntitle="A"\npublished=2026-01-01T06:00:00Z\n'
    'guid="11111111-1111-5111-8111-111111111111"\n'
)
OUTSIDE = EPISODE.replace('key="a"', 'key="../../a"')
ELSEWHERE = EPISODE.replace('lang="de"', 'lang="de/../en"')


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "“schema” is missing"),
        ("schema = true", "“schema” is no number"),
        ("schema = 3", "newer narrate"),
        ("schema = 0", "no number from 1"),
        ("schema = 1\n<<<<<<< HEAD", "this is not TOML"),
        ("schema = 1\nx = " + "[" * 100_000, "not sensible TOML"),
        ("schema = 1\nextra = 1", "“extra”"),
        ("schema = 1\nfeeds = 1", "table"),
        ("schema = 1\nepisodes = 1", "list of tables"),
        ("schema = 1\nepisodes = [1]", "episode 1: holds a value"),
        (f"schema = 1\n[[episodes]]\n{EPISODE}[[episodes]]\n{EPISODE}", "a.de twice"),
        (f"schema = 1\n[[episodes]]\n{EPISODE}".replace("00Z", "00"), "no offset"),
        (f"schema = 1\n[[episodes]]\n{EPISODE}".replace("2026", "0001"), "out of range"),
        (f"schema = 1\n[[episodes]]\n{EPISODE}".replace("1111-5", "5"), "no UUID"),
        (f"schema = 1\n[[episodes]]\n{EPISODE}".replace('"A"', "1"), "“title” has the wrong"),
        (f"schema = 1\n[[episodes]]\n{EPISODE}".replace('title="A"', ""), "“title” is missing"),
        (f"schema = 2\n[[episodes]]\n{EPISODE}withdrawn = 1", "“withdrawn” has the wrong type"),
        (
            f"schema = 2\n[[episodes]]\n{OUTSIDE}",
            "episode 1: “key” can be no part of a file's name",
        ),
        (f"schema = 2\n[[episodes]]\n{ELSEWHERE}", "“lang” can be no part of a file's name"),
        ("schema = 2\n[feeds.de]\nurl = 1", "“url” has the wrong type"),
        ('schema = 1\n[feeds.de]\ndigest="x"\nchanged=2026-01-01T06:00:00Z', "no SHA-256"),
        (f'schema = 1\n[feeds.de]\ndigest="{DIGEST}"', "feed “de”: “changed” is missing"),
    ],
)
def test_a_damaged_file_is_named_and_never_overwritten(
    tmp_path: Path, content: str, words: str
) -> None:
    path = tmp_path / "published.toml"
    path.write_text(content, encoding="utf-8")
    for attempt in (lambda: load(path), lambda: save(path, STATE)):
        with pytest.raises(ShowError) as caught:
            attempt()
        assert words in str(caught.value)
        assert caught.value.mend
        assert str(caught.value).count("\n") == 1
    assert path.read_text(encoding="utf-8") == content
    assert list(tmp_path.iterdir()) == [path]


def test_bytes_that_are_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / "published.toml"
    path.write_bytes(b"schema = 1 # \xff")
    with pytest.raises(ShowError, match="this is not UTF-8"):
        load(path)
    with pytest.raises(ShowError, match="cannot be read"):
        load(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions or links")
def test_writing(tmp_path: Path) -> None:
    real = tmp_path / "kept" / "published.toml"
    save(real, Publication())
    link = tmp_path / "published.toml"
    link.symlink_to(real)
    assert save(link, STATE)
    assert link.is_symlink()
    assert load(real) == STATE
    assert stat.S_IMODE(real.stat().st_mode) & 0o600 == 0o600
    with pytest.raises(OutputError):
        save(link / "published.toml", STATE)


def test_the_feeds_time_follows_its_content() -> None:
    state, built = stamp_feed(Publication(), "de", DIGEST, NOW)
    assert built == NOW
    later = NOW + timedelta(days=1)
    assert stamp_feed(state, "de", DIGEST, later) == (state, NOW)
    state, built = stamp_feed(state, "de", "1" * 64, later)
    assert built == later
    assert stamp_feed(state, "en", DIGEST, NOW)[0].feed("de").changed == later


def test_the_podcasts_guid_is_fixed_once() -> None:
    first, second = uuid.UUID(int=1), uuid.UUID(int=2)
    state = keep_podcast_guid(Publication(), "de", first)
    assert keep_podcast_guid(state, "de", second) == state
    state, _ = stamp_feed(state, "de", DIGEST, NOW)
    assert state.feed("de").guid == first
    assert state.feed("en").guid is None


def test_build_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert build_time().isoformat() == "2026-01-01T00:00:00+00:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    before = datetime.now(timezone.utc).replace(microsecond=0)
    assert before <= build_time() <= datetime.now(timezone.utc)
    for value in ("-1", "soon", "1.5", "²", " 1", "9" * 50):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
        with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
            build_time()
