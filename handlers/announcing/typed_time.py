"""A time typed into the window, or a series: read, and shown in absolute words before it counts."""

from collections.abc import Mapping
from typing import Any

from coop.announcing import networks
from coop.announcing.typed import series as typed_series
from coop.announcing.typed import times
from coop.announcing.typed.series import SeriesReading
from coop.announcing.typed.times import Reading
from coop.deps import Deps
from coop.errors import FieldError, UserError
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing import series_form, typed_time
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.announcing.form import Window
from handlers.requests import Submission
from storage import series
from storage.series import Series

NOT_ONCE = (
    "This changes a whole series, so type how often it repeats and until when, such as “every first Monday "
    "at 12:30 until 30 June”. Nothing changed."
)
NOT_AGAIN = (
    "That repeats, and this edits one announcement, which goes out once. Type one time here, such as "
    "“tomorrow 9am”, or plan a series with `/announce series`. Nothing changed."
)


def read(submission: Submission, entered: Mapping[str, Any], deps: Deps) -> Reading | SeriesReading | None:
    """None when no time was typed. Raises FieldError for one that is not understood, or has passed."""
    typed = (entered.get(blocks.TYPED_TIME) or "").strip()
    repeats = typed_series.is_recurring(typed)
    edits = Window.read(submission.private_metadata).announcement_id
    if edits is not None and repeats is not (_series(edits, deps) is not None):
        raise FieldError(blocks.TYPED_TIME, NOT_AGAIN if repeats else NOT_ONCE)
    if not typed:
        return None
    facts: dict[str, Any] = {"now": deps.now(), "zone": deps.settings.network_timezone}
    try:
        return typed_series.read(typed, **facts) if repeats else times.read(typed, **facts)
    except UserError as refused:
        raise FieldError(blocks.TYPED_TIME, refused.text) from refused


def confirming(
    submission: Submission, entered: Mapping[str, Any], reading: Reading | SeriesReading, deps: Deps
) -> dict[str, Any]:
    typed, packed = entered[blocks.TYPED_TIME].strip(), submission.private_metadata
    if isinstance(reading, Reading):
        return typed_time.confirm_form(typed, reading, Scene.of(deps), packed=packed)
    window = Window.read(packed)
    row = _series(window.announcement_id, deps) if window.announcement_id is not None else None
    return series_form.confirm_form(
        typed,
        reading.rules,
        packed=window.packed(),
        fixed=row is not None and row.fixed,
        on_x=networks.X in (entered.get(blocks.WHERE) or []),
    )


def _series(announcement_id: int, deps: Deps) -> Series | None:
    with deps.read() as session:
        return series.series_of_template(session, announcement_id)
