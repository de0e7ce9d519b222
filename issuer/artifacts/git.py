"""How is git asked, without letting a repository run anything?

Only object-reading commands and one kind of fetch, in an environment of our own: no hooks, no
credential helpers, no prompts, no settings of the machine, no other protocol than https, no
redirects, and a limit on time and on every file that git writes.
"""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from issuer.errors import ArtifactTooLarge, NoSuchArtifact

SECONDS: Final = 120.0
BLOCK: Final = 512  # bytes; the unit of `ulimit -f` in POSIX
LIMITED: Final = 'ulimit -f "$0" && exec "$@"'
SAFE: Final = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.askPass=",
    "credential.helper=",
    "protocol.allow=never",
    "protocol.https.allow=always",
    "http.followRedirects=false",
    "http.proxy=",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=20",
    "fetch.fsckObjects=true",
    "fetch.recurseSubmodules=false",
    "fetch.unpackLimit=1",
    "transfer.bundleURI=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
ENVIRONMENT: Final[Mapping[str, str]] = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "/bin/false",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PROTOCOL_FROM_USER": "0",
    "LC_ALL": "C.UTF-8",
}


@dataclass(frozen=True, slots=True)
class Git:
    """Git in one repository."""

    folder: Path
    file_bytes: int
    seconds: float = SECONDS

    def run(
        self, *arguments: str, given: bytes = b"", settings: Sequence[str] = (), what: str = ""
    ) -> bytes:
        """Run one command and return what it says.

        Args:
            arguments: the command.
            given: its standard input.
            settings: more `-c` settings.
            what: how an error names the artifact.

        Raises:
            NoSuchArtifact: git refuses, or takes too long.
            ArtifactTooLarge: git wrote more than it may.
        """
        process = subprocess.Popen(  # noqa: S603 - fixed program, arguments never reach a shell
            self._command(arguments, settings),
            cwd=self.folder,
            env={**ENVIRONMENT, "PATH": os.environ.get("PATH", os.defpath), "HOME": os.devnull},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            said, complaint = process.communicate(given, timeout=self.seconds)
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise NoSuchArtifact(what, f"no answer within {self.seconds:.0f} seconds") from error
        except BaseException:
            _end(process)
            raise
        if process.returncode == 0:
            return said
        if process.returncode == -signal.SIGXFSZ or b"File size limit" in complaint:
            raise ArtifactTooLarge("bytes", self.file_bytes)
        raise NoSuchArtifact(what, _last_line(complaint))

    def _command(self, arguments: Sequence[str], settings: Sequence[str]) -> list[str]:
        chosen = [*SAFE, f"safe.directory={self.folder}", *settings]
        flags = [part for setting in chosen for part in ("-c", setting)]
        blocks = str(-(-self.file_bytes // BLOCK))
        return ["/bin/sh", "-c", LIMITED, blocks, "git", *flags, "--no-pager", *arguments]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and the programs that it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _last_line(complaint: bytes) -> str:
    lines = [line for line in complaint.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1][:200] if lines else "git refused without a word"
