"""Where is the log of a `did:webvh`, and does it prove what it says?

did:webvh 1.0.  The document of such a DID is the last entry of a log.  Whoever serves the log can
neither change nor drop nor reorder what was said in it, because the DID itself is a hash of the
first entry, each entry is a hash that contains the one before, and each is signed by a key that
the entries before allow.  What nobody but witnesses can see is a log that was cut off at its end.
"""

from proofs.did_webvh.address import log_url, witness_url
from proofs.did_webvh.log import resolve
from proofs.did_webvh.witnesses import may_be_witnessed

__all__ = ["log_url", "may_be_witnessed", "resolve", "witness_url"]
