"""Where the files are that come with the program: ontology, shapes, world data, samples, queries."""

from pathlib import Path

_PACKAGED = Path(__file__).parent / "_resources"
_CHECKOUT = Path(__file__).parents[2]


def find_resource(name: str) -> Path:
    """Find a folder or file that comes with the program.

    Args:
        name: Path below the project, such as `ontology` or `data/world`.

    Returns:
        Its path: inside the installed package, or in the source checkout for an editable install.

    Raises:
        FileNotFoundError: The installation is incomplete.
    """
    for root in (_PACKAGED, _CHECKOUT):
        if (path := root / name).exists():
            return path
    message = f"{name!r} is missing from the installation of kg ({_PACKAGED})"
    raise FileNotFoundError(message)
