from __future__ import annotations

from sandbox.answers import ok
from sandbox.api.registry import Call, method
from sandbox.delivery import leaving
from sandbox.entities import Json


@method("auth.test", tier=5, caller="any")
def test(call: Call) -> Json:
    slack, app = call.slack, call.app
    if call.caller == "app":
        return ok(app_name=app.name, app_id=app.id)
    return ok(
        url=f"https://{slack.team.domain}.slack.com/",
        team=slack.team.name,
        user=slack.people[app.bot_user].name,
        team_id=slack.team.id,
        user_id=app.bot_user,
        bot_id=app.bot_id,
        is_enterprise_install=False,
    )


@method("auth.revoke")
def revoke(call: Call) -> Json:
    if call.args.flag("test"):
        return ok(revoked=False)
    leaving.revoke(call.slack, call.app)
    return ok(revoked=True)
