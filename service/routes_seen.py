"""By which name may a request be counted and logged?

By its route's template (`/c/{code}`), never by its address: an address names a person's
credential, and strangers can invent any number of them.
"""

from typing import Any, Final

from starlette.types import Scope

UNMATCHED: Final = "(no route)"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def route_of(scope: Scope) -> str:
    """The template of the route that answered, prefixes included."""
    framework: dict[str, Any] = scope.get("fastapi", {})
    context = framework.get("effective_route_context")
    template = getattr(context, "path_format", None) or getattr(scope.get("route"), "path", None)
    if isinstance(template, str) and template:
        return template
    return "/static" if scope.get("app_root_path") is not None else UNMATCHED


def method_of(scope: Scope) -> str:
    """The method, if it is one of HTTP's common ones."""
    method = scope["method"]
    return method if method in METHODS else "OTHER"
