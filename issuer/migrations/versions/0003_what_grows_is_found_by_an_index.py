"""What grows is found by an index, and a status list knows how many of its places are taken

Only additions, as before.
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

TAKEN = """
UPDATE status_list SET taken =
  (SELECT count(*) FROM credential WHERE credential.status_list_id = status_list.id)
  + (SELECT count(*) FROM suspension_place WHERE suspension_place.status_list_id = status_list.id)
"""


def upgrade() -> None:
    op.add_column(
        'status_list', sa.Column('taken', sa.Integer(), nullable=False, server_default='0')
    )
    op.execute(TAKEN)
    op.create_index(
        'ix_credential_newest', 'credential', ['organisation_id', 'issued_at', 'code']
    )
    op.create_index(
        'ix_submission_newest', 'submission', ['organisation_id', 'created_at', 'id']
    )
    op.create_index(
        'ix_submission_newest_of_state',
        'submission',
        ['organisation_id', 'state', 'created_at', 'id'],
    )
    op.create_index(
        'ix_account_name', 'account', ['organisation_id', 'name', 'created_at', 'id']
    )


def downgrade() -> None:
    op.drop_index('ix_account_name', 'account')
    op.drop_index('ix_submission_newest_of_state', 'submission')
    op.drop_index('ix_submission_newest', 'submission')
    op.drop_index('ix_credential_newest', 'credential')
    op.drop_column('status_list', 'taken')
