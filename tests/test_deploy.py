"""What hosts read: it names commands, settings and folders that exist."""

import json
import re
import subprocess
from pathlib import Path

import yaml

from bot.settings.environment import names
from tests.test_house import FLOORS, terminal_commands

ROOT = Path(__file__).parents[1]


def test_the_command_runs_from_any_folder_through_a_link(tmp_path):
    (tmp_path / "countmein").symlink_to(ROOT / "bin" / "countmein")
    told = subprocess.run(
        [tmp_path / "countmein", "manifest", "--url", "nonsense"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("“nonsense” is not an address.")


def test_heroku_runs_commands_that_exist():
    lines = dict(re.findall(r"^(\w+): bin/countmein (\S+)$", _read("Procfile"), flags=re.MULTILINE))
    assert lines == {"web": "run", "release": "migrate"}
    assert set(lines.values()) <= set(terminal_commands())


def test_heroku_adds_postgresql_and_asks_for_settings_that_exist():
    app = json.loads(_read("app.json"))
    assert app["addons"] == [{"plan": "heroku-postgresql:essential-0"}]
    assert {name.lower() for name in app["env"]} <= names()


def test_the_image_holds_every_floor_but_the_practice_workspace():
    dockerfile = _read("Dockerfile")
    copied = set(re.findall(r"^COPY (\w+) /app/\w+$", dockerfile, flags=re.MULTILINE))
    assert copied == {floor for floor in FLOORS if (ROOT / floor).is_dir()} - {"sandbox"} | {"bin"}
    assert set(re.findall(r"^!([\w/]+)$", _read(".dockerignore"), flags=re.MULTILINE)) == copied
    assert "--require-hashes" in dockerfile
    assert dockerfile.index("USER countmein") < dockerfile.index("ENTRYPOINT")


def test_compose_starts_the_bot_after_a_healthy_database_was_migrated():
    services = yaml.safe_load(_read("compose.yaml"))["services"]
    assert services["bot"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert services["migrate"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "healthcheck" in services["database"]


def test_the_unit_starts_again_but_not_after_wrong_settings():
    unit = _read("deploy/countmein.service")
    assert "ExecStart=/opt/countmein/bin/countmein run\n" in unit
    assert "Restart=always\n" in unit
    assert "RestartPreventExitStatus=2\n" in unit


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
