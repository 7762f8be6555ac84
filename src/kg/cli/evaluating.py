"""`kg evaluate`: how well documents are read, against annotations."""

from pathlib import Path

import click

from kg.build import load_inputs, map_text
from kg.evaluation import evaluate as evaluate_folder
from kg.evaluation import to_json, to_table
from kg.iris import DEFAULT_BASE, Minter


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evaluate(directory: Path, *, as_json: bool) -> None:
    """Map the texts in DIR and score what the graph says against the JSON annotations beside them.

    An annotation is a JSON file with `document` (whose `file` names the text) and `statements`, as
    `kg map --format facts` writes them. The answers are read back through SPARQL, so that what is scored is what a
    user of the endpoint would get. P is the share of what was found that is right, R the share of what is right
    that was found.

    \b
    Examples
      kg evaluate annotated/
      kg evaluate annotated/ --json > scores.json
    """
    inputs = load_inputs(Minter(DEFAULT_BASE))
    known = (*inputs.vocabulary, *inputs.world)
    found = evaluate_folder(directory, lambda document: map_text(document, inputs), known, inputs.minter)
    click.echo(to_json(found) if as_json else to_table(found))
