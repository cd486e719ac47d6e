"""What deletions cost, and whether a picture says where it was taken."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('takedowns', schema=None) as batch_op:
        batch_op.add_column(sa.Column('price', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('charged', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('tried_at', sa.DateTime(timezone=True), nullable=True))
    op.execute("update takedowns set charged = 0")
    with op.batch_alter_table('takedowns', schema=None) as batch_op:
        batch_op.alter_column('charged', existing_type=sa.Integer(), nullable=False)

    with op.batch_alter_table('blobs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tells_place', sa.Boolean(), nullable=True))
    op.execute(sa.text("update blobs set tells_place = :no").bindparams(no=False))
    with op.batch_alter_table('blobs', schema=None) as batch_op:
        batch_op.alter_column('tells_place', existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('blobs', schema=None) as batch_op:
        batch_op.drop_column('tells_place')

    with op.batch_alter_table('takedowns', schema=None) as batch_op:
        batch_op.drop_column('tried_at')
        batch_op.drop_column('charged')
        batch_op.drop_column('price')
