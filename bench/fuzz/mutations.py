"""How is an honest document spoilt?  Along its structure, so that most of it is still read."""

import base64
import copy
import json
import random
from collections.abc import Iterator
from typing import Any, Final

Path = tuple[str | int, ...]

ODD: Final[tuple[Any, ...]] = (
    None,
    "",
    " ",
    0,
    -1,
    1.5,
    1e21,
    2**53,
    True,
    [],
    {},
    [[]],
    [None],
    "x" * 5_000,
    "\u0000",
    "\u202e",
    "_:b0",
    "did:",
    "did:key:z6Mk",
    "did:web:[",
    "https://[::1",
    "https://a.example/\n",
    "data:application/vc+jwt,",
    "9999-12-31T23:59:59+23:59",
    "2026-02-30T00:00:00Z",
    {"@value": "x"},
    {"@id": "urn:a:b"},
    {"@list": ["x"]},
    {"@set": []},
    {"@context": {}},
    {"id": "urn:a:b", "type": "X"},
)
NAMES: Final = (
    "@context",
    "@id",
    "@type",
    "@graph",
    "@included",
    "@reverse",
    "@value",
    "proof",
    "id",
    "type",
    "issuer",
    "holder",
    "credentialStatus",
    "credentialSchema",
    "verifiableCredential",
    "_sd",
    "...",
    "iss",
    "vc",
    "cnf",
    "alg",
    "typ",
    "kid",
    "crit",
    "jwk",
    "",
)
ALPHABET: Final = 'abcXYZ019-_.~=+/ "{}[]:,\\'


def mutated(given: Any, choose: random.Random) -> Any:  # noqa: ANN401 - JSON, or a token
    """The same document with one thing wrong."""
    if isinstance(given, str):
        return _token(given, choose)
    other = copy.deepcopy(given)
    path = choose.choice(list(_paths(other)))
    if not path:
        return _value(other, choose)
    *way, last = path
    place = other
    for step in way:
        place = place[step]
    _spoil(place, last, other, choose)
    return other


def _spoil(place: Any, last: str | int, whole: Any, choose: random.Random) -> None:  # noqa: ANN401
    match choose.randrange(7):
        case 0:
            del place[last]
        case 1:
            place[last] = [place[last], place[last]]
        case 2:
            place[last] = _value(place[last], choose)
        case 3:
            place[last] = {choose.choice(NAMES): place[last]}
        case 4 if isinstance(place, dict):
            place[choose.choice(NAMES)] = place[last]
        case 5 if isinstance(place, dict):
            place[choose.choice(NAMES)] = place.pop(last)
        case _:
            place[last] = copy.deepcopy(_at(whole, choose.choice(list(_paths(whole)))))


def _value(value: Any, choose: random.Random) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str) and value and choose.random() < 0.6:
        return _token(value, choose)
    return copy.deepcopy(choose.choice(ODD))


def _token(text: str, choose: random.Random) -> str:
    """A text with a letter changed, or a token with something else inside."""
    parts = text.split(".")
    if len(parts) >= 3 and choose.random() < 0.7:
        at = choose.randrange(2)
        try:
            inside = json.loads(base64.urlsafe_b64decode(parts[at] + "=="))
            other = mutated(inside, choose)
            written = json.dumps(other).encode()
        except ValueError:
            return _letters(text, choose)
        parts[at] = base64.urlsafe_b64encode(written).rstrip(b"=").decode()
        return ".".join(parts)
    if "~" in text and choose.random() < 0.5:
        pieces = text.split("~")
        choose.shuffle(pieces)
        return "~".join(pieces[: choose.randint(1, len(pieces) + 1)])
    return _letters(text, choose)


def _letters(text: str, choose: random.Random) -> str:
    at = choose.randrange(len(text) + 1)
    match choose.randrange(4):
        case 0:
            return text[:at]
        case 1:
            return text[:at] + choose.choice(ALPHABET) + text[at + 1 :]
        case 2:
            return text[:at] + choose.choice(ALPHABET) * choose.choice((1, 2, 500)) + text[at:]
        case _:
            return text[:at] + text[at + choose.randint(1, 9) :]


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:  # noqa: ANN401 - JSON
    yield path
    members = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, member in members:
        yield from _paths(member, (*path, name))


def _at(value: Any, path: Path) -> Any:  # noqa: ANN401 - JSON
    for step in path:
        value = value[step]
    return value
