"""An episode's text on a page of its own: readable alone, with links to what is heard.

It is the transcript that the feed names as ``text/html``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from narrate.feed.transcripts import Cue
from narrate.model import Mark
from narrate.page.document import BASE, asset, escape, render_document, web_address
from narrate.page.words import clock, length, words_of


@dataclass(frozen=True, slots=True)
class TextPage:
    """What the page of one episode says.

    Attributes:
        show: Title of the show.
        link: The article's address, or empty.
        notes: Paragraphs below the summary.
        audio: Name of the file that is played.
        frames: Length of the audio in frames of ``sample_rate``.
        cues: Everything that is said, in order.
    """

    key: str
    lang: str
    show: str
    title: str
    author: str
    summary: str
    link: str
    notes: tuple[str, ...]
    audio: str
    frames: int
    sample_rate: int
    marks: tuple[Mark, ...]
    cues: tuple[Cue, ...]


def render_text_page(page: TextPage) -> bytes:
    """HTML in the language of the episode."""
    words, stem = words_of(page.lang), f"{page.key}.{page.lang}"
    seconds = page.frames / page.sample_rate
    meta = [length(seconds, page.lang)]
    if page.author:
        meta.append(words["by"].format(name=page.author))
    link = web_address(page.link)
    about = (page.summary, *page.notes)
    chapters = [escape(_title(page, number)) for number in range(1, len(page.marks) + 1)]
    rows = [
        f'<li><a href="#c{number}"><span class="name">{title}</span> '
        f'<span class="time">{_clock_of(page, number)}</span></a></li>'
        for number, title in enumerate(chapters, start=1)
    ]
    body = (
        "<main>",
        f'<p><a class="up" href="index.html#{quote(stem)}">{escape(page.show)}</a></p>',
        f"<h1>{escape(page.title)}</h1>",
        f'<p class="meta">{escape(" · ".join(meta))}</p>',
        f'<audio controls preload="none" src="{quote(page.audio)}"></audio>',
        *(f"<p>{escape(part)}</p>" for part in about if part),
        *([f'<p><a href="{link}">{words["article"]}</a></p>'] if link else []),
        *([f"<h2>{words['chapters']}</h2>", '<ol class="chapters">', *rows, "</ol>"] * bool(rows)),
        f"<h2>{words['text']}</h2>",
        '<div class="text">',
        *_sections(page),
        "</div>",
        "</main>",
    )
    return render_document(
        *(page.lang, page.title, "\n".join(body)),
        style=asset(*BASE, "text.css"),
        script=asset("text.js"),
    )


def _title(page: TextPage, number: int) -> str:
    mark = page.marks[number - 1] if number <= len(page.marks) else None
    return mark.title if mark and mark.title else str(number)


def _start(page: TextPage, number: int) -> float:
    """Where a chapter begins, in seconds."""
    if number <= len(page.marks):
        return page.marks[number - 1].start_frame / page.sample_rate
    return 0


def _clock_of(page: TextPage, number: int) -> str:
    return clock(_start(page, number))


def _sections(page: TextPage) -> Iterator[str]:
    for number, cues in groupby(page.cues, key=lambda cue: cue.chapter):
        start, own = _start(page, number), list(cues)
        yield f'<section class="part" id="c{number}" data-c="{number}" data-t="{start:.3f}">'
        label = words_of(page.lang)["listen_from"].format(
            title=_title(page, number), time=_clock_of(page, number)
        )
        here = (
            f' <a class="here" href="{quote(page.audio)}#t={start:.3f}" '
            f'aria-label="{escape(label)}">'
            f'<time datetime="PT{start:.3f}S">{_clock_of(page, number)}</time></a>'
        )
        if own[0].kind == "heading":
            yield f"<h3>{_sentence(page, own.pop(0), 'h')}{here}</h3>"
        else:
            yield f"<h3>{escape(_title(page, number))}{here}</h3>"
        yield from _blocks(page, own)
        yield "</section>"


def _blocks(page: TextPage, cues: Sequence[Cue]) -> Iterator[str]:
    for (kind, paragraph), block in groupby(cues, key=lambda cue: (cue.kind, cue.paragraph)):
        if kind == "heading":
            yield from (f"<h4>{_sentence(page, cue, 'h')}</h4>" for cue in block)
            continue
        form = "d" if kind == "disclosure" else ""
        told = " ".join(_sentence(page, cue, form) for cue in block)
        aside = ' class="aside"' if form else ""
        yield f'<p{aside} data-p="{paragraph}">{told}</p>'


def _sentence(page: TextPage, cue: Cue, form: str) -> str:
    start, end = cue.start_frame / page.sample_rate, cue.end_frame / page.sample_rate
    lang = f' lang="{escape(cue.lang)}"' if cue.lang != page.lang else ""
    kind = f' data-k="{form}"' if form else ""
    text = escape(" ".join(cue.text.split()))
    return f'<span{lang}{kind} data-s="{start:.3f} {end:.3f}">{text}</span>'
