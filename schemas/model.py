"""How do our typed models become JSON?

One base for all of them: frozen, camelCase in JSON, members that are not named are refused,
and absent members are left out, since `null` and empty lists mean nothing in JSON-LD.
"""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer
from pydantic.alias_generators import to_camel

from schemas.moments import in_utc, written

Moment = Annotated[
    datetime, AfterValidator(in_utc), PlainSerializer(written, return_type=str, when_used="always")
]
"""A time with a zone, kept in UTC."""


class Said(BaseModel):
    """Part of a credential."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True
    )

    def document(self) -> dict[str, Any]:
        """JSON-ready members in the order of declaration, without what is absent."""
        present: dict[str, Any] = _present(self.model_dump(mode="json", by_alias=True))
        return present


def _present(value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
    if isinstance(value, dict):
        shown = {name: _present(member) for name, member in value.items()}
        return {name: member for name, member in shown.items() if member not in (None, [], {})}
    if isinstance(value, list):
        return [_present(item) for item in value]
    return value
