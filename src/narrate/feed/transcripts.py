"""What is said at which time: the transcript of an episode as WebVTT, SRT and JSON.

Rules come from WebVTT (W3C), the transcript specification of the podcast namespace (at most two
lines, of 65 characters in WebVTT, of 32 in SRT), and SubRip as players read it. Pure: the same
cues give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from narrate.feed.chapters import milliseconds
from narrate.plain_text import clean

MAX_LINE, MAX_SRT_LINE = 65, 32
"""Most characters of a line in WebVTT and in SRT; the podcast namespace asks for them."""

MAX_LINES = 2
"""Most lines that are shown at a time."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence, or what of a long one is said at a time.

    Attributes:
        start_frame, end_frame: Where it is heard in the finished file.
        text: As written.
        chapter: Number of its chapter, from 1.
        paragraph: Number within the chapter, from 1; 0 for headings and the disclosure.
        kind: ``heading``, ``sentence`` or ``disclosure``.
        lang: Language of the text.
        speaker: Name of the voice.
    """

    start_frame: int
    end_frame: int
    text: str
    chapter: int
    paragraph: int
    kind: str
    lang: str
    speaker: str = ""


def transcript_json(cues: Sequence[Cue], sample_rate: int, lang: str) -> bytes:
    """JSON of the podcast namespace: a segment for each cue, a line each.

    Beyond the namespace's fields a segment has ``chapter``, ``paragraph``, ``kind`` and ``lang``.

    Args:
        cues: In order.
        sample_rate: Of the cues' frames.
        lang: The episode's language.
    """
    segments = [_segment(cue, sample_rate) for cue in cues]
    lines = ",\n".join(json.dumps(segment, ensure_ascii=False) for segment in segments)
    head = f'{{"version": "1.0.0", "language": {json.dumps(lang)}, "segments": ['
    return (f"{head}\n{lines}\n]}}\n" if lines else f"{head}]}}\n").encode()


def _segment(cue: Cue, sample_rate: int) -> dict[str, object]:
    start, end = _span(cue, sample_rate)
    return {
        "startTime": start / 1_000,
        "endTime": end / 1_000,
        **({"speaker": clean(cue.speaker)} if cue.speaker else {}),
        "body": _one_line(cue.text),
        "chapter": cue.chapter,
        "paragraph": cue.paragraph,
        "kind": cue.kind,
        "lang": cue.lang,
    }


def webvtt(cues: Sequence[Cue], sample_rate: int, lang: str) -> bytes:
    """Closed captions as WebVTT: a cue a sentence, long sentences divided at words.

    Text in another language than the episode's is marked with it.

    Args:
        cues: In order.
        sample_rate: Of the cues' frames.
        lang: The episode's language.
    """
    blocks = ["WEBVTT"]
    for number, (start, end, lines, cue) in enumerate(_captions(cues, sample_rate, MAX_LINE), 1):
        shown = "\n".join(map(_escaped, lines))
        if cue.lang != lang:
            shown = f"<lang {cue.lang}>{shown}</lang>"
        blocks.append(f"{number}\n{_clock(start, '.')} --> {_clock(end, '.')}\n{shown}")
    return ("\n\n".join(blocks) + "\n").encode()


def subrip(cues: Sequence[Cue], sample_rate: int) -> bytes:
    """Closed captions as SRT, divided like :func:`webvtt` into shorter lines.

    Args:
        cues: In order.
        sample_rate: Of the cues' frames.
    """
    blocks = []
    captions = _captions(cues, sample_rate, MAX_SRT_LINE)
    for number, (start, end, lines, _) in enumerate(captions, start=1):
        # The format has no escapes: what looks like a time or a tag is written otherwise.
        shown = "\n".join(line.replace("-->", "→").replace("<", "‹") for line in lines)
        blocks.append(f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{shown}\n")
    return "\n".join(blocks).encode()


def _span(cue: Cue, sample_rate: int) -> tuple[int, int]:
    """Start and end in milliseconds; even the shortest sound has one."""
    start = milliseconds(cue.start_frame, sample_rate)
    return start, max(milliseconds(cue.end_frame, sample_rate), start + 1)


def _captions(
    cues: Sequence[Cue], sample_rate: int, width: int
) -> Iterator[tuple[int, int, tuple[str, ...], Cue]]:
    """Start, end (milliseconds), lines and cue of everything that is shown at a time."""
    for cue in cues:
        screens = _screens(_one_line(cue.text), width)
        start, end = _span(cue, sample_rate)
        if not screens or end - start < len(screens):
            continue
        total = sum(len(line) for screen in screens for line in screen)
        said = 0
        for screen in screens:
            begin = start + (end - start) * said // total
            said += sum(map(len, screen))
            yield begin, start + (end - start) * said // total, screen, cue


def _screens(text: str, most: int) -> list[tuple[str, ...]]:
    """Text in lines as captions show them, some lines at a time, alike in length.

    Args:
        most: Characters of a line.
    """
    lines = _wrapped(text, most)
    count = -(-len(lines) // MAX_LINES)
    if count < 2:  # noqa: PLR2004 - one screen holds it
        return [tuple(lines)] if lines else []
    # A last screen of one word is hard to read: all get about as much.
    for width in range(-(-len(text) // count), most * MAX_LINES + 1):
        parts = _wrapped(text, width)
        screens = [tuple(_wrapped(part, most)) for part in parts]
        if len(parts) <= count and all(len(screen) <= MAX_LINES for screen in screens):
            return screens
    return [tuple(lines[at : at + MAX_LINES]) for at in range(0, len(lines), MAX_LINES)]


def _wrapped(text: str, width: int) -> list[str]:
    """Text in lines of at most ``width`` characters; only longer words are cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        rest = word
        if line and len(line) + 1 + len(rest) <= width:
            line = f"{line} {rest}"
            continue
        if line:
            lines.append(line)
        while len(rest) > width:
            lines.append(rest[:width])
            rest = rest[width:]
        line = rest
    return [*lines, line] if line else lines


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(ms: int, point: str) -> str:
    """``HH:MM:SS.mmm``; hours take as many digits as they need."""
    seconds, rest = divmod(ms, 1_000)
    return f"{seconds // 3_600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"
