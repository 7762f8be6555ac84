"""The example queries run in any client and answer the samples quickly, each with its evidence."""

import re
import time
from pathlib import Path

import pytest
from rdflib.plugins.sparql import prepareQuery

from kg.build import build
from kg.engines import find_form, open_local
from kg.engines.tokens import find_undeclared_prefixes
from kg.iris import DEFAULT_BASE
from kg.model import IRI, Object
from kg.queries import Example, Reader, load_examples
from kg.releases import open_store

ROOT = Path(__file__).parents[1]
QUERIES = ROOT / "data" / "queries"
DOCUMENTS = ROOT / "data" / "documents"
SLOWEST = 0.5  # seconds

EXAMPLES = {example.slug: example for example in load_examples(QUERIES)}
SAMPLES = (
    "egypt-sudanese-2024-06.md",
    "iran-deadline-2025-07.md",
    "kenya-dadaab-2017-02.txt",
    "pakistan-por-2025-08.md",
    "pakistan-winter-returns-2023-11.md",
    "syria-returns-2025-10.md",
)
NO_SUCH_SAMPLES = {"same-utterance", "figures-that-do-not-add-up"}  # no samples that agree or err so

Rows = list[dict[str, str]]
by_example = pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)


def publish(paths: list[Path], store: Path) -> Reader:
    report = build(paths, store, DEFAULT_BASE)
    assert report.exit_status == 0, (report.failures, report.quarantined)
    return Reader(open_store(store), open_local(report.release.database))


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return publish([DOCUMENTS / name for name in SAMPLES], tmp_path_factory.mktemp("samples"))


def show(value: Object) -> str:
    return value.rpartition("/")[2] if isinstance(value, IRI) else value.value


def ask(reader: Reader, slug: str) -> Rows:
    """Give the solutions of an example as plain words; of an IRI, what follows its last slash."""
    return [{k: show(v) for k, v in row.items()} for row in reader.select(EXAMPLES[slug].text)]


def measure(reader: Reader, example: Example) -> list[float]:
    """Time an example three times, in seconds; the best counts, for the machine may be busy."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        reader.select(example.text)
        times.append(time.perf_counter() - start)
    return times


def test_there_are_eighteen() -> None:
    assert len(EXAMPLES) == 18


@by_example
def test_it_says_what_it_asks(example: Example) -> None:
    assert example.title.endswith("?")
    assert example.description.endswith(".")
    assert example.text.startswith(f"# title: {example.title}\n# description: ")


@by_example
def test_it_runs_in_any_client(example: Example) -> None:
    """It declares its prefixes, has no relative IRI, and another engine parses it."""
    assert set(find_undeclared_prefixes(example.text)) == set()
    assert not re.search(r"<(?!https?://)[^\s>]*>", re.sub(r"(?m)^#.*", "", example.text))
    assert prepareQuery(example.text)
    form = find_form(example.text)
    assert form
    assert form.name == "SELECT"


@by_example
def test_it_declares_only_what_it_uses(example: Example) -> None:
    for prefix in re.findall(r"PREFIX ([\w-]+):", example.text):
        assert len(re.findall(rf"(?<![\w-]){prefix}:", example.text)) > 1, prefix


@by_example
def test_it_compares_days_alone(example: Example) -> None:
    """Dates, months and years do not compare with each other."""
    assert not re.search(r"dct:issued|dcat:|fr:announced|fr:effective", example.text)


@by_example
def test_the_readme_tells_of_it(example: Example) -> None:
    readme = (QUERIES / "README.md").read_text(encoding="utf-8")
    assert f"[{example.title}]({example.slug}.rq)" in readme


@by_example
def test_the_samples_answer_it(example: Example, samples: Reader) -> None:
    rows = ask(samples, example.slug)
    assert rows or example.slug in NO_SUCH_SAMPLES
    assert len({tuple(sorted(row.items())) for row in rows}) == len(rows), "no solution twice"


@by_example
def test_its_sentences_stand_in_the_text(example: Example, samples: Reader) -> None:
    for row in ask(samples, example.slug):
        if sentence := row.get("sentence"):
            text = samples.text(samples.release.documents[row["document"]].text)
            assert sentence.removeprefix("… ").removesuffix(" …") in text


@by_example
def test_it_is_answered_in_half_a_second(example: Example, samples: Reader) -> None:
    assert min(measure(samples, example)) < SLOWEST
