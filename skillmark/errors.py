"""What can go wrong between typing a command and reading its answer?

CommandFailed
├── PortTaken       something else listens where a service should
├── ServiceDied     a service ended by itself
├── NotReadyInTime  a service runs but never became ready
├── NoArtifact      nothing was named that could be assessed
├── Refused         the issuer would not do it
└── NotConfirmed    the demonstration's own credential did not verify
"""

from collections.abc import Iterable
from pathlib import Path


class CommandFailed(Exception):
    """A command could not do its work; the message tells a person what to change."""


class PortTaken(CommandFailed):
    """Something else listens on an address that a service needs."""

    def __init__(self, service: str, host: str, port: int) -> None:
        super().__init__(
            f"The {service} cannot listen on {host} port {port}: something else does already "
            f"(another `skillmark demo`?). Stop it, or choose another port with "
            f"SKILLMARK_{service.upper()}_PORT."
        )


class ServiceDied(CommandFailed):
    """A service ended by itself."""

    def __init__(self, service: str, code: int, log: Path, last_words: str) -> None:
        super().__init__(
            f"The {service} stopped by itself (exit code {code}), so everything was stopped.\n"
            f"The last lines of {log}:\n{last_words}"
        )


class NotReadyInTime(CommandFailed):
    """A service runs but never became ready."""

    def __init__(self, service: str, seconds: float, log: Path, last_words: str) -> None:
        super().__init__(
            f"The {service} was not ready after {seconds:.0f} seconds.\n"
            f"The last lines of {log}:\n{last_words}"
        )


class NoArtifact(CommandFailed):
    """Nothing was named that could be assessed."""

    def __init__(self, looked_in: Path) -> None:
        super().__init__(
            f"The demonstration assesses a git repository, and {looked_in} is not inside one. "
            f"Name one: skillmark demo --artifact PATH_OR_HTTPS_URL"
        )


class Refused(CommandFailed):
    """The issuer would not do it; its own words say why and what is missing."""

    def __init__(self, why: Exception, missing: Iterable[str] = ()) -> None:
        listed = "".join(f"\n  - {sentence}" for sentence in missing)
        super().__init__(f"Not issued. The gate is missing:{listed}" if listed else str(why))


class NotConfirmed(CommandFailed):
    """The demonstration's own credential did not verify."""

    def __init__(self, verdict: str, headline: str) -> None:
        super().__init__(f"The verifier's answer is not a confirmation: {verdict}. {headline}")
