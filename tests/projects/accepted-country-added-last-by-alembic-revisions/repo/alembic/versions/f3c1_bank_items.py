"""bank items"""
import sqlalchemy as sa
from alembic import op

revision = "f3c1"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "bank_items",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("flinks_login_id", sa.String(length=36), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("bank_items")
