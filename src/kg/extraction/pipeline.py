"""The stages in their order: actors, statements, figures, policies, norms, demands."""

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.actors.cast import Cast
from kg.extraction.actors.finding import find_actors
from kg.extraction.figures.finding import find_document_figures
from kg.extraction.lexicon import Lexicon
from kg.extraction.norms.finding import find_norms
from kg.extraction.policies.calls import find_calls
from kg.extraction.policies.finding import find_policies
from kg.extraction.statements.addressees import complete_addressees
from kg.extraction.statements.assembly import assemble, mention_sources
from kg.extraction.statements.demands import find_demands
from kg.extraction.statements.finding import find_statements
from kg.extraction.statements.letters import find_letters
from kg.extraction.statements.speakers import SpeakerResolver
from kg.extraction.text.outline import outline
from kg.extraction.text.sentences import split_sentences
from kg.model import Actor, Demand, Document, Facts, Figure, Mention, NormPosition, Policy, Span, Statement


def extract(document: Document, lexicon: Lexicon) -> Facts:
    """Find all that a document says.

    The same document and lexicon always give the same facts.

    Args:
        document: The document as it was read.
        lexicon: The compiled vocabulary and world.
    """
    cast = find_actors(document, lexicon)
    sentences, quotations = outline(document, lexicon)
    voice = find_voice(document, cast)
    resolver = SpeakerResolver(cast, voice)
    drafts = [*find_statements(cast, resolver, quotations, sentences), *find_letters(cast, voice)]
    statements = complete_addressees(assemble(drafts, cast, quotations), cast)
    blocks = [(b.span, split_sentences(document.text, b.span, lexicon)) for b in document.blocks]
    spans = [s for _, inner in blocks for s in inner]
    figures = _attach(find_document_figures(document.text, blocks, lexicon, document.published), statements)
    policies = find_policies(document, blocks, lexicon)
    statements = _concern(statements, policies)
    norms = find_norms(document, cast, statements, spans, lexicon)
    statements = _answer(_invoke(statements, norms), norms, cast)
    norms = tuple(replace(norm, policy=_only_policy(norm.statements, statements)) for norm in norms)
    demands = tuple(
        replace(demand, policy=_only_policy((demand.statement,), statements))
        for demand in find_demands(document, statements, cast)
    )
    mentions = mention_sources(drafts, cast)
    publisher = _find_publisher(document, cast)
    return Facts(
        actors=_used(cast, mentions, statements, policies, norms, demands),
        mentions=mentions,
        memberships=tuple(cast.memberships),
        statements=statements,
        figures=figures,
        norms=norms,
        demands=demands,
        policies=policies,
        deadlines=find_calls(document, lexicon),
        publisher=publisher,
    )


def find_voice(document: Document, cast: Cast) -> str | None:
    """Give the actor who says "we" outside quotation marks: the publisher, where that is no news outlet."""
    if not document.publisher:
        return None
    entity = cast.find_world(document.publisher)
    kind = entity.scheme if entity else ("MediaOrganization" if document.genre == "news" else "NGO")
    key = cast.use_name(document.publisher, kind, "actor/publisher", 0.9)
    return None if cast.kind_of(key) == "MediaOrganization" else key


def _find_publisher(document: Document, cast: Cast) -> str | None:
    """Give the actor who published the document, where the world or the document knows it by that name."""
    entity = cast.find_world(document.publisher) if document.publisher else None
    if entity:
        return cast.use_world(entity.id)
    named = (m.actor for m in cast.mentions if m.is_name)
    return next((key for key in named if cast.actors[key].name == document.publisher), None)


def _attach(figures: Sequence[Figure], statements: Sequence[Statement]) -> tuple[Figure, ...]:
    """Give each figure the innermost statement that expresses it, and that statement's speaker as source."""
    found = []
    for figure in figures:
        number = _innermost(figure.span, statements)
        source = statements[number].speakers[0] if number is not None else None
        found.append(replace(figure, statement=number, source=source))
    return tuple(found)


def _innermost(span: Span, statements: Sequence[Statement]) -> int | None:
    covering = [
        (content.end - content.start, not statement.is_citing, number)
        for number, statement in enumerate(statements)
        for content in statement.content
        if content.covers(span)
    ]
    return min(covering)[2] if covering else None


def _concern(statements: Sequence[Statement], policies: Sequence[Policy]) -> tuple[Statement, ...]:
    """Note which policies a statement speaks of: those mentioned in its content."""
    return tuple(
        replace(
            statement,
            policies=tuple(
                p.key for p in policies if any(c.overlaps(s) for c in statement.content for s in p.spans)
            ),
        )
        for statement in statements
    )


def _only_policy(numbers: Sequence[int], statements: Sequence[Statement]) -> str | None:
    """Give the policy that the statements speak of, where it is a single one."""
    found = {policy for number in numbers for policy in statements[number].policies}
    return found.pop() if len(found) == 1 else None


_CHARGES = ("demand", "condemn", "warn")
_ANSWERS = ("deny", "justify", "acknowledge")


def _answer(
    statements: Sequence[Statement], norms: Sequence[NormPosition], cast: Cast
) -> tuple[Statement, ...]:
    """Note what a denial or justification answers: the nearest charge before it that its speaker is the aim of."""
    aims = [set(s.addressees) for s in statements]
    for norm in norms:
        for number in norm.statements:
            aims[number] |= {norm.bearer} if norm.bearer else set()

    def find_charge(number: int) -> int | None:
        speakers = set(statements[number].speakers)
        answerable = speakers | {p for key in speakers if (p := cast.actors[key].parent)}
        return next(
            (
                earlier
                for earlier in range(number - 1, -1, -1)
                if statements[earlier].act in _CHARGES
                and aims[earlier] & answerable
                and not speakers & set(statements[earlier].speakers)
            ),
            None,
        )

    return tuple(
        replace(s, answers=find_charge(number)) if s.act in _ANSWERS else s
        for number, s in enumerate(statements)
    )


def _invoke(statements: Sequence[Statement], norms: Sequence[NormPosition]) -> tuple[Statement, ...]:
    """Note which norms a statement names."""
    named: dict[int, list[str]] = {}
    for norm in norms:
        for number in norm.statements:
            named.setdefault(number, []).append(norm.norm)
    return tuple(
        replace(s, norms=tuple(dict.fromkeys(named.get(number, ())))) for number, s in enumerate(statements)
    )


def _used(
    cast: Cast,
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    policies: Sequence[Policy],
    norms: Sequence[NormPosition],
    demands: Sequence[Demand],
) -> tuple[Actor, ...]:
    """The actors that something refers to; the others were only considered."""
    keys: set[str | None] = {m.actor for m in mentions}
    keys.update(p.issuer for p in policies)
    for statement in statements:
        keys.update((*statement.speakers, *statement.addressees, *statement.cites))
    for demand in demands:
        keys.update(demand.demandees)
    for norm in norms:
        keys.update((norm.bearer, *norm.asserted_by))
    for membership in cast.memberships:
        keys.update((membership.member, membership.organization))
    keys |= {cast.actors[k].parent for k in keys if k in cast.actors}
    return tuple(actor for key, actor in sorted(cast.actors.items()) if key in keys)
