"""Every table of the record, imported so that the metadata is complete."""

from storage import log, outbox, people, seen

__all__ = ["log", "outbox", "people", "seen"]
