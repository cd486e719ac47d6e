"""Every table of the record, imported so that the metadata is complete."""

from storage import (
    announcements,
    deliveries,
    fees,
    heartbeats,
    job_runs,
    log,
    members,
    network_troubles,
    offices,
    outbox,
    outbox_claims,
    people,
    seen,
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
    "network_troubles",
    "offices",
    "outbox",
    "outbox_claims",
    "people",
    "seen",
    "stops",
]
