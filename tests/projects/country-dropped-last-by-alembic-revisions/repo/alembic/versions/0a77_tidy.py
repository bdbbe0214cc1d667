"""tidy"""
import sqlalchemy as sa
from alembic import op

revision = "0a77"
down_revision = "b9d2"


def upgrade() -> None:
    with op.batch_alter_table("bank_items") as batch_op:
        batch_op.drop_column("country")


def downgrade() -> None:
    op.add_column("bank_items", sa.Column("country", sa.String(length=2), nullable=False))
