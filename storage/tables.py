"""Every table of the record, imported so that the metadata is complete."""

from storage import fees, log, members, offices, outbox, people, seen

__all__ = ["fees", "log", "members", "offices", "outbox", "people", "seen"]
