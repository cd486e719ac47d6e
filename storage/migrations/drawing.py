"""Draw a revision from the difference between a database and the tables the code declares."""

from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

import storage.tables  # noqa: F401 -- every table must be known before it is compared
from storage import migrating, revisions
from storage.base import Base, UtcDateTime

FOLDER = Path(__file__).parent / "versions"
FIRST = "0001"
PAGE = '''"""{sentence}"""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision: str | None = {before}
branch_labels = None
depends_on = None


def upgrade() -> None:
    {up}


def downgrade() -> None:
    {down}
'''


def first(folder: Path = FOLDER) -> Path:
    """Write the first revision anew. Only while no database anywhere has it."""
    with create_engine("sqlite://").connect() as connection:
        return _write(
            connection, folder, FIRST, None, "Everything the record holds from the first day.", batch=False
        )


def following(sentence: str, url: str, folder: Path = FOLDER) -> Path:
    """Write the revision after the newest, from an empty database at `url` that is brought to the newest."""
    migrating.upgrade(url)
    number = f"{int(revisions.HEAD) + 1:04}"
    with create_engine(url).connect() as connection:
        return _write(connection, folder, number, revisions.HEAD, sentence, batch=True)


def _write(
    connection: Connection, folder: Path, number: str, before: str | None, sentence: str, *, batch: bool
) -> Path:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "render_as_batch": batch, "target_metadata": Base.metadata}
    )
    script = produce_migrations(context, Base.metadata)
    if script.upgrade_ops is None or script.downgrade_ops is None:
        raise LookupError("Alembic compared nothing")

    def drawn(operations: Any) -> str:
        code = render_python_code(
            operations, render_as_batch=batch, render_item=_render_item, migration_context=context
        )
        return "\n".join(line for line in code.splitlines() if "# ###" not in line).strip()

    page = folder / f"{number}.py"
    page.write_text(
        PAGE.format(
            sentence=sentence,
            revision=number,
            before=f'"{before}"' if before else None,
            up=drawn(script.upgrade_ops),
            down=drawn(script.downgrade_ops),
        )
    )
    return page


def _render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    # A revision must mean the same in ten years: it names SQLAlchemy's type, not ours of that day.
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False
