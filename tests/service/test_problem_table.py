"""Every error of the packages below is a problem of its own; none is forgotten."""

import pytest

import evidence.errors
import keys.errors
import proofs.errors
import schemas.errors
from schemas.errors import SchemaViolated, Violation
from service.problem_table import PROBLEMS, ProblemKind, kind_of
from service.problems import problem

TREES = (
    schemas.errors.SchemaError,
    keys.errors.KeyFault,
    proofs.errors.ProofError,
    evidence.errors.EvidenceError,
)


def leaves(error: type[Exception]) -> set[type[Exception]]:
    children = error.__subclasses__()
    return set().union(*map(leaves, children)) if children else {error}


@pytest.mark.parametrize("tree", TREES)
def test_every_error_that_can_be_raised_has_a_problem(tree: type[Exception]) -> None:
    assert leaves(tree)
    assert leaves(tree) <= PROBLEMS.keys()


def test_no_two_errors_share_a_name() -> None:
    names = [kind.name for kind in PROBLEMS.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", PROBLEMS.values(), ids=lambda kind: kind.name)
def test_a_problem_says_what_it_is_in_words(kind: ProblemKind) -> None:
    assert kind.type == f"urn:skillmark:problem:{kind.name}"
    assert kind.title[0].isupper()
    assert not kind.title.endswith(".")
    assert 400 <= kind.status < 600


def test_an_error_below_a_known_one_is_of_its_kind() -> None:
    class Shorter(proofs.errors.InvalidSignature):
        pass

    assert kind_of(Shorter).name == "invalid-signature"


def test_an_error_that_nobody_named_has_no_kind() -> None:
    with pytest.raises(KeyError):
        kind_of(ArithmeticError)


def test_our_own_faults_are_not_told_to_strangers() -> None:
    told = problem(kind_of(keys.errors.WrongPassphrase), keys.errors.WrongPassphrase())
    assert told.status == 500
    assert told.detail is None


def test_a_violated_schema_says_where() -> None:
    error = SchemaViolated([Violation("/name", "is missing")])
    told = problem(kind_of(SchemaViolated), error).as_json()
    assert told["errors"] == [{"pointer": "/name", "detail": "is missing"}]
