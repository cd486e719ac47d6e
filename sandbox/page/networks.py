"""The practice networks whose posts the page shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.social.store import Store
from sandbox.x.store import XStore


@dataclass(frozen=True)
class Networks:
    """X first; `elsewhere` in the order the page names them."""

    x: XStore
    elsewhere: tuple[Store, ...] = ()

    def sides(self) -> dict[str, str]:
        """The title of each, by the word that chooses it in an address."""
        return {"x": "X", **{store.name: store.title for store in self.elsewhere}}

    def stores(self) -> Iterator[XStore | Store]:
        yield self.x
        yield from self.elsewhere

    def called(self, name: str) -> Store | None:
        return next((store for store in self.elsewhere if store.name == name), None)
