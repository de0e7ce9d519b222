"""One value, or a list of several?  JSON-LD lets a single value stand for a list of one."""


def listed(value: object) -> tuple[object, ...]:
    """The values of a member that may be one value or a list."""
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)
