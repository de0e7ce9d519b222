"""Which level was reached?  Open Badges 3.0, section B.1.19 (Result)."""

from typing import Literal

from schemas.model import Said


class Result(Said):
    """The level reached in one criterion; both members are addresses within the achievement."""

    type: tuple[Literal["Result"], ...] = ("Result",)
    result_description: str
    achieved_level: str
    status: Literal["Completed"] = "Completed"
