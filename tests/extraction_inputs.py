"""What tests of extraction share: the lexicon as the build compiles it, small documents, tables of cases."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import cast

from kg.extraction import compile_lexicon
from kg.extraction.lexicon import Lexicon
from kg.extraction.statements.cues import Cue, find_cues
from kg.extraction.text.tokens import Sentence, tokenize
from kg.formats import parse_quads
from kg.iris import Minter
from kg.model import Block, Document, Evidence, Facts, Span, Statement
from kg.model.document import BlockKind  # noqa: TC001

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
MINT = Minter()
_MARK = re.compile(r"<(?P<cue>[^>]+)>|\{(?P<speaker>\w+)/(?P<act>\w+): (?P<content>[^}]*)\}")


@cache
def load_lexicon() -> Lexicon:
    """Compile the vocabulary and the world of the repository."""
    graphs = {"vocab": ROOT / "ontology", "world": ROOT / "data" / "world"}
    return compile_lexicon(
        (
            quad
            for name, folder in graphs.items()
            for path in sorted(folder.rglob("*.ttl"))
            for quad in parse_quads(path.read_bytes(), MINT.mint_graph(name), MINT.base, name=str(path))
        ),
        MINT.base,
    )


def make_document(text: str) -> Document:
    """Make a document whose paragraphs are parted by empty lines."""
    blocks = tuple(
        Block("paragraph", Span(m.start(), m.end())) for m in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document("example", "example.txt", text, digest, blocks, body=Span(0, len(text)))


def make_blocks(blocks: list[list[str]], *, publisher: str | None = None, genre: str = "news") -> Document:
    """Make a document of blocks, each a kind and its text."""
    text, made = "", []
    for kind, words in blocks:
        text += "\n\n" if text else ""
        made.append(Block(cast("BlockKind", kind), Span(len(text), len(text) + len(words))))
        text += words
    digest = hashlib.sha256(text.encode()).hexdigest()
    whole = Span(0, len(text))
    return Document(
        "example", "example.txt", text, digest, tuple(made), body=whole, publisher=publisher, genre=genre
    )


def name_actor(key: str, facts: Facts, text: str) -> frozenset[str]:
    """Give all the names a reader may call an actor by: its own, the world's, those in the text."""
    actor = next(a for a in facts.actors if a.key == key)
    world = [c for group in load_lexicon().entities.values() for c in group if c.id == key]
    surfaces = {m.span.of(text) for m in facts.mentions if m.actor == key and m.is_name}
    return frozenset({actor.name, *surfaces}.union(*(c.labels for c in world)))


def make_cue(words: str) -> Cue | None:
    """Find the cue that the words are; None for a dash."""
    span = Span(0, len(words))
    tokens = tokenize(words, span)
    sentence = Sentence(span, Block("paragraph", span), tokens, (False,) * len(tokens))
    return next(iter(find_cues(sentence, load_lexicon())), None)


def read_table(path: str, columns: int) -> list[tuple[str, ...]]:
    """Read a table of cases: a case a line, columns parted by vertical bars, comments after a hash."""
    lines = (CASES / path).read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines if line and line[0] != "#"]
    assert all(len(row) == columns for row in rows), [row for row in rows if len(row) != columns]
    return rows


def read_marked(marked: str) -> tuple[Document, list[Statement]]:
    """Read a text with its statements: `X <urged> Y {x/demand: to stop}`, the cue in angle brackets where it matters."""
    marked = marked.replace("\\n", "\n")
    text, statements, at = "", [], 0
    cue: Span | None = None
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        words = match["cue"] or match["content"]
        span = Span(len(text), len(text) + len(words))
        text, at = text + words, match.end()
        if match["cue"]:
            cue = span
            continue
        sentence = Span(text.rfind(". ", 0, span.start) + 1, span.end)
        statements.append(_make_statement(match["speaker"].lower(), match["act"], span, cue, sentence))
        cue = None
    return make_document(text + marked[at:]), statements


def _make_statement(speaker: str, act: str, content: Span, cue: Span | None, sentence: Span) -> Statement:
    return Statement(
        speakers=(speaker,),
        content=(content,),
        cue=cue,
        source=None,
        sentence=sentence,
        mode="indirect",
        act=act,
        evidence=Evidence("test", 1.0),
        medium="letter" if speaker == "letter" else None,
    )
