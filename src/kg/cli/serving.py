"""`kg up` and `kg serve`: the release over HTTP."""

import os
from pathlib import Path

import click

from kg.cli import options
from kg.cli.building import run_build
from kg.errors import StoreError


@click.command()
@options.paths
@options.store
@options.base
@options.host
@options.port
@options.workers
@options.timeout
def up(
    paths: tuple[Path, ...],
    *,
    store: Path,
    base: str | None,
    host: str,
    port: int,
    workers: int,
    timeout: float,
) -> None:
    """Build the graph of the documents in PATHS, or without PATHS of the samples, and serve it.

    Without --base the graph's IRIs begin with http://localhost:PORT/, so that they lead back here. Ctrl-C stops.

    \b
    Examples
      kg up                       the samples, at http://localhost:8000/
      kg up reports/ --port 9000  your own documents
    """
    base = base or f"http://localhost:{port}/"
    run_build(paths, store, base)
    _serve(store, base, host, port, workers, timeout)


@click.command()
@options.store
@options.base
@options.host
@options.port
@options.workers
@options.timeout
def serve(*, store: Path, base: str | None, host: str, port: int, workers: int, timeout: float) -> None:
    """Serve the current release of a store, and every release that is published while it runs.

    The server only reads. Ctrl-C or SIGTERM stops it once the requests under way are answered.

    \b
    Examples
      kg serve
      kg serve --host 0.0.0.0 --port 80 --base https://example.org/    the store has to be built for that base
    """
    _serve(store, base, host, port, workers, timeout)


def _serve(store: Path, base: str | None, host: str, port: int, workers: int, timeout: float) -> None:
    from kg.build import StoreWriter
    from kg.engines import WorkerPool
    from kg.queries import Reader, load_examples
    from kg.releases import open_store
    from kg.resources import find_resource
    from kg.web import create_app
    from kg.web import serve as serve_app

    releases = open_store(store, base)
    with WorkerPool(workers, deadline=timeout) as pool:
        reader = Reader(releases, pool)
        writer = StoreWriter(store, base) if os.environ.get("KG_TOKEN") else None
        app = create_app(reader, writer, examples=load_examples(find_resource("data/queries")))
        try:
            serve_app(app, host, port, ready=lambda: _greet(reader.release.base, host, port))
        except OSError as error:
            raise StoreError(
                f"cannot listen on {host}:{port}: {error.strerror}", remedy="Choose another port with --port."
            ) from error


def _greet(base: str, host: str, port: int) -> None:
    if f":{port}/" not in base:  # behind a proxy, or built for another place
        click.echo(f"Listening on http://{host}:{port}/; the graph's addresses begin with {base}", err=True)
    click.echo(
        f"""
Serving {base}  (Ctrl-C stops)

Three things to try
  in a browser       {base}
  linked data        curl -L -H 'Accept: text/turtle' {base}id/actor/unhcr
  SPARQL             curl {base}sparql --data-urlencode 'query=SELECT ?who ?says {{ ?s fr:speaker/skos:prefLabel ?who ; fr:text ?says }} LIMIT 5'
""",
        err=True,
    )
