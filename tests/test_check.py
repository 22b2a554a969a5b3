"""A sound show passes; each kind of damage is found, named, and can be mended as it says."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import mutagen.id3
import mutagen.mp4
import pytest
from PIL import Image, ImageFile

from narrate.build import OutputFile, Workspace
from narrate.check import Finding, Scope, Severity, check_show, quick
from narrate.check.episode import Place, episode_findings
from narrate.cover import examine
from narrate.errors import UsageError
from shows import GERMAN, SETTINGS, edit, make_show, narrate, snapshot, write_article


def found(show: Path, *, is_quick: bool = True) -> list[Finding]:
    return list(check_show(Workspace.open(show), Scope(is_quick=is_quick)).findings)


def told(show: Path, where: str, *, is_quick: bool = True) -> list[tuple[str, str]]:
    """Severity and clause of what was found at one place."""
    return [(f.severity.value, f.what) for f in found(show, is_quick=is_quick) if f.where == where]


def rewritten(show: Path, name: str, change: Callable[[Path], object]) -> None:
    """Change a file and let its record say that this is how it was written."""
    path = show / "output" / name
    change(path)
    space = Workspace.open(show)
    stem = next(one for one in space.known if name.startswith(f"{one}."))
    record = space.known[stem]
    outputs = tuple(OutputFile.of(path) if f.name == name else f for f in record.outputs)
    space.records.update(replace(record, outputs=outputs))


def test_a_finished_show_has_nothing_to_mend(show: Path) -> None:
    done = narrate(show, "check")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1].endswith(": 0 errors, 0 warnings"), done.out


def test_a_show_that_names_no_author_is_told_so_once(tmp_path: Path) -> None:
    show = make_show(tmp_path, SETTINGS.replace('author = "Ada Example"\n', ""))
    write_article(show, "first.de.md", GERMAN)
    assert narrate(show, "build").code == 0
    told = [f for f in found(show) if "author" in f.where + f.what]
    assert [(f.severity, f.where) for f in told] == [(Severity.NOTE, "narrate.toml: author")]
    mp3: Any = mutagen.id3.ID3(show / "output/first.de.mp3")  # type: ignore[no-untyped-call]
    m4b: Any = mutagen.mp4.MP4(show / "output/first.de.m4b")  # type: ignore[no-untyped-call]
    assert mp3["TPE1"].text == m4b["\xa9ART"] == ["Die Töne"]


def test_a_second_check_listens_to_nothing_and_a_build_is_left_as_it_was(show: Path) -> None:
    heard: list[str] = []
    space = Workspace.open(show)
    before = snapshot(show / "output"), (show / "published.toml").read_bytes()
    first = check_show(space, Scope(), 2, lambda name, *_: heard.append(name))
    assert sorted(heard) == sorted(
        file.name for r in space.known.values() for file in r.outputs if is_audio(file.name)
    )
    kept = snapshot(show / ".narrate/heard")
    assert len(kept) == len(heard)
    broken = Workspace.open(show)
    object.__setattr__(broken, "ffmpeg", None)  # nothing can be decoded: what was heard is kept
    assert check_show(broken, Scope()) == first
    assert snapshot(show / ".narrate/heard") == kept
    assert (snapshot(show / "output"), (show / "published.toml").read_bytes()) == before
    assert narrate(show, "build").out.startswith("Nothing to do: 2 episodes up to date\n")


def is_audio(name: str) -> bool:
    return name.endswith((".mp3", ".m4b", ".m4a"))


def test_missing_and_damaged_files_are_errors_and_a_build_mends_them(show: Path) -> None:
    extensions = ("mp3", "m4b", "chapters.json", "vtt", "srt", "transcript.json", "html")
    paths = [show / f"output/first.de.{extension}" for extension in extensions]
    whole = {path: path.read_bytes() for path in paths}
    mend = "`narrate build first` writes it anew."

    def errors(clauses: dict[str, str]) -> set[Finding]:
        return {Finding(Severity.ERROR, name, what, mend) for name, what in clauses.items()}

    for path, data in whole.items():
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    other = "has another content than its build wrote"
    assert errors({path.name: other for path in paths}) <= set(found(show))
    for path, data in whole.items():
        path.write_bytes(data[:-9])
    sizes = {path.name: len(data) for path, data in whole.items()}
    short = {name: f"has {size - 9:,} bytes instead of {size:,}" for name, size in sizes.items()}
    assert errors(short) <= set(found(show))
    for path in paths:
        path.unlink()
    assert errors({path.name: "is missing" for path in paths}) <= set(found(show))
    assert narrate(show, "check", "--quick").code == 1
    assert narrate(show, "build", "first").code == 0
    assert {path: path.read_bytes() for path in paths} == whole
    assert narrate(show, "check", "--quick").code == 0


def test_rot_that_no_time_tells_of_is_found_by_a_whole_check(show: Path) -> None:
    path = show / "output/first.en.mp3"
    data, times = bytearray(path.read_bytes()), path.stat()
    data[-2000] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert told(show, path.name) == []
    assert ("error", "has another content than its build wrote") in told(
        show, path.name, is_quick=False
    )


def test_tags_that_another_program_rewrote_are_found(show: Path) -> None:
    def rewrite(path: Path) -> None:
        tags: Any = mutagen.id3.ID3(path)  # type: ignore[no-untyped-call]
        tags.delall("APIC")
        tags["TIT2"] = mutagen.id3.TIT2(encoding=3, text=["Other"])  # type: ignore[no-untyped-call]
        tags.save(v2_version=3)

    rewritten(show, "first.de.mp3", rewrite)
    assert told(show, "first.de.mp3") == [
        ("error", "has the title “Other” in its tags"),
        ("warning", "carries no cover"),
    ]


def test_chapters_that_were_moved_are_found_in_every_list(show: Path) -> None:
    def rename(path: Path) -> None:
        tags: Any = mutagen.id3.ID3(path)  # type: ignore[no-untyped-call]
        chapter = tags.getall("CHAP")[1]
        chapter.start_time += 250
        tags.save(v2_version=3)

    rewritten(show, "first.de.mp3", rename)
    [(severity, what)] = told(show, "first.de.mp3")
    assert severity == "error"
    assert what.startswith("its chapters (CHAP) are not those of the episode: chapter 2 begins at ")

    def retitle(path: Path) -> None:
        data = path.read_bytes()
        nero = data.index(b"chpl")
        place = data.index(b"Das erste Kapitel", nero)
        path.write_bytes(data[:place] + b"D" * 17 + data[place + 17 :])

    rewritten(show, "first.de.m4b", retitle)
    assert told(show, "first.de.m4b") == [
        (
            "error",
            (
                "its chapters (chpl) are not those of the episode: chapter 2 is called "
                "“DDDDDDDDDDDDDDDDD” instead of “Das erste Kapitel”"
            ),
        )
    ]

    def shift(path: Path) -> None:
        content = json.loads(path.read_bytes())
        content["chapters"].pop()
        path.write_text(json.dumps(content))

    rewritten(show, "first.de.chapters.json", shift)
    assert told(show, "first.de.chapters.json") == [
        ("error", "its chapters are not those of the episode: 2 instead of 3")
    ]


def test_the_text_track_of_an_m4b_is_read_by_itself(show: Path) -> None:
    def retitle(path: Path) -> None:
        data = path.read_bytes()
        title = b"Das zweite Kapitel"
        place = data.index(b"\0" + bytes([len(title)]) + title, data.index(b"mdat"))
        path.write_bytes(data[: place + 2] + b"E" * len(title) + data[place + 2 + len(title) :])

    rewritten(show, "first.de.m4b", retitle)
    [(_, what)] = told(show, "first.de.m4b")
    assert what.startswith("its chapters (text track) are not those of the episode: chapter 3 is")


@pytest.mark.parametrize("name", ["first.de.mp3", "first.de.m4b"])
@pytest.mark.parametrize(
    "content", [b"", b"ID3", b"\0" * 5000, b"ID3\3\0\0\0\0\x7f\x7f" + b"x" * 99]
)
def test_what_is_no_audio_file_is_named_and_breaks_nothing(
    show: Path, name: str, content: bytes
) -> None:
    rewritten(show, name, lambda path: path.write_bytes(content))
    assert [severity for severity, _ in told(show, name)] == ["error"]
    assert {severity for severity, _ in told(show, name, is_quick=False)} == {"error"}


@pytest.mark.parametrize("name", ["first.de.mp3", "first.de.m4b"])
def test_a_file_cut_or_garbled_anywhere_never_ends_in_a_traceback(show: Path, name: str) -> None:
    path = show / "output" / name
    whole, record = path.read_bytes(), Workspace.open(show).known["first.de"]
    said = 0
    for step in range(1, 100):
        place = step * 41
        content = bytearray(whole[: 60_000 if step % 2 else place + 400])
        content[place : place + 8] = b"\xff" * 8
        path.write_bytes(content)
        noted = replace(record, outputs=(OutputFile.of(path),))
        said += bool(list(episode_findings(noted, Place(path.parent, is_whole=False))))
    assert said > 50


def test_loudness_length_and_first_sounds_are_heard(show: Path) -> None:
    shutil.copy(show / "output/first.en.mp3", show / "other.mp3")

    def other(path: Path) -> None:
        # The tags of this episode before the sound of the other one.
        own, new = path.read_bytes(), (show / "other.mp3").read_bytes()
        path.write_bytes(own[: own.index(b"Info") - 21] + new[new.index(b"Info") - 21 :])

    rewritten(show, "first.de.mp3", other)
    clauses = " / ".join(what for _, what in told(show, "first.de.mp3", is_quick=False))
    assert "samples, its chapters" in clauses
    assert "its sound does not begin half a second after the mark in chapter 2" in clauses
    space = Workspace.open(show)
    record = space.known["first.en"]
    settings = {**record.settings, "audio setting lufs": "-16.0"}
    settings["audio setting true_peak_dbtp"] = "-30.0"
    space.records.update(replace(record, settings=settings))
    levels = told(show, "first.en.mp3", is_quick=False)
    assert [severity for severity, _ in levels] == ["error", "warning"]
    assert levels[0][1].endswith("dBTP, above -30.0")
    assert levels[1][1].endswith("LUFS instead of -16.0")


def feed_edit(show: Path, old: str, new: str) -> list[tuple[str, str]]:
    edit(show / "output/feed.de.xml", old, new)
    return [(f.where, f.what) for f in found(show) if f.severity is Severity.ERROR]


def test_a_feed_that_tells_of_other_files_is_found(show: Path) -> None:
    size = (show / "output/first.de.mp3").stat().st_size
    [(where, what)] = feed_edit(show, f'length="{size}"', 'length="17"')
    assert (where, what) == (
        "feed.de.xml: first.de",
        f"says 17 bytes, the file has {size}",
    )
    problems = feed_edit(show, 'type="audio/mpeg"', 'type="audio/wrong"')
    assert ("feed.de.xml: first.de", "gives the audio the type “audio/wrong”") in problems
    problems = feed_edit(show, "<itunes:duration>", "<itunes:duration>9")
    assert any("it lasts" in what for _, what in problems)
    problems = feed_edit(show, 'title="Das erste Kapitel"', 'title="Ein anderes"')
    assert any(
        what == "its chapters (psc) are not those of the episode: chapter 2 is called “Ein anderes”"
        for _, what in problems
    )
    problems = feed_edit(show, "first.de.chapters.json", "gone.json")
    assert any(what == "names gone.json, which is not there" for _, what in problems)
    assert narrate(show, "build").code == 0
    assert found(show) == []


def test_a_feed_that_was_edited_where_no_rule_looks_is_found(show: Path) -> None:
    edit(show / "output/feed.de.xml", "<title>Die Töne</title>", "<title>Anders</title>")
    assert [(f.severity, f.where, f.what) for f in found(show)] == [
        (Severity.WARNING, "feed.de.xml", "was changed after its build wrote it")
    ]
    assert narrate(show, "build").code == 0
    assert found(show) == []


def test_a_page_a_catalogue_and_a_list_of_feeds_that_are_gone_are_errors(show: Path) -> None:
    for name in ("index.html", "show.json", "feeds.opml"):
        (show / "output" / name).unlink()
        assert [(f.severity, f.where, f.what) for f in found(show)] == [
            (Severity.ERROR, name, "is missing")
        ]
        assert narrate(show, "build").code == 0
    assert found(show) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<rss",
        b"<html/>",
        b"<rss/>",
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>',
    ],
)
def test_what_is_no_feed_is_an_error(show: Path, content: bytes) -> None:
    (show / "output/feed.en.xml").write_bytes(content)
    problems = [one for one in found(show) if one.where.startswith("feed.en.xml")]
    assert problems
    assert problems[0].severity is Severity.ERROR
    assert not any("root:" in one.what for one in problems)


def test_long_texts_and_dates_that_apps_dislike_are_warnings(show: Path) -> None:
    edit(
        show / "articles/first.de.md",
        "date: 2024-05-01",
        "date: 2024-05-01\nsummary: >\n  " + "Wort " * 900,
    )
    edit(show / "published.toml", "published = 2024", "published = 2199")
    assert narrate(show, "build").code == 0
    warnings = [(f.where, f.what) for f in found(show) if f.severity is Severity.WARNING]
    assert any("cut at a word" in what for where, what in warnings if where.endswith(".de.md"))
    assert any("which is to come" in what for _, what in warnings)
    done = narrate(show, "check", "--quick")
    assert done.code == 0, "warnings are no errors"


def test_the_catalogue_is_compared_with_the_files(show: Path) -> None:
    catalogue = show / "output/show.json"
    content = json.loads(catalogue.read_bytes())
    content["episodes"][0]["duration"] = 1
    content["episodes"][0]["chapters_file"] = "../narrate.toml"
    content["episodes"][1]["chapters"] = [{"start": True}]
    catalogue.write_text(json.dumps(content))
    clauses = " / ".join(one.what for one in found(show) if one.where.startswith("show.json: "))
    assert "says that it lasts 1 s" in clauses
    assert "names ../narrate.toml, which is not there" in clauses
    assert "its chapters are not those of the episode" in clauses
    content["episodes"][0] |= {"files": ["x"], "chapters": 5, "duration": 10**400}
    content["episodes"][1] |= {"files": 5, "transcripts": 5, "image": {}}
    catalogue.write_text(json.dumps(content))
    assert {one.severity for one in found(show)} == {Severity.ERROR}
    catalogue.write_text("[]")
    assert told(show, "show.json") == [("error", "is no catalogue of a show")]
    catalogue.unlink()
    assert told(show, "show.json") == [("error", "is missing")]


@pytest.mark.parametrize(
    ("name", "content", "clause"),
    [
        ("vtt", "no header", "does not begin with `WEBVTT`"),
        (
            "vtt",
            "WEBVTT\n\n1\n00:00:02.000 --> 00:00:01.000\nx\n",
            "has cues that are out of order",
        ),
        ("vtt", "WEBVTT\n\n1\n00:00:02 -> 00:00:03\nx\n", "has a cue without a time or text"),
        ("vtt", "WEBVTT\n", "holds no text"),
        ("srt", "1\n00:00:01,000 --> 09:00:00,000\nx\n", "goes on after the episode ends"),
        ("srt", "1\n00:00:01,000 --> 00:00:02,000\n\n", "has a cue without a time or text"),
        ("transcript.json", "{}", "is no transcript in JSON"),
        (
            "transcript.json",
            '{"version": "1.0.0", "segments": [5]}',
            "has a segment without a time",
        ),
        ("html", "<p>", "is no HTML document"),
    ],
)
def test_transcripts_that_players_would_refuse_are_errors(
    show: Path, name: str, content: str, clause: str
) -> None:
    rewritten(show, f"first.de.{name}", lambda path: path.write_text(content))
    errors = [what for severity, what in told(show, f"first.de.{name}") if severity == "error"]
    assert errors, found(show)
    assert errors[0].startswith(clause)


def picture(path: Path, mode: str, size: tuple[int, int], form: str) -> Path:
    noise = Image.effect_noise((100, 100), 80).resize(size)
    noise.convert("RGB").convert(mode).save(path, form)
    return path


@pytest.mark.parametrize(
    ("mode", "size", "form", "expected"),
    [
        (
            "CMYK",
            (1500, 1500),
            "JPEG",
            ("note", "has colours for print (CMYK), which were converted"),
        ),
        (
            "RGBA",
            (1500, 1500),
            "PNG",
            ("note", "is transparent; what was seen through became white"),
        ),
        (
            "RGB",
            (300, 300),
            "PNG",
            ("warning", "has 300 x 300 pixels and was enlarged, which looks blurred"),
        ),
        (
            "RGB",
            (3000, 1500),
            "JPEG",
            ("note", "is not square (3000 x 1500 pixels); it lies whole on a blurred ground"),
        ),
        ("RGB", (150, 150), "PNG", ("error", "the cover is too small (150 x 150 pixels)")),
    ],
)
def test_what_became_of_the_users_cover_is_told(
    tmp_path: Path, mode: str, size: tuple[int, int], form: str, expected: tuple[str, str]
) -> None:
    show = make_show(tmp_path)
    name = f"mine.{form.lower()}"
    picture(show / name, mode, size, form)
    edit(show / "narrate.toml", "[lang.de]", f'cover = "{name}"\n\n[lang.de]')
    assert expected in told(show, f"narrate.toml: cover: {name}")


def test_a_cover_that_is_no_picture_or_gone_is_an_error(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    (show / "mine.png").write_bytes(b"GIF89a nothing of the kind")
    edit(show / "narrate.toml", "[lang.de]", 'cover = "mine.png"\n\n[lang.de]')
    where = "narrate.toml: cover: mine.png"
    assert told(show, where) == [("error", "the cover is no picture that can be read")]


def test_a_cover_that_many_files_carry_is_decoded_once(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[bytes] = []
    load = ImageFile.ImageFile.load

    def load_and_tell(picture: ImageFile.ImageFile) -> object:
        if picture.tile:
            decoded.append(picture.fp.getvalue())  # type: ignore[union-attr]
        return load(picture)

    monkeypatch.setattr(ImageFile.ImageFile, "load", load_and_tell)
    examine.cache_clear()
    assert found(show) == []
    assert decoded
    assert len(decoded) == len(set(decoded))


@pytest.mark.parametrize(
    ("mode", "size", "form", "clause"),
    [
        ("CMYK", (1400, 1400), "JPEG", "has the colours CMYK"),
        ("RGB", (1399, 1399), "JPEG", "has 1399 x 1399 pixels"),
        ("RGB", (1500, 1400), "JPEG", "is not square"),
        ("RGBA", (1400, 1400), "PNG", "is transparent"),
        ("RGB", (1400, 1400), "WEBP", "is a WEBP picture"),
    ],
)
def test_a_published_cover_that_directories_refuse_is_an_error(
    show: Path, mode: str, size: tuple[int, int], form: str, clause: str
) -> None:
    picture(show / "output/cover.de.jpg", mode, size, form)
    assert any(what.startswith(clause) for _, what in told(show, "cover.de.jpg"))


def test_a_show_without_episodes_and_one_whose_notes_are_lost(tmp_path: Path, show: Path) -> None:
    empty = make_show(tmp_path / "empty")
    assert told(empty, "output") == [("error", "nothing has been built yet")]
    done = narrate(empty, "check")
    assert done.code == 1
    assert "`narrate build` makes the episodes." in done.out
    shutil.rmtree(show / ".narrate")
    lost = ("warning", "is published, but nothing is noted of its files")
    assert told(show, "first.de") == [lost]
    assert narrate(show, "check").code == 0


def test_keys_languages_and_programs(built: Path) -> None:
    done = narrate(built, "check", "fir*", "--lang", "de", "--quick", "--json")
    facts = json.loads(done.out)
    assert (facts["episodes"], facts["feeds"], facts["errors"]) == (1, 1, 0)
    assert facts["findings"] == []
    with pytest.raises(UsageError, match="no finished episode “frist”"):
        check_show(Workspace.open(built), Scope(keys=("frist",)))
    done = narrate(built, "check", "frist")
    assert (done.code, done.out) == (2, "")
    assert "Did you mean “first”?" in done.err
    assert narrate(built, "check", "first", "--public").code == 2


def test_publishing_can_ask_for_what_is_quick(show: Path) -> None:
    assert quick(Workspace.open(show)).is_sound
    (show / "output/first.de.mp3").unlink()
    report = quick(Workspace.open(show))
    assert not report.is_sound
    assert not (show / ".narrate/heard").exists() or not list((show / ".narrate/heard").iterdir())


def test_mp4_tags_are_those_that_mutagen_reads(built: Path) -> None:
    from narrate.check.mp4_file import read_mp4  # noqa: PLC0415

    path = built / "output/first.de.m4b"
    told, other = read_mp4(path), mutagen.mp4.MP4(path)  # type: ignore[no-untyped-call]
    assert other.tags is not None
    assert told.title == other.tags["\xa9nam"][0]
    assert told.picture == bytes(other.tags["covr"][0])
    assert told.kind == other.tags["stik"][0] == 2
    assert [(one.title, round(one.start, 3)) for one in told.lists["chpl"]] == [
        (one.title, round(one.start, 3)) for one in other.chapters
    ]
    assert told.seconds == pytest.approx(other.info.length, abs=0.01)
    gain = other.tags["----:com.apple.iTunes:replaygain_track_gain"][0]
    assert told.gain == bytes(gain).decode()
