"""The history of the schema, one file per revision. Run by storage.migrating only."""
