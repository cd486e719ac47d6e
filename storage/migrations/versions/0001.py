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
    sa.Column('since', sa.Integer(), nullable=False),
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
    op.create_table('agreements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('principles_version', sa.Integer(), nullable=False),
    sa.Column('privacy_version', sa.Integer(), nullable=False),
    sa.Column('minimum_age', sa.Integer(), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_agreements_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreements'))
    )
    op.create_index(op.f('ix_agreements_person_id'), 'agreements', ['person_id'], unique=False)
    op.create_table('announcements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('wall_date', sa.Date(), nullable=True),
    sa.Column('wall_time', sa.Time(), nullable=True),
    sa.Column('zone', sa.Text(), nullable=False),
    sa.Column('fold', sa.Integer(), nullable=False),
    sa.Column('content_hash', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('rehearsal', sa.Boolean(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposal_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_announcements_owner_id')),
    sa.ForeignKeyConstraint(['proposal_id'], ['outbox.id'], name=op.f('fk_announcements_proposal_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcements'))
    )
    op.create_index(op.f('ix_announcements_owner_id'), 'announcements', ['owner_id'], unique=False)
    op.create_index(op.f('ix_announcements_state'), 'announcements', ['state'], unique=False)
    op.create_table('applications',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('applied_on', sa.Date(), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('message_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_applications_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_applications'))
    )
    op.create_index(op.f('ix_applications_person_id'), 'applications', ['person_id'], unique=False)
    op.create_index('ix_applications_state', 'applications', ['state', 'id'], unique=False)
    op.create_index('uq_applications_open', 'applications', ['person_id'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'approved')"), postgresql_where=sa.text("state IN ('waiting', 'approved')"))
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
    op.create_table('offices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('granted_by', sa.Text(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('end_reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_offices_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offices'))
    )
    op.create_index(op.f('ix_offices_person_id'), 'offices', ['person_id'], unique=False)
    op.create_index('uq_offices_open', 'offices', ['person_id', 'role'], unique=True, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
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
    op.create_table('stops',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('stopped_by', sa.Integer(), nullable=False),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('resumed_by', sa.Integer(), nullable=True),
    sa.Column('resumed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('open', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['resumed_by'], ['people.id'], name=op.f('fk_stops_resumed_by')),
    sa.ForeignKeyConstraint(['stopped_by'], ['people.id'], name=op.f('fk_stops_stopped_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stops')),
    sa.UniqueConstraint('open', name=op.f('uq_stops_open'))
    )
    op.create_table('announcement_comments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_announcement_comments_announcement_id')),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_announcement_comments_author_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement_comments'))
    )
    op.create_index(op.f('ix_announcement_comments_announcement_id'), 'announcement_comments', ['announcement_id'], unique=False)
    op.create_table('announcement_drafts',
    sa.Column('window', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('announcement_id', sa.Integer(), nullable=True),
    sa.Column('entered', sa.JSON(), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_announcement_drafts_announcement_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_announcement_drafts_owner_id')),
    sa.PrimaryKeyConstraint('window', name=op.f('pk_announcement_drafts'))
    )
    op.create_index(op.f('ix_announcement_drafts_owner_id'), 'announcement_drafts', ['owner_id'], unique=False)
    op.create_table('announcements_told',
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_announcements_told_announcement_id')),
    sa.PrimaryKeyConstraint('announcement_id', 'revision', 'what', name=op.f('pk_announcements_told'))
    )
    op.create_table('approvals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('content_hash', sa.Text(), nullable=False),
    sa.Column('approver_id', sa.Integer(), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_approvals_announcement_id')),
    sa.ForeignKeyConstraint(['approver_id'], ['people.id'], name=op.f('fk_approvals_approver_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approvals'))
    )
    op.create_index(op.f('ix_approvals_announcement_id'), 'approvals', ['announcement_id'], unique=False)
    op.create_index('uq_approvals_counting', 'approvals', ['announcement_id', 'content_hash', 'approver_id'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
    op.create_table('deliveries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('announcement_id', sa.Integer(), nullable=False),
    sa.Column('network', sa.Text(), nullable=False),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('hold', sa.Text(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempt_no', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('uncertain_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('duplicate', sa.Boolean(), nullable=False),
    sa.Column('look_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('looks', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resend_by', sa.Integer(), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('remote_id', sa.Text(), nullable=True),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('fix', sa.Text(), nullable=True),
    sa.Column('settled_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_deliveries_announcement_id')),
    sa.ForeignKeyConstraint(['resend_by'], ['people.id'], name=op.f('fk_deliveries_resend_by')),
    sa.ForeignKeyConstraint(['settled_by'], ['people.id'], name=op.f('fk_deliveries_settled_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deliveries')),
    sa.UniqueConstraint('announcement_id', 'network', 'target', name='uq_deliveries_one_per_network')
    )
    op.create_index(op.f('ix_deliveries_announcement_id'), 'deliveries', ['announcement_id'], unique=False)
    op.create_index('ix_deliveries_state_look_at', 'deliveries', ['state', 'look_at'], unique=False)
    op.create_index('ix_deliveries_state_not_before', 'deliveries', ['state', 'not_before'], unique=False)
    op.create_index('uq_deliveries_in_flight', 'deliveries', ['account'], unique=True, sqlite_where=sa.text("state IN ('claimed', 'attempting')"), postgresql_where=sa.text("state IN ('claimed', 'attempting')"))
    op.create_table('fees',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('amount_pence', sa.Integer(), nullable=False),
    sa.Column('currency', sa.Text(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('raised_on', sa.Date(), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('covers_from', sa.Date(), nullable=True),
    sa.Column('covers_until', sa.Date(), nullable=True),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_fees_application_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_fees_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fees')),
    sa.UniqueConstraint('application_id', name=op.f('uq_fees_application_id')),
    sa.UniqueConstraint('code', name=op.f('uq_fees_code'))
    )
    op.create_index(op.f('ix_fees_covers_until'), 'fees', ['covers_until'], unique=False)
    op.create_index('ix_fees_open', 'fees', ['person_id'], unique=False, sqlite_where=sa.text('paid_on IS NULL AND cancelled_at IS NULL'), postgresql_where=sa.text('paid_on IS NULL AND cancelled_at IS NULL'))
    op.create_index(op.f('ix_fees_person_id'), 'fees', ['person_id'], unique=False)
    op.create_index('uq_fees_year', 'fees', ['person_id', 'covers_from'], unique=True, sqlite_where=sa.text('cancelled_at IS NULL'), postgresql_where=sa.text('cancelled_at IS NULL'))
    op.create_table('memberships',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('on_behalf_of', sa.Text(), nullable=True),
    sa.Column('application_id', sa.Integer(), nullable=True),
    sa.Column('entered_on', sa.Date(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ceased_on', sa.Date(), nullable=True),
    sa.Column('ceased_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cease_reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['applications.id'], name=op.f('fk_memberships_application_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_memberships_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memberships'))
    )
    op.create_index('ix_memberships_ceased_on', 'memberships', ['kind', 'ceased_on'], unique=False)
    op.create_index('ix_memberships_entered_on', 'memberships', ['kind', 'entered_on'], unique=False)
    op.create_index(op.f('ix_memberships_person_id'), 'memberships', ['person_id'], unique=False)
    op.create_index('uq_memberships_current', 'memberships', ['person_id', 'kind'], unique=True, sqlite_where=sa.text('ceased_on IS NULL'), postgresql_where=sa.text('ceased_on IS NULL'))
    op.create_table('delivery_attempts',
    sa.Column('delivery_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['delivery_id'], ['deliveries.id'], name=op.f('fk_delivery_attempts_delivery_id')),
    sa.PrimaryKeyConstraint('delivery_id', 'number', name=op.f('pk_delivery_attempts'))
    )
    op.create_table('ledger',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fee_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('amount_pence', sa.Integer(), nullable=False),
    sa.Column('currency', sa.Text(), nullable=False),
    sa.Column('method', sa.Text(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('booked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('booked_by', sa.Integer(), nullable=False),
    sa.Column('reverses', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['booked_by'], ['people.id'], name=op.f('fk_ledger_booked_by')),
    sa.ForeignKeyConstraint(['fee_id'], ['fees.id'], name=op.f('fk_ledger_fee_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_ledger_person_id')),
    sa.ForeignKeyConstraint(['reverses'], ['ledger.id'], name=op.f('fk_ledger_reverses')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger')),
    sa.UniqueConstraint('reverses', name=op.f('uq_ledger_reverses'))
    )
    op.create_index(op.f('ix_ledger_fee_id'), 'ledger', ['fee_id'], unique=False)
    op.create_index(op.f('ix_ledger_person_id'), 'ledger', ['person_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_ledger_person_id'), table_name='ledger')
    op.drop_index(op.f('ix_ledger_fee_id'), table_name='ledger')
    op.drop_table('ledger')
    op.drop_table('delivery_attempts')
    op.drop_index('uq_memberships_current', table_name='memberships', sqlite_where=sa.text('ceased_on IS NULL'), postgresql_where=sa.text('ceased_on IS NULL'))
    op.drop_index(op.f('ix_memberships_person_id'), table_name='memberships')
    op.drop_index('ix_memberships_entered_on', table_name='memberships')
    op.drop_index('ix_memberships_ceased_on', table_name='memberships')
    op.drop_table('memberships')
    op.drop_index('uq_fees_year', table_name='fees', sqlite_where=sa.text('cancelled_at IS NULL'), postgresql_where=sa.text('cancelled_at IS NULL'))
    op.drop_index(op.f('ix_fees_person_id'), table_name='fees')
    op.drop_index('ix_fees_open', table_name='fees', sqlite_where=sa.text('paid_on IS NULL AND cancelled_at IS NULL'), postgresql_where=sa.text('paid_on IS NULL AND cancelled_at IS NULL'))
    op.drop_index(op.f('ix_fees_covers_until'), table_name='fees')
    op.drop_table('fees')
    op.drop_index('uq_deliveries_in_flight', table_name='deliveries', sqlite_where=sa.text("state IN ('claimed', 'attempting')"), postgresql_where=sa.text("state IN ('claimed', 'attempting')"))
    op.drop_index('ix_deliveries_state_not_before', table_name='deliveries')
    op.drop_index('ix_deliveries_state_look_at', table_name='deliveries')
    op.drop_index(op.f('ix_deliveries_announcement_id'), table_name='deliveries')
    op.drop_table('deliveries')
    op.drop_index('uq_approvals_counting', table_name='approvals', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
    op.drop_index(op.f('ix_approvals_announcement_id'), table_name='approvals')
    op.drop_table('approvals')
    op.drop_table('announcements_told')
    op.drop_index(op.f('ix_announcement_drafts_owner_id'), table_name='announcement_drafts')
    op.drop_table('announcement_drafts')
    op.drop_index(op.f('ix_announcement_comments_announcement_id'), table_name='announcement_comments')
    op.drop_table('announcement_comments')
    op.drop_table('stops')
    op.drop_index('uq_slack_accounts_current', table_name='slack_accounts', sqlite_where=sa.text('unlinked_at IS NULL'), postgresql_where=sa.text('unlinked_at IS NULL'))
    op.drop_index(op.f('ix_slack_accounts_person_id'), table_name='slack_accounts')
    op.drop_table('slack_accounts')
    op.drop_index('uq_offices_open', table_name='offices', sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
    op.drop_index(op.f('ix_offices_person_id'), table_name='offices')
    op.drop_table('offices')
    op.drop_index(op.f('ix_log_details_seq'), table_name='log_details')
    op.drop_index(op.f('ix_log_details_about'), table_name='log_details')
    op.drop_table('log_details')
    op.drop_index('uq_applications_open', table_name='applications', sqlite_where=sa.text("state IN ('waiting', 'approved')"), postgresql_where=sa.text("state IN ('waiting', 'approved')"))
    op.drop_index('ix_applications_state', table_name='applications')
    op.drop_index(op.f('ix_applications_person_id'), table_name='applications')
    op.drop_table('applications')
    op.drop_index(op.f('ix_announcements_state'), table_name='announcements')
    op.drop_index(op.f('ix_announcements_owner_id'), table_name='announcements')
    op.drop_table('announcements')
    op.drop_index(op.f('ix_agreements_person_id'), table_name='agreements')
    op.drop_table('agreements')
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
