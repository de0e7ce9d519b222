"""Does a document say what its schema demands?

JSON Schema 2020-12, as VC JSON Schema uses it.  Schemas of strangers are never trusted with
work: a reference to another document, an unbounded size or a pattern that could backtrack
without end is refused before the schema is compiled.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final, Self

import jsonschema_rs

from schemas.errors import SchemaViolated, UnsafeSchema, Violation
from schemas.schema_work import check_work

PROFILE_NAME: Final = "skillmark-credential-1.json"
LARGEST_SCHEMA: Final = 200_000  # characters of JSON; compiling takes longer than reading
MOST_KEYWORDS: Final = 5_000
MOST_PATTERNS: Final = 50
LARGEST_PATTERN: Final = 200_000  # bytes; a pattern of ten symbols can be compiled to megabytes
WEIGHS: Final = 8
"""How many bytes a compiled schema takes for each that it is written in, roughly."""
MOST_VIOLATIONS: Final = 20
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_REFERENCES: Final = frozenset({"$ref", "$dynamicRef"})
_OF_ANOTHER: Final = frozenset({"$id", "$schema"})  # below the root they begin another document


@dataclass(frozen=True, slots=True)
class JsonSchema:
    """A schema that is safe to use, compiled.

    Attributes:
        validator: what it was compiled to.
        weight: bytes that it takes, at most and roughly.
        is_ours: it comes with this package, and takes no longer than a moment.
    """

    validator: jsonschema_rs.Draft202012Validator = field(repr=False)
    weight: int
    is_ours: bool = False

    @classmethod
    def read(cls, schema: Mapping[str, Any]) -> Self:
        """Look at a schema, whose ever it is, and compile it; costs far more than its use.

        Raises:
            UnsafeSchema: the schema refers to other documents, is too large, or cannot be read.
        """
        patterns = check_safe(schema)
        text = json.dumps(schema, sort_keys=True)
        weight = WEIGHS * len(text) + LARGEST_PATTERN * patterns
        return cls(_compile(text), weight, hashlib.sha256(text.encode()).digest() in _ours())

    def violations(self, view: Mapping[str, Any]) -> list[Violation]:
        """Where `view` does not meet it; empty when it does. At most twenty are listed."""
        return _judge(self.validator, view)


def violations(view: Mapping[str, Any], schema: Mapping[str, Any]) -> list[Violation]:
    """Where `view` does not meet `schema`; empty when it does. At most twenty are listed.

    Raises:
        UnsafeSchema: the schema refers to other documents, is too large, or cannot be read.
    """
    return JsonSchema.read(schema).violations(view)


def check_profile(view: Mapping[str, Any]) -> None:
    """Check a credential against the schema of our own profile.

    Raises:
        SchemaViolated: with every place that differs.
    """
    found = _judge(_profile_validator(), view)
    if found:
        raise SchemaViolated(found)


def profile_schema() -> bytes:
    """The schema of our profile, byte for byte as it is served and digested."""
    return files("schemas").joinpath("json", PROFILE_NAME).read_bytes()


def check_safe(schema: Mapping[str, Any]) -> int:
    """Refuse a schema that would make us fetch, or work without bound; how many patterns it has.

    Raises:
        UnsafeSchema: naming what is wrong.
    """
    if len(json.dumps(schema)) > LARGEST_SCHEMA:
        raise UnsafeSchema(f"the schema is larger than {LARGEST_SCHEMA} characters")
    dialect = schema.get("$schema", _DIALECT)
    if not isinstance(dialect, str) or dialect.rstrip("#") != _DIALECT:
        raise UnsafeSchema(f"$schema must be {_DIALECT}")
    patterns = 0
    for count, (name, value) in enumerate(_members(schema), start=1):
        patterns += _patterns(name, value)
        if patterns > MOST_PATTERNS:
            raise UnsafeSchema(f"the schema has more than {MOST_PATTERNS} patterns")
        if count > MOST_KEYWORDS:
            raise UnsafeSchema(f"the schema has more than {MOST_KEYWORDS} members")
        below_root = count > len(schema)  # the members of the root come first
        if below_root and name in _OF_ANOTHER and isinstance(value, str):
            raise UnsafeSchema(f"{name} may stand at the root of the schema only")
        if name in _REFERENCES and not (isinstance(value, str) and value.startswith("#")):
            raise UnsafeSchema(f"{name} must stay inside the schema, beginning with #")
    check_work(schema)
    return patterns


def _patterns(name: str, value: object) -> int:
    """How many regular expressions a member brings along."""
    if name == "patternProperties" and isinstance(value, Mapping):
        return len(value)
    return 1 if name == "pattern" else 0


def _members(value: object) -> Iterator[tuple[str, object]]:
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Mapping):
            yield from current.items()
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)


def _judge(
    validator: jsonschema_rs.Draft202012Validator, view: Mapping[str, Any]
) -> list[Violation]:
    found = []
    for error in validator.iter_errors(dict(view)):
        pointer = "".join(f"/{_escaped(str(step))}" for step in error.instance_path)
        found.append(Violation(pointer, error.message[:300]))
        if len(found) == MOST_VIOLATIONS:
            break
    return found


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _compile(text: str) -> jsonschema_rs.Draft202012Validator:
    try:
        return jsonschema_rs.Draft202012Validator(
            text,
            validate_formats=True,
            pattern_options=jsonschema_rs.RegexOptions(
                size_limit=LARGEST_PATTERN, dfa_size_limit=LARGEST_PATTERN
            ),
            offline=True,
        )
    except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
        because = str(error).partition("\n")[0]  # what follows repeats the schema
        raise UnsafeSchema(f"the schema cannot be used: {because[:300]}") from error


@cache
def _ours() -> frozenset[bytes]:
    """The digests of the schemas of this package, members sorted."""
    written = (
        json.dumps(json.loads(file.read_bytes()), sort_keys=True)
        for file in files("schemas").joinpath("json").iterdir()
        if file.name.endswith(".json")
    )
    return frozenset(hashlib.sha256(text.encode()).digest() for text in written)


@cache
def _profile_validator() -> jsonschema_rs.Draft202012Validator:
    return _compile(profile_schema().decode())
