"""What time is it?  Asked once, at the edge; everything below gets `now` as an argument."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The current moment, in UTC."""
    return datetime.now(UTC)
