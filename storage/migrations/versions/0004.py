"""Proof of what was agreed to when an announcement left, and the calendar's secret addresses."""

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None


def _rebuilt() -> Literal["always", "auto"]:
    return "always" if op.get_bind().dialect.name == "sqlite" else "auto"


def upgrade() -> None:
    op.create_table('calendar_addresses',
    sa.Column('person_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_calendar_addresses_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_calendar_addresses'))
    )
    op.create_table('attempt_approvals',
    sa.Column('delivery_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('approver_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approver_id'], ['people.id'], name=op.f('fk_attempt_approvals_approver_id')),
    sa.ForeignKeyConstraint(['delivery_id', 'number'], ['delivery_attempts.delivery_id', 'delivery_attempts.number'], name=op.f('fk_attempt_approvals_delivery_id_number')),
    sa.PrimaryKeyConstraint('delivery_id', 'number', 'approver_id', name=op.f('pk_attempt_approvals'))
    )
    with op.batch_alter_table('delivery_attempts', recreate=_rebuilt()) as batch_op:
        batch_op.add_column(sa.Column('content_hash', sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('delivery_attempts', recreate=_rebuilt()) as batch_op:
        batch_op.drop_column('content_hash')

    op.drop_table('attempt_approvals')
    op.drop_table('calendar_addresses')
