"""The practice X: its API, its rules and its failures, for people and tests without an account."""

from sandbox.x.faults import Fault
from sandbox.x.routing import routes
from sandbox.x.store import XStore

__all__ = ["Fault", "XStore", "routes"]
