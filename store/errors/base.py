"""The root of the error tree, and how an error travels."""

from __future__ import annotations

from typing import ClassVar, dataclass_transform

Fact = str | int | float | None


@dataclass_transform(eq_default=False)
class PagelogError(Exception):
    """Every error a user may meet. The annotations of a subclass are its facts, and make its constructor.

    As dataclasses have it, but these need no code compiled: seventy dataclasses took 15 ms of every start.
    """

    by_name: ClassVar[dict[str, type[PagelogError]]] = {}
    fact_names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        PagelogError.by_name[cls.__name__] = cls
        cls.fact_names = tuple(dict.fromkeys((*cls.fact_names, *cls.__annotations__)))

    def __init__(self, *facts: Fact, **named: Fact) -> None:
        values = dict(zip(self.fact_names, facts, strict=False), **named)
        if len(values) != len(facts) + len(named) or values.keys() != set(self.fact_names):
            raise TypeError(f"{self.name} takes the facts {self.fact_names}, not {values}")
        super().__init__(*facts)
        self.__dict__.update(values)

    @property
    def name(self) -> str:
        """The stable name, as in JSON."""
        return type(self).__name__

    @property
    def facts(self) -> dict[str, Fact]:
        """The fields as plain values."""
        return {name: getattr(self, name) for name in self.fact_names}

    def __str__(self) -> str:
        return f"{self.name}({', '.join(f'{key}={value!r}' for key, value in self.facts.items())})"


def pack(error: PagelogError) -> dict[str, Fact]:
    """A flat, JSON-ready form: the facts and, under `error`, the name."""
    return {"error": error.name, **error.facts}


def unpack(packed: dict[str, Fact]) -> PagelogError | None:
    """The error that `pack` gave, or None when this version knows no such error or other facts."""
    facts = {key: value for key, value in packed.items() if key != "error"}
    kind = PagelogError.by_name.get(str(packed.get("error")))
    if kind is None:
        return None
    try:
        return kind(**facts)
    except TypeError:
        return None
