"""`countmein demo`: a practice workspace in a browser, and the bot in it, with no account and no settings.

The practice workspace is a program of its own, met only over HTTP and WebSocket, as Slack and X are.
"""

import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from threading import Thread, Timer
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from bot import logs
from bot.process import Process
from bot.schema import prepare
from bot.settings.environment import Environment, names
from bot.slack import manifest
from bot.slack.clients import JOB_SECONDS, client
from bot.wiring import House, build, listens, utc_now
from coop import founding, offices
from handlers.listening import Listen

INVITED_TO = {"steering", "general", "announcements"}
OWN_PORT = 9300  # or the next free one: where calendars find the bot
START_SECONDS = 20
START_TRIES = 3
ENDED = "The practice workspace has ended, so the demo ends with it. Start it again with the same command."
# Set by people's own computers and read by the libraries below us; none may reach the practice run.
FOREIGN = (
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "slack_client_id",
    "slack_client_secret",
    "slack_verification_token",
)
_direct = build_opener(ProxyHandler({}))


@dataclass(frozen=True)
class Workspace:
    address: str
    program: subprocess.Popen[bytes]

    def asked(self, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        kind = {"Content-Type": "application/json"}
        request = Request(f"{self.address}{path}", data, kind)  # noqa: S310 -- loopback
        with _direct.open(request, timeout=10) as answer:
            return json.load(answer)

    def stop(self) -> None:
        self.program.terminate()
        self.program.wait(10)


def run_demo(*, port: int, keep: str, strict: bool, countdown_minutes: int) -> int:
    """Serve until Ctrl-C; the exit code."""
    forget_surroundings()
    with tempfile.TemporaryDirectory(prefix="countmein-demo-") as folder:
        record = Path(keep) if keep else Path(folder) / "practice.db"
        workspace = start_workspace(port, strict=strict)
        try:
            environment = settings(workspace, record, countdown_minutes)
            logs.set_up(environment, level=logging.WARNING)
            house = build(environment)
            prepare(house.database)
            found(house)
            process = Process(house, on_ready=lambda: announce(workspace.address, keep))
            Thread(target=end_together, args=[workspace, process], daemon=True).start()
            code = process.run()
            if workspace.program.poll() is None:
                return code
            print(f"\n  {ENDED}\n", flush=True)  # noqa: T201
            return 1
        finally:
            workspace.stop()


def end_together(workspace: Workspace, process: Process) -> None:
    """Without its workspace the bot would knock at a closed door until somebody stopped it."""
    workspace.program.wait()
    process.stop()


def forget_surroundings() -> None:
    """Neither real credentials nor a proxy of this computer may have any part in a practice run."""
    for name in list(os.environ):
        if name.lower() in names() or name.lower() in FOREIGN:
            del os.environ[name]


def start_workspace(port: int, *, strict: bool) -> Workspace:
    """At `port` or the next free one; where somebody else is faster, at the one after that."""
    for free in islice(free_ports(port), START_TRIES):
        command = [sys.executable, "-m", "sandbox", "--port", str(free), "--until-input-ends"]
        command += ["--strict"] if strict else []
        # In a group of its own, so that Ctrl-C reaches the bot alone, which takes its leave of it first.
        program = subprocess.Popen(  # noqa: S603 -- our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0
        )
        if listens_in_time(program):
            return Workspace(f"http://127.0.0.1:{free}", program)
        program.wait()
    raise SystemExit("The practice workspace did not start. Please report this with the lines above.")


def listens_in_time(program: subprocess.Popen[bytes]) -> bool:
    """It greets once it listens. What merely answers at its port may be another practice workspace."""
    impatience = Timer(START_SECONDS, program.kill)
    impatience.start()
    greeting = program.stdout.readline() if program.stdout else b""
    impatience.cancel()
    return bool(greeting)


def free_ports(wanted: int) -> Iterator[int]:
    """`wanted`, if nobody listens on it, and those after it."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        yield port
    raise SystemExit(f"No free port from {wanted} to {wanted + 49}. Try `countmein demo --port 9100`.")


def settings(workspace: Workspace, record: Path, countdown_minutes: int) -> Environment:
    """Installs the bot in the practice workspace, as an owner does by the manifest, and takes its tokens."""
    invented = network(countdown_minutes, general=pointer_to(workspace, "general"))
    tokens = workspace.asked("/control/install", install_request(workspace, invented))
    keys = workspace.asked("/control/x/keys")
    return Environment.of(
        **invented.network.model_dump(exclude={"x_handle", "public_url"}),
        database_url=f"sqlite:///{record}",
        slack_bot_token=tokens["bot_token"],
        slack_app_token=tokens["app_token"],
        slack_api_url=f"{workspace.address}/api/",
        **{name.lower(): value for name, value in keys.items() if isinstance(value, str)},
        x_api_url=workspace.address,
        **elsewhere(workspace),
        port=(port := next(free_ports(OWN_PORT))),
        public_url=f"http://127.0.0.1:{port}",
    )


def elsewhere(workspace: Workspace) -> dict[str, str]:
    """The accounts on the other practice networks."""
    keys = {
        **workspace.asked("/control/mastodon/keys"),
        **workspace.asked("/control/bluesky/keys"),
        "MASTODON_URL": f"{workspace.address}/mastodon",
        "BLUESKY_URL": f"{workspace.address}/bluesky",
    }
    return {name.lower(): value for name, value in keys.items()}


def pointer_to(workspace: Workspace, name: str) -> str:
    """How Slack's texts point at a channel."""
    rooms = workspace.asked("/control/conversations")["conversations"]
    return next(f"<#{room['id']}>" for room in rooms if room["name"] == name)


def network(countdown_minutes: int, *, general: str) -> Environment:
    """An invented network that lets everybody in at once: a newcomer sees the whole way in a minute."""
    return Environment.of(
        network_name="Fenmarch Digital Network",
        network_aliases="FDN; Fenmarch Digital",
        steering_channel="steering",
        official_page="https://fenmarch.example/membership",
        next_steps=f"Say hello in {general} and tell us what you are working on.",
        x_handle="FenmarchDigital",
        countdown_minutes=countdown_minutes,
        # So few that one afternoon of trying things out shows what happens over a cap.
        most_per_hour=6,
        most_cents_per_month=100,
    )


def install_request(workspace: Workspace, environment: Environment) -> dict[str, Any]:
    """With the bot invited where it is wanted, as somebody in each channel would do."""
    rooms = workspace.asked("/control/conversations")["conversations"]
    listen = listens(environment.network)
    return {
        "manifest": manifest.build(listen, environment.network),
        "request_url": None,
        "channels": [room["id"] for room in rooms if room["name"] in INVITED_TO],
        "extra_commands": [{"command": name, "note": reserved_note(name)} for name in reserved(listen)],
    }


def reserved(listen: Listen) -> list[str]:
    return [command.name for command in listen.commands.values() if command.reserved]


def reserved_note(name: str) -> str:
    instead = "/countmein" if name == "/join" else "/member leave"
    return f"works here; on Slack type {instead}"


def found(house: House) -> None:
    """The people of #steering become the steering group by the same rule as `countmein founders`."""
    token = house.environment.slack_bot_token.get_secret_value()
    slack = client(token, house.environment.slack_api_url, seconds=JOB_SECONDS)
    team = slack.auth_test()["team_id"]
    channels = slack.conversations_list(types="private_channel")["channels"]
    channel = next(one["id"] for one in channels if one["name"] == house.environment.steering_channel)
    inside = slack.conversations_members(channel=channel)["members"]
    people = [slack.users_info(user=one)["user"] for one in inside]
    founders = [
        founding.Founder(team, person["id"], person["profile"]["real_name"])
        for person in people
        if not person.get("is_bot")
    ]
    now = utc_now()
    with house.database.read() as session:
        if offices.current(session, now.date()):
            return
    with house.database.write() as session:
        founding.found(
            session,
            founders=founders,
            until=date(now.year + 1, 12, 31),
            settings=house.environment.network,
            now=now,
        )


def announce(address: str, keep: str) -> None:
    kept = f"Your practice record is kept in {keep}." if keep else "Everything is forgotten when you stop it."
    print(f"\n  Open {address} in your browser.\n  {kept} Press Ctrl-C to stop.\n", flush=True)  # noqa: T201
