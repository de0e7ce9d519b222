"""Does a member hold one or more objects that say what they are?

VCDM 2.0, sections 4.10 (status), 4.11 (schemas), 5.4 (refreshing), 5.5 (terms of use), 5.6
(evidence) and 5.10 (reserved extension points), and the proofs of Data Integrity: one object, or
a list of them, each with a type.  What else is in such an object, its type decides.
"""

from collections.abc import Callable, Iterator

from schemas.data_model.editions import Edition, TypedMember
from schemas.data_model.identifiers import id_breaches, is_url, needed_id_breaches
from schemas.data_model.place import Breach, Place
from schemas.data_model.types import are_types, type_breaches

Judge = Callable[[Place], Iterator[Breach]]


def object_breaches(place: Place, name: str, section: str, judge: Judge) -> Iterator[Breach]:
    """One object or a list of one or more, and what is broken in each."""
    if place.is_empty_list:
        yield place.breach(f"{name} must hold one object or more; or leave it out", section)
    for one in place.each():
        if one.is_object:
            yield from judge(one)
        else:
            yield one.breach(f"{name} must be an object, or a list of objects", section)


def typed_member_breaches(
    document: Place, members: tuple[TypedMember, ...], edition: Edition
) -> Iterator[Breach]:
    """Every member of a document whose objects must say their type."""
    for member in members:
        given = document.member(member.name).value
        if not _are_sound(given, member) and document.has(member.name):
            yield from _member_breaches(document.member(member.name), member, edition)


def _are_sound(given: object, member: TypedMember) -> bool:
    """Whether nothing at all is wrong, as nearly always; what is wrong where is found out below."""
    several = given if isinstance(given, list) else [given]
    return bool(several) and all(
        type(one) is dict
        and are_types(one.get("type"))
        and (is_url(one["id"]) if "id" in one else not member.needs_id)
        for one in several
    )


def _member_breaches(place: Place, member: TypedMember, edition: Edition) -> Iterator[Breach]:
    def judge(one: Place) -> Iterator[Breach]:
        yield from type_breaches(one, member.name, member.section)
        if member.needs_id:
            yield from needed_id_breaches(one, member.name, member.section)
        else:
            yield from id_breaches(one, edition.identifiers)

    yield from object_breaches(place, member.name, member.section, judge)
