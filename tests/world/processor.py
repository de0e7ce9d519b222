"""The product promises at most a second of the processor for anything that strangers send.

`make test` runs under coverage, which watches every line and makes Python about four times slower.
The allowance grows by that factor while it watches, and only then.
"""

import sys
from typing import Final

WATCHED: Final = sys.gettrace() is not None
SECOND: Final = 5.0 if WATCHED else 1.0
"""Of the processor, as `time.process_time` counts it."""
