"""`kg evaluate`: how well documents are read, against annotations."""

from pathlib import Path

import click

from kg.build import load_inputs, map_text
from kg.evaluation import evaluate as evaluate_folder
from kg.evaluation import to_json, to_table
from kg.iris import DEFAULT_BASE, Minter


@click.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evaluate(directory: Path, *, as_json: bool) -> None:
    r"""Map the texts in DIRECTORY and score what the graph says against the JSON annotations beside them.

    The quads are loaded into a store and the answers are read back through SPARQL, so that what is scored is what
    a user of the endpoint would get.

    \b
    Example: kg evaluate annotated/
    """
    inputs = load_inputs(Minter(DEFAULT_BASE))
    known = (*inputs.vocabulary, *inputs.world)
    found = evaluate_folder(directory, lambda document: map_text(document, inputs), known, inputs.minter)
    click.echo(to_json(found) if as_json else to_table(found))
