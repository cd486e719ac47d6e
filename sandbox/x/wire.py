"""Where a request of X's API comes in: noted, broken if a test asks, checked, counted, answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from sandbox.x import breaking
from sandbox.x.answers import XError, no_such_path, read_only, wrong_method
from sandbox.x.asked import Answer, Asked, refusal
from sandbox.x.entities import Received
from sandbox.x.faults import BREAKS, TIMELINES, Fault
from sandbox.x.oauth1 import Arrived, check
from sandbox.x.store import XStore
from sandbox.x.strange import strange_timeline

Act = Callable[[XStore, Asked], Answer]
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Resource:
    """One path of the API, an ASGI application of its own."""

    store: XStore
    template: str
    acts: dict[str, Act]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            body = await request.body()
        except ClientDisconnect:  # half a request is none
            return
        entry = self.store.note(request.method, request.url.path, body)
        fault = self.store.faults.take(f"{request.method} {self.template}")
        if fault:
            entry.fault = f"{fault.kind} {fault.when}"
        if fault and fault.when == "before" and fault.kind not in TIMELINES:
            await self._break(fault, breaking.instead(fault, self.store.now()), entry, (receive, send))
            return
        told = await self._answer(request, body, entry)
        if fault and fault.kind in TIMELINES:
            told = strange_timeline(self.store, fault.kind)
        elif fault:
            instead = told if fault.kind in BREAKS else breaking.instead(fault, self.store.now())
            await self._break(fault, instead, entry, (receive, send))
            return
        entry.status = told.status
        await breaking.write(told, send)

    async def _break(self, fault: Fault, told: Answer, entry: Received, wire: tuple[Receive, Send]) -> None:
        if fault.kind in BREAKS:
            await breaking.spoil(fault, told, *wire)
            return
        entry.status = told.status
        await breaking.write(told, wire[1])

    async def _answer(self, request: Request, body: bytes, entry: Received) -> Answer:
        try:
            asked = await self._asked(request, body)
            entry.account_id = asked.account.id
            told = self._act(asked, request.method)
        except XError as refused:
            return refusal(refused)
        entry.accepted, entry.post_id = True, told.post_id
        return told

    def _act(self, asked: Asked, method: str) -> Answer:
        act = self.acts.get(method)
        if act is None:
            raise wrong_method() if self.acts else no_such_path()
        headers = self.store.windows.count(f"{method} {self.template}", asked.account.id, self.store.now())
        if method != "GET" and asked.token.access != "read-write":
            raise read_only()
        try:
            told = act(self.store, asked)
        except XError as refused:
            refused.headers |= headers
            raise
        told.headers |= {
            **headers,
            "x-access-level": asked.token.access,
            "x-transaction-id": self.store.new_id(),
        }
        return told

    async def _asked(self, request: Request, body: bytes) -> Asked:
        app, fields = check(
            self.store, arrived(request, body), {t.key: t.secret for t in self.store.tokens.values()}
        )
        token = self.store.tokens[fields["oauth_token"]]
        form, files = await _parts(request)
        return Asked(
            app=app,
            token=token,
            account=self.store.accounts[token.account_id],
            path=request.path_params,
            query=dict(request.query_params),
            body=body,
            form=form,
            files=files,
        )


def arrived(request: Request, body: bytes) -> Arrived:
    is_form = request.headers.get("content-type", "").startswith(_FORM)
    return Arrived(
        method=request.method,
        host=request.headers.get("host", ""),
        path=request.scope.get("raw_path", b"").decode("ascii").split("?")[0],
        query=request.url.query,
        authorization=request.headers.get("authorization", ""),
        form=body.decode("utf-8", "replace") if is_form else "",
    )


async def _parts(request: Request) -> tuple[dict[str, str], dict[str, bytes]]:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return {}, {}
    form: dict[str, str] = {}
    files: dict[str, bytes] = {}
    async with request.form(max_part_size=8 * 1024 * 1024) as parts:
        for name, part in parts.multi_items():
            if isinstance(part, str):
                form[name] = part
            else:
                files[name] = await part.read()
    return form, files
