"""Networks that turn our account away, and how long ago an account last sent something."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "network_troubles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=True),
        sa.Column("trying_by", sa.Integer(), nullable=True),
        sa.Column("trial_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["outbox.id"], name=op.f("fk_network_troubles_notice_id")
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"], ["deliveries.id"], name=op.f("fk_network_troubles_trial_id")
        ),
        sa.ForeignKeyConstraint(
            ["trying_by"], ["people.id"], name=op.f("fk_network_troubles_trying_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_troubles")),
        sa.UniqueConstraint("network", "open", name="uq_network_troubles_one_open"),
    )
    op.create_index("ix_deliveries_account_delivered_at", "deliveries", ["account", "delivered_at"])


def downgrade() -> None:
    op.drop_index("ix_deliveries_account_delivered_at", table_name="deliveries")
    op.drop_table("network_troubles")
