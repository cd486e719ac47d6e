"""`python -m storage.migrations.add "What the record holds now."`: draft the next revision.

Read what it wrote: Alembic takes a renamed column for one dropped and one added. Then set `HEAD` in
storage/revisions.py to the new number.
"""

import sys
import tempfile
from pathlib import Path

from storage.migrations import drawing

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        page = drawing.following(sys.argv[1], f"sqlite:///{Path(folder) / 'record.db'}")
    print(f"Wrote {page.name}. Read it, then set HEAD in storage/revisions.py.")  # noqa: T201 -- a command speaks
