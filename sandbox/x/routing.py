"""The paths of the practice X, and the table of what each does."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sandbox.x import media, posting, reading, signin
from sandbox.x.answers import XError
from sandbox.x.asked import Answer, refusal
from sandbox.x.control import control_routes
from sandbox.x.store import XStore
from sandbox.x.wire import Act, Resource, arrived

CALLS: dict[str, Act] = {
    "POST /2/tweets": posting.create,
    "DELETE /2/tweets/{id}": posting.delete,
    "GET /2/tweets/{id}": reading.one,
    "GET /2/users/me": reading.me,
    "GET /2/users/{id}/tweets": reading.timeline,
    "POST /2/media/upload": media.upload,
    "GET /2/media/upload": media.status,
    "POST /2/media/upload/initialize": media.initialize,
    "POST /2/media/upload/{id}/append": media.append,
    "POST /2/media/upload/{id}/finalize": media.finalize,
    "POST /2/media/metadata": media.describe,
}
SIGN_IN = (
    "POST /oauth/request_token",
    "GET /oauth/authorize",
    "POST /oauth/authorize",
    "POST /oauth/access_token",
)


def routes(store: XStore) -> list[BaseRoute]:
    """X's API, its sign-in pages, the control routes and the pictures of posts."""
    return [*_api(store), *_sign_in(store), *control_routes(store), _picture(store)]


def _api(store: XStore) -> list[BaseRoute]:
    paths: dict[str, dict[str, Act]] = {}
    for call, act in CALLS.items():
        method, path = call.split(" ")
        paths.setdefault(path, {})[method] = act
    known = [Route(path, Resource(store, path, acts)) for path, acts in paths.items()]
    return [*known, Route("/2/{rest:path}", Resource(store, "/2/{rest}", {}))]


def _sign_in(store: XStore) -> list[BaseRoute]:
    async def request_token(request: Request) -> Response:
        return await _signed(store, request, signin.request_token)

    async def access_token(request: Request) -> Response:
        return await _signed(store, request, signin.access_token)

    async def authorize(request: Request) -> Response:
        if request.method == "GET":
            return _response(signin.ask(store, request.query_params.get("oauth_token", "")))
        form = await request.form()
        return _response(signin.say_yes(store, str(form.get("oauth_token")), str(form.get("username"))))

    return [
        Route("/oauth/request_token", request_token, methods=["POST"]),
        Route("/oauth/authorize", authorize, methods=["GET", "POST"]),
        Route("/oauth/access_token", access_token, methods=["POST"]),
    ]


async def _signed(store: XStore, request: Request, act: Callable[..., Answer]) -> Response:
    body = await request.body()
    entry = store.note(request.method, request.url.path, body)
    try:
        told = act(store, arrived(request, body))
        entry.accepted = True
    except XError as refused:
        told = refusal(refused)
    entry.status = told.status
    return _response(told)


def _picture(store: XStore) -> Route:
    async def picture(request: Request) -> Response:
        found = store.media.get(request.path_params["id"])
        if found is None or found.complete_at is None:
            return Response(status_code=404)
        return Response(found.content, media_type=found.content_type)

    return Route("/x/media/{id}", picture)


def _response(told: Answer) -> Response:
    return Response(told.body, told.status, told.headers)
