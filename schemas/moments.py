"""How do credentials write a time?  In UTC, in whole seconds, with `Z`."""

from datetime import UTC, datetime


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC, in whole seconds.

    Raises:
        ValueError: it has no zone, or no year of our calendar in UTC.
    """
    if moment.tzinfo is None:
        raise ValueError("give the time zone, such as Z for UTC")
    try:
        return moment.astimezone(UTC).replace(microsecond=0)
    except OverflowError as error:
        raise ValueError("no year of our calendar in UTC") from error


def written(moment: datetime) -> str:
    """A moment as credentials write it.

    Raises:
        ValueError: as `in_utc`.
    """
    return in_utc(moment).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
