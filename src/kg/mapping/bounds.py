"""Which values a hedged number allows, by the table that the vocabulary gives for qualifiers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from kg.model import Figure, Literal, Quad
from kg.vocab import FR, FRV

_QUALIFIER = FRV.term("qualifier-")
_WHOLE = Decimal(100)  # per cent


class Factors(NamedTuple):
    """What a qualifier sets as bounds, as multiples of the number stated; None for no bound."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_open: bool = False
    upper_open: bool = False


class Interval(NamedTuple):
    """The values a wording allows: from `lower` to `upper`, None where there is no end.

    An open end is itself not allowed.
    """

    lower: Decimal | None
    upper: Decimal | None
    lower_open: bool = False
    upper_open: bool = False

    def holds(self, value: Decimal) -> bool:
        """Tell whether a value is allowed."""
        return not self.is_disjoint(Interval(value, value))

    def is_disjoint(self, other: "Interval") -> bool:
        """Tell whether no value is allowed by both."""
        return _is_below(self, other) or _is_below(other, self)


def _is_below(one: Interval, other: Interval) -> bool:
    """Tell whether all of `one` lies below all of `other`."""
    if one.upper is None or other.lower is None:
        return False
    return one.upper < other.lower or (one.upper == other.lower and (one.upper_open or other.lower_open))


@dataclass(frozen=True, slots=True)
class Bounds:
    """The table of bounds: factors by the id of the qualifier."""

    factors: Mapping[str, Factors] = field(default_factory=dict)

    def find(self, figure: Figure) -> Interval:
        """Give the values that a figure's wording allows.

        A range runs from its lower to its higher number. A share of a whole that is known is at most 100 %.

        Raises:
            KeyError: The vocabulary has no qualifier of that id.
        """
        factors = self.factors[figure.qualifier]
        high = figure.value if figure.high is None else figure.high
        lower = None if factors.lower is None else figure.value * factors.lower
        upper = None if factors.upper is None else high * factors.upper
        if figure.unit == "percent" and figure.part_of is not None and (upper is None or upper > _WHOLE):
            return Interval(lower, max(_WHOLE, high), factors.lower_open)
        return Interval(lower, upper, factors.lower_open, factors.upper_open)


def read_bounds(vocab_quads: Iterable[Quad]) -> Bounds:
    """Read the table of bounds from the quads of the vocabulary.

    Args:
        vocab_quads: Quads among which the qualifiers stand with fr:lowerFactor, fr:upperFactor,
            fr:lowerOpen and fr:upperOpen; others are passed over.
    """
    found: dict[str, Factors] = {}
    for subject, predicate, value, _ in vocab_quads:
        if subject.startswith(_QUALIFIER) and isinstance(value, Literal):
            id_ = subject.removeprefix(_QUALIFIER)
            found[id_] = _with_value(found.get(id_, Factors()), predicate, value.value)
    return Bounds(found)


def _with_value(factors: Factors, predicate: str, value: str) -> Factors:
    match predicate:
        case FR.lowerFactor:
            return factors._replace(lower=Decimal(value))
        case FR.upperFactor:
            return factors._replace(upper=Decimal(value))
        case FR.lowerOpen:
            return factors._replace(lower_open=value in ("true", "1"))
        case FR.upperOpen:
            return factors._replace(upper_open=value in ("true", "1"))
    return factors
