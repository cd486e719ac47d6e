"""`python -m sandbox`: the practice workspace by itself, for any bot."""

from __future__ import annotations

import argparse
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread

from sandbox import installing, x
from sandbox.answers import SlackError
from sandbox.entities import Json
from sandbox.installation import App
from sandbox.server import Listening, Server, listen, server
from sandbox.workspace import Workspace


def main() -> int:
    asked = _asked()
    slack, x_store = Workspace(strict=asked.strict), x.XStore()
    slack.add_extra_people(asked.people)
    try:
        app = _install(slack, asked) if asked.manifest else None
    except (SlackError, OSError, ValueError) as refused:
        detail = refused.messages() if isinstance(refused, SlackError) else ""
        sys.stderr.write(f"The manifest was refused: {refused} {detail}\n")
        return 2
    listening = Listening(asked.port, asked.host, asked.tls_cert, asked.tls_key)
    return _run(slack, app, (listening, x_store), until_input_ends=asked.until_input_ends)


def _run(
    slack: Workspace, app: App | None, where: tuple[Listening, x.XStore], *, until_input_ends: bool
) -> int:
    listening, x_store = where
    try:
        listener = listen(listening)
    except OSError as taken:
        sys.stderr.write(f"Cannot listen on {listening.host}:{listening.port}: {taken.strerror}\n")
        return 1
    running = server(slack, listening, x_store)
    running.on_started = lambda: _say(_welcome(slack, app))
    if until_input_ends:
        Thread(target=_stop_after_input, args=[running], daemon=True).start()
    with suppress(KeyboardInterrupt):
        running.run([listener])
    return 0


def _stop_after_input(running: Server) -> None:
    # Not sys.stdin: its lock, held by a waiting thread, would abort the interpreter's end.
    while os.read(0, 1024):
        pass
    running.should_exit = True


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--strict", action="store_true", help="never deliver command names Slack keeps to itself"
    )
    parser.add_argument(
        "--until-input-ends", action="store_true", help="stop when whoever started it is gone"
    )
    parser.add_argument("--people", type=int, default=0, metavar="N", help="so many further invented people")
    parser.add_argument("--manifest", type=Path, help="install this app at once (YAML or JSON)")
    parser.add_argument("--request-url", help="deliver over HTTP to this address instead of Socket Mode")
    parser.add_argument(
        "--extra-command", action="append", default=[], help="a reserved name to deliver anyway"
    )
    parser.add_argument("--tls-cert", help="serve TLS with this certificate, for benchmarks")
    parser.add_argument("--tls-key")
    return parser.parse_args()


def _install(slack: Workspace, asked: argparse.Namespace) -> App:
    wish = installing.Wish(read_manifest(asked.manifest), request_url=asked.request_url)
    wish.extra_commands = [installing.extra_command(name) for name in asked.extra_command]
    return installing.install(slack, wish)


def read_manifest(path: Path) -> Json:
    """Raises ValueError when it is neither JSON nor, with PyYAML installed, YAML."""
    text = path.read_text(encoding="utf-8")
    if path.suffix not in (".yaml", ".yml"):
        parsed = json.loads(text)
    else:
        try:
            import yaml  # noqa: PLC0415 - only YAML manifests need it, and it is not a dependency to run
        except ImportError as missing:
            raise ValueError("PyYAML is needed to read a YAML manifest; JSON works without") from missing
        parsed = yaml.safe_load(text)
    if not isinstance(parsed, dict):
        raise ValueError("a manifest must be an object")  # noqa: TRY004 - a wrong file, not a wrong call
    return parsed


def _welcome(slack: Workspace, app: App | None) -> str:
    lines = [f"The practice workspace: {slack.base_url}/", f"SLACK_API_URL={slack.base_url}/api/"]
    if app:
        lines += [f"SLACK_BOT_TOKEN={app.bot_token}", f"SLACK_SIGNING_SECRET={app.signing_secret}"]
        lines += [] if app.request_url else [f"SLACK_APP_TOKEN={app.app_token}"]
    lines.append(f"X_API_URL={slack.base_url}")
    if not app:
        lines.append(f"Install an app: POST {slack.base_url}/control/install with its manifest.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
