from __future__ import annotations

from sandbox.answers import error, ok
from sandbox.api.registry import Call, method
from sandbox.entities import Json

_ICON_SIZES = (34, 44, 68, 88, 102, 132, 230)


@method("team.info", scopes=("team:read",))
def info(call: Call) -> Json:
    slack, team = call.slack, call.slack.team
    if call.args.text("team", team.id) != team.id:
        raise error("team_not_found")
    icon: Json = {f"image_{size}": f"{slack.base_url}/avatars/team_{size}.png" for size in _ICON_SIZES}
    drawn = {
        "id": team.id,
        "name": team.name,
        "domain": team.domain,
        "email_domain": team.email_domain,
        "icon": icon | {"image_default": True},
        "is_verified": False,
        "url": f"https://{team.domain}.slack.com/",
        "avatar_base_url": f"{slack.base_url}/avatars/",
    }
    return ok(team=drawn)


@method("emoji.list", scopes=("emoji:read",), tier=2)
def emoji(call: Call) -> Json:
    picture = f"{call.slack.base_url}/emoji/fenmarch.png"
    return ok(emoji={"fenmarch": picture, "marsh": "alias:fenmarch"}, cache_ts=call.slack.fresh_ts())
