"""Writes the letter sequences that are usual in German and English words.

From words that stand in this repository: those of ``tools/ordinary_words/``, and the small words of
the project's own articles and documents, where a sequence counts that two of them have.

    python tools/letter_sequences.py
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "narrate" / "spoken" / "lexicon" / "letter_sequences.py"

_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORD = re.compile(r"(?<![^\W_])[a-zäöüß]{3,}(?![^\W_])")
_WIDTH = 88


def sequences(lang: str) -> list[str]:
    """Three letters each, ``_`` for the edge of a word."""
    ordinary = (ROOT / "tools" / "ordinary_words" / f"{lang}.txt").read_text(encoding="utf-8")
    counts = Counter[str]()
    for word in {word.lower() for word in _WORD.findall(ordinary)}:
        counts.update(dict.fromkeys(_threes(word), 2))
    for word in {word for text in _texts(lang) for word in _SMALL_WORD.findall(text)}:
        counts.update(_threes(word))
    return sorted(sequence for sequence, count in counts.items() if count > 1)


def _threes(word: str) -> set[str]:
    padded = f"_{word}_"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _texts(lang: str) -> Iterator[str]:
    articles = (ROOT / "articles", ROOT / "src" / "narrate" / "templates" / "articles")
    for folder in articles:
        for path in sorted(folder.glob(f"*.{lang}.md")):
            yield path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "tests" / "golden" / "spoken" / lang).glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield line.partition(" → ")[2]
    for path in sorted((ROOT / "docs").glob("*.md")) if lang == "en" else ():
        yield path.read_text(encoding="utf-8")


def _lines(lang: str) -> Iterator[str]:
    """One line for each two first letters: these, and every letter that follows them."""
    following: dict[str, str] = {}
    for sequence in sequences(lang):
        following[sequence[:2]] = following.get(sequence[:2], "") + sequence[2]
    packed = " ".join(first + rest for first, rest in following.items()).split(" ")
    line = ""
    for group in packed:
        if len(line) + len(group) + 1 > _WIDTH:
            yield line
            line = ""
        line = f"{line} {group}".strip()
    yield line


def main() -> None:
    """Write the module."""
    text = '"""Usual letter sequences; written by tools/letter_sequences.py."""\n\n'
    text += "from __future__ import annotations\n\n"
    text += "# fmt: off\nPACKED = {\n"
    for lang in ("de", "en"):
        text += f'    "{lang}": """\n' + "\n".join(_lines(lang)) + '\n""",\n'
    text += "}\n# fmt: on\n"
    text += '"""Language → groups: two letters (``_``: the edge of a word), then each third."""\n'
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
