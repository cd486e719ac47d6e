"""A time typed into the window: read, and shown in absolute words before anything is proposed for it."""

from collections.abc import Mapping
from typing import Any

from coop.announcing import typed_times
from coop.announcing.typed_times import Reading
from coop.deps import Deps
from coop.errors import FieldError, UserError
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing import typed_time
from handlers.blocks.announcing.announcement import Scene
from handlers.requests import Submission


def read(values: Mapping[str, Any], deps: Deps) -> Reading | None:
    """None when no time was typed. Raises FieldError for one that is not understood, or has passed."""
    typed = (values.get(blocks.TYPED_TIME) or "").strip()
    if not typed:
        return None
    try:
        return typed_times.read(typed, now=deps.now(), zone=deps.settings.network_timezone)
    except UserError as refused:
        raise FieldError(blocks.TYPED_TIME, refused.text) from refused


def confirming(
    submission: Submission, entered: Mapping[str, Any], reading: Reading, deps: Deps
) -> dict[str, Any]:
    typed = entered[blocks.TYPED_TIME].strip()
    return typed_time.confirm_form(typed, reading, Scene.of(deps), packed=submission.private_metadata)
