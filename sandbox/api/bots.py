from __future__ import annotations

from sandbox import shapes
from sandbox.answers import error, ok
from sandbox.api.registry import Call, method
from sandbox.entities import Json


@method("bots.info", scopes=("users:read",))
def info(call: Call) -> Json:
    wanted = call.args.text("bot")
    app = next((app for app in call.slack.apps.values() if app.bot_id == wanted), None)
    if app:
        return ok(bot=shapes.bot(call.slack, app))
    person = next((p for p in call.slack.people.values() if p.is_bot and p.bot_id == wanted), None)
    if person is None:
        raise error("bot_not_found")
    drawn = {
        "id": person.bot_id,
        "deleted": person.deleted,
        "name": person.real_name,
        "updated": person.updated,
        "app_id": person.app_id,
        "user_id": person.id,
        "icons": {},
    }
    return ok(bot=drawn)
