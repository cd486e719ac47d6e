"""Every table of the record, imported so that the metadata is complete."""

from storage import (
    announcements,
    blackouts,
    deliveries,
    fees,
    heartbeats,
    job_runs,
    log,
    members,
    offices,
    outbox,
    outbox_claims,
    overrides,
    people,
    seen,
    stops,
    takedowns,
)

__all__ = [
    "announcements",
    "blackouts",
    "deliveries",
    "fees",
    "heartbeats",
    "job_runs",
    "log",
    "members",
    "offices",
    "outbox",
    "outbox_claims",
    "overrides",
    "people",
    "seen",
    "stops",
    "takedowns",
]
