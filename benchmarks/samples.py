"""As many documents as are wanted: the samples again and again, each time with other figures."""

import re
from itertools import count, islice
from pathlib import Path

from kg.resources import find_resource

_FIGURE = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")  # with a comma, so that no year, date or law is hit


def write_samples(folder: Path, number: int) -> Path:
    """Write `number` documents into a folder and give it."""
    folder.mkdir(parents=True)
    originals = [p for p in sorted(find_resource("data/documents").iterdir()) if p.stem != "README"]
    endless = ((path, turn) for turn in count() for path in originals)
    for path, turn in islice(endless, number):
        text = path.read_text(encoding="utf-8")
        (folder / f"{path.stem}-{turn}{path.suffix}").write_text(_vary(text, turn), encoding="utf-8")
    return folder


def _vary(text: str, turn: int) -> str:
    """Raise every figure a little; what has none gets a sentence more, as digests must differ."""
    varied = _FIGURE.sub(lambda match: f"{int(match[0].replace(',', '')) + turn:,}", text)
    return (
        varied
        if varied != text or not turn or text.startswith(("{", "[", "<"))
        else f"{text}\n\nUpdate {turn}.\n"
    )
