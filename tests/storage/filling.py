"""Rows for every table, made from its columns alone, so that a new table is filled by existing."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, UniqueConstraint, bindparam

START = datetime(2026, 1, 1, 12, 30, 15, 123456, tzinfo=UTC)


def fill(connection: Connection, tables: MetaData, rows: int = 1_000) -> None:
    for table in tables.sorted_tables:
        connection.execute(table.insert(), made(table, rows))


def fill_what_is_new(connection: Connection, tables: MetaData, filled: MetaData, rows: int = 1_000) -> None:
    """Tables that `filled` has not, and columns its tables have not, as `fill` would have filled them."""
    for table in tables.sorted_tables:
        if (older := filled.tables.get(table.name)) is None:
            connection.execute(table.insert(), made(table, rows))
        elif new := [column.name for column in table.columns if column.name not in older.columns]:
            key = [column == bindparam(f"key {column.name}") for column in table.primary_key]
            entered = {name: bindparam(f"new {name}") for name in new}
            facts = [
                {f"{what} {name}": found for name, found in row.items() for what in ("key", "new")}
                for row in made(table, rows)
            ]
            connection.execute(table.update().where(*key).values(entered), facts)


def made(table: Table, rows: int) -> list[dict[str, Any]]:
    makers = {column.name: maker(table, column) for column in table.columns}
    return [{name: make(n) for name, make in makers.items()} for n in range(1, rows + 1)]


def maker(table: Table, column: Column[Any]) -> Callable[[int], Any]:
    """The value of this column in the row of a number."""
    if column.foreign_keys:
        (key,) = column.foreign_keys
        if key.column.table is table:
            return lambda n: n - 1 if n > 1 else None
        return maker(key.column.table, key.column)
    kind = getattr(column.type, "impl_instance", column.type).python_type  # of JSON: object
    if kind is bool and column.nullable and alone_in_a_key(table, column):
        return lambda _: None
    make, name = MADE[kind], column.name
    if kind is str and column.nullable:
        return lambda n: make(name, n) if n % 5 else None
    return lambda n: make(name, n)


MADE: dict[type, Callable[[str, int], Any]] = {
    str: lambda name, n: f"{name} {n}: Ŵyn O\u2019Hara & 🎉",
    bool: lambda _, n: n % 3 == 0,
    int: lambda _, n: n,
    datetime: lambda _, n: START + timedelta(hours=n, microseconds=n),
    date: lambda _, n: date(2026, 1, 1) + timedelta(days=n),
    time: lambda _, n: time(9, n % 60),
    bytes: lambda _, n: n.to_bytes(4, "big") * 8,
    object: lambda _, n: {"n": n, "name": f"Ŵyn <&> {n}", "list": [1, None, True]},
}


def alone_in_a_key(table: Table, column: Column[Any]) -> bool:
    unique = [list(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    unique += [list(one.columns) for one in table.indexes if one.unique]
    return bool(column.unique) or [column] in unique


def contents(connection: Connection, tables: MetaData) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table.name: [
            tuple(found) for found in connection.execute(table.select().order_by(*table.primary_key.columns))
        ]
        for table in tables.sorted_tables
    }
