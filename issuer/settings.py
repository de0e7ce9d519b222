"""What may whoever runs an issuer decide?"""

from typing import Annotated

from pydantic import Field, SecretStr

from service.settings import CommonSettings


class IssuerSettings(CommonSettings):
    """From the environment, prefixed `SKILLMARK_`."""

    database_url: SecretStr | None = None
    key_passphrase: SecretStr | None = None
    issuer_name: Annotated[str, Field(min_length=1, max_length=200)] = "Skillmark demonstration"
    issuer_holds: bool = False
    issuer_host: str = "127.0.0.1"
    issuer_port: Annotated[int, Field(ge=0, le=65535)] = 8000

    @property
    def database_address(self) -> str:
        """Where the database is; without a setting, a SQLite file in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir.resolve() / 'issuer.db'}"
