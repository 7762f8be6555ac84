"""Who is in a document, under which names, by the rules of the annotation guide."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from kg.evaluation import questions
from kg.evaluation.asking import Answers, Row
from kg.vocab import FR


class World:
    """What the store knows of actors, whichever document speaks of them."""

    def __init__(self, answers: Answers) -> None:
        self.rows: dict[str, Row] = {}
        self._same: dict[str, str] = {}
        for row in sorted(answers.all(questions.ACTORS), key=lambda r: sorted(r.items())):
            self.rows.setdefault(row["actor"], row)
        for row in answers.all(questions.ACTORS):
            if row.get("world", "") in self.rows:
                self._same[row["actor"]] = row["world"]
        self.parents: dict[str, list[str]] = defaultdict(list)
        for row in answers.all(questions.PARENTS):
            self.parents[self.identify(row["actor"])].append(self.identify(row["parent"]))
        self.state_names: dict[str, set[str]] = defaultdict(set)
        for row in answers.all(questions.STATE_NAMES):
            self.state_names[row["state"]].add(row["name"].casefold())

    def identify(self, actor: str) -> str:
        """Give the actor of the world that one of a document is, or itself."""
        return self._same.get(actor, actor)

    def kind(self, actor: str) -> str:
        """Give the local name of an actor's class."""
        return self.rows[actor]["class"].removeprefix(FR)

    def is_named(self, actor: str) -> bool:
        """Tell whether an actor has a name; unnamed sources have words alone."""
        return actor in self.rows and self.rows[actor].get("isNamed") != "false"


class Cast:
    """The actors of one document.

    Listed are actors with a name that the text mentions; a State only where somebody speaks of it as an
    actor: as speaker, addressee, bearer, issuer, source, demandee or parent, or by a phrase for its
    government. Several actors of one name are one.
    """

    def __init__(self, answers: Answers, document: str, world: World) -> None:
        self._world = world
        self._mentions = answers.of(document, questions.MENTIONS, "mention")
        self._memberships = answers.of(document, questions.MEMBERSHIPS, "membership")
        self._referred = self._find_referred(answers.of(document, questions.REFERENCES, "node"))
        self._members = self._find_members()
        self._surfaces = self._find_surfaces()

    def name(self, actor: str | None) -> str | None:
        """Give the canonical name of an actor that is listed; None for any other."""
        found = self._label(actor) if actor else None
        return found if found in self._surfaces else None

    def names(self, actors: Iterable[str]) -> list[str]:
        """Give the canonical names of those who are listed, sorted, each once."""
        return sorted({name for actor in actors if (name := self.name(actor))})

    def party(self, actors: Iterable[str]) -> str | None:
        """Name joint speakers: canonical names or, where none is listed, an unnamed source's words."""
        known = list(actors)
        words = [found for actor in known if (found := self._words(actor))]
        return "; ".join(self.names(known)) or min(words, default=None)

    def to_json(self) -> list[dict[str, Any]]:
        """Give the list of actors in the order of their first mention."""
        return [self._to_object(name) for name in self._surfaces]

    def _label(self, actor: str) -> str | None:
        identity = self._world.identify(actor)
        return self._world.rows[identity]["label"] if self._world.is_named(identity) else None

    def _words(self, actor: str) -> str | None:
        """Give the words of an unnamed source as the text first has them."""
        row = self._world.rows.get(actor)
        own = [m["words"] for m in self._mentions if m["actor"] == actor]
        label = row["label"] if row else None
        same = [words for words in own if label and words.casefold() == label.casefold()]
        return next(iter([*same, *own]), label)

    def _find_referred(self, references: list[Row]) -> set[str]:
        found = {self._world.identify(row["actor"]) for row in references}
        for row in self._mentions:
            actor = self._world.identify(row["actor"])
            if self._world.kind(actor) != "DeFactoAuthority":  # where it rules is not whose it is
                found.update(self._world.parents.get(actor, ()))
            if row["words"].casefold() not in self._world.state_names.get(actor, ()):
                found.add(actor)
        return found

    def _find_members(self) -> dict[str, list[str]]:
        """Find who is listed: by name, the IRIs it stands for."""
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._mentions:
            actor = self._world.identify(row["actor"])
            label = self._label(actor)
            if label and (self._world.kind(actor) != "State" or actor in self._referred):
                found[label].append(actor)
        return {label: list(dict.fromkeys(actors)) for label, actors in found.items()}

    def _find_surfaces(self) -> dict[str, list[str]]:
        """Find the surface forms of each; a form that several share is the first one's."""
        owners: dict[str, str] = {}
        for wanted in ("true", "false"):
            for row in self._mentions:
                label = self._label(row["actor"])
                has_name = label in owners.values()
                if label in self._members and row["isName"] == wanted and (wanted == "true" or not has_name):
                    owners.setdefault(row["words"], label)
        found: dict[str, list[str]] = {label: [] for label in self._members}
        for words, label in owners.items():
            found[label].append(words)
        return {label: forms for label, forms in found.items() if forms}

    def _to_object(self, name: str) -> dict[str, Any]:
        actors = self._members[name]
        posts = [row for row in self._memberships if self._world.identify(row["member"]) in actors]
        kind = self._world.kind(actors[0])
        is_person = kind == "Person"
        is_expert = is_person and any(row.get("isExpert") == "true" for row in posts)
        return {
            "name": name,
            "type": "Expert" if is_expert else kind,
            "surface": self._surfaces[name],
            "role": posts[0]["role"] if is_person and posts else None,
            "affiliation": self._find_affiliation(name, actors, posts),
        }

    def _find_affiliation(self, name: str, actors: list[str], posts: list[Row]) -> str | None:
        candidates = [row["organization"] for row in posts if "organization" in row]
        candidates += [parent for actor in actors for parent in sorted(self._world.parents.get(actor, ()))]
        names = (self.name(candidate) for candidate in candidates)
        return next((found for found in names if found and found != name), None)
