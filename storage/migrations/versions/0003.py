"""Pictures: their bytes, and which announcement shows which."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('blobs',
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('content_type', sa.Text(), nullable=False),
    sa.Column('bytes', sa.LargeBinary(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_blobs'))
    )
    op.create_table('announcement_images',
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('alt_text', sa.Text(), nullable=False),
    sa.Column('alt_waived_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['alt_waived_by'], ['people.id'], name=op.f('fk_announcement_images_alt_waived_by')),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_announcement_images_announcement_id')),
    sa.ForeignKeyConstraint(['sha256'], ['blobs.sha256'], name=op.f('fk_announcement_images_sha256')),
    sa.PrimaryKeyConstraint('announcement_id', 'position', name=op.f('pk_announcement_images'))
    )
    op.create_index(op.f('ix_announcement_images_sha256'), 'announcement_images', ['sha256'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_announcement_images_sha256'), table_name='announcement_images')
    op.drop_table('announcement_images')
    op.drop_table('blobs')
