"""What every template can use: links, short names, numbers, and the facts of the release."""

from decimal import Decimal, InvalidOperation

from flask import Flask
from jinja2 import StrictUndefined

from kg.model import IRI, Literal
from kg.vocab import DCT, OWL, RDF, RDFS, SKOS
from kg.web.addresses import Addresses
from kg.web.context import get_reader
from kg.web.description import Description, expand

WORDS = {
    SKOS.altLabel: "also called",
    SKOS.exactMatch: "the same elsewhere",
    SKOS.broader: "broader",
    SKOS.narrower: "narrower",
    SKOS.inScheme: "scheme",
    SKOS.topConceptOf: "top concept of",
    SKOS.notation: "notation",
    SKOS.definition: "definition",
    SKOS.scopeNote: "note",
    RDF.type: "kind",
    RDFS.comment: "meaning",
    RDFS.subClassOf: "is a",
    RDFS.subPropertyOf: "is a",
    RDFS.domain: "of",
    RDFS.range: "value",
    RDFS.seeAlso: "see also",
    RDFS.isDefinedBy: "defined by",
    DCT.license: "licence",
    OWL.versionInfo: "version",
}
"""How pages call properties that are not ours; any other goes by its short name."""

_NUMBERS = ("integer", "decimal", "double", "nonNegativeInteger")


def install(app: Flask, addresses: Addresses) -> None:
    """Give an application's templates their filters, and let them fail where a name is unknown."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        href=addresses.find_href,
        short=addresses.shorten,
        word=lambda iri: WORDS.get(iri, ""),
        number=to_number,
        fragment=lambda iri: iri.partition("#")[2],
        document=lambda iri: IRI(iri.partition("#")[0]),
        bounds=to_bounds,
    )
    app.jinja_env.tests["iri"] = lambda term: isinstance(term, IRI)
    app.jinja_env.tests["numeric"] = lambda term: term.datatype.rpartition("#")[2] in _NUMBERS
    app.jinja_env.globals.update(expand=expand)
    app.context_processor(lambda: {"release": get_reader().release})


def to_number(term: Literal | int | str | None) -> str:
    """Write a number with commas between thousands, and without zeros that say nothing.

    >>> to_number("1495851.0")
    '1,495,851'
    """
    text = term.value if isinstance(term, Literal) else str(term)
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return text
    return f"{value.normalize():,f}" if value != value.to_integral() else f"{value.to_integral():,f}"


def to_bounds(known: Description, figure: str) -> str:
    """Write the bounds of a figure: `≥ 475 and < 500`; empty where it has none."""
    sides = []
    for name, closed, opened in (("lower", "≥", ">"), ("upper", "≤", "<")):
        if value := known.text(figure, f"fr:{name}"):
            sign = opened if known.is_true(figure, f"fr:{name}Open") else closed
            sides.append((sign, to_number(value)))
    if len(sides) == 2 and sides[0] == ("≥", sides[1][1]) and sides[1][0] == "≤":
        return f"= {sides[0][1]}"
    return " and ".join(" ".join(side) for side in sides)
