"""Everything the record holds from the first day."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('heartbeats',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_heartbeats'))
    )
    op.create_table('job_runs',
    sa.Column('job', sa.Text(), nullable=False),
    sa.Column('local_date', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('job', 'local_date', name=op.f('pk_job_runs'))
    )
    op.create_table('log',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('act', sa.Text(), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('digests', sa.Text(), nullable=False),
    sa.Column('previous', sa.Text(), nullable=False),
    sa.Column('hash', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_log')),
    sa.UniqueConstraint('hash', name=op.f('uq_log_hash'))
    )
    op.create_table('log_salts',
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('salt', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('about', name=op.f('pk_log_salts'))
    )
    op.create_table('outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('to', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('after_id', sa.Integer(), nullable=True),
    sa.Column('replaces', sa.Boolean(), nullable=False),
    sa.Column('bulk', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('resent', sa.Boolean(), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tried_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('channel', sa.Text(), nullable=True),
    sa.Column('ts', sa.Text(), nullable=True),
    sa.Column('file_id', sa.Text(), nullable=True),
    sa.Column('trouble', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['after_id'], ['outbox.id'], name=op.f('fk_outbox_after_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox'))
    )
    op.create_index('ix_outbox_state_not_before', 'outbox', ['state', 'not_before'], unique=False)
    op.create_index('ix_outbox_to_tried_at', 'outbox', ['to', 'tried_at'], unique=False)
    op.create_index(op.f('ix_outbox_tried_at'), 'outbox', ['tried_at'], unique=False)
    op.create_table('pauses',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_pauses'))
    )
    op.create_table('people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('member_number', sa.Integer(), nullable=True),
    sa.Column('approval_digest', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('member_number', name=op.f('uq_people_member_number'))
    )
    op.create_table('seen',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_seen'))
    )
    op.create_index(op.f('ix_seen_at'), 'seen', ['at'], unique=False)
    op.create_table('wants_no_messages',
    sa.Column('team_id', sa.Text(), nullable=False),
    sa.Column('user_id', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('team_id', 'user_id', name=op.f('pk_wants_no_messages'))
    )
    op.create_table('log_details',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['seq'], ['log.seq'], name=op.f('fk_log_details_seq')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_details'))
    )
    op.create_index(op.f('ix_log_details_about'), 'log_details', ['about'], unique=False)
    op.create_index(op.f('ix_log_details_seq'), 'log_details', ['seq'], unique=False)
    op.create_table('slack_accounts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Text(), nullable=False),
    sa.Column('user_id', sa.Text(), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('unlinked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_slack_accounts_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slack_accounts'))
    )
    op.create_index(op.f('ix_slack_accounts_person_id'), 'slack_accounts', ['person_id'], unique=False)
    op.create_index('uq_slack_accounts_current', 'slack_accounts', ['team_id', 'user_id'], unique=True, sqlite_where=sa.text('unlinked_at IS NULL'), postgresql_where=sa.text('unlinked_at IS NULL'))


def downgrade() -> None:
    op.drop_index('uq_slack_accounts_current', table_name='slack_accounts', sqlite_where=sa.text('unlinked_at IS NULL'), postgresql_where=sa.text('unlinked_at IS NULL'))
    op.drop_index(op.f('ix_slack_accounts_person_id'), table_name='slack_accounts')
    op.drop_table('slack_accounts')
    op.drop_index(op.f('ix_log_details_seq'), table_name='log_details')
    op.drop_index(op.f('ix_log_details_about'), table_name='log_details')
    op.drop_table('log_details')
    op.drop_table('wants_no_messages')
    op.drop_index(op.f('ix_seen_at'), table_name='seen')
    op.drop_table('seen')
    op.drop_table('people')
    op.drop_table('pauses')
    op.drop_index(op.f('ix_outbox_tried_at'), table_name='outbox')
    op.drop_index('ix_outbox_to_tried_at', table_name='outbox')
    op.drop_index('ix_outbox_state_not_before', table_name='outbox')
    op.drop_table('outbox')
    op.drop_table('log_salts')
    op.drop_table('log')
    op.drop_table('job_runs')
    op.drop_table('heartbeats')
