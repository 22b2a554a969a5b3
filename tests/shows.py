"""Small shows that tests build, spoken by the engine ``tone``."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from narrate.cli.main import run

SETTINGS = """\
id = "11111111-2222-4333-8444-555555555555"
author = "Ada Example"
link = "https://example.org/"
base_url = "https://example.org/show/"
timezone = "Europe/Berlin"

[lang.de]
title = "Die Töne"
description = "Eine Sendung aus Sinustönen."

[lang.en]
title = "The Tones"
description = "A show made of sines."

[voices]
de = "tone-de"
en = "tone-en"
"""

GERMAN = """\
---
title: Der erste Artikel
date: 2024-05-01
---
Ein Satz am Anfang. Noch einer danach.

## Das erste Kapitel

Hier steht etwas. Und hier steht mehr.

## Das zweite Kapitel

Zum Schluss ein langer Satz, der ohne Eile endet.
"""

ENGLISH = """\
---
title: The First Article
date: 2024-05-01
---
A sentence to begin with. Another one follows.

## The First Chapter

Something stands here. And more stands here.

## The Second Chapter

At last a long sentence that ends without haste.
"""

EPOCH = "1750000000"
"""When shows are built, in seconds since 1970: 15 June 2025."""


@dataclass(frozen=True)
class Outcome:
    """What a command printed and returned."""

    code: int
    out: str
    err: str


def make_show(folder: Path, settings: str = SETTINGS) -> Path:
    """A show without articles whose voices are sines."""
    for name in ("articles", "voices", "output"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "narrate.toml").write_text(settings, encoding="utf-8")
    for lang in ("de", "en"):
        voice = f'lang = "{lang}"\nengine = "tone"\nlicence = "CC0"\n'
        (folder / "voices" / f"tone-{lang}.toml").write_text(voice, encoding="utf-8")
    return folder


def make_pair(folder: Path) -> Path:
    """A show with one article in both languages."""
    make_show(folder)
    write_article(folder, "first.de.md", GERMAN)
    write_article(folder, "first.en.md", ENGLISH)
    return folder


def write_article(show: Path, name: str, text: str) -> Path:
    """Write or replace an article."""
    path = show / "articles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def edit(path: Path, old: str, new: str) -> None:
    """Put another text for one that a file has."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def narrate(show: Path, *arguments: str) -> Outcome:
    """Run a command in this process, its output captured."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["--show", str(show), *arguments])
    return Outcome(code, out.getvalue(), err.getvalue())


def narrate_process(show: Path, *arguments: str, **environment: str) -> Outcome:
    """Run a command as a user does: in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "narrate", *arguments],
        cwd=show,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@contextlib.contextmanager
def narrate_running(show: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A command that goes on until the block ends, and is asked to end then."""
    with subprocess.Popen(
        [sys.executable, "-m", "narrate", *arguments],
        cwd=show,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def synthesised(outcome: Outcome) -> int:
    """How many clips a build has made."""
    match = re.search(r"^Spoken: (\d+) synthesised", outcome.out, re.MULTILINE)
    assert match, outcome
    return int(match[1])


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
