"""Namespaces and terms: the only place where a namespace IRI is written."""

from kg.model.terms import IRI


class Namespace(str):
    """A namespace IRI; attribute or index access gives a term: `FR.speaker`, `FRV["act-demand"]`."""

    __slots__ = ()

    def __getattr__(self, name: str) -> IRI:
        if name.startswith("__"):
            raise AttributeError(name)
        return IRI(self + name)

    def term(self, name: str) -> IRI:
        """Give the term `name` of this namespace (for names that are no Python identifiers)."""
        return IRI(self + name)


FR = Namespace("https://w3id.org/forced-returns/ns#")
FRV = Namespace("https://w3id.org/forced-returns/vocab/")

RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCT = Namespace("http://purl.org/dc/terms/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SCHEMA = Namespace("https://schema.org/")
CITO = Namespace("http://purl.org/spar/cito/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
SDMX = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")
VOID = Namespace("http://rdfs.org/ns/void#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VANN = Namespace("http://purl.org/vocab/vann/")
FORMATS = Namespace("http://www.w3.org/ns/formats/")

PREFIXES: dict[str, Namespace] = {
    "fr": FR,
    "frv": FRV,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": OWL,
    "skos": SKOS,
    "dct": DCT,
    "dcat": DCAT,
    "prov": PROV,
    "oa": OA,
    "org": ORG,
    "foaf": FOAF,
    "schema": SCHEMA,
    "cito": CITO,
    "eli": ELI,
    "sdmx-attribute": SDMX,
    "void": VOID,
    "sh": SH,
    "sd": SD,
    "vann": VANN,
}
"""Prefixes that are predeclared in queries and used in every serialisation."""
