"""How ``narrate text`` shows what is written beside what is said, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from narrate.build import ReadArticle, described
from narrate.cli.text_plain import chapters_of, heard, kind_of, left_out_before, left_out_of
from narrate.model import Omission, printable
from narrate.report import language
from narrate.segment import Line
from narrate.spoken.alignment import align

_LEAST_WIDTH = 80
"""Of a terminal, in columns, that has room for two texts side by side."""

_CHANGED = "bold underline"
_LEFT_OUT = "italic"
_SAME = "dim"


def print_tables(read: ReadArticle, only: int | None) -> None:
    """A table for each chapter; on a narrow terminal both texts one above the other.

    Args:
        only: Number of the only chapter to show; ``None`` for all.
    """
    console = Console(highlight=False, file=sys.stdout)
    document = read.document
    head = f"{document.key} · {language(document.lang)} · {document.title} ({read.file.name})"
    console.print(Text(printable(head), style="bold"))
    for number, lines in chapters_of(read, only):
        title = f"Chapter {number}: {printable(read.script.chapters[number - 1].title)}"
        console.print()
        console.print(Text(title, style="bold"))
        if console.width < _LEAST_WIDTH:
            _print_stacked(console, lines)
        else:
            console.print(_table(lines))
    console.print()


def _table(lines: Sequence[Line]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("No.", justify="right")
    table.add_column("Written", ratio=1, overflow="fold")
    table.add_column("Spoken", ratio=1, overflow="fold")
    for line in lines:
        written, spoken = _texts(line)
        for left_out in _described(left_out_before(line)):
            table.add_row("", left_out, "")
        table.add_row(str(line.number), written, spoken or Text("as written", style=_SAME))
        for left_out in _described(left_out_of(line)):
            table.add_row("", left_out, "")
    return table


def _print_stacked(console: Console, lines: Sequence[Line]) -> None:
    for line in lines:
        for left_out in _described(left_out_before(line)):
            console.print(left_out)
        written, spoken = _texts(line)
        console.print(Text(f"{line.number}. ").append_text(written))
        if spoken is not None:
            console.print(Text("→ ").append_text(spoken))
        for left_out in _described(left_out_of(line)):
            console.print(left_out)
        console.print()


def _texts(line: Line) -> tuple[Text, Text | None]:
    """Both texts with their changed parts marked; no second where a listener hears the first."""
    spans = align(line.utterance.text, line.utterance.spoken)
    written, spoken = Text(), Text()
    for span in spans:
        style = _CHANGED if heard(span) else ""
        written.append(_one_line(span.written), style)
        spoken.append(_one_line(span.spoken), style)
    written.append(kind_of(line), _SAME)
    return written, spoken if any(map(heard, spans)) else None


def _described(omissions: Iterable[Omission]) -> Iterator[Text]:
    for omission in omissions:
        yield Text(printable(f"left out, {described(omission)}"), style=_LEFT_OUT)


def _one_line(text: str) -> str:
    return printable(text.replace("\n", " "))
