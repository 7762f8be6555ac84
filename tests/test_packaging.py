"""What is delivered: the wheel, the lock files, and what no file of the repository may hold."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("run", "test")
_PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^\s;]+)(?: ; [^\\]+)? \\")
_HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
_COMMENT = re.compile(r"    #.*")
_MACHINE = re.compile(rb"(?<![\w./-])/(?:root|home|work|Users)/\w|[A-Z]:\\Users")
_REGISTRY = re.compile(rb"pythonhosted|pypi\.|/simple/|index-url[ =]+http|artifactory|devpi", re.IGNORECASE)
_LARGEST = 1_000_000  # bytes
_CARRIED = (
    "ontology",
    "shapes",
    "data/world",
    "data/documents",
    "data/queries",
    "data/reading",
    "data/corrections",
)


def run(*command: object, folder: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """Run a command and give what it prints; fails with what it says where it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def list_tracked() -> list[Path]:
    """Give every file git knows, or every file of an unpacked source archive."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    return [
        path for name in run("git", "ls-files", "-z").split("\0") if name and (path := ROOT / name).is_file()
    ]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources without network."""
    folder = tmp_path_factory.mktemp("wheel")
    unwanted = shutil.ignore_patterns(".*", "tests", "kg-store", "__pycache__", "dist")
    copy = shutil.copytree(ROOT, folder / "sources", ignore=unwanted)
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, copy)
    (found,) = folder.glob("*.whl")
    return found


class TestWheel:
    def test_is_pure_and_named_after_the_distribution(self, wheel: Path) -> None:
        version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
        assert wheel.name == f"forced_returns_kg-{version}-py3-none-any.whl"

    @pytest.mark.parametrize("folder", _CARRIED)
    def test_carries_every_file_of_a_folder(self, wheel: Path, folder: str) -> None:
        names = set(zipfile.ZipFile(wheel).namelist())
        files = [p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*") if p.is_file()]
        assert files
        assert {f"kg/_resources/{name}" for name in files} <= names

    @pytest.mark.parametrize("name", ["templates/home.html", "static/style.css"])
    def test_carries_what_pages_are_made_of(self, wheel: Path, name: str) -> None:
        assert f"kg/web/{name}" in zipfile.ZipFile(wheel).namelist()

    def test_carries_nothing_else(self, wheel: Path) -> None:
        names = zipfile.ZipFile(wheel).namelist()
        assert {name.partition("/")[0] for name in names} == {
            "kg",
            next(n for n in names if ".dist-info" in n).split("/")[0],
        }
        assert not [name for name in names if re.search(r"test_|conftest|__pycache__|\.pyc$", name)]

    def test_works_from_any_directory(self, wheel: Path, tmp_path: Path) -> None:
        python = install(wheel, tmp_path / "venv")
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "report.txt").write_text("UNHCR said on 5 May 2024 that 1,200 people were deported.\n")
        env = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "PYTHON"))}
        command = python.with_name("kg")
        where = run(python, "-c", "import kg; print(kg.__file__)", folder=elsewhere, env=env)
        assert Path(where.strip()).is_relative_to(tmp_path / "venv")
        run(command, "build", "report.txt", folder=elsewhere, env=env)
        answer = run(
            command, "query", "--format", "csv", "SELECT ?d { ?d a fr:Document }", folder=elsewhere, env=env
        )
        assert answer.splitlines() == ["d", "http://localhost:8000/doc/report"]


def install(wheel: Path, folder: Path) -> Path:
    """Install a wheel in a fresh environment that sees the libraries of this one; gives its Python.

    The libraries come by a path entry below the environment's own packages, so that `kg` is the wheel's.
    """
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    (Path(packages) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", "--disable-pip-version-check", wheel)
    return python


def read_pins(name: str) -> dict[str, str]:
    lines = (ROOT / "lock" / f"{name}.txt").read_text().splitlines()
    return {match["name"]: match["version"] for line in lines if (match := _PIN.fullmatch(line))}


class TestLocks:
    @pytest.mark.parametrize("name", LOCKS)
    def test_pin_every_requirement_with_hashes_and_name_no_index(self, name: str) -> None:
        lines = (ROOT / "lock" / f"{name}.txt").read_text().splitlines()
        pins = [number for number, line in enumerate(lines) if _PIN.fullmatch(line)]
        assert len(pins) > 30
        assert all(_HASH.fullmatch(lines[number + 1]) for number in pins)
        others = [line for n, line in enumerate(lines) if n not in pins and not _HASH.fullmatch(line)]
        assert [line for line in others if not _COMMENT.fullmatch(line)] == []

    def test_agree(self) -> None:
        assert read_pins("run").items() <= read_pins("test").items()

    def test_hold_every_dependency_and_the_build_backend(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())
        wanted = {
            "run": project["project"]["dependencies"] + project["build-system"]["requires"],
            "test": project["dependency-groups"]["test"],
        }
        for name, requirements in wanted.items():
            names = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in requirements}
            assert names <= read_pins(name).keys()


class TestRepository:
    def test_no_file_names_a_path_of_a_machine(self) -> None:
        found = {str(p): m[0] for p in list_tracked() if (m := _MACHINE.search(p.read_bytes()))}
        assert found == {}

    def test_no_file_names_a_registry(self) -> None:
        others = [path for path in list_tracked() if path != Path(__file__)]
        assert {str(p): m[0] for p in others if (m := _REGISTRY.search(p.read_bytes()))} == {}

    def test_no_file_is_large(self) -> None:
        assert [str(path) for path in list_tracked() if path.stat().st_size > _LARGEST] == []

    def test_python_without_venv_is_told_what_to_install(self, tmp_path: Path) -> None:
        python = tmp_path / "python3"
        python.write_text(
            f'#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; esac\nexec {sys.executable} "$@"\n'
        )
        python.chmod(0o755)
        shutil.copy(ROOT / "Makefile", tmp_path)
        (tmp_path / "lock").mkdir()
        for name in ("lock/run.txt", "lock/test.txt", "pyproject.toml"):
            (tmp_path / name).touch()
        done = subprocess.run(
            ["make", "up", f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        assert "sudo apt-get install python3-venv" in done.stdout
        assert not (tmp_path / ".venv").exists()
