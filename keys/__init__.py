"""Who signs?

Public keys and their spellings (Multikey, JWK), DIDs and their documents, and the `Signer`
that the rest of the code knows instead of a private key.  `stores/` is the one edge.
"""
