"""What a name looks like: sequences of capitalised words, with particles and initials between them."""

CAPITAL = r"(?:[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢİĪĶŁĻŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽ](?:[^\W_]|-(?=\w)|'(?!s\b)(?=\w))*)"
_PARTICLE = (
    r"(?:al|el|ul|ur|uz|bin|bint|ibn|de|del|della|di|da|dos|du|van|von|der|den|ter|la|las|le|los|y|e|abu)"
)
_PART = rf"(?:(?:al|ad|an|ar|as|ash|az|el|ul|ur|us)-)?{CAPITAL}"  # "al-Rahman"
PERSON = (
    rf"(?:[A-Z]\.(?=[ ][A-Z])|{CAPITAL})(?:[ ](?:{_PARTICLE}[ ]){{0,2}}(?:[A-Z]\.|{_PART})(?=\W|$)){{0,4}}"
)
_LINK = r"(?:of|for|and|on|the|de|del|des|du|la|le|et|y|&|against)"
ORGANIZATION = rf"{CAPITAL}(?:(?:,?[ ](?:{_LINK}[ ]){{0,3}}|[ ]){CAPITAL}){{0,9}}"

_NOT_NAMES = frozenset(
    """
    the a an this that these those in on at by for from to of and or but if when while as it its he she
    they we you i our monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec after before since during according citing meanwhile however also last next earlier
    later today yesterday tomorrow here there where what who why how not no yes one two three four five
    six seven eight nine ten many some most more such each every both all any others another asked told
    says mr mrs ms dr
    """.split()
)


def trim_name(name: str) -> str:
    """Drop words from both ends that are never part of a name ("Monday", "The"); may leave nothing."""
    words = name.split(" ")
    while words and words[0].lower().strip(".") in _NOT_NAMES:
        words.pop(0)
    while words and words[-1].lower().strip(".") in _NOT_NAMES:
        words.pop()
    return " ".join(words)
