"""What a delivery cost, blackout periods, and what was lifted for one announcement."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('blackouts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('entered_by', sa.Integer(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_by', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['ended_by'], ['people.id'], name=op.f('fk_blackouts_ended_by')),
    sa.ForeignKeyConstraint(['entered_by'], ['people.id'], name=op.f('fk_blackouts_entered_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_blackouts'))
    )
    with op.batch_alter_table('blackouts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_blackouts_last_day'), ['last_day'], unique=False)

    op.create_table('overrides',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('content_hash', sa.Text(), nullable=False),
    sa.Column('against', sa.Text(), nullable=False),
    sa.Column('given_by', sa.Integer(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_overrides_announcement_id')),
    sa.ForeignKeyConstraint(['given_by'], ['people.id'], name=op.f('fk_overrides_given_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_overrides'))
    )
    with op.batch_alter_table('overrides', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_overrides_announcement_id'), ['announcement_id'], unique=False)
        batch_op.create_index('uq_overrides_counting', ['announcement_id', 'content_hash', 'against', 'given_by'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    with op.batch_alter_table('delivery_attempts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('price', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('rehearsal', sa.Boolean(), nullable=True))
        batch_op.create_index(batch_op.f('ix_delivery_attempts_started_at'), ['started_at'], unique=False)
    op.execute("""
        update delivery_attempts set rehearsal = (
            select announcements.rehearsal from announcements
            join deliveries on deliveries.announcement_id = announcements.id
            where deliveries.id = delivery_attempts.delivery_id
        )
    """)
    with op.batch_alter_table('delivery_attempts', schema=None) as batch_op:
        batch_op.alter_column('rehearsal', existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('delivery_attempts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delivery_attempts_started_at'))
        batch_op.drop_column('rehearsal')
        batch_op.drop_column('price')

    with op.batch_alter_table('overrides', schema=None) as batch_op:
        batch_op.drop_index('uq_overrides_counting', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_overrides_announcement_id'))

    op.drop_table('overrides')
    with op.batch_alter_table('blackouts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_blackouts_last_day'))

    op.drop_table('blackouts')
