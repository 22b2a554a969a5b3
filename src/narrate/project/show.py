"""``narrate.toml``: find it, read it, and refuse what does not fit."""

from __future__ import annotations

import re
import uuid
import zoneinfo
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from narrate.errors import ShowError
from narrate.files import is_inside
from narrate.model import (
    CREATIVE_COMMONS,
    LANGUAGES,
    MAX_NAME,
    AudioSettings,
    Disclosure,
    FeedSettings,
    Loudness,
    Pauses,
    Reading,
    Show,
    ShowText,
    Voice,
)
from narrate.nearest import did_you_mean, suggestion
from narrate.project import publishing
from narrate.project.profiles import load_voices
from narrate.project.tables import Table, read_toml

SHOW_FILE = "narrate.toml"
"""Name of the file that makes a folder a show."""

DISCLOSURES: Mapping[str, str] = {
    "de": "{title} von {author}, gelesen von einer synthetischen Stimme.",
    "en": "{title} by {author}, read by a synthetic voice.",
}
"""The sentence for each language that a show without ``[disclosure]`` says."""

BITRATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""The constant bit rates of MPEG-1 Layer III (ISO/IEC 11172-3), in kbit/s."""

LUFS = {1: -19.0, 2: -16.0}
"""Usual loudness of a podcast by number of channels: the mono signal plays 3 dB louder on two
loudspeakers."""

DERIVED_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "narrate:shows-without-id")
"""Namespace of the ids of shows that set none."""

_TEXT_KEYS = ("title", "description", "author", "link", "cover")
_TABLES: Mapping[str, tuple[str, ...]] = {
    "lang": tuple(LANGUAGES),
    "voices": tuple(LANGUAGES),
    "pauses": tuple(Pauses.__slots__),
    "loudness": ("lufs", "true_peak_dbtp"),
    "disclosure": ("position", *LANGUAGES),
    "feed": (
        *("type", "updates", "full_text", "page_size"),
        *("copyright", "license", "license_url", "funding", "apple_verify"),
    ),
    "publish": publishing.KEYS,
}
_TOP = (
    "id",
    *_TEXT_KEYS,
    "email",
    "base_url",
    "enclosure_url",
    "languages",
    "category",
    "explicit",
    "private",
    "timezone",
    "formats",
    "channels",
    "bitrate_kbps",
    "chapter_level",
    "drop_translator_line",
    *_TABLES,
)
KEYS: Mapping[str, tuple[str, ...]] = {
    "": _TOP,
    **_TABLES,
    **{f"lang.{lang}": _TEXT_KEYS for lang in LANGUAGES},
}
"""Every setting of ``narrate.toml``: table (empty: top of the file) → keys."""

_MAX_PAUSE_MS = 10_000
_MAX_DESCRIPTION_BYTES = 100_000
_COVER_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
_UPDATES = ("", "daily", "weekly", "biweekly", "monthly", "yearly", "complete")
_MOST_ON_A_PAGE = 100_000
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def find_show(start: Path) -> Path:
    """The show that ``start`` lies in: the nearest folder upwards with ``narrate.toml``.

    Raises:
        ShowError: There is none.
    """
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / SHOW_FILE).is_file():
            return candidate
    raise ShowError(
        f"there is no {SHOW_FILE} here or in a folder above",
        where=str(start),
        mend="Go to the folder of your show, or make a new one: `narrate init DIR`.",
    )


def load_show(root: Path) -> tuple[Show, Mapping[str, Voice]]:
    """The settings and all voices of the show at ``root``.

    Raises:
        ShowError: A file, key, value or voice is invalid; says which and how to mend it.
    """
    root = root.resolve()
    top = Table(read_toml(root / SHOW_FILE, SHOW_FILE), SHOW_FILE)
    _refuse_unknown_keys(top)
    languages = top.words("languages", LANGUAGES, LANGUAGES)
    base_url = _base_url(top)
    texts = {lang: _show_text(top, lang, root, base_url) for lang in languages}
    show = Show(
        id=_id(top, texts),
        root=root,
        languages=languages,
        texts=texts,
        base_url=base_url,
        enclosure_url=top.choice("enclosure_url", "stable", ("stable", "versioned")),
        category=_category(top)[0],
        subcategory=_category(top)[1],
        explicit=top.flag("explicit", default=False),
        private=top.flag("private", default=False),
        email=_email(top),
        timezone=_timezone(top),
        voices=_voice_names(top, languages),
        reading=_reading(top),
        audio=_audio(top),
        feed=_feed(top.table("feed")),
        destination=publishing.destination(top.table("publish"), root),
    )
    voices = load_voices(root)
    _check_voices(top.table("voices"), show, voices)
    return show, voices


def _refuse_unknown_keys(top: Table) -> None:
    top.only(KEYS[""], KEYS)
    for name in (one for one in _TABLES if one != "publish"):  # which has more to say of keys
        top.table(name).only(KEYS[name], KEYS)
    for lang in LANGUAGES:
        top.table("lang").table(lang).only(_TEXT_KEYS, KEYS)


# --- identity and texts ------------------------------------------------------------------------


def _id(top: Table, texts: Mapping[str, ShowText]) -> uuid.UUID:
    """The set id, or one that follows from the texts, so that no build depends on chance."""
    text = top.line("id")
    if not text:
        told = [part for lang in sorted(texts) for part in (texts[lang].title, texts[lang].author)]
        return uuid.uuid5(DERIVED_IDS, "\n".join(told))
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise top.error(
            "id",
            "is no UUID",
            "Write one such as 123e4567-e89b-42d3-a456-426614174000, or take the line out.",
        ) from error


def _show_text(top: Table, lang: str, root: Path, base_url: str) -> ShowText:
    own = top.table("lang").table(lang)
    title = own.line("title") or top.line("title")
    if not title:
        raise own.error(
            "title", "the show has no title", f'Write below [lang.{lang}]: `title = "My show"`.'
        )
    return ShowText(
        title=title,
        description=_description(own) or _description(top) or title,
        author=own.line("author") or top.line("author"),
        link=own.url("link") or top.url("link") or base_url,
        cover=_cover(own, root) or _cover(top, root),
    )


def _description(table: Table) -> str:
    """Feeds cut it where it is too long for them, and say so."""
    return table.prose("description", most=_MAX_DESCRIPTION_BYTES)


def _cover(table: Table, root: Path) -> str:
    cover = table.line("cover")
    if not cover:
        return ""
    path = root / cover
    if not _is_file(path):
        raise table.error(
            "cover", f"there is no file “{cover}”", f"Paths count from the folder of {SHOW_FILE}."
        )
    if not is_inside(path, root):
        raise table.error("cover", "leads out of the show's folder", "Copy the picture into it.")
    if path.suffix.lower() not in _COVER_SUFFIXES:
        raise table.error("cover", "is no picture narrate reads", "Use a JPEG, PNG or WebP file.")
    return cover


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the file system allows
        return False


def _base_url(top: Table) -> str:
    url = top.url("base_url")
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.query or parts.fragment or url.endswith(("?", "#")):
        raise top.error("base_url", "holds a ? or #", "Write the address of the folder alone.")
    return url if url.endswith("/") else f"{url}/"


def _category(top: Table) -> tuple[str, str]:
    """Category and subcategory, parted by ``>``."""
    main, arrow, sub = (part.strip() for part in top.line("category", "Education").partition(">"))
    if not main or (arrow and not sub) or ">" in sub:
        raise top.error(
            "category",
            f"is {top.values['category']!r}",
            'Write one such as "Technology" or "Society & Culture > Documentary".',
        )
    return main, sub


def _email(top: Table) -> str:
    email = top.line("email")
    if email and not _EMAIL.fullmatch(email):
        raise top.error("email", "is no e-mail address", 'Write one such as "me@example.org".')
    return email


def _timezone(top: Table) -> str:
    name = top.line("timezone", "UTC")
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise top.error(
            "timezone",
            f"there is no time zone “{name[:60]}”",
            did_you_mean(name, zoneinfo.available_timezones()).rstrip()
            or 'Write one such as "Europe/Berlin".',
        ) from error
    return name


# --- reading and sound -------------------------------------------------------------------------


def _reading(top: Table) -> Reading:
    usual = Reading()
    pauses = top.table("pauses")
    return Reading(
        chapter_level=top.whole("chapter_level", usual.chapter_level, 1, 6),
        drop_translator_line=top.flag("drop_translator_line", usual.drop_translator_line),
        pauses=Pauses(
            **{
                key: pauses.whole(key, getattr(usual.pauses, key), 0, _MAX_PAUSE_MS)
                for key in Pauses.__slots__
            }
        ),
        disclosure=_disclosure(top.table("disclosure")),
    )


def _disclosure(table: Table) -> Disclosure:
    position = table.choice("position", "start", ("start", "end", "off"))
    return Disclosure(position, {lang: _template(table, lang) for lang in LANGUAGES})


def _template(table: Table, lang: str) -> str:
    template = table.line(lang, DISCLOSURES[lang])
    if not template:
        raise table.error(lang, "is empty", 'To say nothing, write `position = "off"`.')
    for name in _PLACEHOLDER.findall(template):
        if name not in {"title", "author"}:
            raise table.error(
                lang, f"“{{{name[:60]}}}” stands for nothing", "Use {title} and {author} only."
            )
    return template


def _audio(top: Table) -> AudioSettings:
    usual = AudioSettings()
    formats = top.words("formats", usual.formats, ("mp3", "m4b", "m4a"))
    if "mp3" not in formats:
        raise top.error("formats", "lacks mp3, which the feed needs", 'Add "mp3" to the list.')
    channels = top.whole("channels", usual.channels, 1, 2)
    bitrate = top.whole("bitrate_kbps", usual.bitrate_kbps, BITRATES[0], BITRATES[-1])
    if bitrate not in BITRATES:
        rates = ", ".join(map(str, BITRATES))
        raise top.error("bitrate_kbps", f"{bitrate} is no bit rate of MP3", f"Choose from {rates}.")
    loudness = top.table("loudness")
    return AudioSettings(
        formats=formats,
        channels=channels,
        bitrate_kbps=bitrate,
        loudness=Loudness(
            loudness.number("lufs", LUFS[channels], -40, -5),
            loudness.number("true_peak_dbtp", usual.loudness.true_peak_dbtp, -10, 0),
        ),
    )


def _feed(table: Table) -> FeedSettings:
    usual = FeedSettings()
    return FeedSettings(
        kind=table.choice("type", usual.kind, ("episodic", "serial")),
        updates=table.choice("updates", usual.updates, _UPDATES),
        full_text=table.flag("full_text", usual.full_text),
        page_size=table.whole("page_size", usual.page_size, 0, _MOST_ON_A_PAGE),
        copyright=table.line("copyright"),
        license=_license(table),
        license_url=table.url("license_url"),
        funding=table.url("funding"),
        apple_verify=table.line("apple_verify"),
    )


def _license(table: Table) -> str:
    name = table.line("license")
    if not name and table.line("license_url"):
        raise table.error(
            "license_url",
            "belongs to no licence",
            'Name it as well: `license = "my-license-1"`.',
        )
    if len(name) > MAX_NAME:
        raise table.error("license", f"has more than {MAX_NAME} characters", "Shorten it.")
    if CREATIVE_COMMONS.fullmatch(name):
        return name.lower()
    if name and not table.line("license_url"):
        raise table.error(
            "license",
            f"apps do not know “{name[:60]}”",
            'Write one such as "cc-by-4.0", or set “license_url” to where it can be read.',
        )
    return name


# --- voices ------------------------------------------------------------------------------------


def _voice_names(top: Table, languages: Iterable[str]) -> dict[str, str]:
    table = top.table("voices")
    names = {lang: table.line(lang) for lang in LANGUAGES if lang in table.values}
    for lang in languages:
        if not names.get(lang):
            raise table.error(
                lang,
                f"no voice is set for {LANGUAGES[lang]}",
                f'Write below [voices]: `{lang} = "pico-{lang}"`. '
                "`narrate voices` lists what there is.",
            )
    return names


def _check_voices(table: Table, show: Show, voices: Mapping[str, Voice]) -> None:
    for lang, name in show.voices.items():
        if name not in voices:
            known = sorted(known for known, voice in voices.items() if voice.lang == lang)
            raise table.error(lang, f"there is no file voices/{name}.toml", suggestion(name, known))
        if voices[name].lang != lang:
            raise table.error(
                lang,
                f"the voice “{name}” speaks {LANGUAGES[voices[name].lang]}",
                f"Set a voice whose “lang” is “{lang}”.",
            )
