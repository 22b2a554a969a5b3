"""What becomes of each element of an article: ``tests/golden/ingest/NAME`` → ``NAME.blocks``."""

from __future__ import annotations

from pathlib import Path

import pytest

from golden_files import same_as_golden
from narrate.ingest.markdown import parse_markdown
from narrate.ingest.plaintext import parse_plaintext
from narrate.model import Block

FOLDER = Path(__file__).parent / "golden" / "ingest"
ARTICLES = sorted(p for p in FOLDER.iterdir() if p.suffix in (".md", ".txt"))


def dump(blocks: tuple[Block, ...]) -> str:
    lines = []
    for block in blocks:
        level = f" {block.level}" if block.level else ""
        why = f" ({block.why})" if block.why else ""
        lines.append(f"{block.line}: {block.kind.value}{level}{why}: {block.text.strip()}".rstrip())
        lines += [
            f"    {piece.rule}: {piece.source.strip()!r}"
            + (f" → {piece.text!r}" if piece.text.strip() else "")
            for piece in block.pieces
            if piece.rule
        ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("article", ARTICLES, ids=lambda p: p.name)
def test_blocks(article: Path) -> None:
    parse = parse_markdown if article.suffix == ".md" else parse_plaintext
    found = dump(parse(article.read_text(encoding="utf-8"), 1))
    same_as_golden(article.with_name(article.name + ".blocks"), found)


def test_every_rule_is_documented() -> None:
    described = (Path(__file__).parents[1] / "docs" / "articles.md").read_text(encoding="utf-8")
    for article in ARTICLES:
        parse = parse_markdown if article.suffix == ".md" else parse_plaintext
        for block in parse(article.read_text(encoding="utf-8"), 1):
            for piece in block.pieces:
                assert not piece.rule or f"`{piece.rule}`" in described
