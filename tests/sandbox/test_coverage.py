"""The coverage tables say what is so."""

import ast
from pathlib import Path

from sandbox import coverage
from sandbox.api.registry import METHODS
from sandbox.delivery import events
from tests.sandbox.driving import Practice, fetch

SANDBOX = Path(coverage.__file__).parent


def test_the_table_names_exactly_the_methods_served():
    assert set(coverage.SERVED) == set(METHODS)
    assert list(coverage.SERVED) == sorted(coverage.SERVED)


def test_each_method_is_called_by_a_test():
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    uncalled = [
        name
        for name in METHODS
        if name.replace(".", "_") + "(" not in tests.replace(",", "(") and f'"{name}"' not in tests
    ]
    assert uncalled == []


def test_the_table_names_exactly_the_events_sent():
    emitted = set(events.MESSAGE_EVENTS.values()) | {"app_mention"}
    for path in SANDBOX.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "emit":
                name = node.args[1]
                emitted |= {name.value} if isinstance(name, ast.Constant) else set()
    assert set(coverage.EVENTS) == emitted | {"reaction_added", "reaction_removed"}


def test_the_listing_can_be_read(practice: Practice):
    listing = fetch(f"{practice.url}/coverage")[2].decode()
    assert listing == coverage.listing()
    assert "| `chat.postMessage` | chat:write |" in listing


def test_the_practice_workspace_imports_nothing_of_ours():
    ours = {"bot", "handlers", "publishers", "payments", "coop", "storage", "tests", "benchmarks"}
    imported = set()
    for path in SANDBOX.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            imported |= {name.partition(".")[0] for name in names}
    assert not imported & ours
