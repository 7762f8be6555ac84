"""Publish a release, and be killed at the nth step that touches the disk: a program for test_crash.

python publish_and_die.py STORE GENERATION STEP
"""

import os
import signal
import sys
from itertools import count
from pathlib import Path

from kg.iris import Minter
from kg.model import IRI, Literal, Quad
from kg.releases import DocumentInfo, Fields, open_store
from kg.vocab import FR

BASE = "http://example.org/"
TOUCHING = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.link", "os.symlink"}
MANY = 300


def publish(store: Path, generation: int) -> None:
    """Publish a release whose every triple tells its generation."""
    releases = open_store(store, BASE, create=True)
    minter = Minter(BASE)
    with releases.stage() as staging:
        for slug in ("a", "b"):
            graph = minter.mint_graph("doc", slug)
            quads = (
                Quad(IRI(f"{BASE}doc/{slug}#{n}"), FR.text, Literal(str(generation)), graph)
                for n in range(MANY)
            )
            staging.replace_graph(graph, quads)
        staging.publish(
            Fields("2026-01-02T03:04:05Z", str(generation), documents={"a": DocumentInfo("a", "0", "0")})
        )
    releases.collect(2)


def main() -> None:
    store, generation, step = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    steps = count()

    def die(event: str, arguments: tuple[object, ...]) -> None:
        if event in TOUCHING and str(store) in str(arguments[0]) and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die)
    publish(store, generation)


if __name__ == "__main__":
    main()
