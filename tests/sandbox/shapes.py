"""Compare what we send with Slack's published samples: every key must be there, with the same kind of value.

The samples (slackapi/java-slack-sdk, MIT) are not part of the project; their README has the rule.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2].parent / "shared" / "data" / "slack-samples"
_KINDS = (
    (bool, "boolean"),
    (int, "number"),
    (float, "number"),
    (str, "string"),
    (list, "array"),
    (dict, "object"),
)
# What people or apps put in, and maps whose keys are ids: checked elsewhere or not at all.
NOT_ENTERED = {"state", "blocks", "event_payload", "fields", "values", "public", "private"}

# Documented keys that a sample lacks, reviewed one by one; `*` stands for any file of the folder.
ALLOWED = {
    "events/*": {
        "context_team_id",
        "context_enterprise_id",
        "is_ext_shared_channel",
        "event_context",
        "authorizations",
    },
    "events/MessagePayload": {"event.app_id"},
    "events/TeamJoinPayload": {"event.cache_ts", "event.event_ts", "event.user.profile.fields"},
    "events/UserChangePayload": {"event.event_ts", "event.user.profile.fields"},
    "events/AppHomeOpenedPayload": {"event.view.blocks"},
    "app-backend/*": {"view.blocks"},
    "app-backend/ViewSubmissionPayload": {"response_urls"},
    "app-backend/SlashCommandPayload": {"is_enterprise_install"},
    "api/*": {"response_metadata"},
    "api/chat.update": {"message.ts"},
    "api/users.info": {"user.profile.fields"},
    "api/users.list": {"members[].profile.fields"},
    "api/users.lookupByEmail": {"user.profile.fields"},
    "api/users.profile.get": {"profile.fields"},
}


@cache
def sample(name: str) -> Any:
    path = SAMPLES / f"{name}.json"
    if not path.exists():
        pytest.skip("../shared/data/slack-samples is absent: shape checks against Slack's samples not run")
    return json.loads(path.read_text())


def differences(name: str, sent: Any) -> set[str]:
    """Paths of keys the sample lacks or has with another kind of value, less those allowed."""
    folder = name.partition("/")[0]
    allowed = ALLOWED.get(f"{folder}/*", set()) | ALLOWED.get(name, set())
    return {path for path in _differences(sent, sample(name), "") if path not in allowed}


def _differences(sent: Any, model: Any, path: str) -> Iterator[str]:
    if isinstance(sent, dict) and isinstance(model, dict) and model:
        for key, value in sent.items():
            here = f"{path}.{key}".lstrip(".")
            if key not in model or not _same_kind(value, model[key]):
                yield here
            elif key not in NOT_ENTERED:
                yield from _differences(value, model[key], here)
    elif isinstance(sent, list) and isinstance(model, list) and model:
        union = _union(model)
        for each in sent:
            yield from _differences(each, union, f"{path}[]")


def _union(models: list[Any]) -> Any:
    if not all(isinstance(model, dict) for model in models):
        return models[0]
    union: dict[str, Any] = {}
    for model in models:
        union |= model
    return union


def _same_kind(sent: Any, model: Any) -> bool:
    return sent is None or model is None or _kind(sent) == _kind(model)


def _kind(value: Any) -> str:
    return next(name for kind, name in _KINDS if isinstance(value, kind))
