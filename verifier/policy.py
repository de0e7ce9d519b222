"""Which proofs must a document have, beside being signed by its issuer?

A proof can be taken out of a set (Data Integrity 1.0, section 2.1.1) and nothing in the others
shows it.  Who relies on a second signature has to say so.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from proofs.verify import Proof


@dataclass(frozen=True, slots=True)
class RequiredProof:
    """A proof that must be there; what is `None` may be anything."""

    verification_method: str | None = None
    cryptosuite: str | None = None

    def fits(self, proof: Proof) -> bool:
        """Whether this is the proof; that it holds is another question."""
        return self.verification_method in {None, proof.verification_method} and (
            self.cryptosuite in {None, proof.cryptosuite}
        )

    def __str__(self) -> str:
        wanted = [self.cryptosuite or "any cryptosuite", self.verification_method or "any key"]
        return " with ".join(each[:300] for each in wanted)


def missing(
    required: Iterable[RequiredProof], proofs: Collection[Proof]
) -> tuple[RequiredProof, ...]:
    """Those that no proof is."""
    return tuple(one for one in required if not any(map(one.fits, proofs)))
