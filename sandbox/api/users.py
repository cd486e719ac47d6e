from __future__ import annotations

from sandbox import shapes
from sandbox.answers import error, ok
from sandbox.api.registry import Call, method, page_of
from sandbox.entities import Json, Person

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")


@method("users.info", scopes=("users:read",), needs=("user",), tier=4)
def info(call: Call) -> Json:
    person = call.slack.person(call.args.text("user"))
    return ok(user=_drawn(call, person))


@method("users.list", scopes=("users:read",), tier=2)
def everybody(call: Call) -> Json:
    people = list(call.slack.people.values())
    if "limit" not in call.args and len(people) > 10_000:
        raise error("limit_required")
    ids: list[Json] = [{"id": person.id} for person in people]
    page, metadata = page_of(call, ids, default=1000)
    members = [_drawn(call, call.slack.people[each["id"]]) for each in page]
    return ok(members=members, cache_ts=int(call.slack.clock.now()), response_metadata=metadata)


@method("users.lookupByEmail", scopes=("users:read.email",), needs=("email",))
def by_email(call: Call) -> Json:
    wanted = call.args.text("email").casefold()
    for person in call.slack.people.values():
        if person.email.casefold() == wanted and not person.deleted:
            return ok(user=_drawn(call, person))
    raise error("users_not_found")


@method("users.conversations", scopes=_READ, tier=3)
def conversations(call: Call) -> Json:
    """The conversations the app itself is in, or, of another person's, the public ones."""
    user, reader = call.args.text("user", call.app.bot_user), call.app.bot_user
    call.slack.person(user)
    found = [
        shapes.channel(call.slack, channel, reader=reader)
        for channel in call.slack.channels.values()
        if user in channel.members and (channel.kind == "channel" or reader in channel.members)
    ]
    page, metadata = page_of(call, found)
    return ok(channels=page, response_metadata=metadata)


@method("users.profile.get", scopes=("users.profile:read",), tier=4)
def profile(call: Call) -> Json:
    person = call.slack.person(call.args.text("user", call.app.bot_user))
    drawn = _drawn(call, person)["profile"]
    del drawn["team"]
    return ok(profile=drawn)


def _drawn(call: Call, person: Person) -> Json:
    email = "users:read.email" in call.app.scopes
    return shapes.user(call.slack, person, email=email, locale=call.args.flag("include_locale"))
