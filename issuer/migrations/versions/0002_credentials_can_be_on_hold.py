"""Credentials can be on hold

Only additions: SQLite cannot change a table that others point at without taking it away for a
moment, which its foreign keys forbid.
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        'status_list',
        sa.Column('purpose', sa.String(), nullable=False, server_default='revocation'),
    )
    op.create_table('suspension_place',
    sa.Column('credential_id', sa.String(length=32), nullable=False),
    sa.Column('status_list_id', sa.String(), nullable=False),
    sa.Column('status_index', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['credential_id'], ['credential.id'], ),
    sa.ForeignKeyConstraint(['status_list_id'], ['status_list.id'], ),
    sa.PrimaryKeyConstraint('credential_id'),
    sa.UniqueConstraint('status_list_id', 'status_index')
    )
    with op.batch_alter_table('suspension_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suspension_place_status_list_id'), ['status_list_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('suspension_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suspension_place_status_list_id'))

    op.drop_table('suspension_place')
    op.execute("DELETE FROM status_list WHERE purpose <> 'revocation'")
    op.drop_column('status_list', 'purpose')
