from __future__ import annotations

from pathlib import PurePosixPath

from sandbox.entities import File, Json
from sandbox.workspace import Workspace

_PRETTY = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "csv": "CSV", "pdf": "PDF", "txt": "Plain Text"}


def file(slack: Workspace, file: File) -> Json:
    if file.deleted:
        return {"id": file.id, "mode": "tombstone"}
    filetype = PurePosixPath(file.name).suffix.lstrip(".").lower() or "binary"
    address = f"{slack.base_url}/files-pri/{slack.team.id}-{file.id}/{file.name}"
    kinds = {channel: slack.channels[channel].kind for channel in file.shares if channel in slack.channels}
    drawn: Json = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "filetype": filetype,
        "pretty_type": _PRETTY.get(filetype, "Binary"),
        "user": file.user,
        "user_team": slack.team.id,
        "editable": False,
        "size": len(file.content or b""),
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": "channel" in kinds.values(),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": address,
        "url_private_download": f"{address}?download=1",
        "permalink": f"{slack.base_url}/files/{file.user}/{file.id}/{file.name}",
        "is_starred": False,
        "shares": _shares(slack, file, kinds),
        "channels": [channel for channel, kind in kinds.items() if kind == "channel"],
        "groups": [channel for channel, kind in kinds.items() if kind in ("private", "mpim")],
        "ims": [channel for channel, kind in kinds.items() if kind == "im"],
        "has_more_shares": False,
        "file_access": "visible",
    }
    if file.alt_txt:
        drawn["alt_txt"] = file.alt_txt
    return drawn


def _shares(slack: Workspace, file: File, kinds: dict[str, str]) -> Json:
    shares: Json = {}
    for channel, kind in kinds.items():
        group = shares.setdefault("public" if kind == "channel" else "private", {})
        group[channel] = [
            {
                "reply_users": [],
                "reply_users_count": 0,
                "reply_count": 0,
                "ts": ts,
                "channel_name": slack.channels[channel].name,
                "team_id": slack.team.id,
                "share_user_id": file.user,
            }
            for ts in file.shares[channel]
        ]
    return shares
