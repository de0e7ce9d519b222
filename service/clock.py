"""What time is it?  Asked once, at the edge; everything below gets `now` as an argument."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends


def utc_now() -> datetime:
    """The current moment, in UTC; tests override it as a dependency."""
    return datetime.now(UTC)


Now = Annotated[datetime, Depends(utc_now)]
