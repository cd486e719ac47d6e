"""The paths of the practice networks, each under its own name: /mastodon/api/v1/statuses."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from sandbox.social import bluesky, mastodon
from sandbox.social.control import control_routes
from sandbox.social.store import Store
from sandbox.social.wire import Act, Refusals, Resource


def routes(federated: mastodon.MastodonStore, repository: bluesky.BlueskyStore) -> list[BaseRoute]:
    """The API and the control routes of each."""
    return [
        *_api(federated, mastodon.calls(federated), mastodon.REFUSALS),
        *control_routes(federated),
        *_api(repository, bluesky.calls(repository), bluesky.REFUSALS),
        *control_routes(repository),
    ]


def _api(store: Store, calls: dict[str, Act], refusals: Refusals) -> list[BaseRoute]:
    paths: dict[str, dict[str, Act]] = {}
    for call, act in calls.items():
        method, path = call.split(" ")
        paths.setdefault(path, {})[method] = act
    known = [
        Route(f"/{store.name}{path}", Resource(store, path, acts, refusals)) for path, acts in paths.items()
    ]
    return [
        _picture(store),
        *known,
        Route(f"/{store.name}/{{rest:path}}", Resource(store, "/{rest}", {}, refusals)),
    ]


def _picture(store: Store) -> Route:
    """Where the practice page finds a picture."""

    async def picture(request: Request) -> Response:
        found = store.pictures.get(request.path_params["id"])
        return Response(found.content, media_type=found.content_type) if found else Response(status_code=404)

    return Route(f"/{store.name}/pictures/{{id}}", picture)
