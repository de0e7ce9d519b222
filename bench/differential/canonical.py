"""Do the short way and the general way ever disagree?  A hundred thousand documents.

Each document goes through `proofs.compiled`, through the general way of `proofs.canonical`, and,
where that accepts it and it has no graphs, through PyLD's own RDF and pyoxigraph's RDFC-1.0.  The
documents: a grammar over all bundled contexts, the credentials of the interoperability tests
whole and spoilt, and the sample credential spoilt.  Run by `make differential`.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "fuzz"), str(HERE.parents[1]), str(HERE.parents[1] / "tests")]

import pyoxigraph  # noqa: E402 - the line above finds the rest
from mutations import mutated  # noqa: E402 - same
from pyld import jsonld  # noqa: E402 - same
from world.credentials import sample_credential  # noqa: E402 - same
from world.generated_credentials import disputed, generated  # noqa: E402 - same
from world.json_ld_documents import document  # noqa: E402 - same

from proofs import compiled  # noqa: E402 - same
from proofs.canonical import canonical_quads  # noqa: E402 - same
from proofs.digests import Algorithm  # noqa: E402 - same
from proofs.errors import ProofError  # noqa: E402 - same
from proofs.limits import Limits  # noqa: E402 - same
from proofs.rdf import dataset, expanded  # noqa: E402 - same
from schemas.errors import SchemaError  # noqa: E402 - same

RESULT: Final = HERE.parent / "results" / "differential.json"
OXIGRAPH: Final = {
    Algorithm.SHA256: pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0,
    Algorithm.SHA384: pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0_SHA_384,
}
MOST_STEPS: Final = 2
INDEPENDENT_SHARE: Final = 0.2  # of the accepted documents; PyLD and pyoxigraph take their time


def short(view: dict[str, Any], algorithm: Algorithm) -> bytes | None:
    """The answer of the short way, if it has one."""
    try:
        return compiled.canonical(view, algorithm, Limits())
    except compiled.NotCovered:
        return None


def general(view: dict[str, Any], algorithm: Algorithm) -> bytes | str:
    """The answer of the general way, or the name of its refusal."""
    try:
        return canonical_quads(dataset(view), algorithm)
    except (ProofError, SchemaError) as error:
        return type(error).__name__


def independent(view: dict[str, Any], algorithm: Algorithm) -> bytes:
    """The answer of PyLD and pyoxigraph."""
    text = jsonld.to_rdf(expanded(view), {"format": "application/n-quads", "base": None})
    quads = pyoxigraph.Dataset(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS))
    quads.canonicalize(OXIGRAPH[algorithm])
    written = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS)
    return "".join(f"{line}\n" for line in sorted(written.decode().split("\n")) if line).encode()


def main() -> None:
    """Make documents, compare, count, keep."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=2026)
    chosen = arguments.parse_args()
    choose, counts = random.Random(chosen.seed), Counter[str]()  # noqa: S311 - no secret
    whole = [*generated(), *disputed().values(), sample_credential()]
    different: list[dict[str, Any]] = []
    begun = time.perf_counter()
    for number in range(chosen.documents):
        view: Any = whole[number] if number < len(whole) else made(choose, whole)
        if not isinstance(view, dict):
            continue
        algorithm = choose.choice(list(OXIGRAPH))
        found, expected = short(view, algorithm), general(view, algorithm)
        accepted = isinstance(expected, bytes)
        counts[f"{'accepted' if accepted else expected}, {'short' if found else 'general'}"] += 1
        if found is not None and found != expected:
            different.append({"document": view, "short": found.decode(), "general": str(expected)})
        if isinstance(expected, bytes) and choose.random() < INDEPENDENT_SHARE:
            counts["compared with PyLD and pyoxigraph"] += 1
            if independent(view, algorithm) != expected:
                counts["differs from PyLD and pyoxigraph"] += 1
                different.append({"document": view, "general": expected.decode()})
    results = {
        "documents": chosen.documents,
        "seed": chosen.seed,
        "minutes": round((time.perf_counter() - begun) / 60, 1),
        "counts": dict(counts.most_common()),
        "different": len(different),
    }
    for each in different[:3]:
        sys.stdout.write(f"DIFFERENT {json.dumps(each)}\n")
    RESULT.write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    sys.stdout.write(json.dumps(results, indent=2) + "\n")
    sys.exit(1 if different else 0)


def made(choose: random.Random, whole: list[dict[str, Any]]) -> object:
    """One more document: of the grammar, or an honest one, spoilt or not."""
    if choose.random() < 0.7:
        return document(choose)
    view: object = choose.choice(whole)
    for _ in range(choose.randint(0, MOST_STEPS)):
        view = mutated(view, choose)
    return view


if __name__ == "__main__":
    main()
