"""Series, who agreed to them, and what became of each of their days."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('template_id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('targets', sa.JSON(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('zone', sa.Text(), nullable=False),
    sa.Column('fold', sa.Integer(), nullable=False),
    sa.Column('skipped', sa.Text(), nullable=False),
    sa.Column('fixed', sa.Boolean(), nullable=False),
    sa.Column('content_hash', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('rehearsal', sa.Boolean(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('make_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('proposal_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_series_owner_id')),
    sa.ForeignKeyConstraint(['proposal_id'], ['outbox.id'], name=op.f('fk_series_proposal_id')),
    sa.ForeignKeyConstraint(['template_id'], ['announcements.id'], name=op.f('fk_series_template_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series')),
    sa.UniqueConstraint('template_id', name=op.f('uq_series_template_id'))
    )
    with op.batch_alter_table('series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_series_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index('ix_series_state_make_at', ['state', 'make_at'], unique=False)

    op.create_table('series_approvals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('content_hash', sa.Text(), nullable=False),
    sa.Column('approver_id', sa.Integer(), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['approver_id'], ['people.id'], name=op.f('fk_series_approvals_approver_id')),
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], name=op.f('fk_series_approvals_series_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series_approvals'))
    )
    with op.batch_alter_table('series_approvals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_series_approvals_series_id'), ['series_id'], unique=False)
        batch_op.create_index('uq_series_approvals_counting', ['series_id', 'content_hash', 'approver_id'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    op.create_table('series_runs',
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('local_date', sa.Date(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('announcement_id', sa.Integer(), nullable=True),
    sa.Column('content_hash', sa.Text(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_series_runs_announcement_id')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_series_runs_decided_by')),
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], name=op.f('fk_series_runs_series_id')),
    sa.PrimaryKeyConstraint('series_id', 'local_date', name=op.f('pk_series_runs')),
    sa.UniqueConstraint('announcement_id', name=op.f('uq_series_runs_announcement_id'))
    )


def downgrade() -> None:
    op.drop_table('series_runs')
    with op.batch_alter_table('series_approvals', schema=None) as batch_op:
        batch_op.drop_index('uq_series_approvals_counting', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_series_approvals_series_id'))

    op.drop_table('series_approvals')
    with op.batch_alter_table('series', schema=None) as batch_op:
        batch_op.drop_index('ix_series_state_make_at')
        batch_op.drop_index(batch_op.f('ix_series_owner_id'))

    op.drop_table('series')
