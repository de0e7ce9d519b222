"""What can be wrong with a JSON Web Signature?

JoseError (a ProofError)
├── MalformedJws           not a compact JWS, or a header that cannot be read
├── AlgorithmRefused       no signature at all, or one made with a shared secret
├── HeaderNotAllowed       a header that names keys or rules that we do not follow
├── ClaimsDiffer           a claim of the token says something else than the credential
├── MalformedSdJwt         not an SD-JWT
├── DisclosureRefused      a disclosure that belongs nowhere, twice, or may not be one
└── KeyBindingFails        the holder did not show that the key is theirs, or not for this occasion
"""

from proofs.errors import ProofError, shown


class JoseError(ProofError):
    """A JSON Web Signature could not be read, or does not hold."""


class MalformedJws(JoseError):
    """Not a compact JWS of JSON."""


class AlgorithmRefused(JoseError):
    """An algorithm with which everybody can sign."""

    def __init__(self, algorithm: object) -> None:
        super().__init__(f"alg {shown(algorithm)} proves nothing; a signature of the issuer does")


class HeaderNotAllowed(JoseError):
    """A member of the header that may not be there."""

    def __init__(self, member: str, because: str) -> None:
        super().__init__(f"header {shown(member)}: {because}")
        self.member = member


class ClaimsDiffer(JoseError):
    """A claim and the member of the credential that it repeats are not the same."""

    def __init__(self, claim: str, member: str) -> None:
        super().__init__(f"the claim {claim} must say the same as {member} of the credential")
        self.claim = claim
        self.member = member


class MalformedSdJwt(JoseError):
    """Not a JWS followed by disclosures, each ended by a tilde."""


class DisclosureRefused(JoseError):
    """A disclosure that the issuer did not sign, or that may not be one."""


class KeyBindingFails(JoseError):
    """The holder's own signature is missing, or was made for another occasion."""
