"""Every table of the record, imported so that the metadata is complete."""

from storage import heartbeats, job_runs, log, outbox, outbox_claims, people, seen

__all__ = ["heartbeats", "job_runs", "log", "outbox", "outbox_claims", "people", "seen"]
