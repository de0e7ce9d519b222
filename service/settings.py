"""What may whoever runs a service decide?

Everything comes from the environment, prefixed `SKILLMARK_`; each service adds its own settings
to these.  Secrets are `SecretStr`, so that no representation shows them.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.addresses import is_loopback_name
from service.urls import MalformedUrl, split_url


def _public_address(text: str) -> str:
    """Where a service is reached: scheme, host and port, nothing else.

    Raises:
        ValueError: anything else, or plain http for a host that is not this machine.
    """
    try:
        parts = split_url(text)
    except MalformedUrl as error:
        raise ValueError(str(error)) from error
    if parts.target not in {"", "/"} or "#" in text:
        raise ValueError("must be scheme, host and port only, such as https://skills.example.org")
    if parts.scheme != "https" and not is_loopback_name(parts.host):
        raise ValueError("must begin with https:// unless the host is localhost")
    return parts.origin


PublicAddress = Annotated[str, AfterValidator(_public_address)]


class CommonSettings(BaseSettings):
    """The settings that both services have."""

    model_config = SettingsConfigDict(
        env_prefix="SKILLMARK_", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    data_dir: Path = Path("var")
    development: bool = False
    rate_limits: bool = True
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    issuer_url: PublicAddress = "http://localhost:8000"
    verifier_url: PublicAddress = "http://localhost:8001"
