"""Is the service alive, and can it do its work?

`/healthz` says that the process answers; `/readyz` asks everything that it needs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog
from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

log = structlog.get_logger("service.health")


@dataclass(frozen=True, slots=True)
class ReadinessCheck:
    """One thing the service needs; `ask` raises when it is not there."""

    name: str
    ask: Callable[[], object]


def health_routes(readiness: Iterable[ReadinessCheck]) -> APIRouter:
    """The two routes, with what to ask."""
    checks = tuple(readiness)
    router = APIRouter(tags=["operation"], include_in_schema=False)

    @router.get("/healthz")
    async def healthz(response: Response) -> dict[str, str]:
        """The process answers."""
        response.headers["cache-control"] = "no-store"
        return {"status": "alive"}

    @router.get("/readyz")
    async def readyz(response: Response) -> dict[str, object]:
        """Everything the service needs is there; 503 if it is not."""
        response.headers["cache-control"] = "no-store"
        outcomes = {check.name: await _is_there(check) for check in checks}
        ready = all(outcomes.values())
        response.status_code = 200 if ready else 503
        words = {name: "ready" if there else "not ready" for name, there in outcomes.items()}
        return {"status": "ready" if ready else "not ready", "checks": words}

    return router


async def _is_there(check: ReadinessCheck) -> bool:
    """Ask in a thread; why not is for the log, never for the answer."""
    try:
        await run_in_threadpool(check.ask)
    except Exception as error:  # noqa: BLE001 - whatever it is, it means: not ready
        log.warning("not_ready", check=check.name, error=type(error).__name__)
        return False
    return True
