"""How do public interoperability suites reach us?

Issuers, holders and the verifier of the VC API on one port of this machine, with keys that live
as long as the process, and without anything that would stand in the way of a test suite: no
authentication, no assessment, no limits of rate.  Never for anything but tests.
"""
