"""What somebody wants taken down again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('takedowns',
    sa.Column('delivery_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('said', sa.Text(), nullable=True),
    sa.Column('fix', sa.Text(), nullable=True),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('done_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by'], ['people.id'], name=op.f('fk_takedowns_asked_by')),
    sa.ForeignKeyConstraint(['delivery_id'], ['deliveries.id'], name=op.f('fk_takedowns_delivery_id')),
    sa.ForeignKeyConstraint(['done_by'], ['people.id'], name=op.f('fk_takedowns_done_by')),
    sa.PrimaryKeyConstraint('delivery_id', name=op.f('pk_takedowns'))
    )
    with op.batch_alter_table('takedowns', schema=None) as batch_op:
        batch_op.create_index('ix_takedowns_state_not_before', ['state', 'not_before'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('takedowns', schema=None) as batch_op:
        batch_op.drop_index('ix_takedowns_state_not_before')

    op.drop_table('takedowns')
