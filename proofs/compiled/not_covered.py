"""The one answer of this way beside the right one."""


class NotCovered(Exception):
    """It takes the general way to say what this is, or what is wrong with it."""
