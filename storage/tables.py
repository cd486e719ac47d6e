"""Every table of the record, imported so that the metadata is complete."""

from storage import (
    announcements,
    deliveries,
    fees,
    heartbeats,
    job_runs,
    log,
    members,
    offices,
    outbox,
    outbox_claims,
    people,
    seen,
    series,
    stops,
)

__all__ = [
    "announcements",
    "deliveries",
    "fees",
    "heartbeats",
    "job_runs",
    "log",
    "members",
    "offices",
    "outbox",
    "outbox_claims",
    "people",
    "seen",
    "series",
    "stops",
]
