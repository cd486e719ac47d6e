"""What a test or the practice page may ask of every practice network, beside the network's own calls."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.x.faults import Fault, Faults

Control = Callable[[Any, dict[str, Any]], object]


class Network(Protocol):
    clock: Clock
    faults: Faults


def faults(network: Network, asked: dict[str, Any]) -> object:
    """Ask for one with the fields of Fault, or {"clear": true}. Answers with those still waiting."""
    if asked.pop("clear", False):
        network.faults.clear()
    if asked:
        network.faults.add(Fault(**asked))
    return [asdict(fault) for fault in network.faults.waiting]


def clock(network: Network, asked: dict[str, Any]) -> object:
    """{"advance": seconds}, {"stand_still": seconds since 1970} or {"run": true}."""
    if "stand_still" in asked:
        network.clock.stand_still(float(asked["stand_still"]))
    if "advance" in asked:
        network.clock.advance(float(asked["advance"]))
    if asked.get("run"):
        network.clock.run()
    now = network.clock.now()
    return {"now": now, "iso": datetime.fromtimestamp(now, UTC).isoformat()}


def control_routes(name: str, network: Network, controls: Mapping[str, Control]) -> list[Route]:
    """GET reads; POST takes a JSON object, changes, and answers with what is so now."""
    offered = {"faults": faults, "clock": clock, **controls}
    return [
        Route(f"/control/{name}/{called}", _endpoint(network, control), methods=["GET", "POST"])
        for called, control in offered.items()
    ]


def _endpoint(network: Network, control: Control) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        body = await request.body()
        try:
            asked = json.loads(body) if request.method == "POST" and body else {}
            return JSONResponse(control(network, asked))
        except (ValueError, TypeError, KeyError, AttributeError) as odd:
            return JSONResponse({"error": f"{type(odd).__name__}: {odd}"}, status_code=400)

    return endpoint
