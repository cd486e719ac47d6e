"""The addresses of the page. `/as/<person>/<conversation>` is who one is and where one is."""

import asyncio
import contextlib
from pathlib import Path

from markupsafe import escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox import acts, seen
from sandbox.answers import SlackError
from sandbox.entities import File, Person
from sandbox.page import acting, lines, live, places, screen
from sandbox.page.memory import Memory
from sandbox.page.networks import Networks
from sandbox.page.templating import environment
from sandbox.workspace import Workspace

MOST_FILES = 20  # more than Slack takes, so that what is too many is refused beside its field
STATIC = Path(__file__).parent / "static"
SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
        "img-src 'self' http: https:; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def routes(slack: Workspace, networks: Networks) -> list[BaseRoute]:
    """The page's routes, to be mounted at `/` and served in the event loop that the workspace lives in."""
    page = Page(slack, networks)
    return [
        Route("/", page.start),
        Route("/live", page.live),
        Route("/as/{person}", page.arrive),
        Route("/as/{person}/files/{file}", page.file),
        Route("/as/{person}/{where}", page.show),
        Route("/as/{person}/{where}", page.act, methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
    ]


class Page:
    def __init__(self, slack: Workspace, networks: Networks) -> None:
        self.slack, self.networks = slack, networks
        self.memory = Memory(slack)
        self._telling: set[asyncio.Task[None]] = set()
        for store in networks.stores():
            store.on_change.append(lambda: slack.changed("x"))

    async def start(self, _: Request) -> Response:
        volunteer = next(p for p in self.slack.people.values() if p.part.startswith("Volunteer"))
        return RedirectResponse(f"/as/{volunteer.id}", 303)

    async def arrive(self, request: Request) -> Response:
        """Into the direct message with the bot; without a bot into the first channel."""
        person = self._person(request)
        if person is None:
            return self._nowhere()
        app = self.slack.newest_app()
        if app:
            where = self.slack.direct(person.id, app.bot_user).id
        else:
            where = next((c.id for c in seen.conversations(self.slack, person.id)), "home")
        return RedirectResponse(f"/as/{person.id}/{where}", 303)

    async def show(self, request: Request) -> Response:
        at = self._place(request)
        if at is None:
            return self._nowhere()
        if "x-live" in request.headers:
            self._seen(at)
        else:
            self._visited(at)
        return self._page(at)

    async def act(self, request: Request) -> Response:
        at = self._place(request)
        if at is None:
            return self._nowhere()
        if request.headers.get("origin", _own_origin(request)) != _own_origin(request):
            return HTMLResponse("Only this page may act.", 403, SAFE)
        async with request.form(max_files=MOST_FILES) as form:
            try:
                await acting.act(self.slack, self.memory, at, form)
            except (SlackError, KeyError, IndexError, ValueError) as wrong:
                return HTMLResponse(escape(f"That cannot be done: {wrong}"), 400, SAFE)
        if "x-live" in request.headers:
            return Response(status_code=204)
        self._seen(at)
        return self._page(at)

    async def live(self, request: Request) -> Response:
        return live.stream(self.slack, request)

    async def file(self, request: Request) -> Response:
        file = self.slack.files.get(request.path_params["file"])
        person = self._person(request)
        if person is None or file is None or file.content is None or not self._may_see(person, file):
            return self._nowhere()
        return _bytes(file.content, file.mimetype)

    def _may_see(self, person: Person, file: File) -> bool:
        """A file shared in no conversation yet may stand in any message as a picture."""
        rooms = [self.slack.channels[channel] for channel in file.shares]
        if file.given_to and not rooms:
            return file.user == person.id
        return not rooms or any(person.id in room.members for room in rooms)

    def _person(self, request: Request) -> Person | None:
        person = self.slack.people.get(request.path_params["person"])
        return person if person and not person.is_bot and not person.deleted else None

    def _place(self, request: Request) -> places.Place | None:
        self.memory.follow()
        person = self._person(request)
        if person is None:
            return None
        try:
            return places.place(self.slack, person, request.path_params["where"], request.query_params)
        except KeyError:
            return None

    def _visited(self, at: places.Place) -> None:
        """Coming in from elsewhere; the bot hears of it where Slack would tell it."""
        if at.channel:
            self.memory.visit(at.person.id, at.channel.id)
        if places.bot_of(self.slack, at):
            # The page does not wait for the bot: what it publishes arrives as a change.
            told = asyncio.create_task(self._opened(at))
            self._telling.add(told)
            told.add_done_callback(self._telling.discard)

    async def _opened(self, at: places.Place) -> None:
        with contextlib.suppress(SlackError):
            await acts.open_home(self.slack, user=at.person.id, tab="messages" if at.channel else "home")

    def _seen(self, at: places.Place) -> None:
        if at.channel:
            self.memory.see(at.person.id, at.channel.id)

    def _page(self, at: places.Place) -> Response:
        return HTMLResponse(screen.page(self.slack, self.networks, self.memory, at), headers=SAFE)

    def _nowhere(self) -> Response:
        return HTMLResponse(environment.get_template("nowhere.html").render(), 404, SAFE)


def _own_origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def _bytes(content: bytes, kind: str) -> Response:
    """Pictures are shown; anything else is downloaded, never run."""
    if kind in lines.PICTURES:
        return Response(content, media_type=kind, headers=SAFE)
    more = {"Content-Disposition": "attachment", "Content-Type": "application/octet-stream"}
    return Response(content, headers=SAFE | more)
