"""Which bytes stand for a JSON value, however it is written?  RFC 8785 (JCS)."""

import rfc8785

from proofs.errors import CanonicalizationRefused, NotCanonicalizable


def canonical(value: object) -> bytes:
    """The canonical JSON of a value, in UTF-8.

    Raises:
        NotCanonicalizable: a number or a text that JSON readers do not agree on.
        CanonicalizationRefused: nested too deeply.
    """
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]  # it checks what it is given
    except rfc8785.CanonicalizationError as error:
        raise NotCanonicalizable(str(error)) from None
    except RecursionError:
        raise CanonicalizationRefused("levels of nesting", 1_000, 999) from None
