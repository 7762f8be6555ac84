"""The SPARQL queries by which the facts of documents are read back, one for each kind of thing."""

# A span gives its words or, where it is long and the document is not shown in full, the first of them.
_QUOTE = """
    ?span oa:hasSelector/oa:start ?start ; (oa:hasSelector/oa:exact)|fr:firstWords ?words ."""

DOCUMENTS = """
SELECT ?document ?file ?title ?publisher ?published ?dateline ?language {
    ?document a fr:Document ; fr:fileName ?file ; dct:language ?language .
    OPTIONAL { ?document dct:title ?title }
    OPTIONAL { ?document fr:publisherName ?publisher }
    OPTIONAL { ?document dct:issued ?published }
    OPTIONAL { ?document fr:dateline ?dateline }
}"""

OMITTED = f"""
SELECT ?block ?start ?words {{
    ?block a fr:OmittedBlock ; fr:span ?span .{_QUOTE}
}}"""

ACTORS = """
SELECT ?actor ?class ?label ?isNamed ?world {
    VALUES ?class {
        fr:Person fr:NGO fr:IntergovernmentalOrganization fr:State fr:GovernmentBody fr:DeFactoAuthority
        fr:MediaOrganization fr:Group
    }
    ?actor a ?class ; skos:prefLabel ?label .
    OPTIONAL { ?actor fr:isNamed ?isNamed }
    OPTIONAL { ?actor skos:exactMatch ?world }
}"""

PARENTS = """
SELECT ?actor ?parent { ?actor org:memberOf|org:subOrganizationOf|fr:inState ?parent }"""

STATE_NAMES = """
SELECT ?state ?name { ?state a fr:State ; skos:prefLabel|skos:altLabel|fr:acronym|fr:demonym ?name }"""

MENTIONS = f"""
SELECT ?mention ?actor ?isName ?start ?words {{
    ?mention a fr:Mention ; fr:refersTo ?actor ; fr:isName ?isName ; fr:span ?span .{_QUOTE}
}}"""

MEMBERSHIPS = """
SELECT ?membership ?member ?organization ?role ?isExpert {
    ?membership a org:Membership ; org:member ?member ; org:role/skos:prefLabel ?role .
    OPTIONAL { ?membership org:organization ?organization }
    OPTIONAL { ?membership fr:isExpert ?isExpert }
}"""

REFERENCES = """
SELECT ?node ?actor {
    ?node fr:speaker|fr:addressee|fr:bearer|fr:issuer|fr:source|fr:demandee|fr:assertedBy
        |cito:citesAsDataSource|org:organization|org:memberOf|org:subOrganizationOf ?actor
}"""

STATEMENTS = """
SELECT ?statement ?mode ?act ?cue ?words ?relayed ?isCiting {
    ?statement a fr:Statement ; fr:mode ?mode ; fr:act ?act .
    FILTER (?mode != frv:mode-narration)
    OPTIONAL { ?statement fr:cueSpan/oa:hasSelector/oa:exact ?cue }
    OPTIONAL { ?statement fr:sourceSpan/oa:hasSelector/oa:exact ?words }
    OPTIONAL { ?statement fr:relays ?relayed }
    OPTIONAL { ?statement fr:isCiting ?isCiting }
}"""

STATEMENT_LINKS = """
SELECT ?statement ?property ?value {
    VALUES ?property { fr:speaker fr:addressee cito:citesAsDataSource fr:invokes fr:concerns }
    ?statement a fr:Statement ; ?property ?value .
}"""

CONTENTS = f"""
SELECT ?statement ?start ?words {{
    ?statement fr:contentSpan ?span .{_QUOTE}
}}"""

FIGURES = """
SELECT ?figure ?text ?value ?high ?qualifier ?unit ?measure ?population ?from ?to ?since ?until ?source {
    ?figure a fr:Figure ; fr:asStated ?text ; schema:value ?value ; fr:qualifier ?qualifier ;
        sdmx-attribute:unitMeasure ?unit ; fr:measure ?measure .
    OPTIONAL { ?figure fr:high ?high }
    OPTIONAL { ?figure fr:population ?population }
    OPTIONAL { ?figure fr:fromText ?from }
    OPTIONAL { ?figure fr:toText ?to }
    OPTIONAL { ?figure dct:temporal/dcat:startDate ?since }
    OPTIONAL { ?figure dct:temporal/dcat:endDate ?until }
    OPTIONAL { ?figure fr:source ?source }
}"""

NORMS = f"""
SELECT ?claim ?norm ?relation ?bearer ?start ?words {{
    ?claim a fr:NormPosition ; fr:norm ?norm ; fr:relation ?relation ; fr:span ?span .{_QUOTE}
    OPTIONAL {{ ?claim fr:bearer ?bearer }}
}}"""

ASSERTERS = """
SELECT ?claim ?actor { ?claim a fr:NormPosition ; fr:assertedBy ?actor }"""

GUIDE = """
SELECT ?norm { ?norm fr:inGuide true }"""

# An urgent action's own campaign is a call to its readers and no policy.
POLICIES = """
SELECT ?policy ?name ?issuer ?announced ?effective (MIN(?at) AS ?start) {
    ?policy a fr:Policy ; skos:prefLabel ?name ; fr:span ?span .
    ?span oa:hasSource ?document ; oa:hasSelector/oa:start ?at .
    FILTER NOT EXISTS {
        ?document fr:genre frv:genre-urgent-action ; dct:publisher ?publisher .
        ?policy fr:issuer ?publisher
    }
    OPTIONAL { ?policy fr:issuer ?issuer }
    OPTIONAL { ?policy fr:announced ?announced }
    OPTIONAL { ?policy fr:effective ?effective }
} GROUP BY ?policy ?name ?issuer ?announced ?effective"""

DEADLINES = f"""
SELECT ?policy ?deadline ?date ?appliesTo ?start ?words {{
    ?policy a fr:Policy ; fr:hasDeadline ?deadline .
    ?deadline fr:date ?date ; fr:span ?span .{_QUOTE}
    OPTIONAL {{ ?deadline fr:appliesTo ?appliesTo }}
}}"""
