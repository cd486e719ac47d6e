"""Every table of the record, imported so that the metadata is complete."""

from storage import (
    announcements,
    deliveries,
    drafts,
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
    stops,
    variants,
)

__all__ = [
    "announcements",
    "deliveries",
    "drafts",
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
    "stops",
    "variants",
]
