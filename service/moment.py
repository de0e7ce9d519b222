"""At which moment does a request come?  A dependency, which tests override."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends

from service.clock import utc_now


async def moment_of_request() -> datetime:
    """The current moment, in UTC; it waits for nothing."""
    return utc_now()


Now = Annotated[datetime, Depends(moment_of_request)]
