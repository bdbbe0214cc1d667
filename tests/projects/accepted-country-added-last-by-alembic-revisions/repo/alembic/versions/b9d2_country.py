"""country"""
import sqlalchemy as sa
from alembic import op

revision = "b9d2"
down_revision = "0a77"


def upgrade() -> None:
    op.add_column("bank_items", sa.Column("country", sa.String(length=2), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("bank_items") as batch_op:
        batch_op.drop_column("country")
