"""One article file becomes a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from narrate.errors import ArticleError
from narrate.ingest.decode import read_text
from narrate.ingest.frontmatter import FrontMatter, read_sidecar, split_front_matter
from narrate.ingest.language import contradicts, detect, other_language
from narrate.ingest.metadata import Metadata, Source, read_fields
from narrate.ingest.plaintext import parse_plaintext
from narrate.model import (
    LANGUAGES,
    ArticleFile,
    Block,
    BlockKind,
    Document,
    one_line,
    title_block,
)

_MARKDOWN = (".md", ".markdown")
_PLAIN = (".txt",)
_PARAGRAPHS = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM)
_MOST_LINES = 10


def read_article(file: ArticleFile) -> Document:
    """Read one article.

    What is said of it is taken from its front matter, else from ``KEY.toml`` beside it, else from
    the file's name, else from its text. (The language alone is taken from the name before
    ``KEY.toml``, which both languages share.)

    Raises:
        ArticleError: The file cannot be read or decoded, its metadata is invalid, or its language
            cannot be told. An article without text is no error here.
    """
    where = file.name
    suffix = file.path.suffix.lower()
    if suffix not in (*_MARKDOWN, *_PLAIN):
        raise ArticleError(
            f"articles cannot be read from “{suffix}” files", where=where, mend="Use .md or .txt."
        )
    text, warnings = read_text(file.path, where)
    front = split_front_matter(text, where, strict=suffix in _MARKDOWN)
    above = read_fields(front.fields, where, ours=False)
    beside = _beside(file)
    blocks = _blocks(text, front, suffix)
    lang = _language(file, above, beside, blocks)
    known = above.for_language(lang).over(beside.for_language(lang))
    title, title_warning = _title(file, known, blocks)
    blocks, foreign_warning = _with_foreign(blocks, lang)
    notes = (
        *warnings,
        front.warning,
        *above.warnings,
        *beside.warnings,
        *_language_warnings(file, lang, blocks),
        title_warning,
        foreign_warning,
    )
    return Document(
        key=known.key or file.key,
        lang=lang,
        title=title,
        file=file.name,
        blocks=blocks,
        author=known.author or "",
        published=known.published,
        summary=known.summary or "",
        link=known.link or "",
        cover=known.cover or "",
        voice=known.voice or "",
        draft=bool(known.draft),
        season=known.season,
        number=known.episode,
        warnings=tuple(note for note in notes if note),
    )


def _beside(file: ArticleFile) -> Source:
    if file.sidecar is None:
        return Source(Metadata(), {})
    where = str(file.sidecar.name)
    return read_fields(read_sidecar(file.sidecar, where), where, ours=True)


def _blocks(text: str, front: FrontMatter, suffix: str) -> tuple[Block, ...]:
    body = text[front.end :]
    first_line = text.count("\n", 0, front.end) + 1
    if suffix in _PLAIN:
        return parse_plaintext(body, first_line)
    from narrate.ingest.markdown import parse_markdown  # noqa: PLC0415 - costs 0.1 s

    return parse_markdown(body, first_line)


def _visible(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)


def _language(file: ArticleFile, above: Source, beside: Source, blocks: Sequence[Block]) -> str:
    said = above.common.lang or file.lang or beside.common.lang
    lang = said or detect(_visible(blocks))
    if lang in LANGUAGES:
        return lang
    choices = " or ".join(f"“lang: {code}”" for code in LANGUAGES)
    raise ArticleError(
        f"the language “{lang}” is not supported" if lang else "its language cannot be told",
        where=file.name,
        mend=f"Name the file {file.key}.de{file.path.suffix} or {file.key}.en{file.path.suffix}, "
        f"or write {choices} into its front matter.",
    )


def _language_warnings(file: ArticleFile, lang: str, blocks: Sequence[Block]) -> list[str]:
    warnings = []
    if file.lang and file.lang != lang:
        warnings.append(
            f"the front matter says language “{lang}”, the file name “{file.lang}”; "
            "the front matter holds"
        )
    if contradicts(_visible(blocks), lang):
        warnings.append(f"the text does not look like {LANGUAGES[lang]}; is its language right?")
    return warnings


def _with_foreign(blocks: Sequence[Block], lang: str) -> tuple[tuple[Block, ...], str]:
    """Blocks, whole paragraphs in another language marked as such, and a warning or nothing.

    A paragraph in which the author has marked a language is left as it is, and so is an article
    that is as a whole in another language than it says.
    """
    if contradicts(_visible(blocks), lang):
        return tuple(blocks), ""
    marked: list[Block] = []
    lines: dict[str, list[int]] = {}
    for block in blocks:
        other = ""
        if block.kind in _PARAGRAPHS and not any(piece.lang for piece in block.pieces):
            other = other_language(block.text, lang)
        if other:
            lines.setdefault(other, []).append(block.line)
            pieces = tuple(replace(piece, lang=other, is_guess=True) for piece in block.pieces)
            block = replace(block, pieces=pieces)  # noqa: PLW2901 - the same block, marked
        marked.append(block)
    return tuple(marked), "; ".join(_found_foreign(one, at) for one, at in lines.items())


def _found_foreign(lang: str, lines: Sequence[int]) -> str:
    shown = ", ".join(map(str, lines[:_MOST_LINES])) + (", …" if len(lines) > _MOST_LINES else "")
    one = len(lines) == 1
    where = f"the paragraph in line {shown} is" if one else f"the paragraphs in lines {shown} are"
    return f"{where} in {LANGUAGES[lang]}: numbers and abbreviations there are said in it"


def _title(file: ArticleFile, known: Metadata, blocks: Sequence[Block]) -> tuple[str, str]:
    """Title and a sentence of warning, which may be empty."""
    if known.title:
        return known.title, ""
    heading = title_block(blocks)
    if heading is not None and one_line(heading.text):
        return one_line(heading.text), ""
    words = (known.key or file.key).replace("-", " ").replace("_", " ").strip() or file.key
    title = words[0].upper() + words[1:]
    return title, (
        f"the title “{title}” is taken from the file name; set “title:” in the front matter, "
        f"or begin the article with a line “# Title”"
    )
