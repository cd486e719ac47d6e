from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from sandbox.entities import Json, Person
from sandbox.installation import App
from sandbox.workspace import Workspace

_SIZES = (24, 32, 48, 72, 192, 512)


@lru_cache(maxsize=64)
def _zone(tz: str, hour: int) -> tuple[str, int]:
    """Slack's words for a zone and its offset in seconds, looked up once per hour."""
    then = datetime.fromtimestamp(hour * 3600, UTC).astimezone(ZoneInfo(tz))
    offset = then.utcoffset()
    return then.tzname() or tz, int(offset.total_seconds()) if offset else 0


def _profile(slack: Workspace, person: Person, *, email: bool) -> Json:
    first, _, last = person.real_name.partition(" ")
    avatar = hashlib.sha256(person.id.encode()).hexdigest()[:12]
    profile: Json = {
        "title": person.title,
        "phone": "",
        "skype": "",
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.display_name,
        "display_name_normalized": person.display_name,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": avatar,
        "first_name": first,
        "last_name": last,
        "team": person.team_id,
        "fields": {},
    }
    profile |= {f"image_{size}": f"{slack.base_url}/avatars/{person.id}_{size}.png" for size in _SIZES}
    if person.is_bot:
        profile |= {"api_app_id": person.app_id, "bot_id": person.bot_id, "always_active": True}
    elif email and person.email:
        profile["email"] = person.email
    return profile


def user(slack: Workspace, person: Person, *, email: bool = False, locale: bool = False) -> Json:
    """A user object; `email` as the scope users:read.email allows."""
    drawn: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "profile": _profile(slack, person, email=email),
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    if person.deleted:
        return drawn
    label, offset = _zone(person.tz, int(slack.clock.now() // 3600))
    drawn |= {
        "color": avatar_colour(person),
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": label,
        "tz_offset": offset,
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": person.is_owner,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": person.is_ultra_restricted,
        "is_email_confirmed": not person.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }
    if locale:
        drawn["locale"] = "en-GB"
    return drawn


def avatar_colour(person: Person) -> str:
    """Six hex digits, always the same for the same person."""
    return hashlib.sha256(person.id.encode()).hexdigest()[:6]


def bot(slack: Workspace, app: App) -> Json:
    return {
        "id": app.bot_id,
        "deleted": app.revoked,
        "name": app.name,
        "updated": int(app.installed),
        "app_id": app.id,
        "user_id": app.bot_user,
        "icons": icons(slack),
    }


def icons(slack: Workspace) -> Json:
    return {f"image_{size}": f"{slack.base_url}/avatars/app_{size}.png" for size in (36, 48, 72)}
