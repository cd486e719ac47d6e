"""Copy every row of one database into another, of whichever kind."""

import hashlib
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    event,
    func,
    select,
    text,
)

from storage.base import UtcDateTime

ROWS, HEAVY_ROWS = 500, 8  # in memory at once; a picture may have ten megabytes
VERSION = "alembic_version"


def tables_of(connection: Connection) -> MetaData:
    """The tables a database really has, in types that mean the same on both; the version table left out."""
    tables = MetaData()
    event.listen(tables, "column_reflect", _generic)
    tables.reflect(connection)
    if VERSION in tables.tables:
        tables.remove(tables.tables[VERSION])
    return tables


def copy_rows(source: Connection, target: Connection, tables: MetaData) -> None:
    """Referred tables first, each in the order of its key, so that no row comes before what it points at."""
    for table in tables.sorted_tables:
        rows = source.execute(
            select(table).order_by(*table.primary_key.columns), execution_options=_in_parts(table)
        )
        for part in rows.mappings().partitions():
            target.execute(table.insert(), [dict(row) for row in part])
        if target.dialect.name == "postgresql":
            _continue_numbering(target, table)


def row_counts(connection: Connection, tables: MetaData) -> dict[str, int]:
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables.sorted_tables
    }


def content_digest(connection: Connection, tables: MetaData) -> str:
    """The same for the same rows on both databases, which sort text differently."""
    whole = hashlib.sha256()
    for table in tables.sorted_tables:
        columns = sorted(table.columns, key=lambda column: column.name)
        rows = connection.execute(select(*columns), execution_options=_in_parts(table))
        whole.update(table.name.encode())
        for digest in sorted(hashlib.sha256(repr(tuple(row)).encode()).digest() for row in rows):
            whole.update(digest)
    return whole.hexdigest()


def _in_parts(table: Table) -> dict[str, Any]:
    heavy = any(isinstance(column.type, LargeBinary) for column in table.columns)
    return {"yield_per": HEAVY_ROWS if heavy else ROWS}


def _generic(_inspector: Any, _table: Table, column: dict[str, Any]) -> None:
    kind = column["type"].as_generic()
    if isinstance(kind, DateTime):
        kind = UtcDateTime()
    if isinstance(kind, JSON):
        kind = JSON(none_as_null=True)  # an absent value must not come back as JSON's word null
    column["type"] = kind
    column["default"] = None


def _continue_numbering(connection: Connection, table: Table) -> None:
    for key in table.primary_key.columns:
        if isinstance(key.type, Integer) and not key.foreign_keys:
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"),
                {"table": f'"{table.name}"', "column": key.name},
            )
            if sequence and (highest := connection.scalar(select(func.max(key)))):
                connection.execute(text("SELECT setval(:s, :n)"), {"s": sequence, "n": highest})
