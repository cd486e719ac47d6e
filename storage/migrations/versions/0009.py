"""An announcement may be a thread on X: a delivery for each of its parts."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"
branch_labels = None
depends_on = None

ONE_PER_NETWORK = "uq_deliveries_one_per_network"
ONE_PER_PART = "uq_deliveries_one_per_part"


def upgrade() -> None:
    with op.batch_alter_table('announcements', schema=None) as batch_op:
        batch_op.add_column(sa.Column('thread', sa.Boolean(), nullable=True))
    op.execute(sa.text("update announcements set thread = :no").bindparams(no=False))
    with op.batch_alter_table('announcements', schema=None) as batch_op:
        batch_op.alter_column('thread', existing_type=sa.Boolean(), nullable=False)

    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.add_column(sa.Column('part', sa.Integer(), nullable=True))
    op.execute("update deliveries set part = 1")
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.alter_column('part', existing_type=sa.Integer(), nullable=False)
        batch_op.drop_constraint(ONE_PER_NETWORK, type_='unique')
        batch_op.create_unique_constraint(ONE_PER_PART, ['announcement_id', 'network', 'target', 'part'])

    with op.batch_alter_table('delivery_attempts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reply_to', sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('delivery_attempts', schema=None) as batch_op:
        batch_op.drop_column('reply_to')

    # Without a column for it, a part keeps its number where it went to: what left must not be lost.
    op.execute("update deliveries set target = target || ' part ' || part where part > 1")
    with op.batch_alter_table('deliveries', schema=None) as batch_op:
        batch_op.drop_constraint(ONE_PER_PART, type_='unique')
        batch_op.create_unique_constraint(ONE_PER_NETWORK, ['announcement_id', 'network', 'target'])
        batch_op.drop_column('part')

    with op.batch_alter_table('announcements', schema=None) as batch_op:
        batch_op.drop_column('thread')
