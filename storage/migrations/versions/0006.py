"""An announcement has other words for single networks, and a content note."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('announcement_variants',
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('network', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_announcement_variants_announcement_id')),
    sa.PrimaryKeyConstraint('announcement_id', 'network', name=op.f('pk_announcement_variants'))
    )
    with op.batch_alter_table('announcements', schema=None) as batch_op:
        batch_op.add_column(sa.Column('note', sa.Text(), nullable=True))

    with op.batch_alter_table('delivery_attempts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('note', sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('delivery_attempts', schema=None) as batch_op:
        batch_op.drop_column('note')

    with op.batch_alter_table('announcements', schema=None) as batch_op:
        batch_op.drop_column('note')

    op.drop_table('announcement_variants')
