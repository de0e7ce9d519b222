"""Which routes are public?

The application includes these, and puts its own shelf in the place of `issuer.public.shelf.shelf`.
"""

from typing import Final

from fastapi import APIRouter

from issuer.public import (
    achievement_routes,
    credential_routes,
    document_routes,
    evidence_routes,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    document_routes.router,
    credential_routes.router,
    achievement_routes.router,
    evidence_routes.router,
)
