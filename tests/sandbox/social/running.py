"""The practice networks alone on a port of their own."""

from __future__ import annotations

from typing import Any

from sandbox.social import BlueskyStore, MastodonStore, routes
from tests.sandbox.in_a_thread import InAThread


class PracticeNetworks(InAThread):
    def __init__(self) -> None:
        super().__init__(routes(MastodonStore(), BlueskyStore()))


class One:
    """One of the practice networks, as a test drives it."""

    def __init__(self, running: PracticeNetworks, name: str, posting: str) -> None:
        self._running, self.name, self.posting = running, name, posting
        self.url, self.direct_url = f"{running.front_url}/{name}", f"{running.url}/{name}"

    def control(self, name: str, **fields: Any) -> Any:
        return self._running.ask(f"{self.name}/{name}", **fields)

    def fault(self, kind: str, when: str = "after", **more: Any) -> None:
        self.control("faults", kind=kind, when=when, **{"on": self.posting, **more})

    def texts(self) -> list[str]:
        return [post["text"] for post in self.control("timeline")]

    def received(self, call: str = "") -> list[dict[str, Any]]:
        method, path = (call or self.posting).split(" ")
        wanted = (method, f"/{self.name}{path}")
        return [entry for entry in self.control("ledger") if (entry["method"], entry["path"]) == wanted]

    def shut(self) -> None:
        self._running.on_loop(self._running.front.shut())

    def reset_next(self) -> None:
        self._running.front.reset_next()
