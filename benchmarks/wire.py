"""What travels in the benchmarks: signed requests over kept connections, or envelopes over one socket."""

import asyncio
import hashlib
import hmac
import itertools
import json
import ssl
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

SECRET = "benchmark-signing-secret"
BOT_TOKEN = "xoxb-benchmark"
APP_TOKEN = "xapp-benchmark"
CONNECTIONS = 8
LABELLED = Path(__file__).parent.parent / "tests" / "labelled"
Json = dict[str, Any]
_numbers = itertools.count(1)
# Slack's end behind TLS has a certificate made for the occasion.
direct = build_opener(ProxyHandler({}), HTTPSHandler(context=ssl._create_unverified_context()))  # noqa: S323, SLF001


def others() -> list[str]:
    """The labelled messages that are not for us, in rotation."""
    lines = [
        line.replace("\\n", "\n")
        for name in ("not_asked.txt", "not_asked_later.txt")
        for line in (LABELLED / name).read_text("utf-8").splitlines()
        if line.strip()
    ]
    return lines[:400]


def message(text: str, *, user: str = "U1", direct_message: bool = False) -> Json:
    number = next(_numbers)
    blocks = [
        {
            "type": "rich_text",
            "block_id": "b1",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}],
        }
    ]
    place = (
        {"channel": "D1", "channel_type": "im"}
        if direct_message
        else {"channel": "C1", "channel_type": "channel"}
    )
    return {
        "token": "unused",
        "team_id": "T100",
        "context_team_id": "T100",
        "context_enterprise_id": None,
        "api_app_id": "A100",
        "event": {
            "type": "message",
            "user": user,
            "text": text,
            "ts": f"1790000000.{number:06d}",
            "client_msg_id": f"00000000-0000-4000-8000-{number:012d}",
            "team": "T100",
            "blocks": blocks,
            "event_ts": f"1790000000.{number:06d}",
            **place,
        },
        "type": "event_callback",
        "event_id": f"Ev{number:09d}",
        "event_time": 1790000000,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": "T100",
                "user_id": "UBOT",
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-opaque",
    }


def command(user: str = "U1") -> Json:
    number = next(_numbers)
    return {
        "token": "unused",
        "team_id": "T100",
        "team_domain": "bench",
        "channel_id": "C1",
        "channel_name": "general",
        "user_id": user,
        "user_name": "somebody",
        "command": "/member",
        "text": "",
        "api_app_id": "A100",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T100/1/x",
        "trigger_id": f"{number}.222.deadbeef",
    }


def request(payload: Json) -> bytes:
    """One whole HTTP request, signed now."""
    if "command" in payload:
        body, kind = urlencode(payload).encode(), "application/x-www-form-urlencoded"
    else:
        body, kind = json.dumps(payload).encode(), "application/json"
    stamp = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={digest}\r\n"
        "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n\r\n"
    )
    return head.encode() + body


def over_http(port: int, payloads: Sequence[Json]) -> None:
    """Send every payload and read every answer. Raises RuntimeError unless each is 200."""
    ready = iter([request(payload) for payload in payloads])
    asyncio.run(_all(port, ready))


async def _all(port: int, ready: Iterator[bytes]) -> None:
    await asyncio.gather(*(_one_connection(port, ready) for _ in range(CONNECTIONS)))


async def _one_connection(port: int, ready: Iterator[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for sent in ready:
        writer.write(sent)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        lower = head.lower()
        if b"content-length:" in lower:
            await reader.readexactly(int(lower.split(b"content-length:")[1].split(b"\r\n")[0]))
        elif b"chunked" in lower:
            await reader.readuntil(b"0\r\n\r\n")
    writer.close()


def over_socket(slack: str, payloads: Sequence[Json]) -> None:
    kind = "slash_commands" if "command" in payloads[0] else "events_api"
    body = json.dumps({"payloads": list(payloads), "type": kind, "run": next(_numbers)}).encode()
    with direct.open(
        Request(f"{slack}/push", body, {"Content-Type": "application/json"}), timeout=300
    ) as answer:
        done = json.load(answer)
    if done["acknowledged"] != len(payloads):
        raise RuntimeError(f"{done['acknowledged']} of {len(payloads)} were acknowledged")


def counts(slack: str) -> Json:
    with direct.open(f"{slack}/counts", timeout=5) as answer:
        found: Json = json.load(answer)
    return found
