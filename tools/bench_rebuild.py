"""What a change costs, beside a full build and beside ffmpeg's bare encoding.

    python tools/bench_rebuild.py [--articles 500] [--hours 10] [--rounds 3] [--work DIR]
    python tools/bench_rebuild.py --giant 13.7

Two shows are made, both spoken by the engine ``tone``: one of many articles of ten short chapters,
one of a single long article, and two shorter ones with the beginning of its text. Every command is
the real one in a process of its own; what it synthesised, encoded and wrote is counted from its
``--json``. The finished long episode is decoded by ffmpeg, and its samples are compared with its
marks. The last line of the output is one JSON object.

``--work DIR`` keeps the shows: the next run goes on with what lies there, and the rows that need
a first build are then left out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bench_speech import descendants

from narrate.assemble import marks
from narrate.encode import Ffmpeg, encode_chapter, find_ffmpeg, write_episode
from narrate.encode.streams import JOIN_FRAMES, sample_count
from narrate.model import AudioSettings, Tags

CHAPTERS = 10
"""Of each article of the show of many."""

CHAPTER_S = 180
"""Length of a chapter of the long episode: ten hours have two hundred."""

RATE = 44_100
FORMATS = ("mp3", "m4b")
LEAD_MS = 500
"""From a chapter's mark to its first sound."""

_SOUND = 0.01  # of full scale: anything louder is no silence
_AT_JOIN = RATE * 5 // 1000
_POLL_S = 0.02
_WORDS = (
    *("river", "stone", "morning", "window", "garden", "letter", "silver", "mountain", "quiet"),
    *("harbour", "lantern", "winter", "meadow", "copper", "shadow", "market", "orchard"),
    *("feather", "thunder", "island", "willow", "candle", "forest", "bridge"),
)
_CHARS_A_SECOND = 14.5  # measured with the pauses between them

_SETTINGS = """\
id = "11111111-2222-4333-8444-555555555555"
title = "{title}"
author = "Ada Example"
base_url = "https://example.org/show/"
languages = ["en"]
category = "Education"

[voices]
en = "tone"
"""
_VOICE = 'lang = "en"\nengine = "tone"\nlicence = "CC0"\n'


# --- the shows ---------------------------------------------------------------------------------


def make_show(folder: Path, title: str) -> Path:
    """A show without articles, or the one that lies there."""
    for name in ("articles", "voices"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "narrate.toml").write_text(_SETTINGS.format(title=title), encoding="utf-8")
    (folder / "voices" / "tone.toml").write_text(_VOICE, encoding="utf-8")
    return folder


def sentence(words: random.Random, count: int) -> str:
    """Some words that no other sentence has in this order."""
    return f"{' '.join(words.choices(_WORDS, k=count)).capitalize()}."


def short_article(number: int) -> str:
    """Ten chapters of a heading and one short sentence."""
    words = random.Random(number)  # noqa: S311 - the same texts in every run
    lines = [_front_matter(f"Article {_spelled(number)}")]
    for chapter in range(CHAPTERS):
        lines += [f"## Part {_spelled(chapter)}", sentence(words, 4)]
    return "\n\n".join(lines) + "\n"


def long_article(title: str, chapters: int, chapter_s: float) -> str:
    """Chapters of some seconds each; a shorter article is the beginning of a longer one."""
    words = random.Random(0)  # noqa: S311
    lines = [_front_matter(title)]
    for chapter in range(chapters):
        lines.append(f"## Chapter {_spelled(chapter)}")
        room = chapter_s * _CHARS_A_SECOND
        while room > 0:
            lines.append(" ".join(sentence(words, 12) for _ in range(3)))
            room -= len(lines[-1])
    return "\n\n".join(lines) + "\n"


def _front_matter(title: str) -> str:
    return f"---\ntitle: {title}\ndate: 2024-05-01\nsummary: What stands here.\n---"


def _spelled(number: int) -> str:
    """A name for a number that holds no digit: nothing in it has to be spoken otherwise."""
    name = _WORDS[number % len(_WORDS)]
    return f"{_spelled(number // len(_WORDS))} {name}" if number >= len(_WORDS) else name


def write(show: Path, name: str, text: str) -> None:
    """Write an article."""
    (show / "articles" / f"{name}.en.md").write_text(text, encoding="utf-8")


def edit(show: Path, name: str, before: str, after: str) -> None:
    """Replace the one place where ``before`` stands in an article."""
    path = show / "articles" / f"{name}.en.md"
    text = path.read_text(encoding="utf-8")
    if text.count(before) != 1:
        raise SystemExit(f"{name}: {before!r} does not stand there once")
    path.write_text(text.replace(before, after), encoding="utf-8")


# --- running -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cost:
    """What one command did.

    Attributes:
        wall_s: From start to end of its process.
        rss_mb: Peak of narrate's own process.
        children_rss_mb: Peak of the largest process that it started.
        synthesised: Utterances.
        encoded: Chapters, each in the formats that it lacked.
        written: Episodes.
    """

    wall_s: float
    rss_mb: int
    children_rss_mb: int
    synthesised: int = 0
    encoded: int = 0
    written: int = 0


class Memory(threading.Thread):
    """The peaks of a process and of those that it starts, watched until ``end``."""

    def __init__(self, pid: int) -> None:
        super().__init__()
        self._pid = pid
        self._peaks: dict[int, int] = {}
        self._ended = threading.Event()

    def run(self) -> None:
        """Look, again and again."""
        while not self._ended.wait(_POLL_S):
            try:
                pids = descendants(self._pid)
            except OSError:  # one ended while it was looked at
                continue
            for pid in pids:
                self._peaks[pid] = max(self._peaks.get(pid, 0), _peak_mb(pid))

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()

    @property
    def own_mb(self) -> int:
        """Of the process itself."""
        return self._peaks.get(self._pid, 0)

    @property
    def children_mb(self) -> int:
        """Of the largest that it started."""
        return max((mb for pid, mb in self._peaks.items() if pid != self._pid), default=0)


def _peak_mb(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return next(
        (int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")),
        0,
    )


def narrate(show: Path, *arguments: str) -> tuple[Cost, str]:
    """Run a command; returns what it cost and what it printed."""
    command = [sys.executable, "-m", "narrate", "-C", str(show), *arguments]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out)
        memory = Memory(process.pid)
        memory.start()
        code = process.wait()
        wall_s = time.perf_counter() - started
        memory.end()
        out.seek(0)
        printed = out.read()
    if code:
        raise SystemExit(f"{' '.join(command)}: exit code {code}\n{printed}")
    return Cost(wall_s, memory.own_mb, memory.children_mb), printed


def build(show: Path, *arguments: str) -> Cost:
    """Run ``narrate build --json`` and count its events."""
    cost, printed = narrate(show, "build", "--json", *arguments)
    events = [json.loads(line) for line in printed.splitlines()]
    kinds = Counter(event["event"] for event in events)
    return Cost(
        cost.wall_s,
        cost.rss_mb,
        cost.children_rss_mb,
        synthesised=events[-1]["synthesised"],
        encoded=kinds["chapterencoded"],
        written=kinds["episodewritten"],
    )


def repeated(rounds: int, change: Callable[[int], None], run: Callable[[], Cost]) -> Cost:
    """Change something and run, some times; the run whose time is the median, its memory the most.

    Raises:
        SystemExit: Two runs did not do the same work.
    """
    costs = []
    for number in range(rounds):
        change(number)
        costs.append(run())
    work = {(cost.synthesised, cost.encoded, cost.written) for cost in costs}
    if len(work) != 1:
        raise SystemExit(f"the same change cost differently: {sorted(work)}")
    last = costs[-1]
    return Cost(
        statistics.median(cost.wall_s for cost in costs),
        max(cost.rss_mb for cost in costs),
        max(cost.children_rss_mb for cost in costs),
        *(last.synthesised, last.encoded, last.written),
    )


def unchanged(number: int) -> None:
    """Leave all as it is."""


# --- the sound of a finished file --------------------------------------------------------------


@dataclass(frozen=True)
class Sound:
    """A finished file, as ffmpeg decodes it.

    Attributes:
        frames: Decoded samples.
        packets: Samples that the joined chapters stand for.
        marks: Chapters that the file lists.
        mark_error_ms: Largest deviation of a chapter's first sound from :data:`LEAD_MS` after its
            mark.
        join_step: Largest difference of neighbouring samples near a join, in parts of full scale.
        complaints: Lines that ``ffmpeg -v error`` wrote.
    """

    frames: int
    packets: int
    marks: int
    mark_error_ms: float
    join_step: float
    complaints: int


def ffmpeg_run(ffmpeg: Ffmpeg, *arguments: str) -> tuple[str, list[str]]:
    """Run ffmpeg; returns its output and its complaints."""
    done = subprocess.run(
        [ffmpeg.path, "-nostdin", "-y", "-v", "error", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout, done.stderr.splitlines()


def starts_of(ffmpeg: Ffmpeg, path: Path) -> list[float]:
    """The chapter marks that a file lists, in seconds."""
    # Times as they stand in the file: else ffmpeg takes an MP3's delay, 25 ms, off them.
    notes, _ = ffmpeg_run(ffmpeg, "-copyts", "-i", str(path), "-f", "ffmetadata", "-")
    starts, base = [], 1.0
    for line in notes.splitlines():
        key, _, value = line.partition("=")
        if key == "TIMEBASE":
            above, below = map(int, value.split("/"))
            base = above / below
        elif key == "START":
            starts.append(int(value) * base)
    return starts


def sound_of(ffmpeg: Ffmpeg, path: Path, parts: Sequence[Path], pcm: Path) -> Sound:
    """Decode a file to ``pcm`` and compare its samples with its marks and its chapters."""
    _, complaints = ffmpeg_run(ffmpeg, "-i", str(path), "-map", "0:a", "-f", "s16le", str(pcm))
    starts = starts_of(ffmpeg, path)
    samples = np.memmap(pcm, "<i2", "r")
    errors, steps = [], []
    for start in starts:
        mark = round(start * RATE)
        lead = np.abs(samples[mark : mark + 2 * RATE].astype(np.int32)) > _SOUND * 32768
        errors.append(abs(float(np.argmax(lead)) * 1000 / RATE - LEAD_MS))
        near = samples[max(mark - _AT_JOIN, 0) : mark + _AT_JOIN].astype(np.int32)
        steps.append(int(np.abs(np.diff(near)).max()))
    return Sound(
        frames=samples.size,
        packets=sum(sample_count(part, path.suffix.removeprefix(".")) for part in parts),
        marks=len(starts),
        mark_error_ms=max(errors),
        join_step=max(steps) / 32768,
        complaints=len(complaints),
    )


def bare_encoding_s(ffmpeg: Ffmpeg, pcm: Path, folder: Path) -> dict[str, float]:
    """Seconds in which ffmpeg alone encodes a raw file, by format."""
    spent = {}
    codecs = {"mp3": ("libmp3lame",), "m4b": ("aac", "-aac_coder", "fast")}
    for fmt, codec in codecs.items():
        target = folder / f"bare.{'mp3' if fmt == 'mp3' else 'm4a'}"
        source = ("-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", str(pcm))
        started = time.perf_counter()
        ffmpeg_run(ffmpeg, *source, "-c:a", *codec, "-b:a", "96k", str(target))
        spent[fmt] = time.perf_counter() - started
        target.unlink()
    return spent


def beyond_4_gib(ffmpeg: Ffmpeg, work: Path, hours: float) -> dict[str, object]:
    """Encode one chapter between two short ones, join them, and look where its sound is.

    A tone of a second stands in every twenty; 13.6 hours of it are 4 GiB of samples.
    """
    tone = (0.5 * 32767 * np.sin(np.arange(RATE) * 2 * np.pi * 440 / RATE)).astype("<i2")
    settings = AudioSettings()
    frames = [_whole(20), _whole(hours * 3600), _whole(20)]
    figures: dict[str, object] = {"pcm_bytes": 2 * frames[1]}
    raw = [work / f"{number}.pcm" for number in range(len(frames))]
    for path, length in zip(raw, frames, strict=True):
        with path.open("wb") as file:
            file.truncate(2 * length)
            for start in range(LEAD_MS * RATE // 1000, length - 2 * RATE, 20 * RATE):
                file.seek(2 * start)
                file.write(tone.tobytes())
    for fmt in FORMATS:
        parts = [path.with_suffix(f".{fmt}") for path in raw]
        started = time.perf_counter()
        for path, part in zip(raw, parts, strict=True):
            encode_chapter(path, fmt, settings, ffmpeg, part)
        encoded_s = time.perf_counter() - started
        target, decoded = work / f"giant.{fmt}", work / "giant.pcm"
        tags = Tags(title="Giant", artist="", album="", lang="en", date="")
        placed = marks(["Before", "Giant", "After"], frames)
        write_episode(parts, placed, tags, None, fmt, settings, ffmpeg, target)
        sound = sound_of(ffmpeg, target, parts, decoded)
        print(f"{fmt}: encoded in {encoded_s:.0f} s, {sound}", flush=True)
        figures[fmt] = {
            "length_error_frames": abs(sound.frames - sum(frames)),
            **{name: getattr(sound, name) for name in ("marks", "mark_error_ms", "complaints")},
        }
        for path in (*parts, target, decoded):
            path.unlink()
    for path in raw:
        path.unlink()
    return figures


def _whole(seconds: float) -> int:
    """Frames of a chapter about this long, as chapters are joined."""
    return max(round(seconds * RATE / JOIN_FRAMES), 1) * JOIN_FRAMES


def parts_of(show: Path, stem: str, fmt: str) -> list[Path]:
    """The encoded chapters that an episode was joined from, in order."""
    script = json.loads((show / ".narrate/scripts" / f"{stem}.json").read_text(encoding="utf-8"))
    keys = [chapter["parts"][fmt] for chapter in script["chapters"]]
    return [show / ".narrate/chapters" / key[:2] / f"{key}.{fmt}" for key in keys]


# --- the rows ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Size:
    """How much is built.

    Attributes:
        articles: Of the show of many.
        hours: Of the long episode.
        chapter_s: Length of its chapters.
        rounds: Of each change.
    """

    articles: int = 500
    hours: float = 10.0
    chapter_s: float = CHAPTER_S
    rounds: int = 3

    def chapters(self, hours: float) -> int:
        """Of an episode of this length; two at least."""
        return max(round(hours * 3600 / self.chapter_s), 2)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    cost: Cost


class Bench:
    """The rows so far, printed as they come."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.rows: list[Row] = []
        self.figures: dict[str, object] = {}
        print(
            f"{'':44} {'seconds':>9} {'spoken':>7} {'encoded':>7} {'written':>7} "
            f"{'MB':>5} {'children':>8}"
        )

    def add(self, name: str, cost: Cost) -> Cost:
        """Print a row."""
        self.rows.append(Row(name, cost))
        print(
            f"{name:44} {cost.wall_s:9.2f} {cost.synthesised:7} {cost.encoded:7} {cost.written:7} "
            f"{cost.rss_mb:5} {cost.children_rss_mb:8}",
            flush=True,
        )
        return cost

    def repeat(self, name: str, change: Callable[[int], None], run: Callable[[], Cost]) -> Cost:
        """Measure some rounds of a change, and print a row."""
        return self.add(name, repeated(self.rounds, change, run))

    @property
    def peak_mb(self) -> tuple[int, int]:
        """Of narrate, and of the largest process that it started."""
        costs = [row.cost for row in self.rows]
        return max(c.rss_mb for c in costs), max(c.children_rss_mb for c in costs)


def many(bench: Bench, show: Path, articles: int) -> None:
    """A show of many articles: built in steps, then changed."""
    make_show(show, "Many")
    full_s = 0.0
    plans: dict[int, float] = {}
    noop = Cost(0, 0, 0)
    for upto in sorted({max(articles // 4, 1), max(articles // 2, 1), articles}):
        for number in range(upto):
            write(show, f"a{number:04}", short_article(number))
        first = bench.add(f"{upto} articles: first build of what is new", build(show))
        full_s += first.wall_s if first.encoded else 0.0
        noop = bench.repeat(f"{upto} articles: nothing changed", unchanged, lambda: build(show))
        dry = repeated(bench.rounds, unchanged, lambda: narrate(show, "build", "--dry-run")[0])
        plans[upto] = dry.wall_s
        bench.add(f"{upto} articles: every article read (--dry-run)", dry)

    def summary(number: int) -> None:
        write(show, "a0000", short_article(0).replace("What", f"What in round {number}"))

    metadata = bench.repeat("summary of one article changed", summary, lambda: build(show))
    write(show, "a0000", short_article(0))
    build(show)

    def date(number: int) -> None:
        text = short_article(0).replace("date: 2024-05-01", f"date: 2024-05-{number + 2:02}")
        write(show, "a0000", text)

    dated = bench.repeat("date of one article changed", date, lambda: build(show))

    def category(number: int) -> None:
        settings = (show / "narrate.toml").read_text(encoding="utf-8")
        before, after = ("Education", "Arts") if "Education" in settings else ("Arts", "Education")
        path = show / "narrate.toml"
        path.write_text(settings.replace(f'"{before}"', f'"{after}"'), encoding="utf-8")
        del number

    listed = bench.repeat("category of the show changed", category, lambda: build(show))

    def heading(number: int) -> None:
        text = short_article(1).replace(f"## Part {_WORDS[4]}", f"## Round {_spelled(number)}")
        write(show, "a0001", text)

    headed = bench.repeat("a chapter's heading changed", heading, lambda: build(show))
    for number, text in ((0, short_article(0)), (1, short_article(1))):
        write(show, f"a{number:04}", text)
    build(show)
    least, most = min(plans), max(plans)
    bench.figures |= {
        "articles": articles,
        "full_s": full_s or None,
        "noop_s": noop.wall_s,
        "noop_ratio": noop.wall_s / full_s if full_s else None,
        "noop_work": noop.synthesised + noop.encoded + noop.written,
        "metadata_only_synthesised": sum(c.synthesised for c in (metadata, dated, listed)),
        "metadata_only_encodes": sum(c.encoded for c in (metadata, dated, listed)),
        "metadata_only_s": metadata.wall_s,
        "category_episodes": listed.written,
        "heading_utterances": headed.synthesised,
        "heading_chapters": headed.encoded,
        "heading_s": headed.wall_s,
        "plan_s": {str(count): seconds for count, seconds in plans.items()},
        "plan_ms_per_article": (
            (plans[most] - plans[least]) / (most - least) * 1000 if most > least else None
        ),
    }


def long(bench: Bench, show: Path, size: Size, ffmpeg: Ffmpeg, work: Path) -> None:
    """An episode of many hours, and shorter ones beside it that its memory is compared with."""
    make_show(show, "Long")
    hours = size.hours
    memory = {}
    for length in (hours / 10, hours * 3 / 10, hours):
        name = f"h{length:g}".replace(".", "-")
        title = f"The Story of {_spelled(round(length * 3600))}"
        write(show, name, long_article(title, size.chapters(length), size.chapter_s))
        bench.add(f"{length:g} h: first build, with its synthesis", build(show))
        # Its chapters are there: what is measured is the joining.
        _forget(show, f"{name}.en", keep_chapters=True)
        joined = bench.add(f"{length:g} h: put together", build(show, name))
        memory[f"{length:g}"] = [joined.rss_mb, joined.children_rss_mb]
    stem = f"{name}.en"
    _forget(show, stem, keep_chapters=False)
    full = bench.add(f"{hours:g} h: in full, but for synthesis", build(show, name))
    if full.synthesised:
        raise SystemExit("the full build without synthesis has spoken something")
    rows = _changes(bench, show, name, hours)
    pcm = work / "long.pcm"
    sounds = {}
    for fmt in reversed(FORMATS):
        sounds[fmt] = sound_of(
            ffmpeg, show / "output" / f"{stem}.{fmt}", parts_of(show, stem, fmt), pcm
        )
        print(f"{fmt}: {sounds[fmt]}")
    bare = bare_encoding_s(ffmpeg, pcm, work)
    pcm.unlink()
    bare_s = sum(bare.values())
    print(f"ffmpeg alone: MP3 {bare['mp3']:.1f} s, AAC {bare['m4b']:.1f} s")
    bench.figures |= {
        "hours": hours,
        "chapters": size.chapters(hours),
        "long_full_s": full.wall_s,
        "bare_encoding_s": bare,
        "full_to_bare_ratio": full.wall_s / bare_s,
        **{f"{key}_s": cost.wall_s for key, cost in rows.items()},
        **{f"{key}_ratio": cost.wall_s / full.wall_s for key, cost in rows.items()},
        **{f"{key}_to_bare_ratio": cost.wall_s / bare_s for key, cost in rows.items()},
        "one_sentence_synthesised": rows["one_sentence"].synthesised,
        "one_sentence_encodes": rows["one_sentence"].encoded,
        "long_metadata_encodes": rows["long_metadata"].encoded,
        "memory_mb_by_hours": memory,
        "max_mark_error_ms": max(sound.mark_error_ms for sound in sounds.values()),
        "max_join_step": max(sound.join_step for sound in sounds.values()),
        "marks": [sounds[fmt].marks for fmt in FORMATS],
        "length_error_frames": max(abs(s.frames - s.packets) for s in sounds.values()),
        "ffmpeg_complaints": sum(sound.complaints for sound in sounds.values()),
    }


def _forget(show: Path, stem: str, *, keep_chapters: bool) -> None:
    """Take an episode's files away, and with them the encoded chapters if these are not kept."""
    for fmt in FORMATS:
        (show / "output" / f"{stem}.{fmt}").unlink()
    if not keep_chapters:
        shutil.rmtree(show / ".narrate" / "chapters")


def _changes(bench: Bench, show: Path, name: str, hours: float) -> dict[str, Cost]:
    """Rows of the changes to a long episode."""
    path = show / "articles" / f"{name}.en.md"
    text = path.read_text(encoding="utf-8")
    paragraphs = [line for line in text.split("\n\n") if line.endswith(".")]
    middle = paragraphs[len(paragraphs) // 2].split(". ")[1]

    def sentence_changed(number: int) -> None:
        changed = " ".join(reversed(middle.lower().split())).capitalize()
        write(show, name, text.replace(f"{middle}.", f"{changed} {_spelled(number)}."))

    def summary_changed(number: int) -> None:
        write(show, name, text.replace("What stands here", f"Round {number}"))

    def run() -> Cost:
        return build(show, name)

    rows = {
        "long_noop": bench.repeat(f"{hours:g} h: nothing changed", unchanged, run),
        "one_sentence": bench.repeat(f"{hours:g} h: one sentence changed", sentence_changed, run),
    }
    write(show, name, text)
    build(show, name)
    rows["long_metadata"] = bench.repeat(f"{hours:g} h: summary changed", summary_changed, run)
    write(show, name, text)
    build(show, name)
    return rows


@contextmanager
def work_folder(kept: Path | None) -> Iterator[Path]:
    """The named folder, or one that is gone afterwards."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="bench-rebuild-") as folder:
        yield Path(folder)


def measured(work: Path, size: Size) -> dict[str, object]:
    """All rows; returns the figures."""
    load_before = os.getloadavg()[0]
    bench = Bench(size.rounds)
    many(bench, work / "many", size.articles)
    long(bench, work / "long", size, find_ffmpeg(), work)
    own, children = bench.peak_mb
    return {
        **bench.figures,
        "peak_rss_mb": own,
        "children_rss_mb": children,
        "rounds": size.rounds,
        "cores": os.cpu_count(),
        "load_before": load_before,
    }


def main() -> None:
    """Read the arguments, measure, and say how it went."""
    usual = Size()
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=usual.articles, help="of the first show")
    parser.add_argument("--hours", type=float, default=usual.hours, help="of the long episode")
    parser.add_argument("--rounds", type=int, default=usual.rounds, help="of each change")
    parser.add_argument("--work", type=Path, help="folder to keep the shows in")
    parser.add_argument(
        "--giant", type=float, metavar="HOURS", help="only one chapter; 13.6 hours are 4 GiB"
    )
    arguments = parser.parse_args()
    if arguments.giant:
        with work_folder(arguments.work) as work:
            print(json.dumps(beyond_4_gib(find_ffmpeg(), work, arguments.giant)))
        return
    size = Size(arguments.articles, arguments.hours, rounds=arguments.rounds)
    with work_folder(arguments.work) as work:
        figures = measured(work, size)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
