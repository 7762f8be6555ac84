"""The README: its console blocks are run, in order, on a store of their own, and their output is compared.

`...` stands for anything. A command that ends in ` &` serves until the test ends. Port 8000 becomes a free one.
"""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.cli.command import COMMANDS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def list_examples(text: str) -> list[tuple[str, str]]:
    """Give every command of the console blocks with the output it should have.

    A quotation mark that is open at the end of a line continues the command on the next.
    """
    found = []
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines(keepends=True)
            count = next(n for n in range(1, len(lines) + 1) if "".join(lines[:n]).count("'") % 2 == 0)
            found.append(("".join(lines[:count]).rstrip("\n"), "".join(lines[count:])))
    return found


def to_pattern(expected: str) -> str:
    """Give the pattern of an output in which `...` stands for anything."""
    return ".*?".join(re.escape(part) for part in expected.strip().split("..."))


def find_environment(folder: Path) -> tuple[dict[str, str], str]:
    """Give an environment whose `kg` is this one, and a free port."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = str(found.getsockname()[1])
    clean = {key: value for key, value in os.environ.items() if not key.startswith("KG_")}
    (folder / "bin").mkdir()
    (folder / "bin" / "kg").write_text(f'#!/bin/sh\nexec {sys.executable} -m kg "$@"\n')
    (folder / "bin" / "kg").chmod(0o755)
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**clean, "PATH": path, "KG_PORT": port, "KG_BASE_IRI": f"http://localhost:{port}/"}, port


@contextmanager
def serving(command: str, folder: Path, env: dict[str, str]) -> Iterator[str]:
    """Run a server until the block ends; gives what it tells once it listens."""
    process = subprocess.Popen(
        f"exec {command}", shell=True, cwd=folder, env=env, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr
    try:
        told = ""
        while "SPARQL" not in told and (line := process.stderr.readline()):
            told += line
        yield told
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def test_its_first_commands_do_what_it_shows(tmp_path: Path) -> None:
    examples = list_examples(README)
    assert [command.split()[1] for command, _ in examples[:4]] == ["build", "validate", "query", "serve"]
    assert len(examples) == 5
    env, port = find_environment(tmp_path)
    *before, (served, greeting), (asked, answer) = [
        tuple(part.replace("8000", port) for part in example) for example in examples
    ]
    for command, expected in before:
        check(command, expected, tmp_path, env)
    with serving(served.removesuffix(" &"), tmp_path, env) as told:
        assert re.fullmatch(to_pattern(greeting), told.strip(), re.DOTALL), told
        check(asked, answer, tmp_path, env)


def check(command: str, expected: str, folder: Path, env: dict[str, str]) -> None:
    """Run a command and compare what it prints with what the README shows."""
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert re.fullmatch(to_pattern(expected), done.stdout.replace("\r", "").strip(), re.DOTALL), done.stdout


def test_a_difference_is_seen() -> None:
    assert re.fullmatch(to_pattern("release 1: ... documents\n"), "release 1: 41 documents")
    assert not re.fullmatch(to_pattern("release 1: ... documents\n"), "release 2: 41 documents")


def test_begins_with_its_name_and_one_sentence() -> None:
    lines = [line for line in README.splitlines() if line]
    assert lines[0].startswith("# ")
    assert lines[1].endswith(".")
    assert not lines[1].startswith(("[", "!"))


@pytest.mark.parametrize("name", COMMANDS)
def test_names_every_command(name: str) -> None:
    assert f"`kg {name}" in README


@pytest.mark.parametrize(
    "variable", ["KG_STORE", "KG_BASE_IRI", "KG_HOST", "KG_PORT", "KG_TOKEN", "KG_SHARED"]
)
def test_names_every_environment_variable(variable: str) -> None:
    assert f"`{variable}`" in README


@pytest.mark.parametrize("command", ["make up", "make test"])
def test_names_the_two_commands_of_a_newcomer(command: str) -> None:
    assert command in README


def test_every_link_to_a_file_leads_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", README)
    assert targets
    assert [target for target in targets if not (Path(__file__).parents[1] / target).exists()] == []


def test_has_one_sentence_on_each_line() -> None:
    outside = re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL)
    prose = [line for line in outside.splitlines() if not line.startswith(("|", "#"))]
    assert [line for line in prose if re.search(r"[a-z)`]\. [A-Z]", line)] == []
