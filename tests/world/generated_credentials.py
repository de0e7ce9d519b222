"""Which credentials are easy to get wrong, and allowed all the same?

Open Badges made from `sample_credential()`, each with texts, numbers and shapes at which two
implementations may disagree about what is signed.  The same come out in every run, and the first
ten of two hundred are the ten of ten.  None has a status or a schema, so that whoever verifies
one needs the issuer's controller document and nothing else.

What is not among them, because the canonical form that we sign refuses it or no signature could
cover it:

- half a surrogate pair, which UTF-8 cannot write (RFC 8259, section 8.2);
- `null`, empty arrays and arrays in arrays, which JSON-LD drops or flattens;
- the same value twice in a set, in RDF there once; so also `AchievementCredential` beside
  `OpenBadgeCredential`, two names of one type.  In `allowedValue`, a list, values do repeat;
- `@direction`, which RDF has no place for; directions are given by marks in the text;
- a number written as text where the context says number, and other keywords and inline contexts;
- whole numbers between 2**53 and 1e21, which not every reader of JSON can hold (RFC 8259,
  section 6), NaN and infinity, which JSON cannot write;
- identifiers that are empty, relative, or with spaces; names of blank nodes; and those that begin
  like a term and could abbreviate another, as `tag:` does.

Two terms are left out for another reason: `endorsementJwt` and `jti` are missing in the copy of
the Open Badges context that some packages carry.  And what the standards settle but widespread
packages get wrong is not among the generated ones either; `disputed` has it.
"""

import copy
import itertools
import random
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, Final

from world.credentials import (
    ACHIEVEMENT_URL,
    ISSUER_URL,
    NOON,
    other_signer,
    sample_credential,
)

from proofs.secure import secure

Json = dict[str, Any]
Variation = Callable[[random.Random, Json], None]

SEED: Final = "awkward credentials, first edition"
ENDORSER: Final = "did:web:endorser.example"
ENDORSER_METHOD: Final = f"{ENDORSER}#key-1"

COMPOSED: Final = unicodedata.normalize("NFC", "Zoë's café, Ångström, 각")
DECOMPOSED: Final = unicodedata.normalize("NFD", COMPOSED)

TEXTS: Final = (
    "plain",
    "",
    " ",
    "  spaces around  ",
    "bell \x07 and delete \x7f",
    "".join(map(chr, range(0x20))),
    "".join(map(chr, range(0x7F, 0xA1))),
    "tab\there, line\nfeed, return\rhere, both\r\n",
    'quote " and \' and \\ and \\" and \\n and \\u0041 and /',
    "line separator \u2028 paragraph separator \u2029 next line \x85",
    'closes" .\n<urn:a> <urn:b> "and says more',
    "byte order mark \ufeff, zero\u200bwidth, soft\u00adhyphen",
    "noncharacters \ufdd0 \U0001fffe \U0010ffff, private \ue000, replaced \ufffd",
    "emoji \U0001f642 \U0001f469\u200d\U0001f52c \U0001f1eb\U0001f1f7 \u2764\ufe0f",
    "עברית \u200fוגם\u200e English",  # noqa: RUF001 - letters that look alike are the point
    "العربية ١٢٣",
    "\u202eoverride\u202c \u2066isolate\u2069 \u2068first strong\u2069",
    COMPOSED,
    DECOMPOSED,
    "foldings ﬁ Å Ω ½ ㎏ İ ı ß ẞ ǅ",  # noqa: RUF001 - letters that look alike are the point
    "日本語 中文 한국어 ไทย हिन्दी",
    "a" * 10_000,
    "many " + "\U0001f642é\n" * 3_332,
    "@value",
    "@type",
    "_:c14n0",
    "https://schema.org/name",
    "null",
    "1.0",
    "2026-03-02T09:30:00Z",
    '{"@id": "urn:a"}',
    "<b>&amp;&lt;</b> <!-- ]]> -->",
)

NUMBERS: Final[tuple[int | float, ...]] = (
    0,
    -0.0,
    1,
    1.0,
    -1.0,
    0.1,
    1.5e-7,
    -1.5e-7,
    1.5,
    1 / 3,
    100.0,
    2**31,
    2**53 - 1,
    -(2**53 - 1),
    123_456_789_012.25,
    1e21,
    -1e21,
    1.5e21,
    1.7976931348623157e308,
    2.2250738585072014e-308,
)

MOMENTS: Final = (
    "2026-03-02T09:30:00Z",
    "2026-03-02T09:30:00.000Z",
    "2026-03-02T09:30:00.123456789Z",
    "2026-03-02T09:30:00+00:00",
    "2026-03-02T15:00:00+05:30",
    "2026-03-01T21:30:00-12:00",
    "2024-02-29T23:59:59Z",
)

ADDRESSES: Final = (
    "urn:uuid:5f1c7b8e-6b0e-4d0c-9c59-0e2d1a1f6a11",
    "https://例え.example/路径?q=ü#ä",
    "https://example.org:8443/a%20b/%C3%BC/../c?x=1&y=2#f",
    "HTTPS://EXAMPLE.org/UPPER",
    "did:web:example.org%3A8443:user#key",
    "mailto:someone@example.org",
    "info:example/a'b(c)*!;,$@",
    "https://example.org/emoji/\U0001f642",
)

LANGUAGES: Final = ("en", "de-CH-1996", "zh-Hant-TW", "ar", "he", "x-private")

NOT_DISCLOSABLE: Final = frozenset({"allowedValue", "geo", "proof", "_:c14n0"})


def generated(count: int = 200) -> list[Json]:
    """That many unsigned credentials, each another.

    Every text and every number above comes up among the first thirty-two.
    """
    return [_credential(index) for index in range(count)]


def disclosable(count: int = 200) -> list[Json]:
    """The first so many that ecdsa-sd-2023 can take apart, here and in packages for JavaScript.

    Left out are a list (`allowedValue`), which those packages refuse; `GeoCoordinates`, whose
    address is also that of the term `geo`, so that it does not survive compaction; proofs inside,
    whose graph has no JSON Pointer; and texts like `_:c14n0`, which those packages take for a
    node and rename inside the text.
    """
    fit = (one for one in map(_credential, itertools.count()) if not _unfit(one))
    return list(itertools.islice(fit, count))


def _unfit(credential: Json) -> bool:
    return not NOT_DISCLOSABLE.isdisjoint(_words(credential))


def _words(value: object) -> Iterator[str]:
    """Every name of a member and every text."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, str):
        yield value


def disputed() -> dict[str, Json]:
    """Unsigned credentials that we sign by the standard and packages for JavaScript do not.

    By what is in dispute, as `jsonld` 9.0 and `rdf-canonize` 5.0 show it:

    - noncharacters: canonical N-Quads write U+FFFE and U+FFFF as escapes, since they are not
      among the characters of XML 1.1 (RDFC-1.0, appendix A); there they stand as themselves.
    - order of characters: statements are sorted by code point (RDFC-1.0, section 5), there by
      UTF-16, so that an emoji comes before a ligature.
    - small number: 1e-7 is the double 1.0E-7 (JSON-LD 1.1 API, section 8.6), there it is 0 and
      so could be changed to 2e-7 under the same signature.
    - repeated in a list: the same value twice in a row, so that only the nodes around them tell
      two nodes apart; there that is more work than is done for a stranger.
    """
    found = {
        name: copy.deepcopy(generated(1)[0])
        for name in ("noncharacters", "order of characters", "small number", "repeated in a list")
    }
    found["noncharacters"]["name"] = "\ufffe and \uffff"
    _achievement(found["order of characters"])["tag"] = ["\ufb01", "\U0001f642"]
    _achievement(found["small number"])["creditsAvailable"] = 1e-7
    described = _achievement(found["repeated in a list"])["resultDescription"][0]
    described["allowedValue"] = ["low", "same", "same", "high"]
    return found


def _credential(index: int) -> Json:
    choose = random.Random(f"{SEED} {index}")  # noqa: S311 - chance that is the same every time
    credential = copy.deepcopy(sample_credential(id=f"{ISSUER_URL}/c/generated-{index}"))
    del credential["credentialStatus"], credential["credentialSchema"]
    credential["name"] = TEXTS[index % len(TEXTS)]
    _achievement(credential)["creditsAvailable"] = NUMBERS[index % len(NUMBERS)]
    others = [*VARIATIONS[: index % len(VARIATIONS)], *VARIATIONS[index % len(VARIATIONS) + 1 :]]
    VARIATIONS[index % len(VARIATIONS)](choose, credential)
    for vary in choose.sample(others, choose.randint(0, len(others) // 2)):
        vary(choose, credential)
    return _reordered(choose, credential)


def _achievement(credential: Json) -> Json:
    achievement: Json = credential["credentialSubject"]["achievement"]
    return achievement


def _text(choose: random.Random) -> str:
    return choose.choice(TEXTS)


def _in_languages(choose: random.Random, credential: Json) -> None:
    """VCDM 2.0, section 4.6: name and description may be given in several languages."""
    for holder in (credential, credential["issuer"]):
        for term in ("name", "description"):
            tags = choose.sample(LANGUAGES, choose.randint(1, 3))
            values = [_written(_text(choose), tag) for tag in tags]
            holder[term] = values[0] if len(values) == 1 else values


def _written(text: str, tag: str) -> Json:
    """A text in a language, and the direction in which that is read, which is signed too."""
    direction = {"he": "rtl", "en": "ltr"}.get(tag.partition("-")[0])
    said = {"@value": text, "@language": tag}
    return said if direction is None else said | {"@direction": direction}


def _with_numbers(choose: random.Random, credential: Json) -> None:
    credential["credentialSubject"]["creditsEarned"] = choose.choice(NUMBERS)
    credential["issuer"]["address"] = {
        "type": ["Address"],
        "addressCountryCode": "AT",
        "streetAddress": _text(choose),
        "geo": {
            "type": "GeoCoordinates",
            "latitude": choose.choice(NUMBERS),
            "longitude": choose.choice(NUMBERS),
        },
    }


def _with_texts(choose: random.Random, credential: Json) -> None:
    achievement = _achievement(credential)
    achievement["description"] = _text(choose)
    achievement["criteria"]["narrative"] = _text(choose)
    achievement["humanCode"] = _text(choose)
    achievement["tag"] = choose.sample(TEXTS, choose.randint(1, 8))
    credential["credentialSubject"]["narrative"] = _text(choose)


def _with_look_alikes(choose: random.Random, credential: Json) -> None:
    """Texts that look or count as the same, and are not."""
    same = [COMPOSED, DECOMPOSED, f"{COMPOSED} ", COMPOSED.upper()]
    choose.shuffle(same)
    _achievement(credential)["tag"] = same


def _with_results(choose: random.Random, credential: Json) -> None:
    """Results without identifiers; some say just the same, and count twice all the same."""
    results = [
        {
            "type": choose.choice(["Result", ["Result"], ["Result", "Related"]]),
            "value": _text(choose),
            "status": "Completed",
            "resultDescription": choose.choice(ADDRESSES),
        }
        for _ in range(choose.randint(1, 5))
    ]
    twins = [copy.deepcopy(results[0]) for _ in range(choose.randint(0, 2))]
    credential["credentialSubject"]["result"] = [*results, *twins]


def _with_lists(choose: random.Random, credential: Json) -> None:
    """Values in a given order, the first of them once more at the end."""
    allowed = choose.sample(TEXTS, choose.randint(2, 6))
    described = _achievement(credential)["resultDescription"][0]
    described["allowedValue"] = [*allowed, allowed[0]]
    described["requiredValue"] = allowed[0]
    described["valueMin"], described["valueMax"] = "-0", "1e21"


def _with_evidence(choose: random.Random, credential: Json) -> None:
    addresses = choose.sample(ADDRESSES, choose.randint(1, 4))
    credential["evidence"] = [
        {"id": address, "type": ["Evidence"], "narrative": _text(choose)} for address in addresses
    ] + [
        {
            "type": choose.choice(["Evidence", ["Evidence"], ["Evidence", "Achievement"]]),
            "name": _text(choose),
            "description": _text(choose),
            "genre": _text(choose),
            "audience": _text(choose),
        }
        for _ in range(choose.randint(0, 3))
    ]


def _with_one_instead_of_many(choose: random.Random, credential: Json) -> None:
    """A set of one may be written without brackets (JSON-LD 1.1, section 4.3)."""
    achievement = _achievement(credential)
    achievement["type"] = "Achievement"
    achievement["tag"] = _text(choose)
    achievement["alignment"] = achievement["alignment"][0]
    credential["evidence"] = credential["evidence"][0]
    credential["credentialSubject"]["type"] = "AchievementSubject"
    if isinstance(credential["relatedResource"], list):
        credential["relatedResource"] = credential["relatedResource"][0]


def _with_moments(choose: random.Random, credential: Json) -> None:
    credential["validFrom"] = choose.choice(MOMENTS)
    credential["awardedDate"] = choose.choice(MOMENTS)
    credential["credentialSubject"]["activityStartDate"] = choose.choice(MOMENTS)


def _with_addresses(choose: random.Random, credential: Json) -> None:
    achievement = _achievement(credential)
    achievement["image"] = {
        "id": choose.choice(ADDRESSES),
        "type": "Image",
        "caption": _text(choose),
    }
    achievement["related"] = [
        {"id": address, "type": ["Related"], "inLanguage": "de-AT", "version": _text(choose)}
        for address in choose.sample(ADDRESSES, 2)
    ]
    achievement["otherIdentifier"] = [
        {
            "type": ["IdentifierEntry"],
            "identifier": _text(choose),
            "identifierType": "identifier",
        }
    ]
    credential["credentialSubject"]["id"] = choose.choice(ADDRESSES)


def _with_types(choose: random.Random, credential: Json) -> None:
    """Several types at once, each with terms of its own, in any order."""
    types = ["VerifiableCredential", "OpenBadgeCredential", "EndorsementCredential"]
    choose.shuffle(types)
    credential["type"] = types
    issuer_types = ["Profile", "Address", "Image"]
    choose.shuffle(issuer_types)
    credential["issuer"] |= {
        "type": issuer_types,
        "addressLocality": _text(choose),
        "caption": _text(choose),
    }


def _with_endorsements(choose: random.Random, credential: Json) -> None:
    """Credentials inside the credential, with and without a signature of their own."""
    number = credential["id"].rpartition("-")[2]
    for place, holder in (
        ("badge", credential),
        ("achievement", _achievement(credential)),
        ("issuer", credential["issuer"]),
    ):
        holder["endorsement"] = [
            _endorsement(choose, f"{place}-{number}-{position}")
            for position in range(choose.randint(1, 2))
        ]


def _endorsement(choose: random.Random, name: str) -> Json:
    unsigned = {
        "@context": sample_credential()["@context"],
        "id": f"https://endorser.example/e/{name}",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": ENDORSER, "type": ["Profile"], "name": _text(choose)},
        "validFrom": choose.choice(MOMENTS),
        "name": _text(choose),
        "credentialSubject": {
            "id": ACHIEVEMENT_URL,
            "type": ["EndorsementSubject"],
            "endorsementComment": _text(choose),
        },
    }
    match choose.randrange(3):
        case 0:
            return secure(unsigned, other_signer(ENDORSER_METHOD), NOON)
        case 1:
            return unsigned
        case _:
            return {term: value for term, value in unsigned.items() if term != "@context"}


def _reordered(choose: random.Random, credential: Json) -> Json:
    """The same with the members of every object in another order, `@context` first."""
    names = sorted(credential)
    choose.shuffle(names)
    names.sort(key=lambda name: name != "@context")
    return {name: _reordered_inside(choose, credential[name]) for name in names}


def _reordered_inside(choose: random.Random, value: object) -> object:
    if isinstance(value, list):
        return [_reordered_inside(choose, item) for item in value]
    return _reordered(choose, value) if isinstance(value, dict) else value


VARIATIONS: Final[tuple[Variation, ...]] = (
    _in_languages,
    _with_numbers,
    _with_texts,
    _with_look_alikes,
    _with_results,
    _with_lists,
    _with_evidence,
    _with_one_instead_of_many,
    _with_moments,
    _with_addresses,
    _with_types,
    _with_endorsements,
)
