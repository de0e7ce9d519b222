"""Can what a credential points to be compared with what was meant?

VCDM 2.0, section 5.3: each related resource is named once, with one digest or more.  Here only
the writing is judged; the digests are compared where the bytes are.
"""

import re
from collections.abc import Iterator
from typing import Final

from schemas.data_model.identifiers import needed_id_breaches
from schemas.data_model.place import Breach, Place
from schemas.data_model.typed_objects import object_breaches

SECTION: Final = "VCDM 2.0, section 5.3"

_SRI: Final = re.compile(
    r"[ \t]*+(?:sha(?:256|384|512)-[A-Za-z0-9+/_-]++={0,2}(?:\?[!-~]*+)?(?:[ \t]++|\Z))+", re.ASCII
)
_MULTIBASE: Final = re.compile(
    r"z[1-9A-HJ-NP-Za-km-z]++|u[A-Za-z0-9_-]++|[079fFvVtTbBcChkKZmMU][A-Za-z0-9+/_-]++={0,2}",
    re.ASCII,
)
_NAME: Final = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}"
_MEDIA_TYPE: Final = re.compile(rf"{_NAME}/{_NAME}(?:[ \t]*+;[\t -~]*+)?", re.ASCII)
_DIGESTS: Final = {
    "digestSRI": (_SRI, "sha384- and the digest in base64"),
    "digestMultibase": (_MULTIBASE, "a multihash in multibase, beginning with u or z"),
}


def related_resource_breaches(credential: Place) -> Iterator[Breach]:
    """`relatedResource` of a credential."""
    seen: set[str] = set()

    def judge(one: Place) -> Iterator[Breach]:
        yield from needed_id_breaches(one, "relatedResource", SECTION)
        named = one.member("id").value
        if isinstance(named, str):
            if named in seen:
                yield one.member("id").breach(
                    "id of relatedResource must be there once; remove the second", SECTION
                )
            seen.add(named)
        yield from _description_breaches(one)

    if credential.has("relatedResource"):
        place = credential.member("relatedResource")
        yield from object_breaches(place, "relatedResource", SECTION, judge)


def _description_breaches(one: Place) -> Iterator[Breach]:
    if not any(one.has(name) for name in _DIGESTS):
        yield one.breach("relatedResource must have digestSRI or digestMultibase; add one", SECTION)
    for name, (written, fix) in _DIGESTS.items():
        if one.has(name):
            yield from _digest_breaches(one.member(name), name, written, fix)
    media_type = one.member("mediaType")
    if one.has("mediaType") and not _matches(_MEDIA_TYPE, media_type.value):
        yield media_type.breach("mediaType must be a media type, such as text/html", SECTION)


def _digest_breaches(
    place: Place, name: str, written: re.Pattern[str], fix: str
) -> Iterator[Breach]:
    if place.is_empty_list:
        yield place.breach(f"{name} must not be an empty list; give {fix}", SECTION)
    for one in place.each():
        if not _matches(written, one.value):
            yield one.breach(f"{name} must be {fix}", SECTION)


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None
