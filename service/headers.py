"""What may a browser do with our answers?

Content Security Policy Level 3, without `unsafe-inline`; and the headers beside it.  A route that
needs another policy (evidence is sandboxed) sets the header itself, and keeps it.
"""

from collections.abc import Iterable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

YEAR_SECONDS: Final = 31_536_000

FIXED: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(),"
        " gyroscope=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "cross-origin-opener-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
}


def content_security_policy(form_action: Iterable[str] = ()) -> str:
    """Everything from here, nothing written into the page, nobody's frame.

    `form_action` lists the other origins that our forms may send to.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            " ".join(("form-action 'self'", *form_action)),
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


class SecurityHeaders:
    """Add to every answer the headers that it does not set itself."""

    def __init__(self, app: ASGIApp, *, form_action: Iterable[str], https: bool) -> None:
        self.app = app
        self.headers = {**FIXED, "content-security-policy": content_security_policy(form_action)}
        if https:
            self.headers["strict-transport-security"] = f"max-age={YEAR_SECONDS}; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and complete the answer's headers."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, complete if scope["type"] == "http" else send)
