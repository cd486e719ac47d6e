"""What travelled between the bots, the workspace and the networks, newest first, without any token."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice

from sandbox.entities import ApiCall, Delivery, Json
from sandbox.page.names import Names
from sandbox.page.networks import Networks
from sandbox.workspace import Workspace
from sandbox.x.entities import Received

SHOWN = 60
LONGEST = 6_000
SECRET = {"token", "response_url", "response_urls", "trigger_id"}


@dataclass(frozen=True)
class Trip:
    """`way` says from where to where; `detail` is JSON for people to read."""

    key: str
    at: float
    when: datetime
    way: str
    what: str
    who: str
    outcome: str
    went_well: bool
    detail: str


def trips(slack: Workspace, networks: Networks, names: Names) -> list[Trip]:
    """The newest `SHOWN` of all directions together."""
    sent = (_delivery(slack, delivery, names) for delivery in islice(reversed(slack.deliveries), SHOWN))
    called = (_call(call, number, names) for number, call in _numbered(slack))
    posted = (
        _post(entry, title, names)
        for title, store in zip(networks.sides().values(), networks.stores(), strict=True)
        for entry in islice(reversed(store.received), SHOWN)
    )
    return sorted([*sent, *called, *posted], key=lambda trip: trip.at, reverse=True)[:SHOWN]


def without_secrets(value: object) -> object:
    if isinstance(value, dict):
        return {key: "…" if key in SECRET else without_secrets(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_secrets(inner) for inner in value]
    return value


def _numbered(slack: Workspace) -> Iterator[tuple[int, ApiCall]]:
    last = len(slack.ledger)
    return ((last - back, call) for back, call in enumerate(islice(reversed(slack.ledger), SHOWN)))


def _delivery(slack: Workspace, delivery: Delivery, names: Names) -> Trip:
    at = delivery.attempts[-1].at if delivery.attempts else slack.clock.now()
    return Trip(
        key=delivery.id,
        at=at,
        when=datetime.fromtimestamp(at, names.now.tzinfo),
        way="to the bot",
        what=_title(delivery),
        who=names.person(delivery.user) if delivery.user else "",
        outcome=delivery.outcome,
        went_well=delivery.outcome in ("ok", "queued"),
        detail=_readable(delivery.payload),
    )


def _title(delivery: Delivery) -> str:
    payload = delivery.payload
    more = {
        "event": payload.get("event", {}).get("type", "") if isinstance(payload.get("event"), dict) else "",
        "command": f"{payload.get('command', '')} {payload.get('text', '')}".strip(),
        "action": ", ".join(str(action.get("action_id")) for action in payload.get("actions", ())),
    }
    return f"{delivery.kind} {more.get(delivery.kind, '')}".strip()


def _call(call: ApiCall, number: int, names: Names) -> Trip:
    return Trip(
        key=f"call-{number}",
        at=call.at,
        when=datetime.fromtimestamp(call.at, names.now.tzinfo),
        way="from the bot",
        what=call.method,
        who="",
        outcome="ok" if call.ok else call.error or call.fault or str(call.status),
        went_well=call.ok,
        detail=_readable(call.arguments),
    )


def _post(entry: Received, network: str, names: Names) -> Trip:
    return Trip(
        key=f"{network}-{entry.number}",
        at=entry.at,
        when=datetime.fromtimestamp(entry.at, names.now.tzinfo),
        way=f"from the bot to {network}",
        what=f"{entry.method} {entry.path}",
        who="",
        outcome=str(entry.status or entry.fault or "no answer yet"),
        went_well=entry.accepted,
        detail=_readable(asdict(entry)),
    )


def _readable(payload: Json) -> str:
    written = json.dumps(without_secrets(payload), indent=2, ensure_ascii=False, default=str)
    return written if len(written) <= LONGEST else f"{written[:LONGEST]}\n… ({len(written):,} characters)"
